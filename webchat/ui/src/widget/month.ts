/** Days as ISO 8601 dates and months as the first seven characters of one; no clock and no zone plays a part. */

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  const date = utc(day);
  date.setUTCDate(date.getUTCDate() + days);
  return isoDay(date);
}

/** The month so many months later. */
export function monthAfter(month: string, months: number): string {
  const date = utc(`${month}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return isoDay(date).slice(0, 7);
}

function daysIn(month: string): number {
  return Number(dayAfter(`${monthAfter(month, 1)}-01`, -1).slice(8));
}

/** The same day of the month so many months later, or that month's last. */
export function sameDayAfter(day: string, months: number): string {
  const month = monthAfter(day.slice(0, 7), months);
  const number = Math.min(Number(day.slice(8)), daysIn(month));
  return `${month}-${String(number).padStart(2, "0")}`;
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: string): number {
  return utc(day).getUTCDay() || 7;
}

/** The weeks of a month, each of seven days; null for those of its neighbours. */
export function weeksOf(month: string, firstDay: number): (string | null)[][] {
  const first = `${month}-01`;
  const lead = (weekdayOf(first) - firstDay + 7) % 7;
  const count = Math.ceil((lead + daysIn(month)) / 7);
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, place) => {
      const day = dayAfter(first, week * 7 + place - lead);
      return day.startsWith(month) ? day : null;
    }),
  );
}

/** The day that a key leads to from another (as in the WAI-ARIA date grid), or null for other keys. */
export function dayByKey(
  day: string,
  key: string,
  firstDay: number,
  isRtl: boolean,
): string | null {
  const place = (weekdayOf(day) - firstDay + 7) % 7;
  const forward = isRtl ? -1 : 1;
  switch (key) {
    case "ArrowLeft":
      return dayAfter(day, -forward);
    case "ArrowRight":
      return dayAfter(day, forward);
    case "ArrowUp":
      return dayAfter(day, -7);
    case "ArrowDown":
      return dayAfter(day, 7);
    case "Home":
      return dayAfter(day, -place);
    case "End":
      return dayAfter(day, 6 - place);
    case "PageUp":
      return sameDayAfter(day, -1);
    case "PageDown":
      return sameDayAfter(day, 1);
    default:
      return null;
  }
}

/** The first day of the week where the language is at home: 1 for Monday, 7 for Sunday. */
export function firstDayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}
