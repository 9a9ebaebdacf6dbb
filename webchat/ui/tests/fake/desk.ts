import type { IncomingMessage, ServerResponse } from "node:http";
import type {
  Analytics,
  AppointmentType,
  BookingDetail,
  DeskCalendar,
  ExtraHours,
  Holidays,
  Hours,
  Me,
  TimeOff,
} from "../../src/host/values.ts";

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** Monday, midnight UTC, of the week that is shown first. */
const MONDAY = Math.floor((Date.now() / DAY + 3) / 7) * 7 * DAY - 3 * DAY;

const ME: Me = {
  name: "Dr. Eva Meyer",
  email: "eva.meyer@example.org",
  role: "admin",
  people: [
    { handle: "eva-meyer", name: "Dr. Eva Meyer", zone: "Europe/Berlin", offsets: [] },
    { handle: "ana-souza", name: "Ana Souza", zone: "America/Sao_Paulo", offsets: [] },
  ],
  zone: "Europe/Berlin",
  locale: "en",
  organisation: "Example Practice",
  mail: "folder",
};

const NAMES = [
  "Ann Lee",
  "Oluwaseun Adeyemi",
  "Katarzyna Wójcik",
  "Bo Li",
  "Maximiliane von Hohenstein-Wittgenstein",
  "José Nuñez",
  "Priya Raman",
];
const KINDS = [
  { handle: "consultation", name: "Consultation", minutes: 30 },
  { handle: "examination", name: "Examination", minutes: 60 },
  { handle: "intro", name: "Intro", minutes: 15 },
] as const;

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function trailOf(who: string, start: number, end: number): BookingDetail["trail"] {
  const after = {
    start: iso(start),
    end: iso(end),
    status: "CONFIRMED",
    guests: 0,
    no_show: false,
  } as const;
  const before = { ...after, start: iso(start - DAY), end: iso(end - DAY) };
  return [
    { what: "booked", at: iso(start - 4 * DAY), who, through: "chat", before: null, after: before },
    { what: "moved", at: iso(start - 3 * DAY), who, through: "mail", before, after },
  ];
}

function bookingAt(start: number, index: number): BookingDetail {
  const kind = KINDS[index % KINDS.length] ?? KINDS[0];
  const name = NAMES[index % NAMES.length] ?? "Ann Lee";
  const email = `${name.split(" ")[0]?.normalize("NFD").replace(/\P{L}/gu, "").toLowerCase()}@example.com`;
  const sent = { id: `d${index}`, to: email, at: iso(start - 3 * DAY) };
  return {
    uid: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    reference: `K7Q${index % 10}-2F`,
    version: 1,
    status: index % 9 === 4 ? "TENTATIVE" : index % 11 === 7 ? "CANCELLED" : "CONFIRMED",
    type: { handle: kind.handle, name: kind.name },
    people: ["eva-meyer"],
    start: iso(start),
    end: iso(start + kind.minutes * 60_000),
    attendee: { name, email, phone: "+44 20 7946 0018", zone: "Europe/London", minutes_ahead: 0 },
    channel: "jitsi",
    link: "https://meet.example.org/room-7f3a",
    note: index % 2 ? "" : "First visit. Please call when you are at the door.",
    guests: index % 3 ? [] : ["guest@example.org"],
    no_show: index === 1,
    source: "conversation",
    trail: trailOf(name, start, start + kind.minutes * 60_000),
    deliveries: [
      { ...sent, what: "Invitation", state: "accepted", sentence: "", can_retry: false },
      {
        ...sent,
        id: `f${index}`,
        what: "Invitation",
        to: "guest@example.org",
        state: "failed",
        sentence: "The mail server refused the address: mailbox unavailable.",
        can_retry: true,
      },
      {
        ...sent,
        id: `w${index}`,
        what: "Reminder",
        state: "waiting",
        sentence: "",
        can_retry: false,
      },
    ],
  };
}

const STARTS = [8, 9.5, 13, 14.5].flatMap((hour, place) =>
  [-7, -5, 0, 1, 2, 3, 4, 7, 9, 11].map(
    (day) => MONDAY + day * DAY + (hour + (place % 2) / 2) * HOUR,
  ),
);

/** What the desk's fake keeps; each change is seen by the next question. */
const kept = {
  isIn: false,
  bookings: STARTS.filter((_, index) => index % 3 !== 1).map(bookingAt),
  hours: {
    zone: "Europe/Berlin",
    days: Object.fromEntries(
      ["MO", "TU", "WE", "TH", "FR"].map((day) => [
        day,
        [
          ["09:00", "12:00"],
          ["13:00", "17:00"],
        ],
      ]),
    ),
  } as Hours,
  timeOff: [
    {
      id: "t1",
      start: iso(MONDAY + 3 * DAY + 12 * HOUR),
      end: iso(MONDAY + 3 * DAY + 16 * HOUR),
      reason: "Training",
    },
    {
      id: "t2",
      start: iso(MONDAY + 27 * DAY + 23 * HOUR),
      end: iso(MONDAY + 34 * DAY + 23 * HOUR),
      reason: "Winter break",
    },
  ] as TimeOff[],
  extra: [
    { id: "x1", start: iso(MONDAY + 5 * DAY + 8 * HOUR), end: iso(MONDAY + 5 * DAY + 11 * HOUR) },
  ] as ExtraHours[],
  holidays: {
    country: "DE",
    region: "BE",
    except: [],
    available: [
      { country: "DE", name: "Germany", regions: ["BB", "BE", "BY"] },
      { country: "GB", name: "United Kingdom", regions: ["ENG", "NIR", "SCT", "WLS"] },
    ],
    days: [
      { date: "2026-12-25", name: "Christmas Day", off: true },
      { date: "2026-12-26", name: "Second Day of Christmas", off: true },
    ],
  } as Holidays,
  types: KINDS.map(
    ({ handle, name, minutes }): AppointmentType => ({
      handle,
      name,
      durations: minutes === 30 ? [30, 45, 60] : [minutes],
      buffer_before: 0,
      buffer_after: 10,
      minimum_notice: 240,
      horizon_days: 60,
      interval: 30,
      daily_limit: minutes === 60 ? 4 : null,
      channels: minutes === 60 ? ["in_person"] : ["jitsi", "phone"],
      location: minutes === 60 ? "1 Harbour Street" : "",
      reminders: [1440, 120],
      people: ["eva-meyer", "ana-souza"],
    }),
  ),
};

function analytics(weeks: number): Analytics {
  const each = Array.from({ length: weeks }, (_, index) => index);
  return {
    weeks: each.map((index) => ({
      monday: iso(MONDAY - (weeks - 1 - index) * 7 * DAY).slice(0, 10),
      booked: 12 + ((index * 7) % 9),
      cancelled: (index * 3) % 4,
      no_show: (index * 5) % 3,
      lead_days_median: 3 + ((index * 4) % 7) / 2,
    })),
    hours: ["MO", "TU", "WE", "TH", "FR"].flatMap((weekday, day) =>
      [9, 10, 11, 13, 14, 15, 16].map((hour) => ({
        weekday: weekday as "MO",
        hour,
        count: ((hour * 5 + day * 3) % 11) + 1,
      })),
    ),
    funnel: {
      started: 214,
      offered: 171,
      confirmed: 128,
      given_up: { kind: 12, when: 31, email: 22, code: 9, confirm: 12 },
    },
  };
}

function calendar(url: URL): DeskCalendar {
  const from = Date.parse(url.searchParams.get("from") ?? "");
  const to = Date.parse(url.searchParams.get("to") ?? "");
  const days = Array.from(
    { length: Math.ceil((to - from) / DAY) + 1 },
    (_, index) => Math.floor(from / DAY) * DAY + index * DAY,
  );
  const workdays = days.filter((day) => ![0, 6].includes(new Date(day).getUTCDay()));
  const within = ({ start, end }: { start: string; end: string }) =>
    Date.parse(end) > from && Date.parse(start) < to;
  return {
    working: workdays.flatMap((day) => [
      { start: iso(day + 8 * HOUR), end: iso(day + 11 * HOUR) },
      { start: iso(day + 12 * HOUR), end: iso(day + 16 * HOUR) },
    ]),
    time_off: kept.timeOff.filter(within),
    extra: kept.extra.filter(within),
    holidays: [
      {
        date: iso(MONDAY + 11 * DAY).slice(0, 10),
        name: "A holiday",
        off: kept.holidays.except.length === 0,
      },
    ],
    bookings: kept.bookings.filter(within),
    offsets: [{ from: iso(from), minutes: 60 }],
  };
}

class Refusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, detail: string, more: object = {}) {
    super(detail);
    this.status = status;
    this.body = { type: "about:blank", title: detail, status, detail, ...more };
  }
}

function bookings(url: URL) {
  const value = (name: string) => url.searchParams.get(name) ?? "";
  const words = value("q").toLowerCase();
  const found = kept.bookings
    .filter(({ start }) => start >= value("from") && start < value("to"))
    .filter(({ status }) => value("status") === "" || status === value("status"))
    .filter((each) =>
      `${each.attendee?.name} ${each.attendee?.email} ${each.reference}`
        .toLowerCase()
        .includes(words),
    )
    .sort((one, other) => one.start.localeCompare(other.start));
  const first = Number(value("cursor") || 0);
  return {
    items: found.slice(first, first + 10),
    next: found.length > first + 10 ? String(first + 10) : null,
  };
}

function move(booking: BookingDetail, body: { start: string; minutes?: number }): BookingDetail {
  const length = body.minutes
    ? body.minutes * 60_000
    : Date.parse(booking.end) - Date.parse(booking.start);
  const [start, end] = [Date.parse(body.start), Date.parse(body.start) + length];
  const isTaken = kept.bookings.some(
    (other) =>
      other.uid !== booking.uid &&
      other.status !== "CANCELLED" &&
      Date.parse(other.start) < end &&
      Date.parse(other.end) > start,
  );
  const nearest = [2, 3, 26].map((hours) => iso(start + hours * HOUR));
  if (isTaken) throw new Refusal(409, "That time is taken.", { code: "slot_unavailable", nearest });
  return { ...booking, start: iso(start), end: iso(end) };
}

function changed(uid: string, what: string, body: never): BookingDetail {
  const booking = kept.bookings.find((each) => each.uid === uid);
  if (!booking) throw new Refusal(404, "There is no such booking.");
  const next: BookingDetail =
    what === "move"
      ? move(booking, body)
      : what === "cancel"
        ? { ...booking, status: "CANCELLED" }
        : { ...booking, no_show: (body as { no_show: boolean }).no_show };
  const bumped = { ...next, version: booking.version + 1 };
  kept.bookings = kept.bookings.map((each) => (each.uid === uid ? bumped : each));
  return bumped;
}

let count = 0;

function named<Item extends object>(item: Item): Item & { id: string } {
  count += 1;
  return { ...item, id: `n${count}` };
}

function addedExtra(body: { start: string; end: string }): ExtraHours {
  const item = named(body);
  kept.extra.push(item);
  return item;
}

function timeOff(body: {
  start?: string;
  end?: string;
  first?: string;
  last?: string;
  reason?: string;
}) {
  const start = body.start ?? iso(Date.parse(`${body.first}T00:00:00Z`) - HOUR);
  const end = body.end ?? iso(Date.parse(`${body.last}T00:00:00Z`) + 23 * HOUR);
  const clashes = kept.bookings.filter(
    (each) => each.start < end && each.end > start && each.status === "CONFIRMED",
  );
  const item = named({ start, end, reason: body.reason ?? "" });
  kept.timeOff.push(item);
  return { ...item, clashes };
}

function session(method: string, body: { code?: string }): unknown {
  if (method === "POST" && body.code !== "12345678")
    throw new Refusal(403, "That code is not right.", {
      fields: { code: "That code is not right." },
    });
  kept.isIn = method === "POST";
  return kept.isIn ? ME : undefined;
}

/** What the path below a person's name answers. */
function ofPerson(method: string, part: string, id: string, url: URL, body: never): unknown {
  if (part === "calendar") return calendar(url);
  if (part === "bookings") return bookings(url);
  if (part === "hours" && method === "PUT") kept.hours = body;
  if (part === "hours") return kept.hours;
  if (part === "holidays" && method === "PUT")
    kept.holidays = { ...kept.holidays, ...(body as object) };
  if (part === "holidays") return kept.holidays;
  if (part === "feed")
    return {
      url: "https://example.org/feeds/secret.ics",
      free_busy_url: "",
      created_at: iso(MONDAY),
    };
  if (method === "DELETE") {
    kept.timeOff = kept.timeOff.filter((each) => each.id !== id);
    kept.extra = kept.extra.filter((each) => each.id !== id);
    return undefined;
  }
  if (part === "time-off") return method === "POST" ? timeOff(body) : kept.timeOff;
  return method === "POST" ? addedExtra(body) : kept.extra;
}

function types(method: string, handle: string | undefined, body: AppointmentType): unknown {
  if (method === "POST") kept.types.push(body);
  if (method === "PUT")
    kept.types = kept.types.map((each) => (each.handle === handle ? body : each));
  return handle ? kept.types.find((each) => each.handle === handle) : kept.types;
}

function answerTo(method: string, url: URL, body: never): unknown {
  const [what, id = "", part = "", last = ""] = url.pathname
    .split("/")
    .slice(3)
    .map(decodeURIComponent);
  if (what === "sign-in") return undefined;
  if (what === "session") return session(method, body);
  if (!kept.isIn) throw new Refusal(401, "Please sign in.");
  if (what === "me") return ME;
  if (what === "people") return ofPerson(method, part, last, url, body);
  if (what === "bookings" && part) return changed(id, part, body);
  if (what === "bookings") return kept.bookings.find(({ uid }) => uid === id);
  if (what === "types") return types(method, id || undefined, body);
  return what === "analytics" ? analytics(Number(url.searchParams.get("weeks"))) : undefined;
}

/** Answers the desk's questions from made-up bookings; the code is 12345678. */
export function answerDesk(request: IncomingMessage, body: string, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  try {
    const answer = answerTo(request.method ?? "GET", url, JSON.parse(body || "{}") as never);
    response.writeHead(answer === undefined ? 204 : 200, {
      "Content-Type": "application/json",
      ETag: '"1"',
    });
    response.end(answer === undefined ? undefined : JSON.stringify(answer));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    response.writeHead(error.status, { "Content-Type": "application/problem+json" });
    response.end(JSON.stringify(error.body));
  }
}
