import { useCallback, useEffect, useState } from "react";
import { isDay } from "../shared/wall.ts";

export const VIEWS = ["calendar", "bookings", "availability", "types", "analytics"] as const;
export type View = (typeof VIEWS)[number];
export const MODES = ["week", "day", "list"] as const;
export type Mode = (typeof MODES)[number];

/** Where in the desk somebody is. Kept in the address, so that back, reload and bookmarks work. */
export interface Place {
  readonly view: View;
  /** Whose calendar; null is the first that may be seen. */
  readonly person: string | null;
  /** Null shows what fits the screen. */
  readonly mode: Mode | null;
  /** A day of the stretch shown; null is today. */
  readonly day: string | null;
  /** The booking whose sheet is open. */
  readonly booking: string | null;
}

function oneOf<Name extends string>(names: readonly Name[], text: string | null): Name | null {
  return names.find((name) => name === text) ?? null;
}

/** The place that an address's query names; malformed parts count as missing. */
export function readPlace(query: string): Place {
  const values = new URLSearchParams(query);
  const day = values.get("day");
  return {
    view: oneOf(VIEWS, values.get("view")) ?? "calendar",
    person: values.get("person"),
    mode: oneOf(MODES, values.get("mode")),
    day: isDay(day) ? day : null,
    booking: values.get("booking"),
  };
}

/** The query that `readPlace` reads as this place. */
export function writePlace(place: Place): string {
  const parts = Object.entries(place).filter(
    ([name, value]) => value !== null && !(name === "view" && value === "calendar"),
  );
  return new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString();
}

/** Goes to another place; each view is a step that "back" undoes. */
export type Go = (part: Partial<Place>) => void;

/** The present place and the way to others. */
export function usePlace(): [Place, Go] {
  const [place, setPlace] = useState(() => readPlace(location.search));
  useEffect(() => {
    const read = () => setPlace(readPlace(location.search));
    addEventListener("popstate", read);
    return () => removeEventListener("popstate", read);
  }, []);
  const go = useCallback((part: Partial<Place>) => {
    const next = { ...readPlace(location.search), ...part };
    const query = writePlace(next);
    const isStep = "view" in part || (part.booking ?? null) !== null;
    const address = query ? `?${query}` : location.pathname;
    if (isStep) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    setPlace(next);
  }, []);
  return [place, go];
}
