import { addressOf, send } from "./api.ts";

/** A time that the server keeps for this browser; instants are ISO 8601 UTC. */
export interface Hold {
  readonly id: string;
  readonly type: string;
  readonly people: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly expires_at: string;
}

/** What was booked, as it is stored. */
export interface Booked {
  readonly reference: string;
  readonly type: string;
  readonly people: readonly string[];
  readonly channel: string;
  readonly start: string;
  readonly end: string;
  readonly manage_url: string;
}

/** What the reader says about themselves; `channel` is how they meet. */
export interface Details {
  readonly name: string;
  readonly email: string;
  readonly channel: string;
  readonly phone: string;
  readonly note: string;
}

export const NOBODY: Details = { name: "", email: "", channel: "", phone: "", note: "" };

/** Something the reader has to know, with free starts nearby where a time was lost. */
export interface Notice {
  readonly text: string;
  readonly nearest: readonly string[];
}

/** A sentence for each field that the server could not use. */
export type Faults = Readonly<Record<string, string>>;

/** How far a booking has come. */
export type Stage =
  | { readonly step: "choosing"; readonly notice: Notice | null }
  | { readonly step: "keeping"; readonly start: string }
  | { readonly step: "details"; readonly hold: Hold; readonly faults?: Faults }
  | { readonly step: "review"; readonly hold: Hold }
  | { readonly step: "booked"; readonly booked: Booked };

export const CHOOSING: Stage = { step: "choosing", notice: null };

/** The hold of a stage, where it has one. */
export function holdOf(stage: Stage): Hold | null {
  return stage.step === "details" || stage.step === "review" ? stage.hold : null;
}

/** The start that stands out in the list. */
export function chosenOf(stage: Stage): string | null {
  return stage.step === "keeping" ? stage.start : (holdOf(stage)?.start ?? null);
}

/** Seconds until a hold ends; never below zero. */
export function secondsLeft({ expires_at }: Hold, now: number): number {
  return Math.max(0, Math.floor((Date.parse(expires_at) - now) / 1000));
}

/** Seconds as 9:05. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What is wanted: a type with a person at a time. */
export interface WantedTime {
  readonly type: string;
  readonly person: string;
  readonly start: string;
  readonly minutes: number;
}

/** Keeps a time; in place of another hold, where there is one, which is lost only when this succeeds. */
export function keep(wanted: WantedTime, insteadOf: Hold | null): Promise<Hold> {
  const path = insteadOf ? `holds/${insteadOf.id}` : "holds";
  return send<Hold>(insteadOf ? "PUT" : "POST", path, { ...wanted });
}

/** Keeps the same time for another ten minutes. */
export function keepLonger(hold: Hold): Promise<Hold> {
  const minutes = (Date.parse(hold.end) - Date.parse(hold.start)) / 60_000;
  const wanted = { type: hold.type, person: hold.people[0] ?? "", start: hold.start, minutes };
  return keep(wanted, hold);
}

/** Books a kept time. The same hold is booked once, however often this is asked. */
export function book(hold: Hold, details: Details, zone: string, locale: string): Promise<Booked> {
  const { name, email, channel, phone, note } = details;
  const spoken = channel === "" ? {} : { channel };
  const body = { name: name.trim(), email: email.trim(), phone, note, zone, locale, ...spoken };
  return send<Booked>("POST", `holds/${hold.id}/confirm`, body, `confirm-${hold.id}`);
}

/** Gives a kept time back, even while the page is being left. */
export function giveBack(hold: Hold): void {
  void fetch(addressOf(`holds/${hold.id}`), { method: "DELETE", keepalive: true }).catch(() => {
    // It ends by itself.
  });
}
