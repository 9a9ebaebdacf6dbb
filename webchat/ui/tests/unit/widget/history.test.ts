import { expect, test, vi } from "vitest";
import { applied, written } from "../../../src/widget/conversation.ts";
import { History, readKept, writeKept } from "../../../src/widget/history.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const NOTHING = { session: null, log: [] };
const session = { id: "abc", token: "abc.1.x" };
const own = written("1", NOW - 1000, "hello");
const log = applied([own], {
  type: "answered",
  id: "a",
  at: NOW,
  answer: { kind: "text", text: "Which?", replies: [{ title: "10:30", payload: "x" }] },
});

test("a conversation comes back as it was kept", () => {
  expect(readKept(writeKept({ session, log }), NOW)).toEqual({ session, log });
});

test("a day after the last line nothing is left", () => {
  expect(readKept(writeKept({ session, log }), NOW + 25 * 3600_000)).toEqual(NOTHING);
});

test.each([null, "", "{", "null", "[]", '{"log":7}', '"text"'])(
  "%j reads as nothing kept",
  (text) => {
    expect(readKept(text, NOW)).toEqual(NOTHING);
  },
);

test("lines that someone tampered with are left out", () => {
  const lines = [
    { ...own, status: "won" },
    { ...own, text: 5 },
    { kind: "text", id: "a", at: NOW, text: "" },
    { kind: "card", id: "b", at: NOW, card: { status: "CONFIRMED" } },
    { kind: "card", id: "b2", at: NOW },
    { kind: "script", id: "c", at: NOW },
    { kind: "break", id: 4, at: NOW },
    null,
    own,
  ];
  expect(readKept(JSON.stringify({ session: 5, log: lines }), NOW)).toEqual({
    session: null,
    log: [own],
  });
});

test("the newest lines are kept when all would be too many", () => {
  const lines = Array.from({ length: 150 }, (_, index) =>
    written(String(index), NOW, "x".repeat(1900)),
  );
  const kept = readKept(writeKept({ session, log: lines }), NOW);
  expect(kept.log.at(-1)).toEqual(lines.at(-1));
  expect(kept.log.length).toBeLessThan(150);
});

test("a browser that forbids storage costs the history only", () => {
  const forbid = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: forbid, setItem: forbid });
  const history = new History("https://chat.example.org");
  history.save({ session, log });
  expect(history.load()).toEqual(NOTHING);
});
