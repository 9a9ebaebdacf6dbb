import { expect, test } from "vitest";
import { freeSpans, groupByDay, hoursAround } from "../../../src/shared/starts.ts";
import { browserOffsets } from "../../../src/shared/wall.ts";

const slot = (start: string) => ({ start, end: start });
const wall = (text: string) => Date.parse(`${text}:00Z`);

test("starts are grouped by the reader's day, not the host's", () => {
  const slots = [slot("2026-12-01T23:30:00Z"), slot("2026-12-01T17:00:00Z")];
  const kolkata = groupByDay(slots, browserOffsets("Asia/Kolkata"), "2026-11-30", "2026-12-07");
  expect(kolkata).toEqual([
    {
      day: "2026-12-01",
      starts: [{ instant: "2026-12-01T17:00:00Z", wall: wall("2026-12-01T22:30"), offset: 330 }],
    },
    {
      day: "2026-12-02",
      starts: [{ instant: "2026-12-01T23:30:00Z", wall: wall("2026-12-02T05:00"), offset: 330 }],
    },
  ]);
});

test("the hour that occurs twice keeps both starts apart by their offset", () => {
  const slots = [slot("2026-10-25T00:30:00Z"), slot("2026-10-25T01:30:00Z")];
  const berlin = groupByDay(slots, browserOffsets("Europe/Berlin"), "2026-10-19", "2026-10-26");
  expect(berlin).toEqual([
    {
      day: "2026-10-25",
      starts: [
        { instant: "2026-10-25T00:30:00Z", wall: wall("2026-10-25T02:30"), offset: 120 },
        { instant: "2026-10-25T01:30:00Z", wall: wall("2026-10-25T02:30"), offset: 60 },
      ],
    },
  ]);
});

test("starts outside the reader's week are left out", () => {
  const slots = [slot("2026-11-29T23:30:00Z"), slot("2026-12-06T23:30:00Z")];
  const days = (zone: string) =>
    groupByDay(slots, browserOffsets(zone), "2026-11-30", "2026-12-07").map(({ day }) => day);
  expect(days("Europe/Berlin")).toEqual(["2026-11-30"]);
  expect(days("Europe/London")).toEqual(["2026-12-06"]);
});

test("free is what the busy spans leave", () => {
  const open = [
    { start: 100, end: 200 },
    { start: 0, end: 50 },
  ];
  const busy = [
    { start: 40, end: 60 },
    { start: 120, end: 130 },
    { start: 180, end: 200 },
  ];
  expect(freeSpans(open, busy)).toEqual([
    { start: 0, end: 40 },
    { start: 100, end: 120 },
    { start: 130, end: 180 },
  ]);
});

test("nothing is free where busy covers all", () => {
  expect(freeSpans([{ start: 10, end: 20 }], [{ start: 0, end: 30 }])).toEqual([]);
});

test("the grid holds all hours of the week and no more", () => {
  const spans = [
    { start: wall("2026-12-01T09:15"), end: wall("2026-12-01T12:00") },
    { start: wall("2026-12-02T13:00"), end: wall("2026-12-02T17:30") },
  ];
  expect(hoursAround(spans)).toEqual({ first: 9, last: 18 });
});

test("hours until midnight fit, hours across it take the whole day", () => {
  const evening = { start: wall("2026-12-01T20:00"), end: wall("2026-12-02T00:00") };
  const night = { start: wall("2026-12-01T22:00"), end: wall("2026-12-02T05:00") };
  expect(hoursAround([evening])).toEqual({ first: 20, last: 24 });
  expect(hoursAround([evening, night])).toEqual({ first: 0, last: 24 });
});
