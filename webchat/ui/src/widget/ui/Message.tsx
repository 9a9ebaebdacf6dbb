import type { QuickReply } from "../contract.ts";
import type { CardEntry, Entry, OwnEntry, TextEntry } from "../conversation.ts";
import { WORDS } from "../words.ts";
import { Boundary } from "./Boundary.tsx";
import { RetryIcon } from "./Icons.tsx";
import { Markdown } from "./Markdown.tsx";

/** What draws the cards of bookings; it is fetched while the first messages are written. */
export type CardParts = typeof import("./cards.ts");

export interface MessageActions {
  /** Address of the API, for what a message looks up by itself. */
  readonly server: string;
  write(text: string): void;
  reply(reply: QuickReply): void;
  retry(id: string): void;
}

function OwnState({ entry, retry }: { entry: OwnEntry; retry: MessageActions["retry"] }) {
  if (entry.status !== "failed")
    return (
      <p className="state" data-status={entry.status}>
        {WORDS[entry.status]}
      </p>
    );
  return (
    <p className="state" data-status="failed">
      {entry.failure ? WORDS[`failed_${entry.failure}`] : null}
      {entry.failure === "too_long" ? null : (
        <button type="button" className="retry" onClick={() => retry(entry.id)}>
          <RetryIcon /> {WORDS.retry}
        </button>
      )}
    </p>
  );
}

interface OwnProps {
  readonly entry: OwnEntry;
  readonly showState: boolean;
  readonly retry: MessageActions["retry"];
}

function OwnMessage({ entry, showState, retry }: OwnProps) {
  return (
    <>
      <div className="bubble own">
        <span className="hidden">{WORDS.you}: </span>
        <div dir="auto">{entry.text}</div>
      </div>
      {showState || entry.status === "failed" ? <OwnState entry={entry} retry={retry} /> : null}
    </>
  );
}

interface ReplyProps {
  readonly replies: readonly QuickReply[];
  readonly chosen: string | null;
  readonly open: boolean;
  readonly reply: MessageActions["reply"];
}

function QuickReplies({ replies, chosen, open, reply }: ReplyProps) {
  return (
    <ul className="replies">
      {replies.map((each) => (
        <li key={each.payload + each.title}>
          <button
            type="button"
            className="reply"
            disabled={!open}
            data-chosen={each.payload === chosen || undefined}
            onClick={() => reply(each)}
          >
            <span dir="auto">{each.title}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What the assistant says; the direction is that of the text, not of the spoken name before it. */
export function BotBubble({ text }: { text: string }) {
  return (
    <div className="bubble bot">
      <span className="hidden">{WORDS.assistant}: </span>
      <div dir="auto">
        <Boundary fallback={text}>
          <Markdown text={text} />
        </Boundary>
      </div>
    </div>
  );
}

interface TextProps extends Omit<ReplyProps, "replies" | "reply"> {
  readonly entry: TextEntry;
  readonly cards: CardParts | null;
  readonly actions: MessageActions;
}

/** Times are drawn as cards where that is possible; the quick replies say the same. */
function BotText({ entry, cards, actions, ...rest }: TextProps) {
  const times = cards && entry.times;
  const payloads = new Set(times?.times.map(({ payload }) => payload));
  const others = entry.replies.filter(({ payload }) => !payloads.has(payload));
  const all = <QuickReplies replies={entry.replies} reply={actions.reply} {...rest} />;
  return (
    <>
      {entry.text.trim() ? <BotBubble text={entry.text} /> : null}
      {times ? (
        <Boundary fallback={all}>
          <cards.TimeCards times={times} replies={entry.replies} reply={actions.reply} {...rest} />
          {others.length > 0 ? (
            <QuickReplies replies={others} reply={actions.reply} {...rest} />
          ) : null}
          {rest.open ? <cards.DayPicker times={times} actions={actions} /> : null}
        </Boundary>
      ) : entry.replies.length > 0 ? (
        all
      ) : null}
    </>
  );
}

interface CardProps {
  readonly entry: CardEntry;
  readonly parts: CardParts | null;
  readonly write: MessageActions["write"] | null;
}

function Card({ entry, parts, write }: CardProps) {
  return (
    <Boundary fallback={null}>
      {parts ? <parts.BookingCardView card={entry.card} write={write} /> : null}
    </Boundary>
  );
}

interface MessageProps {
  readonly entry: Entry;
  /** Payload that the reader sent after this entry, to mark the reply that was tapped. */
  readonly chosen: string | null;
  readonly open: boolean;
  /** Whether a card still says how its booking stands. */
  readonly current: boolean;
  readonly showState: boolean;
  /** How cards are drawn, once that is there. */
  readonly cards: CardParts | null;
  readonly actions: MessageActions;
}

/** One line of the log. */
export function Message({ entry, chosen, open, current, showState, cards, actions }: MessageProps) {
  switch (entry.kind) {
    case "own":
      return <OwnMessage entry={entry} showState={showState} retry={actions.retry} />;
    case "text":
      return <BotText entry={entry} cards={cards} chosen={chosen} open={open} actions={actions} />;
    case "card":
      return <Card entry={entry} parts={cards} write={current ? actions.write : null} />;
    case "break":
      return <p className="break">{WORDS.newConversation}</p>;
  }
}
