import { expect, test } from "vitest";
import {
  copiedToWorkdays,
  faultOf,
  faultsOf,
  inOrder,
  minutesOfDay,
  nextInterval,
  weeklyMinutes,
  wholeWeek,
} from "../../../src/host/hours.ts";

const HALF_DAYS = wholeWeek({
  days: {
    MO: [
      ["09:00", "12:00"],
      ["13:00", "17:30"],
    ],
    SA: [["22:00", "00:00"]],
  },
});

test("a time of day is minutes since midnight, and nothing else is", () => {
  expect(["00:00", "09:30", "23:59"].map(minutesOfDay)).toEqual([0, 570, 1439]);
  expect(["24:00", "9:30", "", "09:60"].map(minutesOfDay)).toEqual([NaN, NaN, NaN, NaN]);
});

test("hours of a week add up, where midnight ends a day", () => {
  expect(weeklyMinutes(HALF_DAYS)).toBe(180 + 270 + 120);
});

test.each([
  [
    [
      ["09:00", "12:00"],
      ["12:00", "13:00"],
    ],
    null,
  ],
  [
    [
      ["13:00", "17:00"],
      ["09:00", "12:00"],
    ],
    null,
  ],
  [
    [
      ["09:00", "12:00"],
      ["11:45", "13:00"],
    ],
    "These times overlap.",
  ],
  [[["12:00", "09:00"]], "The end must come after the beginning."],
  [[["12:00", "12:00"]], "The end must come after the beginning."],
  [[["", "12:00"]], "Please fill in both times."],
  [[["22:00", "00:00"]], null],
] as const)("the fault of %j is %j", (intervals, fault) => {
  expect(faultOf(intervals)).toBe(fault);
});

test("only days with a fault have one", () => {
  const week = { ...HALF_DAYS, TU: [["10:00", "09:00"] as const] };
  expect(faultsOf(week)).toEqual({ TU: "The end must come after the beginning." });
});

test("added hours begin an hour after the last ones and end with the day", () => {
  expect(nextInterval([])).toEqual(["09:00", "17:00"]);
  expect(nextInterval([["09:00", "12:00"]])).toEqual(["13:00", "17:00"]);
  expect(nextInterval([["09:00", "20:30"]])).toEqual(["21:30", "00:00"]);
  expect(nextInterval([["09:00", "00:00"]])).toEqual(["23:00", "00:00"]);
});

test("a day's hours are copied to Monday until Friday and leave the weekend", () => {
  const copied = copiedToWorkdays(HALF_DAYS, "MO");
  expect(copied.FR).toEqual(HALF_DAYS.MO);
  expect([copied.SA, copied.SU]).toEqual([HALF_DAYS.SA, []]);
});

test("intervals are sent in order", () => {
  const week = {
    ...HALF_DAYS,
    MO: [
      ["13:00", "17:00"],
      ["09:00", "12:00"],
    ] as const,
  };
  expect(inOrder(week).MO).toEqual([
    ["09:00", "12:00"],
    ["13:00", "17:00"],
  ]);
});
