import type { Stretch } from "./starts.ts";
import type { OffsetChange } from "./wall.ts";

export interface Settings {
  readonly organisation: string;
  readonly default_zone: string;
  readonly now: string;
}

export interface Person {
  readonly handle: string;
  readonly name: string;
  readonly zone: string;
  readonly types: readonly string[];
}

export interface AppointmentType {
  readonly handle: string;
  readonly name: string;
  readonly minutes: number;
  readonly durations: readonly number[];
}

export interface Calendar {
  readonly open: readonly Stretch[];
  readonly busy: readonly Stretch[];
  /** The zone's offsets within the window, for servers that state them. */
  readonly offsets?: readonly OffsetChange[];
}

/** A stretch of time asked about, ISO 8601 UTC. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

async function get<Answer>(path: string, query: Record<string, string> = {}): Promise<Answer> {
  const url = new URL(`api/${path}`, document.baseURI);
  url.search = new URLSearchParams(query).toString();
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status} for ${path}`);
  return (await response.json()) as Answer;
}

export const fetchSettings = () => get<Settings>("settings");
export const fetchPeople = () => get<Person[]>("people");
export const fetchTypes = () => get<AppointmentType[]>("types");

/** Working hours and what is taken of them; `zone` asks for its offsets too. */
export function fetchCalendar(person: string, zone: string, { from, to }: Window) {
  return get<Calendar>(`people/${encodeURIComponent(person)}/calendar`, { from, to, zone });
}

/** The times that can be booked with a person. */
export async function fetchSlots(person: string, type: string, minutes: number, window: Window) {
  const query = { person, type, minutes: String(minutes), ...window };
  return (await get<{ slots: Stretch[] }>("slots", query)).slots;
}
