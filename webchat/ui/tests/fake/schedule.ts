import type { ServerResponse } from "node:http";

const HOUR = 3600_000;
const PEOPLE = [
  {
    handle: "eva-meyer",
    name: "Dr. Eva Meyer",
    zone: "Europe/Berlin",
    types: ["consultation", "examination", "intro"],
  },
  {
    handle: "ana-souza",
    name: "Ana Souza",
    zone: "America/Sao_Paulo",
    types: ["consultation", "intro"],
  },
];
const TYPES = [
  {
    handle: "consultation",
    name: "Consultation",
    minutes: 30,
    durations: [30, 45, 60],
    channels: ["jitsi"],
  },
  {
    handle: "examination",
    name: "Examination",
    minutes: 60,
    durations: [60],
    channels: ["in_person"],
  },
  { handle: "intro", name: "Intro", minutes: 15, durations: [15], channels: ["jitsi"] },
];

interface Stretch {
  readonly start: string;
  readonly end: string;
}

function stretch(start: number, hours: number): Stretch {
  return {
    start: new Date(start).toISOString(),
    end: new Date(start + hours * HOUR).toISOString(),
  };
}

function workdays(url: URL): number[] {
  const from = Date.parse(url.searchParams.get("from") ?? "");
  const to = Date.parse(url.searchParams.get("to") ?? "");
  const days: number[] = [];
  for (let day = Math.ceil(from / (24 * HOUR)); day * 24 * HOUR < to; day += 1)
    if (![0, 6].includes(new Date(day * 24 * HOUR).getUTCDay())) days.push(day * 24 * HOUR);
  return days;
}

function calendar(url: URL) {
  const handle = url.pathname.split("/")[3];
  const days = workdays(url);
  return {
    person: PEOPLE.find((person) => person.handle === handle),
    open: days.flatMap((day) => [stretch(day + 8 * HOUR, 3), stretch(day + 12 * HOUR, 4)]),
    busy: days.flatMap((day, index) => [
      stretch(day + (8.5 + (index % 3)) * HOUR, 1),
      stretch(day + (13 + (index % 2)) * HOUR, 1.5),
    ]),
  };
}

function slots(url: URL) {
  const length = Number(url.searchParams.get("minutes") ?? 30) / 60;
  const { open, busy } = calendar(url);
  const found = open.flatMap(({ start, end }) => {
    const starts: number[] = [];
    for (let at = Date.parse(start); at + length * HOUR <= Date.parse(end); at += HOUR / 2)
      starts.push(at);
    return starts;
  });
  const isFree = (at: number) =>
    at > Date.now() &&
    !busy.some(({ start, end }) => at < Date.parse(end) && at + length * HOUR > Date.parse(start));
  const people = [url.searchParams.get("person")];
  return { slots: found.filter(isFree).map((at) => ({ ...stretch(at, length), people })) };
}

/** The answer to one of the schedule's questions, or undefined when it is none of them. */
export function scheduleAnswer(url: URL): unknown {
  if (url.pathname === "/api/settings")
    return {
      organisation: "Example Practice",
      default_zone: "Europe/Berlin",
      default_locale: "en",
      now: new Date().toISOString(),
    };
  if (url.pathname === "/api/people") return PEOPLE;
  if (url.pathname === "/api/types") return TYPES;
  if (url.pathname === "/api/slots") return slots(url);
  return /^\/api\/people\/[^/]+\/calendar$/.test(url.pathname) ? calendar(url) : undefined;
}

/** The stream of changes: one at once and one every twenty seconds. */
export function changes(response: ServerResponse): void {
  let version = 0;
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  const tell = () => {
    version += 1;
    response.write(`event: change\ndata: {"version": ${version}}\n\n`);
  };
  tell();
  const timer = setInterval(tell, 20_000);
  response.on("close", () => clearInterval(timer));
}
