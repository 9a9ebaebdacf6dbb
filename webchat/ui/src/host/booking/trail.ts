import type { BookingStatus } from "../values.ts";

/** What a booking was at some time. */
export interface BookedState {
  readonly start: string;
  readonly end: string;
  readonly status: BookingStatus;
  readonly guests: number;
  readonly no_show: boolean;
}

/** One change of a booking; nothing was before it was booked. */
export interface TrailStep {
  readonly what: "booked" | "moved" | "cancelled" | "guests" | "no_show" | "came";
  readonly at: string;
  readonly who: string;
  readonly through:
    | "desk"
    | "mail"
    | "schedule"
    | "chat"
    | "slack"
    | "telegram"
    | "proof"
    | "system";
  readonly before: BookedState | null;
  readonly after: BookedState;
}

const WHATS: Readonly<Record<TrailStep["what"], string>> = {
  booked: "Booked",
  moved: "Moved",
  cancelled: "Cancelled",
  guests: "Guests changed",
  no_show: "Marked as no-show",
  came: "Marked as having come",
};

const THROUGHS: Readonly<Record<TrailStep["through"], string>> = {
  desk: "at the desk",
  mail: "by a link in a mail",
  schedule: "on the schedule page",
  chat: "in the chat",
  slack: "on Slack",
  telegram: "on Telegram",
  proof: "with a proven address",
  system: "on the command line",
};

/** What a step did, as a title. */
export function whatText(what: TrailStep["what"]): string {
  return WHATS[what];
}

/** Through what somebody did it, as part of a sentence. */
export function throughText(through: TrailStep["through"]): string {
  return THROUGHS[through];
}
