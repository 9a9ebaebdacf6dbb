import { Problem, readProblem } from "../shared/problem.ts";
import type { Stretch } from "../shared/starts.ts";
import type { OffsetChange } from "../shared/wall.ts";

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
  /** How people can meet; the usual way first. */
  readonly channels: readonly string[];
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

/** An appointment of the reader's own, after proof. */
export interface OwnBooking {
  readonly reference: string;
  readonly title: string;
  readonly where: string;
  readonly start: string;
  readonly end: string;
  readonly manage_url: string;
}

export interface OwnBookings {
  /** The proven address; null where none is. */
  readonly email: string | null;
  readonly bookings: readonly OwnBooking[];
}

/** An address of the API, below the page's own. */
export function addressOf(path: string, query: Record<string, string> = {}): string {
  const url = new URL(`api/${path}`, document.baseURI);
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

async function ask(address: string, request: RequestInit): Promise<Response> {
  const response = await fetch(address, request).catch(() => {
    throw new Problem(0, { detail: "The server cannot be reached. Please try again." });
  });
  if (!response.ok) throw await readProblem(response);
  return response;
}

async function get<Answer>(path: string, query: Record<string, string> = {}): Promise<Answer> {
  const request = { headers: { Accept: "application/json" } };
  return (await (await ask(addressOf(path, query), request)).json()) as Answer;
}

/** Asks for a change; under the same key it happens once, however often it is asked for. */
export async function send<Answer>(
  method: string,
  path: string,
  body?: unknown,
  key: string = crypto.randomUUID(),
): Promise<Answer> {
  const response = await ask(addressOf(path), {
    method,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "Idempotency-Key": key,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
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

export const askForCode = (email: string) => send<undefined>("POST", "mine/code", { email });
export const proveByCode = (code: string) => send<OwnBookings>("POST", "mine", { code });
export const forgetProof = () => send<undefined>("DELETE", "mine");

/** The reader's own appointments, as far as an address is proven. */
export const fetchOwnBookings = () => get<OwnBookings>("mine");
