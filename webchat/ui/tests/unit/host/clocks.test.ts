import { expect, test } from "vitest";
import { stretchOf, wholeDays } from "../../../src/host/availability/stretches.ts";
import { daysShown, stepped, toInstant, windowOf } from "../../../src/host/clocks.ts";
import { browserOffsets } from "../../../src/shared/wall.ts";

const BERLIN = browserOffsets("Europe/Berlin");

function instant(wall: string, zone = BERLIN): string {
  return new Date(toInstant(Date.parse(`${wall}:00Z`), zone)).toISOString().slice(0, 16);
}

test("a wall time becomes the instant at which clocks show it", () => {
  expect(instant("2026-12-01T10:30")).toBe("2026-12-01T09:30");
  expect(instant("2026-07-01T10:30")).toBe("2026-07-01T08:30");
  expect(instant("2026-12-01T00:30", browserOffsets("Pacific/Apia"))).toBe("2026-11-30T11:30");
  expect(instant("2026-12-01T10:30", browserOffsets("Asia/Kolkata"))).toBe("2026-12-01T05:00");
});

test("of a time shown twice it is the first, and a skipped one goes by the clocks before", () => {
  expect(instant("2026-10-25T02:30")).toBe("2026-10-25T00:30");
  expect(instant("2026-03-29T02:30")).toBe("2026-03-29T01:30");
});

test("a mode shows its days around one, and steps by as many", () => {
  expect(daysShown("week", "2026-11-26")).toEqual({ first: "2026-11-23", end: "2026-11-30" });
  expect(daysShown("day", "2026-11-26")).toEqual({ first: "2026-11-26", end: "2026-11-27" });
  expect(daysShown("list", "2026-11-26")).toEqual({ first: "2026-11-23", end: "2026-12-21" });
  expect(stepped("day", "2026-11-26", 1)).toBe("2026-11-27");
  expect(stepped("week", "2026-11-26", -1)).toBe("2026-11-16");
});

test("what is asked about holds the days in any zone", () => {
  expect(windowOf({ first: "2026-11-23", end: "2026-11-30" })).toEqual({
    from: "2026-11-22T09:00:00.000Z",
    to: "2026-11-30T15:00:00.000Z",
  });
});

test("times of days become a stretch, where 00:00 ends the last day", () => {
  const day = "2026-12-24";
  expect(stretchOf({ day, time: "12:00" }, { day, time: "00:00" }, BERLIN)).toEqual({
    start: "2026-12-24T11:00:00.000Z",
    end: "2026-12-24T23:00:00.000Z",
  });
});

test("a stretch of whole days is known as such, across a change of clocks too", () => {
  const week = { start: "2026-10-23T22:00:00Z", end: "2026-10-26T23:00:00Z" };
  expect(wholeDays(week, BERLIN)).toEqual({ first: "2026-10-24", last: "2026-10-26" });
  expect(wholeDays({ ...week, end: "2026-10-26T22:30:00Z" }, BERLIN)).toBeNull();
});
