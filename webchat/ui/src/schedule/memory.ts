import { type Details, type Hold, NOBODY } from "./booking.ts";

/** What a tab keeps over a reload, and loses when it is closed. */
const DETAILS = "appointment-details";
const HOLD = "appointment-hold";

function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage may be forbidden; the page works without.
  }
}

function hasTexts(value: unknown, names: readonly string[]): value is Record<string, string> {
  if (typeof value !== "object" || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === "string");
}

/** What was typed before, so that it is not asked twice. */
export function recallDetails(): Details {
  const found = read(DETAILS);
  return hasTexts(found, Object.keys(NOBODY)) ? { ...NOBODY, ...found } : NOBODY;
}

export function keepDetails(details: Details): void {
  write(DETAILS, details);
}

/** The hold of this tab, unless it has ended. */
export function recallHold(now: number): Hold | null {
  const found = read(HOLD);
  if (!hasTexts(found, ["id", "type", "start", "end", "expires_at"])) return null;
  const hold = found as unknown as Hold;
  return Array.isArray(hold.people) && Date.parse(hold.expires_at) > now ? hold : null;
}

export function keepHold(hold: Hold | null): void {
  write(HOLD, hold);
}
