import { expect, test } from "vitest";
import {
  dayText,
  displayLocale,
  hourText,
  rangeText,
  requestSentence,
  timeText,
} from "../../../src/shared/format.ts";

const WALL = Date.parse("2026-12-01T15:30:00Z");
const plain = (text: string) => text.replaceAll(/[\u2009\u202f]/g, " ");

test("times follow the reader's English", () => {
  expect([timeText(WALL, "en-US"), timeText(WALL, "en-GB")].map(plain)).toEqual([
    "3:30 PM",
    "15:30",
  ]);
  expect([hourText(WALL, "en-US"), hourText(WALL, "en-GB")].map(plain)).toEqual(["3 PM", "15:30"]);
  expect(plain(rangeText(WALL, WALL + 1800_000, "en-US"))).toBe("3:30 – 4:00 PM");
});

test("days are written with their weekday", () => {
  expect(dayText(WALL, "en-US")).toBe("Tuesday, December 1");
});

test("other languages see the page's English with 24 hours", () => {
  expect(["en-US", "de-DE", "eng"].map(displayLocale)).toEqual(["en-US", "en-GB", "en-GB"]);
});

const WANTED = {
  type: "Consultation",
  length: null,
  person: "Dr. Eva Meyer",
  wall: Date.parse("2026-12-01T09:05:00Z"),
  zone: "Europe/Berlin",
};

test("a start becomes a sentence that names everything", () => {
  expect(requestSentence(WANTED)).toBe(
    "Consultation with Dr. Eva Meyer on Tuesday 1 December at 09:05, Europe/Berlin time",
  );
});

test("another length than the usual one is said", () => {
  expect(requestSentence({ ...WANTED, length: 45, zone: "America/Sao_Paulo" })).toBe(
    "Consultation for 45 minutes with Dr. Eva Meyer on Tuesday 1 December at 09:05, America/Sao_Paulo time",
  );
});
