import { expect, test } from "vitest";
import { calendarFile, googleLink, outlookLink } from "../../../src/widget/calendarFile.ts";

const CARD = {
  status: "CONFIRMED" as const,
  reference: "K7QM2F",
  title: "Consultation; short, please",
  person: "Dr. Eva Meyer",
  attendee: "Ann Lee",
  start: "2026-12-01T09:30:00Z",
  end: "2026-12-01T10:00:00Z",
  zone: "Europe/Berlin",
  when: "Tuesday 1 December 2026, 10:30–11:00 (Europe/Berlin)",
  where: "Bäckerstraße 7, in the house at the far end of the yard behind the church, 2nd floor",
  link: "https://meet.example.org/room",
  uid: "0b5d9f1e-9c39-4f0e-8d6a-1f2e3d4c5b6a",
  sequence: 2,
};

test("the file is an event that calendars know again by the invitation's UID", () => {
  const lines = calendarFile(CARD, new Date("2026-11-24T09:00:00.123Z")).split("\r\n");
  expect(lines.slice(0, 11)).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Appointment Assistant//Chat//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    "UID:0b5d9f1e-9c39-4f0e-8d6a-1f2e3d4c5b6a",
    "SEQUENCE:2",
    "DTSTAMP:20261124T090000Z",
    "DTSTART:20261201T093000Z",
    "DTEND:20261201T100000Z",
    "SUMMARY:Consultation\\; short\\, please with Dr. Eva Meyer",
  ]);
  expect(lines.slice(-4)).toEqual([
    "URL:https://meet.example.org/room",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
  const octets = (line: string) => new TextEncoder().encode(line).length;
  expect(Math.max(...lines.map(octets))).toBeLessThanOrEqual(75);
  expect(lines.join("\r\n").replaceAll("\r\n ", "")).toContain(
    "behind the church\\, 2nd floor\r\n",
  );
});

test("links to other calendars say when, what and where", () => {
  const google = new URL(googleLink(CARD)).searchParams;
  const outlook = new URL(outlookLink(CARD)).searchParams;
  expect([google.get("dates"), google.get("location")]).toEqual([
    "20261201T093000Z/20261201T100000Z",
    CARD.where,
  ]);
  expect([outlook.get("startdt"), outlook.get("enddt")]).toEqual([CARD.start, CARD.end]);
  expect(outlook.get("body")).toBe("Reference K7QM2F\nhttps://meet.example.org/room");
});
