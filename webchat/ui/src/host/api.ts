import { Problem, readProblem } from "../shared/problem.ts";
import type { Stretch } from "../shared/starts.ts";
import type {
  Analytics,
  AppointmentType,
  Booking,
  BookingDetail,
  BookingPage,
  DeskCalendar,
  ExtraHours,
  Feed,
  Holidays,
  Hours,
  Me,
  TimeOff,
} from "./values.ts";

interface Options {
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  /** What the change is based upon; sent as If-Match. */
  readonly version?: string;
  /** Makes a repeated request harmless. */
  readonly key?: string;
}

/** An answer with the version of what it shows (its ETag). */
export interface Versioned<Value> {
  readonly value: Value;
  readonly version: string;
}

function headersOf({ body, version, key }: Options): Record<string, string> {
  return {
    Accept: "application/json",
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(version === undefined ? {} : { "If-Match": version }),
    ...(key === undefined ? {} : { "Idempotency-Key": key }),
  };
}

/** An address of the API, below the page's own. */
export function addressOf(path: string, query: Record<string, string> = {}): string {
  const url = new URL(`api/${path}`, document.baseURI);
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

async function ask(method: string, path: string, options: Options = {}): Promise<Response> {
  const body = options.body === undefined ? null : JSON.stringify(options.body);
  const request = { method, headers: headersOf(options), body };
  const response = await fetch(addressOf(path, options.query), request).catch(() => {
    throw new Problem(0, { detail: "The server cannot be reached. Please try again." });
  });
  if (!response.ok) throw await readProblem(response);
  return response;
}

async function get<Value>(path: string, query: Record<string, string> = {}): Promise<Value> {
  return (await (await ask("GET", path, { query })).json()) as Value;
}

async function versioned<Value>(method: string, path: string, options?: Options) {
  const response = await ask(method, path, options);
  const value = (await response.json()) as Value;
  return { value, version: response.headers.get("ETag") ?? "" } satisfies Versioned<Value>;
}

async function send<Value>(method: string, path: string, options: Options = {}): Promise<Value> {
  const response = await ask(method, path, options);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Value;
}

const own = (handle: string) => `desk/people/${encodeURIComponent(handle)}`;
const etag = (version: number) => `"${version}"`;

export interface Settings {
  readonly organisation: string;
  readonly now: string;
}

export const fetchSettings = () => get<Settings>("settings");
export const fetchMe = () => get<Me>("desk/me");
export const askForCode = (email: string) => send("POST", "desk/sign-in", { body: { email } });
export const signIn = (email: string, code: string) =>
  send<Me>("POST", "desk/session", { body: { email, code } });
export const signOut = () => send("DELETE", "desk/session");

/** A stretch of time asked about, ISO 8601 UTC. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

export function fetchCalendar(person: string, zone: string, { from, to }: Window) {
  return get<DeskCalendar>(`${own(person)}/calendar`, { from, to, zone });
}

export function fetchBookings(person: string, query: Record<string, string>) {
  return get<BookingPage>(`${own(person)}/bookings`, query);
}

export function csvAddress(person: string, query: Record<string, string>): string {
  return addressOf(`${own(person)}/bookings.csv`, query);
}

export const fetchBooking = (uid: string) => get<BookingDetail>(`desk/bookings/${uid}`);

/** Moves a booking; with `minutes` it also gets another length. */
export function moveBooking(
  { uid, version }: Pick<Booking, "uid" | "version">,
  body: { readonly start: string; readonly minutes?: number },
) {
  const options = { body, version: etag(version), key: crypto.randomUUID() };
  return send<Booking>("POST", `desk/bookings/${uid}/move`, options);
}

export function cancelBooking({ uid, version }: Booking, reason: string) {
  const options = {
    body: reason ? { reason } : {},
    version: etag(version),
    key: crypto.randomUUID(),
  };
  return send<Booking>("POST", `desk/bookings/${uid}/cancel`, options);
}

export function markNoShow({ uid, version }: Booking, noShow: boolean) {
  const options = { body: { no_show: noShow }, version: etag(version) };
  return send<Booking>("POST", `desk/bookings/${uid}/no-show`, options);
}

export const retryDelivery = (id: string) =>
  send("POST", `desk/deliveries/${encodeURIComponent(id)}/retry`);

/** The times at which an appointment type could be had with a person. */
export async function fetchStarts(
  booking: Booking,
  person: string,
  { from, to }: Window,
): Promise<readonly Stretch[]> {
  const minutes = (Date.parse(booking.end) - Date.parse(booking.start)) / 60_000;
  const query = { person, type: booking.type.handle, minutes: String(minutes), from, to };
  return (await get<{ slots: Stretch[] }>("slots", query)).slots;
}

export const fetchHours = (person: string) => versioned<Hours>("GET", `${own(person)}/hours`);
export const saveHours = (person: string, hours: Hours, version: string) =>
  versioned<Hours>("PUT", `${own(person)}/hours`, { body: hours, version });

/** A list, whether it comes bare or as `items`. */
function listOf<Item>(answer: readonly Item[] | { readonly items: readonly Item[] }) {
  return "items" in answer ? answer.items : answer;
}

export type NewTimeOff = (
  | { readonly start: string; readonly end: string }
  | { readonly first: string; readonly last: string }
) & { readonly reason?: string };

export const fetchTimeOff = async (person: string) =>
  listOf(await get<readonly TimeOff[]>(`${own(person)}/time-off`));
export const addTimeOff = (person: string, body: NewTimeOff) =>
  send<TimeOff & { clashes: readonly Booking[] }>("POST", `${own(person)}/time-off`, { body });
export const removeTimeOff = (person: string, id: string) =>
  send("DELETE", `${own(person)}/time-off/${encodeURIComponent(id)}`);

export const fetchExtraHours = async (person: string) =>
  listOf(await get<readonly ExtraHours[]>(`${own(person)}/extra-hours`));
export const addExtraHours = (person: string, body: { start: string; end: string }) =>
  send<ExtraHours>("POST", `${own(person)}/extra-hours`, { body });
export const removeExtraHours = (person: string, id: string) =>
  send("DELETE", `${own(person)}/extra-hours/${encodeURIComponent(id)}`);

export const fetchHolidays = (person: string) =>
  versioned<Holidays>("GET", `${own(person)}/holidays`);
export const saveHolidays = (
  person: string,
  body: Pick<Holidays, "country" | "region" | "except">,
  version: string,
) => versioned<Holidays>("PUT", `${own(person)}/holidays`, { body, version });

export const fetchFeed = (person: string) => get<Feed | null>(`${own(person)}/feed`);
export const renewFeed = (person: string) => send<Feed>("POST", `${own(person)}/feed/renew`);

export const fetchTypes = async () => listOf(await get<readonly AppointmentType[]>("desk/types"));
export const fetchType = (handle: string) =>
  versioned<AppointmentType>("GET", `desk/types/${encodeURIComponent(handle)}`);
export const saveType = (type: AppointmentType, version: string) =>
  send<AppointmentType>("PUT", `desk/types/${encodeURIComponent(type.handle)}`, {
    body: type,
    version,
  });
export const addType = (type: AppointmentType) =>
  send<AppointmentType>("POST", "desk/types", { body: type });

export const fetchAnalytics = (person: string, weeks: number) =>
  get<Analytics>("desk/analytics", { person, weeks: String(weeks) });
