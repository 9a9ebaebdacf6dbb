import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type Entry, latestCards, openAnswers } from "../conversation.ts";
import type { ChatState } from "../model.ts";
import { WORDS } from "../words.ts";
import { ArrowDownIcon } from "./Icons.tsx";
import { useLater } from "./later.ts";
import { BotBubble, type CardParts, Message, type MessageActions } from "./Message.tsx";

const LONG_PAUSE = 30 * 60 * 1000;
const NEAR_END = 80;

interface Props {
  readonly state: ChatState;
  readonly greeting: string;
  readonly locale: string | null;
  readonly actions: MessageActions;
  readonly logRef: RefObject<HTMLDivElement | null>;
}

function timeLabel(at: number, locale: string | null): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ weekday: "short", day: "numeric", month: "short" } as const);
  const parts = { hour: "numeric", minute: "2-digit", ...day } as const;
  return new Intl.DateTimeFormat(locale ?? undefined, parts).format(at);
}

function payloadAfter(log: readonly Entry[], index: number): string | null {
  const next = log.slice(index + 1).find(({ kind }) => kind === "own");
  return next?.kind === "own" ? next.payload : null;
}

function Greeting({ text, write }: { text: string; write: MessageActions["write"] | null }) {
  return (
    <>
      <BotBubble text={text} />
      {write ? (
        <ul className="replies examples" aria-label={WORDS.examplesTitle}>
          {[WORDS.example1, WORDS.example2, WORDS.example3].map((example) => (
            <li key={example}>
              <button type="button" className="reply" onClick={() => write(example)}>
                {example}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** Keeps the end in view while the reader is there; says so when there is something new below. */
function useFollowing(
  state: ChatState,
  scroller: RefObject<HTMLDivElement | null>,
  cards: CardParts | null,
) {
  const atEnd = useRef(true);
  const length = useRef(0);
  const [isBehind, setBehind] = useState(false);
  const toEnd = () => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs whenever the log or the dots changed
  useLayoutEffect(() => {
    const hasGrown = state.log.length > length.current;
    length.current = state.log.length;
    if (atEnd.current || (hasGrown && state.log.at(-1)?.kind === "own")) toEnd();
    else if (hasGrown) setBehind(true);
  }, [state.log, state.typing, state.open, cards]);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    if (atEnd.current) setBehind(false);
  };
  return { isBehind, onScroll, toEnd };
}

function Lines({
  log,
  locale,
  cards,
  actions,
}: Pick<Props, "locale" | "actions"> & { log: readonly Entry[]; cards: CardParts | null }) {
  const open = useMemo(() => openAnswers(log), [log]);
  const current = useMemo(() => latestCards(log), [log]);
  const lastOwn = log.findLast(({ kind }) => kind === "own")?.id;
  return log.map((entry, index) => (
    <li key={entry.id} className={entry.kind === "own" ? "from-own" : "from-bot"}>
      {entry.at - (log[index - 1]?.at ?? 0) > LONG_PAUSE ? (
        <p className="time">{timeLabel(entry.at, locale)}</p>
      ) : null}
      <Message
        entry={entry}
        chosen={payloadAfter(log, index)}
        open={open.has(entry.id)}
        current={current.has(entry.id)}
        showState={entry.id === lastOwn || (entry.kind === "own" && entry.status === "queued")}
        cards={cards}
        actions={actions}
      />
    </li>
  ));
}

function Dots() {
  return (
    <div className="bubble bot dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}

/** The conversation so far, newest last. */
export function Log({ state, greeting, locale, actions, logRef }: Props) {
  const { log } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const wantsCards = state.link === "online" || log.length > 0;
  const cards = useLater(() => import("./cards.ts"), wantsCards);
  const { isBehind, onScroll, toEnd } = useFollowing(state, scroller, cards);
  const jump = () => {
    logRef.current?.focus({ preventScroll: true });
    toEnd();
  };
  return (
    <div className="middle">
      <div className="scroller" ref={scroller} onScroll={onScroll}>
        <div
          className="log"
          ref={logRef}
          role="log"
          aria-label={WORDS.conversation}
          aria-live="polite"
          aria-relevant="additions"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
          tabIndex={0}
        >
          <ol>
            <li className="from-bot">
              <Greeting text={greeting} write={log.length > 0 ? null : actions.write} />
            </li>
            <Lines log={log} locale={locale} cards={cards} actions={actions} />
          </ol>
        </div>
        {state.typing ? <Dots /> : null}
      </div>
      {isBehind ? (
        <button type="button" className="jump" onClick={jump}>
          <ArrowDownIcon /> {WORDS.newMessages}
        </button>
      ) : null}
    </div>
  );
}
