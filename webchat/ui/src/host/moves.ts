import type { Booking, DeskCalendar } from "./values.ts";

/** Where a booking is to go. */
export interface Move {
  readonly uid: string;
  /** ISO 8601 UTC. */
  readonly start: string;
  readonly minutes: number;
}

/** Length of a booking, minutes. */
export function minutesOf({ start, end }: Pick<Booking, "start" | "end">): number {
  return (Date.parse(end) - Date.parse(start)) / 60_000;
}

/** The booking as it will be, before the server has agreed. */
export function moved(booking: Booking, { start, minutes }: Move): Booking {
  const end = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  return { ...booking, start, end };
}

/** The calendar with that one booking somewhere else; the same calendar when it holds no such booking. */
export function withMove(calendar: DeskCalendar, move: Move): DeskCalendar {
  if (!calendar.bookings.some(({ uid }) => uid === move.uid)) return calendar;
  const bookings = calendar.bookings.map((each) =>
    each.uid === move.uid ? moved(each, move) : each,
  );
  return { ...calendar, bookings };
}

/** The calendar with what the server says of a booking in the place of what was believed. */
export function withBooking(calendar: DeskCalendar, booking: Booking): DeskCalendar {
  const bookings = calendar.bookings.map((each) => (each.uid === booking.uid ? booking : each));
  return { ...calendar, bookings };
}

/** The move that brings a booking back to where it was. */
export function undoOf(before: Booking): Move {
  return { uid: before.uid, start: before.start, minutes: minutesOf(before) };
}
