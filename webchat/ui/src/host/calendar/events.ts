import { hoursAround, type Span, type Stretch, spanOf } from "../../shared/starts.ts";
import { addDays, type Offsets, startOfDay, toWall } from "../../shared/wall.ts";
import type { Days } from "../clocks.ts";
import type { Booking, DeskCalendar } from "../values.ts";
import { guestName } from "../words.ts";

/** Something in the grid; times are wall times that the grid takes for UTC. */
export interface GridEvent {
  readonly id: string;
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly display?: "background" | "inverse-background";
  readonly groupId?: string;
  readonly editable?: boolean;
  readonly extendedProps: {
    readonly kind: "booking" | "closed" | "off";
    readonly booking?: Booking;
  };
}

function onWall(stretch: Stretch, offsets: Offsets): Span {
  const { start, end } = spanOf(stretch);
  return { start: toWall(start, offsets), end: toWall(end, offsets) };
}

function written({ start, end }: Span): { start: string; end: string } {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}

/** True for what may still be moved: agreed, and not begun. */
export function isMovable(booking: Booking, now: number): boolean {
  return booking.status === "CONFIRMED" && Date.parse(booking.start) > now;
}

/** Bookings as blocks, time off hatched, and everything outside of working hours shaded. */
export function eventsOf(
  calendar: DeskCalendar,
  offsets: Offsets,
  { first, end }: Days,
  now: number,
): GridEvent[] {
  const bookings = calendar.bookings.filter(({ status }) => status !== "CANCELLED");
  const open = [...calendar.working, ...calendar.extra].map((each) => onWall(each, offsets));
  const nothing = { start: startOfDay(first) - 1000, end: startOfDay(first) };
  const holidays = calendar.holidays.filter(
    (each) => each.off && first <= each.date && each.date < end,
  );
  return [
    ...(open.length > 0 ? open : [nothing]).map((span, index) => ({
      id: `open-${index}`,
      title: "",
      ...written(span),
      display: "inverse-background" as const,
      groupId: "open",
      extendedProps: { kind: "closed" as const },
    })),
    ...calendar.time_off.map((off) => ({
      id: `off-${off.id}`,
      title: off.reason || "Time off",
      ...written(onWall(off, offsets)),
      display: "background" as const,
      extendedProps: { kind: "off" as const },
    })),
    ...holidays.map(({ date, name }) => ({
      id: `holiday-${date}`,
      title: name,
      ...written({ start: startOfDay(date), end: startOfDay(addDays(date, 1)) }),
      display: "background" as const,
      extendedProps: { kind: "off" as const },
    })),
    ...bookings.map((booking) => ({
      id: booking.uid,
      title: guestName(booking),
      ...written(onWall(booking, offsets)),
      editable: isMovable(booking, now),
      extendedProps: { kind: "booking" as const, booking },
    })),
  ];
}

/** The hours to show: all that is worked or booked on those days, with an hour of air. */
export function hoursOf(calendar: DeskCalendar, offsets: Offsets, { first, end }: Days) {
  const bookings = calendar.bookings.filter(({ status }) => status !== "CANCELLED");
  const spans = [...calendar.working, ...calendar.extra, ...bookings]
    .map((each) => onWall(each, offsets))
    .filter((span) => span.end > startOfDay(first) && span.start < startOfDay(end));
  const hours = hoursAround(spans);
  return { first: Math.max(hours.first - 1, 0), last: Math.min(hours.last + 1, 24) };
}
