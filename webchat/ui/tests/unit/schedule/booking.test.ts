// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { clockText, type Hold, keepLonger, secondsLeft } from "../../../src/schedule/booking.ts";
import { googleAddress, outlookAddress } from "../../../src/schedule/calendarLinks.ts";
import { keepDetails, keepHold, recallDetails, recallHold } from "../../../src/schedule/memory.ts";
import { startAt } from "../../../src/shared/starts.ts";

const HOLD: Hold = {
  id: "a1",
  type: "consultation",
  people: ["eva"],
  start: "2026-12-01T09:30:00Z",
  end: "2026-12-01T10:15:00Z",
  expires_at: "2026-11-24T09:10:00Z",
};
const EXPIRY = Date.parse(HOLD.expires_at);

afterEach(() => sessionStorage.clear());

test("the time left is never below zero, and shown as a clock", () => {
  expect([600, 61, 59.2, 0, -5].map((left) => secondsLeft(HOLD, EXPIRY - left * 1000))).toEqual([
    600, 61, 59, 0, 0,
  ]);
  expect([600, 61, 9].map(clockText)).toEqual(["10:00", "1:01", "0:09"]);
});

test("to keep a time longer is to keep it in place of itself", async () => {
  const requests: [string, RequestInit][] = [];
  vi.stubGlobal("fetch", (address: string, request: RequestInit) => {
    requests.push([address, request]);
    return Promise.resolve(Response.json({ ...HOLD, id: "a2" }));
  });
  expect((await keepLonger(HOLD)).id).toBe("a2");
  const [address, request] = requests[0] ?? ["", {}];
  expect([request.method, new URL(address).pathname]).toEqual(["PUT", "/api/holds/a1"]);
  expect(JSON.parse(String(request.body))).toEqual({
    type: "consultation",
    person: "eva",
    start: HOLD.start,
    minutes: 45,
  });
});

test("a reload keeps the hold until it ends, and what was typed", () => {
  keepHold(HOLD);
  expect([recallHold(EXPIRY - 1), recallHold(EXPIRY)]).toEqual([HOLD, null]);
  const details = { name: "Ann", email: "ann@example.com", channel: "", phone: "", note: "" };
  keepDetails(details);
  expect(recallDetails()).toEqual(details);
});

test("what a tab should not hold counts as nothing", () => {
  sessionStorage.setItem("appointment-hold", '{"id": 3}');
  sessionStorage.setItem("appointment-details", "no JSON");
  expect(recallHold(0)).toBeNull();
  expect(recallDetails().name).toBe("");
});

test("other calendars are given the same instants", () => {
  const entry = {
    title: "Consultation with Eva & Ben",
    start: HOLD.start,
    end: HOLD.end,
    description: "Reference K7QM-2F",
  };
  const google = new URL(googleAddress(entry));
  expect(google.searchParams.get("dates")).toBe("20261201T093000Z/20261201T101500Z");
  expect(google.searchParams.get("text")).toBe(entry.title);
  const outlook = new URL(outlookAddress(entry));
  expect(outlook.searchParams.get("startdt")).toBe("2026-12-01T09:30:00.000Z");
  expect(outlook.searchParams.get("subject")).toBe(entry.title);
});

test("a tap into a free stretch means the start before it, or the first of that day", () => {
  const at = (time: string) => Date.parse(`2026-12-01T${time}:00Z`);
  const starts = ["10:00", "10:30"].map((time) => ({ instant: time, wall: at(time), offset: 0 }));
  const days = [{ day: "2026-12-01", starts }];
  const meant = ["10:29", "10:30", "16:00", "08:00"].map(
    (time) => startAt(days, at(time))?.instant,
  );
  expect(meant).toEqual(["10:00", "10:30", "10:30", "10:00"]);
  expect(startAt(days, Date.parse("2026-12-02T10:00:00Z"))).toBeNull();
});
