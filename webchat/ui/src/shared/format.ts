/** Wall times as text. All formats read a wall as UTC, so the browser's zone rules play no part. */

/** The reader's English, or British English with its 24 hours: the page itself speaks English. */
export function displayLocale(language: string): string {
  return /^en\b/i.test(language) ? language : "en-GB";
}

function formatted(wall: number, locale: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...parts }).format(wall);
}

function has12Hours(locale: string): boolean {
  return new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12 === true;
}

function clockParts(locale: string): Intl.DateTimeFormatOptions {
  return { hour: has12Hours(locale) ? "numeric" : "2-digit", minute: "2-digit" };
}

/** A time of day: 9:30 AM, 09:30. */
export function timeText(wall: number, locale: string): string {
  return formatted(wall, locale, clockParts(locale));
}

/** A whole hour as short as the locale writes it: 9 AM, 09:00. */
export function hourText(wall: number, locale: string): string {
  return has12Hours(locale) ? formatted(wall, locale, { hour: "numeric" }) : timeText(wall, locale);
}

/** Start and end of a stretch: 9:00 – 9:30 AM. */
export function rangeText(start: number, end: number, locale: string): string {
  const parts = { timeZone: "UTC", ...clockParts(locale) };
  return new Intl.DateTimeFormat(locale, parts).formatRange(start, end);
}

export function dayText(wall: number, locale: string): string {
  return formatted(wall, locale, { weekday: "long", day: "numeric", month: "long" });
}

export function weekText(first: number, last: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return format.formatRange(first, last);
}

/** What is to be booked, for the sentence that opens the chat. */
export interface Wanted {
  readonly type: string;
  /** Minutes, when another length than the usual one is wanted. */
  readonly length: number | null;
  readonly person: string;
  readonly wall: number;
  readonly zone: string;
}

/** A request for one start as a person would write it, with 24 hours and the zone by name. */
export function requestSentence({ type, length, person, wall, zone }: Wanted): string {
  const part = (options: Intl.DateTimeFormatOptions) => formatted(wall, "en-GB", options);
  const day = `${part({ weekday: "long" })} ${part({ day: "numeric" })} ${part({ month: "long" })}`;
  const time = part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const what = length === null ? type : `${type} for ${length} minutes`;
  return `${what} with ${person} on ${day} at ${time}, ${zone} time`;
}
