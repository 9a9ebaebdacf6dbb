import type { Stretch } from "../../shared/starts.ts";
import { dayOf, type Offsets, startOfDay, toWall } from "../../shared/wall.ts";
import { toInstant } from "../clocks.ts";
import { minutesOfDay } from "../hours.ts";

const MINUTE = 60_000;

/** The instants of two times on days of a person's calendar; an end of 00:00 is the end of its day. */
export function stretchOf(
  from: { readonly day: string; readonly time: string },
  until: { readonly day: string; readonly time: string },
  offsets: Offsets,
): Stretch {
  const start = startOfDay(from.day) + minutesOfDay(from.time) * MINUTE;
  const end = startOfDay(until.day) + (minutesOfDay(until.time) || 24 * 60) * MINUTE;
  const [first, last] = [start, end].map((wall) =>
    new Date(toInstant(wall, offsets)).toISOString(),
  );
  return { start: first ?? "", end: last ?? "" };
}

/** The days that a stretch takes whole, by those clocks; null when it begins or ends within a day. */
export function wholeDays(
  { start, end }: Stretch,
  offsets: Offsets,
): { first: string; last: string } | null {
  const [from, until] = [start, end].map((text) => toWall(Date.parse(text), offsets));
  if (from === undefined || until === undefined) return null;
  const isWhole = [from, until].every((wall) => startOfDay(dayOf(wall)) === wall);
  return isWhole ? { first: dayOf(from), last: dayOf(until - 1) } : null;
}
