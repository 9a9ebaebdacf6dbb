/** What the desk's API speaks of. Times are ISO 8601 UTC; hours and days are the person's own, as clocks there show them. */
import type { Stretch } from "../shared/starts.ts";
import type { OffsetChange } from "../shared/wall.ts";
import type { TrailStep } from "./booking/trail.ts";

export interface DeskPerson {
  readonly handle: string;
  readonly name: string;
  readonly zone: string;
  /** Those of the zone, for all days that the desk shows: browsers may not know its newest rules. */
  readonly offsets: readonly OffsetChange[];
}

/** Who is signed in. */
export interface Me {
  readonly name: string;
  readonly email: string;
  readonly role: "host" | "admin";
  readonly people: readonly DeskPerson[];
  readonly zone: string;
  readonly locale: string;
  readonly organisation: string;
  readonly mail: "smtp" | "folder";
}

export type BookingStatus = "TENTATIVE" | "CONFIRMED" | "CANCELLED";

export interface Booking {
  readonly uid: string;
  readonly reference: string;
  readonly version: number;
  readonly status: BookingStatus;
  readonly type: { readonly handle: string; readonly name: string };
  readonly people: readonly string[];
  readonly start: string;
  readonly end: string;
  /** Null while it is a hold. */
  readonly attendee: {
    readonly name: string;
    readonly email: string;
    readonly phone?: string | null;
    readonly zone: string;
    /** How far clocks there are ahead of UTC at the start. */
    readonly minutes_ahead: number;
  } | null;
  readonly channel: string;
  readonly link?: string | null;
  readonly note?: string | null;
  readonly guests: readonly string[];
  readonly no_show: boolean;
  /** Why it was cancelled, if that was said. */
  readonly cancel_reason?: string | null;
  readonly source: string;
}

export interface Delivery {
  readonly id: string;
  readonly what: string;
  readonly to: string;
  readonly state: "waiting" | "accepted" | "failed";
  readonly sentence: string;
  readonly at: string;
  readonly can_retry: boolean;
}

export interface BookingDetail extends Booking {
  /** How it came to be what it is, the oldest step first. */
  readonly trail: readonly TrailStep[];
  readonly deliveries: readonly Delivery[];
}

export interface BookingPage {
  readonly items: readonly Booking[];
  readonly next: string | null;
}

export interface TimeOff extends Stretch {
  readonly id: string;
  readonly reason?: string | null;
}

export interface ExtraHours extends Stretch {
  readonly id: string;
}

export interface DeskCalendar {
  readonly working: readonly Stretch[];
  readonly time_off: readonly TimeOff[];
  readonly extra: readonly ExtraHours[];
  readonly holidays: readonly {
    readonly date: string;
    readonly name: string;
    readonly off: boolean;
  }[];
  readonly bookings: readonly Booking[];
  readonly offsets: readonly OffsetChange[];
}

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** From and until, `HH:MM`; `00:00` as the end is midnight. */
export type Interval = readonly [string, string];
export type WeekHours = Readonly<Record<Weekday, readonly Interval[]>>;

export interface Hours {
  readonly zone: string;
  readonly days: Partial<Record<Weekday, readonly Interval[]>>;
}

export interface Holidays {
  readonly country: string | null;
  readonly region: string | null;
  /** Holidays on which this person works all the same. */
  readonly except: readonly string[];
  readonly available: readonly {
    readonly country: string;
    readonly name: string;
    readonly regions: readonly string[];
  }[];
  /** Those of the next thirteen months. */
  readonly days: readonly {
    readonly date: string;
    readonly name: string;
    readonly off: boolean;
  }[];
}

/** The secret addresses at which other programs read a calendar. */
export interface Feed {
  readonly url: string;
  readonly free_busy_url: string;
  readonly created_at: string;
}

export interface AppointmentType {
  readonly handle: string;
  readonly name: string;
  readonly durations: readonly number[];
  readonly buffer_before: number;
  readonly buffer_after: number;
  readonly minimum_notice: number;
  readonly horizon_days: number;
  readonly interval: number;
  readonly daily_limit: number | null;
  readonly channels: readonly string[];
  readonly location: string;
  readonly reminders: readonly number[];
  readonly people: readonly string[];
}

export interface Analytics {
  readonly weeks: readonly {
    readonly monday: string;
    readonly booked: number;
    readonly cancelled: number;
    readonly no_show: number;
    readonly lead_days_median: number | null;
  }[];
  readonly hours: readonly {
    readonly weekday: Weekday | number;
    readonly hour: number;
    readonly count: number;
  }[];
  readonly funnel: {
    readonly started: number;
    readonly offered: number;
    readonly confirmed: number;
    readonly given_up: Readonly<Record<string, number>>;
  };
}
