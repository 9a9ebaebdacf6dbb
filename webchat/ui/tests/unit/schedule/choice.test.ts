import { expect, test } from "vitest";
import { readChoice, writeChoice } from "../../../src/schedule/choice.ts";

const NOTHING = {
  person: null,
  type: null,
  minutes: null,
  zone: null,
  week: null,
  day: null,
  show: null,
};

test("a choice survives the address", () => {
  const choice = {
    person: "eva-meyer",
    type: "consultation",
    minutes: 45,
    zone: "Asia/Kolkata",
    week: "2026-11-30",
    day: "2026-12-02",
    show: "day" as const,
  };
  expect(readChoice(writeChoice(choice))).toEqual(choice);
  expect(writeChoice(NOTHING)).toBe("");
});

test("a day in an address stands for its week, an old zone name for the new one", () => {
  expect(readChoice("?week=2026-12-03&zone=Asia/Calcutta")).toEqual({
    ...NOTHING,
    week: "2026-11-30",
    zone: "Asia/Kolkata",
  });
});

test("malformed parts count as not chosen", () => {
  expect(readChoice("?week=soon&zone=Mars/Base&minutes=-5")).toEqual(NOTHING);
  expect(readChoice("?minutes=abc&week=2026-02-30")).toEqual(NOTHING);
  expect(readChoice("?show=year&day=2026-13-01")).toEqual(NOTHING);
});
