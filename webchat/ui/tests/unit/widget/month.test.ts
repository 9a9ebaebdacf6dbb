import { expect, test } from "vitest";
import { dayByKey, monthAfter, sameDayAfter, weeksOf } from "../../../src/widget/month.ts";

test("a month's weeks begin on the day that is the first where the reader lives", () => {
  const [monday, sunday] = [weeksOf("2026-11", 1), weeksOf("2026-11", 7)];
  expect(monday.map((week) => week[0])).toEqual([
    null,
    "2026-11-02",
    "2026-11-09",
    "2026-11-16",
    "2026-11-23",
    "2026-11-30",
  ]);
  expect(sunday[0]).toEqual([1, 2, 3, 4, 5, 6, 7].map((day) => `2026-11-0${day}`));
  expect(sunday.at(-1)?.slice(0, 3)).toEqual(["2026-11-29", "2026-11-30", null]);
});

test.each([
  ["ArrowRight", "2026-12-01"],
  ["ArrowLeft", "2026-11-29"],
  ["ArrowUp", "2026-11-23"],
  ["ArrowDown", "2026-12-07"],
  ["Home", "2026-11-30"],
  ["End", "2026-12-06"],
  ["PageUp", "2026-10-30"],
  ["PageDown", "2026-12-30"],
  ["x", null],
])("%s leads from Monday 30 November to %s", (key, day) => {
  expect(dayByKey("2026-11-30", key, 1, false)).toBe(day);
});

test("arrows follow the direction of writing", () => {
  expect(dayByKey("2026-11-30", "ArrowRight", 1, true)).toBe("2026-11-29");
});

test("months of other lengths take their last day", () => {
  expect([sameDayAfter("2027-01-31", 1), sameDayAfter("2028-02-29", 12)]).toEqual([
    "2027-02-28",
    "2029-02-28",
  ]);
  expect(monthAfter("2026-12", 1)).toBe("2027-01");
});
