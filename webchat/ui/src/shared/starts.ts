import { dayOf, type Offsets, toWall } from "./wall.ts";

/** From `start` until `end`, ISO 8601 UTC. */
export interface Stretch {
  readonly start: string;
  readonly end: string;
}

/** A time that can be booked, as the reader's clocks show it. */
export interface Start {
  readonly instant: string;
  readonly wall: number;
  /** Minutes ahead of UTC at that time. */
  readonly offset: number;
}

/** The starts of one of the reader's days. */
export interface DayOfStarts {
  readonly day: string;
  readonly starts: readonly Start[];
}

/** Free starts by the reader's day, both in order; only days from `first` up to, not including, `end`. */
export function groupByDay(
  slots: readonly Stretch[],
  offsets: Offsets,
  first: string,
  end: string,
): DayOfStarts[] {
  const days = new Map<string, Start[]>();
  for (const { start } of [...slots].sort((one, other) => one.start.localeCompare(other.start))) {
    const instant = Date.parse(start);
    const wall = toWall(instant, offsets);
    const day = dayOf(wall);
    if (day < first || day >= end) continue;
    days.set(day, [...(days.get(day) ?? []), { instant: start, wall, offset: offsets(instant) }]);
  }
  return [...days].map(([day, starts]) => ({ day, starts }));
}

/** Start and end in milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf({ start, end }: Stretch): Span {
  return { start: Date.parse(start), end: Date.parse(end) };
}

/** What is left of the open spans without the busy ones, in order. */
export function freeSpans(open: readonly Span[], busy: readonly Span[]): Span[] {
  return busy.reduce<Span[]>(
    (left, hole) =>
      left.flatMap((span) => {
        if (hole.end <= span.start || hole.start >= span.end) return [span];
        const parts = [
          { start: span.start, end: hole.start },
          { start: hole.end, end: span.end },
        ];
        return parts.filter(({ start, end }) => start < end);
      }),
    [...open].sort((one, other) => one.start - other.start),
  );
}

/**
 * The last free start at or before a wall time within its day, or else the first one after it; null on a day without
 * any. A tap into the calendar means it.
 */
export function startAt(days: readonly DayOfStarts[], wall: number): Start | null {
  const starts = days.find(({ day }) => day === dayOf(wall))?.starts ?? [];
  return starts.findLast((start) => start.wall <= wall) ?? starts[0] ?? null;
}

/** Whole hours of the day that hold all spans (wall times); the whole day when one crosses midnight. */
export function hoursAround(spans: readonly Span[]): { first: number; last: number } {
  const HOUR = 3600_000;
  if (spans.length === 0) return { first: 8, last: 18 };
  if (spans.some(({ start, end }) => dayOf(start) !== dayOf(end - 1)))
    return { first: 0, last: 24 };
  const hour = (wall: number) => (wall % (24 * HOUR)) / HOUR;
  return {
    first: Math.floor(Math.min(...spans.map(({ start }) => hour(start)))),
    last: Math.ceil(Math.max(...spans.map(({ end }) => hour(end - 1)))),
  };
}
