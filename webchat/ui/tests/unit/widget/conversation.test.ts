import { expect, test } from "vitest";
import {
  applied,
  caughtUp,
  type Entry,
  type LogEvent,
  MOST_ENTRIES,
  nextToSend,
  openAnswers,
  reopened,
  written,
} from "../../../src/widget/conversation.ts";

const MINE = new Set(["1", "2", "3"]);
const one = written("1", 10, "one");
const two = written("2", 20, "two");

function answer(id: string, at = 30, replies: { title: string; payload: string }[] = []): LogEvent {
  return { type: "answered", id, at, answer: { kind: "text", text: `answer ${id}`, replies } };
}

function after(...events: LogEvent[]): readonly Entry[] {
  return events.reduce<readonly Entry[]>(applied, []);
}

function statuses(log: readonly Entry[]): string[] {
  return log.map((entry) => (entry.kind === "own" ? `${entry.id} ${entry.status}` : entry.kind));
}

const wrote = (entry: typeof one): LogEvent => ({ type: "wrote", entry });

test("a message goes from queued over sending to delivered", () => {
  const steps: LogEvent[] = [
    { type: "sending", id: "1" },
    { type: "delivered", id: "1" },
  ];
  expect(statuses(after(wrote(one)))).toEqual(["1 queued"]);
  expect(statuses(after(wrote(one), ...steps.slice(0, 1)))).toEqual(["1 sending"]);
  expect(statuses(after(wrote(one), ...steps))).toEqual(["1 delivered"]);
});

test("only one message is under way at a time, in the order they were written", () => {
  const log = after(wrote(one), wrote(two));
  expect(nextToSend(log, MINE)?.id).toBe("1");
  expect(nextToSend(applied(log, { type: "sending", id: "1" }), MINE)).toBeNull();
});

test("a failed message does not hold back the next one", () => {
  const log = after(wrote(one), wrote(two), { type: "failed", id: "1", failure: "refused" });
  expect(nextToSend(log, MINE)?.id).toBe("2");
});

test("another tab's message is never sent from here", () => {
  expect(nextToSend(after(wrote(one)), new Set(["2"]))).toBeNull();
});

test("an answer stands before what still waits for its turn", () => {
  const log = after(wrote(one), { type: "sending", id: "1" }, wrote(two), answer("a"));
  expect(statuses(log)).toEqual(["1 sending", "text", "2 queued"]);
});

test("a message tried again waits at the end", () => {
  const failed: LogEvent = { type: "failed", id: "1", failure: "unknown" };
  const log = after(wrote(one), failed, wrote(two), { type: "delivered", id: "2" }, answer("a"));
  expect(statuses(applied(log, { type: "retried", id: "1" }))).toEqual([
    "2 delivered",
    "text",
    "1 queued",
  ]);
});

test("only a failed message can be tried again", () => {
  const log = after(wrote(one), { type: "delivered", id: "1" });
  expect(applied(log, { type: "retried", id: "1" })).toEqual(log);
});

test("an answer after a missing receipt proves that the message arrived", () => {
  const failed: LogEvent = { type: "failed", id: "1", failure: "unknown" };
  expect(statuses(after(wrote(one), failed, answer("a")))).toEqual(["1 delivered", "text"]);
  expect(statuses(after(wrote(one), { type: "sending", id: "1" }, answer("a"), failed))).toEqual([
    "1 delivered",
    "text",
  ]);
});

test("an answer proves nothing about a message that the server refused", () => {
  const log = after(wrote(one), { type: "failed", id: "1", failure: "too_long" }, answer("a"));
  expect(statuses(log)).toEqual(["1 failed", "text"]);
});

test("quick replies of all answers of a turn are open until the next message", () => {
  const replies = [{ title: "10:30", payload: "x" }];
  const sending: LogEvent = { type: "sending", id: "1" };
  const answers = [answer("a", 30, replies), answer("b"), answer("c", 31, replies)];
  const log = after(wrote(one), sending, ...answers);
  expect(openAnswers(log)).toEqual(new Set(["a", "c"]));
  expect(openAnswers(applied(log, wrote(two)))).toEqual(new Set());
});

test("a new conversation closes the old one's quick replies", () => {
  const log = after(answer("a", 30, [{ title: "10:30", payload: "x" }]));
  expect(openAnswers(applied(log, { type: "broke", id: "b", at: 40 }))).toEqual(new Set());
});

test("an empty log has no break", () => {
  expect(after({ type: "broke", id: "b", at: 40 })).toEqual([]);
});

test("after a reload what was unfinished can be tried again", () => {
  const log = after(wrote(one), { type: "sending", id: "1" }, wrote(two));
  expect(reopened(log)).toEqual([
    { ...one, status: "failed", failure: "unknown" },
    { ...two, status: "failed", failure: "unsent" },
  ]);
});

test("the oldest lines go when the log is full", () => {
  const many = Array.from({ length: MOST_ENTRIES + 5 }, (_, index) => answer(String(index)));
  const log = after(...many);
  expect([log.length, log[0]?.id]).toEqual([MOST_ENTRIES, "5"]);
});

const said = (id: string) => ({
  id,
  at: 30,
  own: null,
  answer: { kind: "text" as const, text: `answer ${id}`, replies: [] },
});
const sent = (id: string) => ({ id, at: 10, own: { text: id, payload: id }, answer: null });

test("what was said while the page was away comes in the server's place and order", () => {
  const two = written("2", 40, "two");
  const log = after(wrote(one), { type: "sending", id: "1" }, answer("a"), wrote(two));
  const merged = caughtUp(log, [sent("0"), sent("1"), said("a"), said("b"), sent("x"), said("c")]);
  expect(merged.map(({ id }) => id)).toEqual(["0", "1", "a", "b", "x", "c", "2"]);
  expect(statuses(merged)[1]).toBe("1 delivered");
  expect(caughtUp(merged, [said("b"), said("c")])).toEqual(merged);
});

test("a record that knows nothing of the log stands at its end", () => {
  const log = after(wrote(one), { type: "delivered", id: "1" });
  expect(caughtUp(log, [said("b"), said("c")]).map(({ id }) => id)).toEqual(["1", "b", "c"]);
});

test("an answer that is heard twice is shown once", () => {
  expect(after(answer("a"), answer("a")).map(({ id }) => id)).toEqual(["a"]);
});

test("times make cards of the replies they belong to, and of no others", () => {
  const times = {
    times: [{ payload: "p1", day: "Tue 1 Dec", hours: "10:30–11:00", who: "" }],
    kind: "intro",
    people: [],
    minutes: 15,
    zone: "UTC",
  };
  const offer = answer("a", 30, [{ title: "10:30", payload: "p1" }]);
  const more: LogEvent = { type: "answered", id: "t", at: 31, answer: { kind: "times", times } };
  const [first, second] = after(offer, answer("b"), more);
  expect(first).toMatchObject({ id: "a", times });
  expect(second).toMatchObject({ id: "b", times: null });
  expect(after(answer("b"), more)).toHaveLength(1);
});
