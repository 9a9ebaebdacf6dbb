import { expect, test } from "vitest";
import {
  readAnswer,
  readCard,
  readLines,
  readReceipt,
  readSession,
} from "../../../src/widget/guards.ts";

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
  uid: "0b5d9f1e-9c39-4f0e-8d6a-1f2e3d4c5b6a",
  sequence: 1,
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

const TIMES = {
  type: "times",
  kind: "consultation",
  people: ["eva-meyer"],
  minutes: 30,
  zone: "Europe/Berlin",
  times: [{ payload: "p1", day: "Tue 1 Dec", hours: "10:30–11:00", who: "" }],
};

test("times on offer are read as they were sent, or not at all", () => {
  const { type: _, ...times } = TIMES;
  expect(readAnswer({ data: TIMES })).toEqual({ kind: "times", times });
  expect(readAnswer({ data: { ...TIMES, times: ["10:30"] } })).toBeNull();
  expect(readAnswer({ data: { ...TIMES, people: "eva-meyer" } })).toBeNull();
});

test("the server's record is read line by line", () => {
  const said_at = "2026-11-24T09:00:00Z";
  const at = Date.parse(said_at);
  const lines = [
    { id: "a", speaker: "writer", content: { text: "The first", payload: "p1" }, said_at },
    { id: "b", speaker: "assistant", content: { text: "Done." }, said_at },
    { id: "c", speaker: "assistant", content: { data: { type: "booking" } }, said_at: "soon" },
  ];
  expect(readLines({ lines })).toEqual([
    { id: "a", at, own: { text: "The first", payload: "p1" }, answer: null },
    { id: "b", at, own: null, answer: { kind: "text", text: "Done.", replies: [] } },
  ]);
  expect(readLines({ lines: "none" })).toEqual([]);
});
