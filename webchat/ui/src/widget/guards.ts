import type { Answer, BookingCard, QuickReply, Receipt, Session } from "./contract.ts";
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
  const { status, reference, title, person, attendee, start, end, zone, when, where, link } =
    value as Record<string, unknown>;
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
  };
}

/** What a `bot_uttered` says, or null when there is nothing in it that can be shown. */
export function readAnswer(value: unknown): Answer | null {
  if (!isFields(value)) return null;
  const card = readCard(value["data"]);
  if (card) return { kind: "card", card };
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

/** The acknowledgement of a message; anything malformed counts as a refusal. */
export function readReceipt(value: unknown): Receipt {
  if (isFields(value) && value["ok"] === true) return { ok: true };
  const code = isFields(value) ? value["error"] : undefined;
  return { ok: false, failure: code === "too_long" ? "too_long" : "refused" };
}
