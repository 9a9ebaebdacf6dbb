import type { IncomingMessage, ServerResponse } from "node:http";
import type { Turn } from "./chat.ts";
import { changes, scheduleAnswer } from "./schedule.ts";

const CARD = {
  type: "booking",
  status: "CONFIRMED",
  reference: "K7QM-2F",
  title: "Consultation, 30 minutes",
  person: "Dr. Eva Meyer",
  attendee: "Ann Lee, ann@example.com",
  start: "2026-12-01T09:30:00Z",
  end: "2026-12-01T10:00:00Z",
  zone: "Europe/Berlin",
  when: "Tuesday 1 December 2026, 10:30–11:00 (Europe/Berlin)",
  where: "Jitsi video call",
  link: "https://meet.example.org/room",
};

const OFFERS = {
  text: "I found three times with **Dr. Eva Meyer** (Europe/Berlin time):\n1. Tuesday 1 December, 10:30\n2. Tuesday 1 December, 14:00\n3. Wednesday 2 December, 9:00\nWhich one suits you?",
  quick_replies: ["Tue 1 Dec, 10:30", "Tue 1 Dec, 14:00", "Wed 2 Dec, 9:00", "Something later"].map(
    (title, index) => ({ content_type: "text", title, payload: `/pick{"option":"k${index}"}` }),
  ),
};

const TIMES = {
  type: "times",
  kind: "consultation",
  people: ["eva-meyer"],
  minutes: 30,
  zone: "Europe/Berlin",
  times: ["10:30", "14:00", "9:00"].map((hours, index) => ({
    payload: `/pick{"option":"k${index}"}`,
    day: index < 2 ? "Tuesday 1 December 2026" : "Wednesday 2 December 2026",
    hours,
    who: "",
  })),
};

/** Every weekday of December 2026 is free. */
const MONTH = {
  days: Array.from(
    { length: 31 },
    (_, day) => `2026-12-${String(day + 1).padStart(2, "0")}`,
  ).filter((day) => ![0, 6].includes(new Date(day).getUTCDay())),
  first: "2026-11-24",
  last: "2027-01-23",
};

/** A few turns to look at: offers, a question, a card; "fail" and "hang" for what can go wrong. */
export function demoTurn(message: string): Turn {
  const typing = 900;
  if (message === "fail") return { utter: [], receipt: { ok: false, error: "failed" }, typing };
  if (message === "hang") return { utter: [], receipt: undefined };
  if (message.startsWith("/pick"))
    return {
      utter: [
        {
          text: "Shall I book a **Consultation** (30 minutes) with Dr. Eva Meyer on Tuesday 1 December at 10:30, Europe/Berlin time, as a video call?",
          quick_replies: [
            { content_type: "text", title: "Yes, book it", payload: "yes" },
            { content_type: "text", title: "Another time", payload: "another time" },
          ],
        },
      ],
      receipt: { ok: true },
      typing,
    };
  if (message === "yes")
    return {
      utter: [
        { text: "Done. The invitation is on its way to ann@example.com." },
        { data: CARD },
        { data: { type: "booking", status: 7 } },
      ],
      receipt: { ok: true },
      typing,
    };
  return { utter: [OFFERS, { data: TIMES }], receipt: { ok: true }, typing };
}

/** Answers `/api/...` for the development server; false when the address is none of ours. */
export function answerApi(request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  if (url.pathname === "/api/changes") {
    changes(response);
    return true;
  }
  const chat: Record<string, unknown> = {
    "/api/chat/days": MONTH,
    "/api/chat/history": { lines: [] },
  };
  const answer = chat[url.pathname] ?? scheduleAnswer(url);
  if (answer === undefined) return false;
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(answer));
  return true;
}
