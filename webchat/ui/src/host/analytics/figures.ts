import { addDays } from "../../shared/wall.ts";
import { type Analytics, WEEKDAYS } from "../values.ts";

const WORDS: Readonly<Record<string, string>> = {
  kind: "Appointment type",
  person: "Person",
  when: "Time",
  time: "Time",
  slot: "Choice of a time",
  option: "Choice of a time",
  name: "Name",
  email: "E-mail address",
  code: "Mailed code",
  contact: "Contact",
  confirm: "Confirmation",
};

/** Sums of all weeks shown. */
export interface Totals {
  readonly booked: number;
  readonly cancelled: number;
  readonly noShow: number;
  /** Shares of what was booked, 0 to 1; null where nothing was. */
  readonly cancelledShare: number | null;
  readonly noShowShare: number | null;
  /** Days; the median of the weeks' medians, null where nothing was booked. */
  readonly lead: number | null;
}

function middle(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[half]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

export function totalsOf({ weeks }: Pick<Analytics, "weeks">): Totals {
  const sum = (name: "booked" | "cancelled" | "no_show") =>
    weeks.reduce((total, week) => total + week[name], 0);
  const [booked, cancelled, noShow] = [sum("booked"), sum("cancelled"), sum("no_show")];
  const share = (part: number) => (booked > 0 ? part / booked : null);
  const leads = weeks.flatMap(({ lead_days_median: lead }) => (lead === null ? [] : [lead]));
  return {
    booked,
    cancelled,
    noShow,
    cancelledShare: share(cancelled),
    noShowShare: share(noShow),
    lead: middle(leads),
  };
}

/** Bookings by weekday (Monday first) and hour, with the hours between the first and last that have any. */
export interface Busyness {
  readonly hours: readonly number[];
  /** One row a weekday, one count an hour. */
  readonly counts: readonly (readonly number[])[];
  readonly most: number;
}

function weekdayNumber(weekday: string | number): number {
  return typeof weekday === "number" ? weekday : WEEKDAYS.indexOf(weekday as "MO");
}

export function busynessOf({ hours }: Pick<Analytics, "hours">): Busyness {
  const used = hours.filter(({ count }) => count > 0).map(({ hour }) => hour);
  if (used.length === 0) return { hours: [], counts: [], most: 0 };
  const [first, last] = [Math.min(...used), Math.max(...used)];
  const shown = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const countAt = (weekday: number, hour: number) =>
    hours
      .filter((each) => weekdayNumber(each.weekday) === weekday && each.hour === hour)
      .reduce((sum, { count }) => sum + count, 0);
  const counts = WEEKDAYS.map((_, weekday) => shown.map((hour) => countAt(weekday, hour)));
  return { hours: shown, counts, most: Math.max(...counts.flat()) };
}

/** A step of conversations, and how many came that far. */
export interface Step {
  readonly name: string;
  readonly count: number;
}

export function stepsOf({ funnel }: Pick<Analytics, "funnel">): Step[] {
  return [
    { name: "Started", count: funnel.started },
    { name: "Saw free times", count: funnel.offered },
    { name: "Booked", count: funnel.confirmed },
  ];
}

/** At which question conversations ended, most often first. */
export function givenUp({ funnel }: Pick<Analytics, "funnel">): Step[] {
  return Object.entries(funnel.given_up)
    .map(([question, count]) => ({ name: WORDS[question] ?? question.replaceAll("_", " "), count }))
    .sort((one, other) => other.count - one.count);
}

/** First and last day of a week. */
export function weekDays(monday: string): { first: string; last: string } {
  return { first: monday, last: addDays(monday, 6) };
}

/** A share as people write it: 12%. */
export function shareText(share: number | null, locale: string): string {
  if (share === null) return "–";
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(
    share,
  );
}
