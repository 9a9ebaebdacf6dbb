import type { Booking, DeskCalendar } from "../../../src/host/values.ts";

/** A booking of half an hour with whatever else is said of it. */
export function booking(parts: Partial<Booking> = {}): Booking {
  return {
    uid: "u1",
    reference: "K7QM-2F",
    version: 3,
    status: "CONFIRMED",
    type: { handle: "consultation", name: "Consultation" },
    people: ["eva-meyer"],
    start: "2026-12-01T09:30:00.000Z",
    end: "2026-12-01T10:00:00.000Z",
    attendee: {
      name: "Ann Lee",
      email: "ann@example.com",
      zone: "Europe/London",
      minutes_ahead: 0,
    },
    channel: "jitsi",
    guests: [],
    no_show: false,
    source: "conversation",
    ...parts,
  };
}

/** A calendar that holds these bookings and nothing else. */
export function calendar(...bookings: Booking[]): DeskCalendar {
  return { working: [], time_off: [], extra: [], holidays: [], bookings, offsets: [] };
}
