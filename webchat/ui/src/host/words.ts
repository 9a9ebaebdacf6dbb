import { dayText, rangeText, timeText } from "../shared/format.ts";
import { type Offsets, toWall } from "../shared/wall.ts";
import type { Booking } from "./values.ts";

const CHANNELS: Readonly<Record<string, string>> = {
  in_person: "In person",
  phone: "Phone",
  zoom: "Zoom",
  google_meet: "Google Meet",
  jitsi: "Video call (Jitsi)",
};

/** How people meet, as it is said. */
export function channelText(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

export const CHANNEL_NAMES = Object.keys(CHANNELS);

const SOURCES: Readonly<Record<string, string>> = {
  conversation: "The chat",
  chat: "The chat",
  link: "A link in a mail",
  attendee: "The chat, address proven",
  person: "The desk",
  operator: "The command line",
  web: "The schedule page",
};

/** By which way a booking came. */
export function sourceText(source: string): string {
  return SOURCES[source] ?? source;
}

/** Zone names as people read them. */
export function zoneText(zone: string): string {
  return zone.replaceAll("_", " ");
}

/** A length of time: 30 min, 1 h, 1 h 30. */
export function lengthText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, "0")}`;
}

interface Times {
  readonly start: string;
  readonly end: string;
}

/** Day of a stretch by those clocks. */
export function dayOfText({ start }: Times, offsets: Offsets, locale: string): string {
  return dayText(toWall(Date.parse(start), offsets), locale);
}

/** Times of day of a stretch by those clocks. */
export function timesText({ start, end }: Times, offsets: Offsets, locale: string): string {
  const [from, to] = [start, end].map((text) => toWall(Date.parse(text), offsets));
  return rangeText(from ?? 0, to ?? 0, locale);
}

/** Day and times of a stretch by those clocks: Tuesday 1 December, 10:30 – 11:00. */
export function whenText(times: Times, offsets: Offsets, locale: string): string {
  return `${dayOfText(times, offsets, locale)}, ${timesText(times, offsets, locale)}`;
}

/** The same by the attendee's clocks; null when they are the person's. */
export function theirWhen(booking: Booking, zone: string, locale: string): string | null {
  const { attendee } = booking;
  if (!attendee || attendee.zone === zone) return null;
  return `${whenText(booking, () => attendee.minutes_ahead, locale)}, ${zoneText(attendee.zone)}`;
}

/** Who comes, as a title. */
export function guestName(booking: Booking): string {
  return booking.attendee?.name ?? "Held";
}

/** How a booking stands, in a word. */
export function standing(booking: Booking): "Confirmed" | "Held" | "Cancelled" | "No-show" {
  if (booking.status === "CANCELLED") return "Cancelled";
  if (booking.status === "TENTATIVE") return "Held";
  return booking.no_show ? "No-show" : "Confirmed";
}

/** A moment, short: 24 Nov, 10:30. */
export function momentText(instant: string, offsets: Offsets, locale: string): string {
  const wall = toWall(Date.parse(instant), offsets);
  const day = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short" });
  return `${day.format(wall)}, ${timeText(wall, locale)}`;
}
