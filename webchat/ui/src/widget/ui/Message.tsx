import type { QuickReply } from "../contract.ts";
import type { CardEntry, Entry, OwnEntry, TextEntry } from "../conversation.ts";
import { WORDS } from "../words.ts";
import { BookingCardView } from "./BookingCardView.tsx";
import { Boundary } from "./Boundary.tsx";
import { RetryIcon } from "./Icons.tsx";
import { Markdown } from "./Markdown.tsx";

export interface MessageActions {
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
      {entry.failure ? WORDS.failures[entry.failure] : null}
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

interface TextProps extends Omit<ReplyProps, "replies"> {
  readonly entry: TextEntry;
}

function BotText({ entry, ...rest }: TextProps) {
  return (
    <>
      {entry.text.trim() ? <BotBubble text={entry.text} /> : null}
      {entry.replies.length > 0 ? <QuickReplies replies={entry.replies} {...rest} /> : null}
    </>
  );
}

function Card({ entry }: { entry: CardEntry }) {
  return (
    <Boundary fallback={null}>
      <BookingCardView card={entry.card} />
    </Boundary>
  );
}

interface MessageProps {
  readonly entry: Entry;
  /** Payload that the reader sent after this entry, to mark the reply that was tapped. */
  readonly chosen: string | null;
  readonly open: boolean;
  readonly showState: boolean;
  readonly actions: MessageActions;
}

/** One line of the log. */
export function Message({ entry, chosen, open, showState, actions }: MessageProps) {
  switch (entry.kind) {
    case "own":
      return <OwnMessage entry={entry} showState={showState} retry={actions.retry} />;
    case "text":
      return <BotText entry={entry} chosen={chosen} open={open} reply={actions.reply} />;
    case "card":
      return <Card entry={entry} />;
    case "break":
      return <p className="break">{WORDS.newConversation}</p>;
  }
}
