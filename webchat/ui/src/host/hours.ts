import { type Hours, type Interval, WEEKDAYS, type Weekday, type WeekHours } from "./values.ts";

const DAY = 24 * 60;

/** Minutes since midnight of `HH:MM`; NaN for anything else. */
export function minutesOfDay(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(:00)?$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
}

function clock(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
  return [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
}

/** The end of an interval in minutes, where 00:00 is the day's end. */
function endOf([, end]: Interval): number {
  return minutesOfDay(end) || DAY;
}

/** All seven days, those without hours empty. */
export function wholeWeek({ days }: Pick<Hours, "days">): WeekHours {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, days[day] ?? []])) as unknown as WeekHours;
}

/** What is wrong with a day's intervals, as a sentence; null when nothing is. */
export function faultOf(intervals: readonly Interval[]): string | null {
  const spans = intervals.map((each) => ({ start: minutesOfDay(each[0]), end: endOf(each) }));
  const isFull = intervals.every((each) => each.every((text) => !Number.isNaN(minutesOfDay(text))));
  if (!isFull) return "Please fill in both times.";
  if (spans.some(({ start, end }) => start >= end)) return "The end must come after the beginning.";
  const sorted = [...spans].sort((one, other) => one.start - other.start);
  const overlaps = sorted.some(({ start }, index) => start < (sorted[index - 1]?.end ?? 0));
  return overlaps ? "These times overlap." : null;
}

/** The faults of all days that have one. */
export function faultsOf(days: WeekHours): Partial<Record<Weekday, string>> {
  const faults = WEEKDAYS.map((day) => [day, faultOf(days[day])] as const);
  return Object.fromEntries(faults.filter(([, fault]) => fault !== null));
}

/** Minutes worked in a week. */
export function weeklyMinutes(days: WeekHours): number {
  return WEEKDAYS.flatMap((day) => days[day])
    .map((each) => endOf(each) - minutesOfDay(each[0]))
    .filter((minutes) => minutes > 0)
    .reduce((sum, minutes) => sum + minutes, 0);
}

/** The interval to begin with when one is added: an hour after the last, or a usual morning. */
export function nextInterval(intervals: readonly Interval[]): Interval {
  const last = Math.max(...intervals.map(endOf), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(last)) return ["09:00", "17:00"];
  const start = Math.min(last + 60, DAY - 60);
  return [clock(start), clock(Math.min(start + 240, DAY))];
}

/** The week with a day's hours given to the other working days, Monday to Friday. */
export function copiedToWorkdays(days: WeekHours, from: Weekday): WeekHours {
  const copies = WEEKDAYS.slice(0, 5).map((day) => [day, days[from]] as const);
  return { ...days, ...Object.fromEntries(copies) };
}

/** The week with each day's intervals in order. */
export function inOrder(days: WeekHours): WeekHours {
  const sorted = WEEKDAYS.map(
    (day) => [day, [...days[day]].sort(([one], [other]) => one.localeCompare(other))] as const,
  );
  return Object.fromEntries(sorted) as unknown as WeekHours;
}
