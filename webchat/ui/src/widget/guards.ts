import type {
  Answer,
  BookingCard,
  KeptLine,
  OfferedTime,
  QuickReply,
  Receipt,
  Session,
  Times,
} from "./contract.ts";
import { safeLink } from "./links.ts";

const LONGEST_ANSWER = 8000;
const MOST_REPLIES = 12;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest = 500): value is string {
  return typeof value === "string" && value.trim() !== "" && value.length <= longest;
}

function isInstant(value: unknown): value is string {
  return (
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

function readReplies(value: unknown): QuickReply[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isFields)
    .filter(({ title, payload }) => isText(title, 200) && isText(payload))
    .map(({ title, payload }) => ({ title: String(title), payload: String(payload) }))
    .slice(0, MOST_REPLIES);
}

/** A booking card, or null when any field is not what the contract says. */
export function readCard(value: unknown): BookingCard | null {
  if (!isFields(value) || value["type"] !== "booking") return null;
  const { status, reference, title, person, attendee, start, end, zone, when, where } =
    value as Record<string, unknown>;
  const { link, uid, sequence } = value as Record<string, unknown>;
  if (status !== "CONFIRMED" && status !== "CANCELLED") return null;
  if (!isText(reference) || !isText(title) || !isText(person) || !isText(attendee)) return null;
  if (!isInstant(start) || !isInstant(end) || !isText(zone) || !isText(when)) return null;
  if (typeof where !== "string" || where.length > 500) return null;
  const target = typeof link === "string" ? safeLink(link, ["https:", "http:"]) : null;
  return {
    status,
    reference,
    title,
    person,
    attendee,
    start,
    end,
    zone,
    when,
    where,
    link: target,
    uid: isText(uid, 100) ? uid : null,
    sequence: typeof sequence === "number" ? sequence : 0,
  };
}

function readTime(value: unknown): OfferedTime | null {
  if (!isFields(value)) return null;
  const { payload, day, hours, who } = value as Record<string, unknown>;
  if (!isText(payload) || !isText(day, 100) || !isText(hours, 100)) return null;
  return { payload, day, hours, who: isText(who, 200) ? who : "" };
}

/** Times on offer, or null when any part of them is not what the contract says. */
export function readTimes(value: unknown): Times | null {
  if (!isFields(value) || value["type"] !== "times" || !Array.isArray(value["times"])) return null;
  const { kind, people, minutes, zone } = value as Record<string, unknown>;
  const times = value["times"].slice(0, MOST_REPLIES).map(readTime);
  if (!times.every((time) => time !== null) || !isText(kind) || !isText(zone)) return null;
  if (!Array.isArray(people) || !people.every((one) => isText(one))) return null;
  return typeof minutes === "number" ? { times, kind, people, minutes, zone } : null;
}

/** What a `bot_uttered` says, or null when there is nothing in it that can be shown. */
export function readAnswer(value: unknown): Answer | null {
  if (!isFields(value)) return null;
  const card = readCard(value["data"]);
  if (card) return { kind: "card", card };
  const times = readTimes(value["data"]);
  if (times) return { kind: "times", times };
  const replies = readReplies(value["quick_replies"]);
  const text = typeof value["text"] === "string" ? value["text"].slice(0, LONGEST_ANSWER) : "";
  return text.trim() || replies.length > 0 ? { kind: "text", text, replies } : null;
}

/** The answer of `POST /api/chat/session`, or null when it is not one. */
export function readSession(value: unknown): Session | null {
  if (!isFields(value)) return null;
  const { session_id: id, token, chat_url: chatUrl } = value as Record<string, unknown>;
  if (!isText(id, 200) || !isText(token, 1000) || !isText(chatUrl, 1000)) return null;
  return safeLink(chatUrl, ["https:", "http:"]) ? { id, token, chatUrl } : null;
}

function readLine(value: unknown): KeptLine | null {
  if (!isFields(value)) return null;
  const { id, speaker, content, said_at: saidAt } = value as Record<string, unknown>;
  const at = Date.parse(String(saidAt));
  if (!isText(id, 100) || !isFields(content) || Number.isNaN(at)) return null;
  if (speaker !== "writer") return { id, at, own: null, answer: readAnswer(content) };
  const { text, payload } = content as Record<string, unknown>;
  const own = isText(text, LONGEST_ANSWER) ? { text, payload: String(payload ?? text) } : null;
  return { id, at, own, answer: null };
}

/** The answer of `GET /api/chat/history`; lines that cannot be read are left out. */
export function readLines(value: unknown): KeptLine[] {
  const lines = isFields(value) && Array.isArray(value["lines"]) ? value["lines"] : [];
  return lines.map(readLine).filter((line) => line !== null);
}

/** The id that the server gave what it utters, if it did. */
export function readId(value: unknown): string | null {
  return isFields(value) && isText(value["id"], 100) ? value["id"] : null;
}

/** The acknowledgement of a message; anything malformed counts as a refusal. */
export function readReceipt(value: unknown): Receipt {
  if (isFields(value) && value["ok"] === true) return { ok: true };
  const code = isFields(value) ? value["error"] : undefined;
  return { ok: false, failure: code === "too_long" ? "too_long" : "refused" };
}
