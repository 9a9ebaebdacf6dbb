import { array, object, string } from "yup";
import type { AppointmentType } from "../values.ts";

/** An appointment type as it stands in its form: numbers as they are typed, notice and reminders in hours. */
export interface TypeDraft {
  handle: string;
  name: string;
  durations: string;
  buffer_before: string;
  buffer_after: string;
  minimum_notice: string;
  horizon_days: string;
  interval: string;
  daily_limit: string;
  channels: string[];
  location: string;
  reminders: string;
  people: string[];
}

const HOUR = 60;

/** The numbers in a text like `30, 45 and 60`; NaN stands for what is none. */
export function numbersIn(text: string): number[] {
  const parts = text.split(/[\s,;]+|and/).filter(Boolean);
  return parts.map((part) => (/^\d+([.]\d+)?$/.test(part) ? Number(part) : Number.NaN));
}

function hours(minutes: number): string {
  return String(Math.round((minutes / HOUR) * 100) / 100);
}

/** What the form begins with; a new type has the usual rules. */
export function draftOf(type: AppointmentType | null): TypeDraft {
  return {
    handle: type?.handle ?? "",
    name: type?.name ?? "",
    durations: (type?.durations ?? [30]).join(", "),
    buffer_before: String(type?.buffer_before ?? 0),
    buffer_after: String(type?.buffer_after ?? 0),
    minimum_notice: hours(type?.minimum_notice ?? 4 * HOUR),
    horizon_days: String(type?.horizon_days ?? 60),
    interval: String(type?.interval ?? 30),
    daily_limit: type?.daily_limit ? String(type.daily_limit) : "",
    channels: [...(type?.channels ?? ["jitsi"])],
    location: type?.location ?? "",
    reminders: (type?.reminders ?? [24 * HOUR]).map(hours).join(", "),
    people: [...(type?.people ?? [])],
  };
}

/** The handle that a name suggests: `First visit` becomes `first-visit`. */
export function handleFor(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** The type that a draft describes. */
export function typeOf(draft: TypeDraft): AppointmentType {
  return {
    handle: draft.handle || handleFor(draft.name),
    name: draft.name.trim(),
    durations: numbersIn(draft.durations),
    buffer_before: Number(draft.buffer_before),
    buffer_after: Number(draft.buffer_after),
    minimum_notice: Math.round(Number(draft.minimum_notice) * HOUR),
    horizon_days: Number(draft.horizon_days),
    interval: Number(draft.interval),
    daily_limit: draft.daily_limit === "" ? null : Number(draft.daily_limit),
    channels: draft.channels,
    location: draft.location.trim(),
    reminders: numbersIn(draft.reminders)
      .map((each) => Math.round(each * HOUR))
      .sort((one, other) => other - one),
    people: draft.people,
  };
}

const whole = (least: number, most: number) =>
  string().test(
    "whole",
    `A whole number from ${least} to ${most}, please.`,
    (text = "") => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most,
  );

function areNumbers(text: string, least: number, most: number): boolean {
  return numbersIn(text).every((each) => each >= least && each <= most);
}

/** What can be known to be wrong before the server is asked. */
export const TYPE_SCHEMA = object({
  name: string()
    .trim()
    .required("Please give it a name.")
    .max(80, "At most 80 characters, please."),
  durations: string().test(
    "durations",
    "Minutes from 5 to 720, such as 30, 45, 60.",
    (text = "") => numbersIn(text).length > 0 && areNumbers(text, 5, 720),
  ),
  buffer_before: whole(0, 240),
  buffer_after: whole(0, 240),
  minimum_notice: string().test(
    "hours",
    "Hours from 0 to 720, please.",
    (text = "") => numbersIn(text).length === 1 && areNumbers(text, 0, 720),
  ),
  horizon_days: whole(1, 730),
  interval: whole(5, 240),
  daily_limit: string().test(
    "limit",
    "A whole number from 1, or nothing.",
    (text = "") => text === "" || /^[1-9]\d*$/.test(text),
  ),
  channels: array().min(1, "At least one way to meet is needed."),
  reminders: string().test("reminders", "Hours before the start, such as 24, 2.", (text = "") =>
    areNumbers(text, 0.25, 720),
  ),
});
