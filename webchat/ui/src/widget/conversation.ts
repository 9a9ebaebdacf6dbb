import type { Answer, BookingCard, Failure, KeptLine, QuickReply, Times } from "./contract.ts";

/** What the reader wrote or tapped. `payload` is what the server gets, `text` what the log shows. */
export interface OwnEntry {
  readonly kind: "own";
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly payload: string;
  readonly status: "queued" | "sending" | "delivered" | "failed";
  readonly failure: Failure | null;
}

export interface TextEntry {
  readonly kind: "text";
  readonly id: string;
  readonly at: number;
  readonly text: string;
  readonly replies: readonly QuickReply[];
  /** What makes cards of the replies that are times. */
  readonly times: Times | null;
}

export interface CardEntry {
  readonly kind: "card";
  readonly id: string;
  readonly at: number;
  readonly card: BookingCard;
}

/** The point where the server began a new conversation because the old session had ended. */
export interface BreakEntry {
  readonly kind: "break";
  readonly id: string;
  readonly at: number;
}

/** One line of the log; `at` is milliseconds since 1970. */
export type Entry = OwnEntry | TextEntry | CardEntry | BreakEntry;

/** What can happen to the log. All but `answered` and `broke` concern one message of the reader. */
export type LogEvent =
  | { readonly type: "wrote"; readonly entry: OwnEntry }
  | { readonly type: "sending" | "delivered" | "retried"; readonly id: string }
  | { readonly type: "failed"; readonly id: string; readonly failure: Failure }
  | { readonly type: "answered"; readonly id: string; readonly at: number; readonly answer: Answer }
  | { readonly type: "broke"; readonly id: string; readonly at: number };

/** Most lines the log keeps; the oldest go first. */
export const MOST_ENTRIES = 200;

/** A message as it stands before it is sent. */
export function written(id: string, at: number, text: string, payload = text): OwnEntry {
  return { kind: "own", id, at, text, payload, status: "queued", failure: null };
}

function isOwn(entry: Entry): entry is OwnEntry {
  return entry.kind === "own";
}

function changed(
  log: readonly Entry[],
  id: string,
  status: OwnEntry["status"],
  failure: Failure | null = null,
): Entry[] {
  return log.map((entry) =>
    isOwn(entry) && entry.id === id ? { ...entry, status, failure } : entry,
  );
}

function retried(log: readonly Entry[], id: string): Entry[] {
  const again = log.find((entry) => entry.id === id && isOwn(entry) && entry.status === "failed");
  if (!again) return [...log];
  return changed([...log.filter((entry) => entry !== again), again], id, "queued");
}

function isQueued(entry: Entry): boolean {
  return isOwn(entry) && entry.status === "queued";
}

/** Answers belong to the turn under way, so they stand before what still waits. */
function withAnswer(log: readonly Entry[], answer: Entry): Entry[] {
  const waiting = log.findLastIndex((entry) => !isQueued(entry)) + 1;
  return [...log.slice(0, waiting), answer, ...log.slice(waiting)];
}

function entryOf(id: string, at: number, answer: Exclude<Answer, { kind: "times" }>): Entry {
  return answer.kind === "card"
    ? { kind: "card", id, at, card: answer.card }
    : { kind: "text", id, at, text: answer.text, replies: answer.replies, times: null };
}

/** The log whose text of that very reply shows its times as cards; without one they are passed over. */
function withTimes(log: readonly Entry[], times: Times): Entry[] {
  const payload = times.times[0]?.payload;
  const place = log.findLastIndex(
    (entry) => entry.kind === "text" && entry.replies.some((reply) => reply.payload === payload),
  );
  return log.map((entry, index) =>
    index === place && entry.kind === "text" ? { ...entry, times } : entry,
  );
}

function answered(log: readonly Entry[], event: LogEvent & { type: "answered" }): Entry[] {
  const { id, at, answer } = event;
  if (answer.kind === "times") return withTimes(log, answer.times);
  if (log.some((entry) => entry.id === id)) return [...log];
  const last = log.findLast((entry) => isOwn(entry) && !isQueued(entry));
  const isLateProof = last?.kind === "own" && last.failure === "unknown";
  const before = isLateProof ? changed(log, last.id, "delivered") : log;
  return withAnswer(before, entryOf(id, at, answer));
}

function failed(log: readonly Entry[], id: string, failure: Failure): Entry[] {
  const place = log.findIndex((entry) => entry.id === id);
  const isAnswered = log.slice(place + 1).some(({ kind }) => kind === "text" || kind === "card");
  return failure === "unknown" && isAnswered
    ? changed(log, id, "delivered")
    : changed(log, id, "failed", failure);
}

/**
 * The log after an event. An answer proves that a message without receipt arrived after all;
 * what waits, and what is tried again, stands at the end.
 */
export function applied(log: readonly Entry[], event: LogEvent): readonly Entry[] {
  switch (event.type) {
    case "wrote":
      return [...log, event.entry].slice(-MOST_ENTRIES);
    case "sending":
    case "delivered":
      return changed(log, event.id, event.type);
    case "failed":
      return failed(log, event.id, event.failure);
    case "retried":
      return retried(log, event.id);
    case "answered":
      return answered(log, event).slice(-MOST_ENTRIES);
    case "broke":
      return log.length > 0 ? [...log, { kind: "break", id: event.id, at: event.at }] : log;
  }
}

function entryOfLine({ id, at, own, answer }: KeptLine): Entry | null {
  if (own) return { ...written(id, at, own.text, own.payload), status: "delivered" };
  return answer && answer.kind !== "times" ? entryOf(id, at, answer) : null;
}

/** Where the first of the server's lines belongs: before the first that is known, else before what waits. */
function firstPlace(log: readonly Entry[], lines: readonly KeptLine[]): number {
  const ids = new Set(lines.map(({ id }) => id));
  const known = log.findIndex(({ id }) => ids.has(id));
  return known >= 0 ? known : log.findLastIndex((entry) => !isQueued(entry)) + 1;
}

/**
 * The log with what the server has on record and this page has missed, in the server's order. A message
 * that the server knows has arrived, whatever became of its receipt.
 */
export function caughtUp(log: readonly Entry[], lines: readonly KeptLine[]): readonly Entry[] {
  let merged = [...log];
  let place = firstPlace(log, lines);
  for (const line of lines) {
    const known = merged.findIndex(({ id }) => id === line.id);
    const entry = known < 0 ? entryOfLine(line) : null;
    if (line.answer?.kind === "times") merged = withTimes(merged, line.answer.times);
    else if (known >= 0) merged = line.own ? changed(merged, line.id, "delivered") : merged;
    else if (entry) merged.splice(place, 0, entry);
    if (known >= 0) place = known + 1;
    else if (entry) place += 1;
  }
  return merged.slice(-MOST_ENTRIES);
}

/** Bookings as they stand: of each reference the entry of its last card. */
export function latestCards(log: readonly Entry[]): ReadonlySet<string> {
  const last = new Map<string, string>();
  for (const entry of log) if (entry.kind === "card") last.set(entry.card.reference, entry.id);
  return new Set(last.values());
}

/** The oldest message that waits to be sent, unless one is under way: turns never overlap. */
export function nextToSend(log: readonly Entry[], mine: ReadonlySet<string>): OwnEntry | null {
  const own = log.filter(isOwn).filter(({ id }) => mine.has(id));
  if (own.some(({ status }) => status === "sending")) return null;
  return own.find(({ status }) => status === "queued") ?? null;
}

/** Ids of the answers whose quick replies may still be tapped: those after the last message and break. */
export function openAnswers(log: readonly Entry[]): ReadonlySet<string> {
  const turn = log.findLastIndex(({ kind }) => kind === "own" || kind === "break");
  return new Set(
    log
      .slice(turn + 1)
      .filter((entry) => entry.kind === "text" && entry.replies.length > 0)
      .map(({ id }) => id),
  );
}

/** A stored log as it reads after a reload: what was under way or waiting is marked to be tried again. */
export function reopened(log: readonly Entry[]): readonly Entry[] {
  return log.map((entry) => {
    if (!isOwn(entry) || entry.status === "delivered" || entry.status === "failed") return entry;
    return {
      ...entry,
      status: "failed",
      failure: entry.status === "sending" ? "unknown" : "unsent",
    };
  });
}
