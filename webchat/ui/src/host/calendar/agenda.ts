import { addDays, dayOf, type Offsets, toWall } from "../../shared/wall.ts";
import { type Days, dayAt } from "../clocks.ts";
import type { Booking, DeskCalendar, TimeOff } from "../values.ts";

/** One day of the list. */
export interface AgendaDay {
  readonly day: string;
  readonly bookings: readonly Booking[];
  readonly timeOff: readonly TimeOff[];
  readonly holiday: string | null;
}

function everyDay({ first, end }: Days): string[] {
  const days: string[] = [];
  for (let day = first; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The days on which there is anything, with what there is in order; cancelled bookings are left out. */
export function agendaOf(calendar: DeskCalendar, offsets: Offsets, days: Days): AgendaDay[] {
  const bookings = calendar.bookings
    .filter(({ status }) => status !== "CANCELLED")
    .sort((one, other) => one.start.localeCompare(other.start));
  const lasts = (off: TimeOff, day: string) => {
    const last = dayOf(toWall(Date.parse(off.end), offsets) - 1);
    return dayAt(Date.parse(off.start), offsets) <= day && day <= last;
  };
  return everyDay(days)
    .map((day) => ({
      day,
      bookings: bookings.filter(({ start }) => dayAt(Date.parse(start), offsets) === day),
      timeOff: calendar.time_off.filter((off) => lasts(off, day)),
      holiday: calendar.holidays.find(({ date, off }) => date === day && off)?.name ?? null,
    }))
    .filter(({ bookings, timeOff, holiday }) => bookings.length + timeOff.length > 0 || holiday);
}
