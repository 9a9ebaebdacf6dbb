/**
 * Wall-clock arithmetic. A "wall" is what clocks in the reader's zone show, kept as the milliseconds at which
 * a UTC clock shows the same; a "day" is `YYYY-MM-DD`. Instants are milliseconds since 1970.
 */

/** Minutes that a zone's clocks are ahead of UTC at an instant. */
export type Offsets = (instant: number) => number;

/** From an instant on, clocks are this many minutes ahead of UTC. */
export interface OffsetChange {
  readonly from: string;
  readonly minutes: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A zone's offsets by the browser's own rules, which may be out of date. */
export function browserOffsets(zone: string): Offsets {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  return (instant) => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    ) as Record<"year" | "month" | "day" | "hour" | "minute", number>;
    const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
    return Math.round((wall - Math.floor(instant / MINUTE) * MINUTE) / MINUTE);
  };
}

/** A zone's offsets as the server states them; the browser's where it states none. */
export function statedOffsets(changes: readonly OffsetChange[] | undefined, zone: string): Offsets {
  const known = (changes ?? [])
    .map(({ from, minutes }) => ({ from: Date.parse(from), minutes }))
    .sort((one, other) => one.from - other.from);
  const [first] = known;
  if (!first) return browserOffsets(zone);
  return (instant) => (known.findLast(({ from }) => from <= instant) ?? first).minutes;
}

/** What clocks show at an instant. */
export function toWall(instant: number, offsets: Offsets): number {
  return instant + offsets(instant) * MINUTE;
}

/** The day a wall time lies on. */
export function dayOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** The wall time at which a day begins. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function addDays(day: string, days: number): string {
  return dayOf(startOfDay(day) + days * DAY);
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = new Date(startOfDay(day)).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** True for a real date written `YYYY-MM-DD`. */
export function isDay(text: string | null): text is string {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const start = startOfDay(text);
  return !Number.isNaN(start) && dayOf(start) === text;
}

/** A zone's offset as people write it: GMT, UTC+1, UTC−3:30; UTC alone is that zone's own name. */
export function offsetLabel(minutes: number, zone: string): string {
  if (minutes === 0) return zone === "UTC" ? "UTC" : "GMT";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  const sign = minutes < 0 ? "−" : "+";
  return `UTC${sign}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}
