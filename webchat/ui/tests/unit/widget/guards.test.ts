import { expect, test } from "vitest";
import { readAnswer, readCard, readReceipt, readSession } from "../../../src/widget/guards.ts";

const CARD = {
  type: "booking",
  status: "CONFIRMED",
  reference: "K7QM2F",
  title: "Consultation",
  person: "Dr. Eva Meyer",
  attendee: "Ann Lee",
  start: "2026-12-01T09:30:00Z",
  end: "2026-12-01T10:00:00Z",
  zone: "Europe/Berlin",
  when: "Tuesday 1 December 2026, 10:30 (Europe/Berlin)",
  where: "Jitsi",
  link: "https://meet.example.org/room",
};
const { type: _type, ...FIELDS } = CARD;

test("a booking card is read as it was sent", () => {
  expect(readAnswer({ data: CARD })).toEqual({ kind: "card", card: FIELDS });
});

test("a card without a link keeps null", () => {
  expect(readCard({ ...CARD, link: null })).toEqual({ ...FIELDS, link: null });
});

test.each([
  ["another type", { ...CARD, type: "slots" }],
  ["an unknown status", { ...CARD, status: "LOST" }],
  ["a number for text", { ...CARD, person: 7 }],
  ["an empty reference", { ...CARD, reference: " " }],
  ["a time without zone", { ...CARD, start: "2026-12-01T09:30:00" }],
  ["a day that does not exist", { ...CARD, end: "2026-13-01T09:30:00Z" }],
  ["text without end", { ...CARD, title: "x".repeat(501) }],
  ["a list", [CARD]],
  ["nothing", null],
])("a card with %s is ignored", (_name, card) => {
  expect(readCard(card)).toBeNull();
});

test("a link that would run a script is dropped, the card stays", () => {
  expect(readCard({ ...CARD, link: "javascript:alert(1)" })?.link).toBeNull();
});

test("text comes with those quick replies that are whole", () => {
  const replies = [
    { content_type: "text", title: "10:30", payload: '/pick{"option":"k1"}' },
    { title: "no payload" },
    { title: 4, payload: "x" },
    null,
  ];
  expect(readAnswer({ text: "Which?", quick_replies: replies })).toEqual({
    kind: "text",
    text: "Which?",
    replies: [{ title: "10:30", payload: '/pick{"option":"k1"}' }],
  });
});

test.each([[null], ["text"], [{}], [{ text: " " }], [{ text: 5 }], [{ data: { type: "x" } }]])(
  "an answer without anything to show is ignored: %j",
  (body) => {
    expect(readAnswer(body)).toBeNull();
  },
);

test("an answer is cut where it would flood the log", () => {
  expect(readAnswer({ text: "x".repeat(9000) })).toMatchObject({ text: "x".repeat(8000) });
});

test("a session needs an id, a token and a web address", () => {
  const body = { session_id: "abc", token: "abc.1.x", chat_url: "https://chat.example.org" };
  expect(readSession(body)).toEqual({ id: "abc", token: "abc.1.x", chatUrl: body.chat_url });
  expect(readSession({ ...body, chat_url: "file:///etc" })).toBeNull();
  expect(readSession({ ...body, token: undefined })).toBeNull();
});

test("a receipt is a success only when it says so", () => {
  expect(readReceipt({ ok: true })).toEqual({ ok: true });
  expect(readReceipt({ ok: false, error: "too_long" })).toEqual({ ok: false, failure: "too_long" });
  expect(readReceipt({ ok: "true" })).toEqual({ ok: false, failure: "refused" });
  expect(readReceipt(undefined)).toEqual({ ok: false, failure: "refused" });
});
