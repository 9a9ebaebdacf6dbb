import { SAYS } from "./cardWords.ts";
import type { BookingCard } from "./contract.ts";
import { filled } from "./words.ts";

const LONGEST_LINE = 74;

/** The instant as RFC 5545 section 3.3.5 writes it in UTC. */
function stamp(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

/** Lines longer than 75 octets are folded (RFC 5545 section 3.1), never within a character. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let length = 0;
  let whole = "";
  for (const character of line) {
    const octets = encoder.encode(character).length;
    if (length + octets > LONGEST_LINE) {
      whole += "\r\n ";
      length = 0;
    }
    whole += character;
    length += octets;
  }
  return whole;
}

function summary(card: BookingCard): string {
  return filled(SAYS.calendarText, { title: card.title, person: card.person });
}

function note(card: BookingCard): string {
  return [filled(SAYS.calendarNote, { reference: card.reference }), card.link]
    .filter(Boolean)
    .join("\n");
}

/** The booking as an iCalendar file (RFC 5545), known by the same UID as its invitation. */
export function calendarFile(card: BookingCard, now: Date): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Appointment Assistant//Chat//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${card.uid ?? `${card.reference}-${stamp(card.start)}`}`,
    `SEQUENCE:${card.sequence}`,
    `DTSTAMP:${stamp(now.toISOString())}`,
    `DTSTART:${stamp(card.start)}`,
    `DTEND:${stamp(card.end)}`,
    `SUMMARY:${escaped(summary(card))}`,
    `LOCATION:${escaped(card.where)}`,
    `DESCRIPTION:${escaped(note(card))}`,
    ...(card.link ? [`URL:${card.link}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

/** Hands the file to the browser, which keeps it or opens the reader's calendar. */
export function download(card: BookingCard): void {
  const file = new Blob([calendarFile(card, new Date())], { type: "text/calendar;charset=utf-8" });
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(file);
  anchor.download = `appointment-${card.reference}.ics`;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}

/** Where Google Calendar takes the booking in. */
export function googleLink(card: BookingCard): string {
  const address = new URL("https://calendar.google.com/calendar/render?action=TEMPLATE");
  address.searchParams.set("text", summary(card));
  address.searchParams.set("dates", `${stamp(card.start)}/${stamp(card.end)}`);
  address.searchParams.set("details", note(card));
  address.searchParams.set("location", card.where);
  return address.href;
}

/** Where Outlook on the web takes the booking in. */
export function outlookLink(card: BookingCard): string {
  const address = new URL("https://outlook.live.com/calendar/0/deeplink/compose?rru=addevent");
  address.searchParams.set("subject", summary(card));
  address.searchParams.set("startdt", card.start);
  address.searchParams.set("enddt", card.end);
  address.searchParams.set("body", note(card));
  address.searchParams.set("location", card.where);
  return address.href;
}
