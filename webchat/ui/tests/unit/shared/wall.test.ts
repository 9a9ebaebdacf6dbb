import { expect, test } from "vitest";
import {
  addDays,
  browserOffsets,
  dayOf,
  isDay,
  mondayOf,
  offsetLabel,
  statedOffsets,
  toWall,
} from "../../../src/shared/wall.ts";

const at = (text: string) => Date.parse(text);
const shown = (instant: string, zone: string) =>
  new Date(toWall(at(instant), browserOffsets(zone))).toISOString().slice(0, 16);

test.each([
  ["2026-10-25T00:59:00Z", "Europe/Berlin", "2026-10-25T02:59"],
  ["2026-10-25T01:00:00Z", "Europe/Berlin", "2026-10-25T02:00"],
  ["2026-03-29T00:59:00Z", "Europe/Berlin", "2026-03-29T01:59"],
  ["2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29T03:00"],
  ["2026-12-01T18:40:00Z", "Asia/Kolkata", "2026-12-02T00:10"],
  ["2026-12-01T11:00:00Z", "Pacific/Apia", "2026-12-02T00:00"],
  ["2026-04-04T15:00:00Z", "Australia/Lord_Howe", "2026-04-05T01:30"],
  ["2026-12-01T00:30:00Z", "America/St_Johns", "2026-11-30T21:00"],
])("%s reads in %s as %s", (instant, zone, wall) => {
  expect(shown(instant, zone)).toBe(wall);
});

test("the server's offsets win over the browser's", () => {
  const vancouver = statedOffsets(
    [{ from: "2026-11-30T00:00:00Z", minutes: -420 }],
    "America/Vancouver",
  );
  expect(dayOf(toWall(at("2026-12-02T00:00:00Z"), vancouver))).toBe("2026-12-01");
  expect(new Date(toWall(at("2026-12-02T00:00:00Z"), vancouver)).getUTCHours()).toBe(17);
});

test("stated offsets change at their instant, in whatever order they come", () => {
  const offsets = statedOffsets(
    [
      { from: "2026-10-25T01:00:00Z", minutes: 60 },
      { from: "2026-10-20T00:00:00Z", minutes: 120 },
    ],
    "Europe/Berlin",
  );
  expect([
    offsets(at("2026-10-19T00:00:00Z")),
    offsets(at("2026-10-25T00:59:59Z")),
    offsets(at("2026-10-25T01:00:00Z")),
  ]).toEqual([120, 120, 60]);
});

test("without stated offsets the browser's are taken", () => {
  expect(statedOffsets(undefined, "Asia/Kolkata")(at("2026-12-01T00:00:00Z"))).toBe(330);
  expect(statedOffsets([], "Asia/Kolkata")(at("2026-12-01T00:00:00Z"))).toBe(330);
});

test("weeks begin on Monday", () => {
  expect(["2026-11-29", "2026-11-30", "2026-12-06"].map(mondayOf)).toEqual([
    "2026-11-23",
    "2026-11-30",
    "2026-11-30",
  ]);
});

test("days are added over months and leap days", () => {
  expect([addDays("2026-12-31", 1), addDays("2028-02-28", 1), addDays("2026-03-01", -1)]).toEqual([
    "2027-01-01",
    "2028-02-29",
    "2026-02-28",
  ]);
});

test.each([
  ["2026-12-01", true],
  ["2026-02-30", false],
  ["2026-12-1", false],
  ["tomorrow", false],
  [null, false],
])("%s as a day: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test.each([
  [0, "UTC", "UTC"],
  [0, "Europe/London", "GMT"],
  [60, "Europe/London", "UTC+1"],
  [330, "Asia/Kolkata", "UTC+5:30"],
  [-210, "America/St_Johns", "UTC−3:30"],
  [765, "Pacific/Chatham", "UTC+12:45"],
])("%i minutes in %s are labelled %s", (minutes, zone, label) => {
  expect(offsetLabel(minutes, zone)).toBe(label);
});
