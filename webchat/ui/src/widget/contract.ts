/** Shapes that travel between the widget and the server. */

export interface QuickReply {
  readonly title: string;
  readonly payload: string;
}

/** A booking as the server states it; `start` and `end` are ISO 8601 UTC, `when` is ready to be read. */
export interface BookingCard {
  readonly status: "CONFIRMED" | "CANCELLED";
  readonly reference: string;
  readonly title: string;
  readonly person: string;
  readonly attendee: string;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly when: string;
  readonly where: string;
  readonly link: string | null;
  /** By which calendars know the appointment again; null from a server that does not say. */
  readonly uid: string | null;
  readonly sequence: number;
}

/** One of the times on offer: what stands on its card, and the payload of the reply that it is. */
export interface OfferedTime {
  readonly payload: string;
  readonly day: string;
  readonly hours: string;
  readonly who: string;
}

/** Times on offer, beside a text that says the same, and by what their like is found on other days. */
export interface Times {
  readonly times: readonly OfferedTime[];
  readonly kind: string;
  readonly people: readonly string[];
  readonly minutes: number;
  readonly zone: string;
}

/** One `bot_uttered`: text with perhaps quick replies, a card, or what makes cards of the replies before. */
export type Answer =
  | { readonly kind: "text"; readonly text: string; readonly replies: readonly QuickReply[] }
  | { readonly kind: "card"; readonly card: BookingCard }
  | { readonly kind: "times"; readonly times: Times };

/** A line of the server's record; what the reader said, or an answer. */
export interface KeptLine {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly own: { readonly text: string; readonly payload: string } | null;
  readonly answer: Answer | null;
}

/** Sent with every message; the server resolves "tomorrow" with it. */
export interface Metadata {
  readonly timezone: string;
  readonly locale: string;
  readonly page: string;
  /** Token of a mail's link: what the server proves the reader's appointment by. */
  readonly link?: string;
}

/** A chat session; the token proves it and `chatUrl` says where to connect. */
export interface Session {
  readonly id: string;
  readonly token: string;
  readonly chatUrl: string;
}

/** Why a message did not get through. `unknown`: it may have arrived, no receipt came. */
export type Failure = "too_long" | "refused" | "unknown" | "unsent";

/** What became of one sent message. */
export type Receipt = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

/** Longest message the server takes, in characters. */
export const LONGEST_MESSAGE = 2000;
