/** The calendar of one person by that person's clocks; instants come back out of it by the offsets the server states. */
import { addDays, dayOf, mondayOf, type Offsets, startOfDay, toWall } from "../shared/wall.ts";
import type { Mode } from "./place.ts";

const MINUTE = 60_000;
/** More than any zone is ahead of or behind UTC, in milliseconds. */
const ANY_OFFSET = 15 * 3600_000;

/**
 * The instant at which clocks show a wall time. Of a time that is shown twice the first (RFC 5545 section 3.3.5); of
 * one that is skipped, the instant that the offset before the gap gives.
 */
export function toInstant(wall: number, offsets: Offsets): number {
  const around = [wall - ANY_OFFSET, wall + ANY_OFFSET].map((instant) => offsets(instant));
  const tries = around.map((ahead) => wall - ahead * MINUTE).sort((one, other) => one - other);
  const [before = 0] = around;
  return tries.find((instant) => toWall(instant, offsets) === wall) ?? wall - before * MINUTE;
}

/** The days shown: first, and the day after the last. */
export interface Days {
  readonly first: string;
  readonly end: string;
}

/** What a mode shows around a day: its week, the day alone, or a month from its Monday on. */
export function daysShown(mode: Mode, day: string): Days {
  if (mode === "day") return { first: day, end: addDays(day, 1) };
  const first = mondayOf(day);
  return { first, end: addDays(first, mode === "list" ? 28 : 7) };
}

/** The day that the next or previous stretch is shown by. */
export function stepped(mode: Mode, day: string, direction: 1 | -1): string {
  const length = { day: 1, week: 7, list: 28 }[mode];
  return addDays(mode === "day" ? day : mondayOf(day), direction * length);
}

/** Instants that hold the days in any zone. */
export function windowOf({ first, end }: Days): { from: string; to: string } {
  return {
    from: new Date(startOfDay(first) - ANY_OFFSET).toISOString(),
    to: new Date(startOfDay(end) + ANY_OFFSET).toISOString(),
  };
}

/** The day that a person's clocks show at an instant. */
export function dayAt(instant: number, offsets: Offsets): string {
  return dayOf(toWall(instant, offsets));
}
