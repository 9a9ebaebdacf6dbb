import { addDays } from "../../shared/wall.ts";

export const FILTERS = ["upcoming", "past", "cancelled", "all"] as const;
export type Filter = (typeof FILTERS)[number];

const YEARS = 366 * 3;

/** The query of the API for a filter and words to look for, from the start of a person's day. */
export function bookingQuery(
  filter: Filter,
  words: string,
  startOfToday: string,
): Record<string, string> {
  const day = startOfToday.slice(0, 10);
  const [long, far] = [`${addDays(day, -YEARS)}T00:00:00Z`, `${addDays(day, YEARS)}T00:00:00Z`];
  const stretch = {
    upcoming: { from: startOfToday, to: far, status: "CONFIRMED" },
    past: { from: long, to: startOfToday, status: "CONFIRMED" },
    cancelled: { from: long, to: far, status: "CANCELLED" },
    all: { from: long, to: far },
  }[filter];
  return { ...stretch, ...(words.trim() ? { q: words.trim() } : {}) };
}
