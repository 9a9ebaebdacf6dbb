import { useState } from "react";
import { isDay, mondayOf } from "../shared/wall.ts";
import { canonicalZone } from "../shared/zones.ts";

/** How the calendar is shown. */
export type Mode = "week" | "day" | "list";
export const MODES: readonly Mode[] = ["week", "day", "list"];

/** What the reader looks at; what is null takes its default. Kept in the address, so it can be sent on. */
export interface Choice {
  readonly person: string | null;
  readonly type: string | null;
  readonly minutes: number | null;
  readonly zone: string | null;
  /** Monday of the week. */
  readonly week: string | null;
  /** The day shown alone. */
  readonly day: string | null;
  readonly show: Mode | null;
}

function readZone(name: string | null): string | null {
  try {
    return name && new Intl.DateTimeFormat("en", { timeZone: name }) ? canonicalZone(name) : null;
  } catch {
    return null;
  }
}

/** The choice in an address's query; malformed parts count as not chosen. */
export function readChoice(query: string): Choice {
  const values = new URLSearchParams(query);
  const [week, day] = [values.get("week"), values.get("day")];
  const minutes = Number(values.get("minutes"));
  return {
    person: values.get("person"),
    type: values.get("type"),
    minutes: Number.isInteger(minutes) && minutes > 0 ? minutes : null,
    zone: readZone(values.get("zone")),
    week: isDay(week) ? mondayOf(week) : null,
    day: isDay(day) ? day : null,
    show: MODES.find((mode) => mode === values.get("show")) ?? null,
  };
}

/** The query that `readChoice` reads as this choice. */
export function writeChoice(choice: Choice): string {
  const chosen = Object.entries(choice).filter(([, value]) => value !== null);
  return new URLSearchParams(chosen.map(([name, value]) => [name, String(value)])).toString();
}

/** The reader's choice, kept in step with the page's address. */
export function useChoice(): [Choice, (part: Partial<Choice>) => void] {
  const [choice, setChoice] = useState(() => readChoice(location.search));
  const choose = (part: Partial<Choice>) => {
    const next = { ...choice, ...part };
    const query = writeChoice(next);
    setChoice(next);
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };
  return [choice, choose];
}
