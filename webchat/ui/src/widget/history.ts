import { type Entry, MOST_ENTRIES, type OwnEntry } from "./conversation.ts";
import { readAnswer, readCard, readTimes } from "./guards.ts";

const LONGEST_HISTORY = 200_000;
/** Sessions end a day after their last use, and the history with them. */
const LONGEST_REST = 24 * 3600 * 1000;
const STATUSES = ["queued", "sending", "delivered", "failed"];
const FAILURES = ["too_long", "refused", "unknown", "unsent", null];

/** The part of a session that lets a later visit take it up again. */
export interface KnownSession {
  readonly id: string;
  readonly token: string;
}

/** What was kept in this browser for one server. */
export interface Kept {
  readonly session: KnownSession | null;
  readonly log: readonly Entry[];
}

const NOTHING: Kept = { session: null, log: [] };

function isOwnEntry(entry: Record<string, unknown>): boolean {
  return (
    typeof entry["text"] === "string" &&
    typeof entry["payload"] === "string" &&
    STATUSES.includes(entry["status"] as OwnEntry["status"]) &&
    FAILURES.includes((entry["failure"] ?? null) as OwnEntry["failure"])
  );
}

function readEntry(value: unknown): Entry | null {
  if (typeof value !== "object" || value === null) return null;
  const entry = value as Record<string, unknown>;
  const { kind, id, at } = entry;
  if (typeof id !== "string" || typeof at !== "number") return null;
  if (kind === "own") return isOwnEntry(entry) ? (value as OwnEntry) : null;
  if (kind === "break") return { kind, id, at };
  if (kind === "card") {
    const card = readCard({ ...(entry["card"] as object), type: "booking" });
    return card && { kind, id, at, card };
  }
  const answer = readAnswer({ text: entry["text"], quick_replies: entry["replies"] });
  if (kind !== "text" || answer?.kind !== "text") return null;
  const times = readTimes({ ...(entry["times"] as object | null), type: "times" });
  return { kind, id, at, text: answer.text, replies: answer.replies, times };
}

function readKnownSession(value: unknown): KnownSession | null {
  if (typeof value !== "object" || value === null) return null;
  const { id, token } = value as Record<string, unknown>;
  return typeof id === "string" && typeof token === "string" ? { id, token } : null;
}

/** The kept conversation from its stored text; lines that cannot be read are left out. */
export function readKept(text: string | null, now: number): Kept {
  try {
    const { session, log } = JSON.parse(text ?? "null") as Record<string, unknown>;
    if (!Array.isArray(log)) return NOTHING;
    const entries = log.map(readEntry).filter((entry) => entry !== null);
    const last = entries.at(-1)?.at ?? now;
    if (now - last > LONGEST_REST) return NOTHING;
    return { session: readKnownSession(session), log: entries.slice(-MOST_ENTRIES) };
  } catch {
    return NOTHING;
  }
}

/** The text to store: the newest lines that fit. */
export function writeKept({ session, log }: Kept): string {
  let lines = log.slice(-MOST_ENTRIES);
  let text = JSON.stringify({ session, log: lines });
  while (text.length > LONGEST_HISTORY && lines.length > 0) {
    lines = lines.slice(Math.ceil(lines.length / 4));
    text = JSON.stringify({ session, log: lines });
  }
  return text;
}

/** The conversation in this browser's storage; a browser that keeps nothing is no reason to fail. */
export class History {
  private readonly key: string;

  constructor(server: string) {
    this.key = `appointment-chat:${server}`;
  }

  load(): Kept {
    try {
      return readKept(localStorage.getItem(this.key), Date.now());
    } catch {
      return NOTHING;
    }
  }

  save(kept: Kept): void {
    try {
      localStorage.setItem(this.key, writeKept(kept));
    } catch {
      // Full or forbidden storage costs the history after a reload, nothing else.
    }
  }
}
