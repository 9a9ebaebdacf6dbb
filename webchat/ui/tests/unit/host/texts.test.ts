import { expect, test } from "vitest";
import { busynessOf, givenUp, shareText, totalsOf } from "../../../src/host/analytics/figures.ts";
import { bookingQuery } from "../../../src/host/bookings/query.ts";
import { readInvitation } from "../../../src/host/invitation.ts";
import { readPlace, writePlace } from "../../../src/host/place.ts";
import {
  draftOf,
  handleFor,
  numbersIn,
  TYPE_SCHEMA,
  typeOf,
} from "../../../src/host/types/draft.ts";
import type { AppointmentType } from "../../../src/host/values.ts";
import { standing, theirWhen, whenText } from "../../../src/host/words.ts";
import { browserOffsets } from "../../../src/shared/wall.ts";
import { booking } from "./bookings.ts";

const TYPE: AppointmentType = {
  handle: "consultation",
  name: "Consultation",
  durations: [30, 45],
  buffer_before: 5,
  buffer_after: 10,
  minimum_notice: 90,
  horizon_days: 60,
  interval: 15,
  daily_limit: null,
  channels: ["jitsi"],
  location: "",
  reminders: [1440, 120],
  people: ["eva-meyer"],
};

test("a place is read as it was written, and malformed parts are missing", () => {
  const place = {
    view: "bookings",
    person: "eva-meyer",
    mode: "day",
    day: "2026-12-01",
    booking: "u1",
  } as const;
  expect(readPlace(writePlace(place))).toEqual(place);
  expect(readPlace("?view=nowhere&mode=year&day=2026-02-30")).toEqual({
    view: "calendar",
    person: null,
    mode: null,
    day: null,
    booking: null,
  });
});

test("an invitation is a code and an address in the fragment", () => {
  expect(readInvitation("#code=12345678&email=eva%40example.org")).toEqual({
    code: "12345678",
    email: "eva@example.org",
  });
  expect(readInvitation("#code=12345678")).toBeNull();
});

test("times are said by the person's clocks, and by the attendee's where they differ", () => {
  expect(whenText(booking(), browserOffsets("Europe/Berlin"), "en-GB")).toBe(
    "Tuesday 1 December, 10:30–11:00",
  );
  expect(theirWhen(booking(), "Europe/Berlin", "en-GB")).toBe(
    "Tuesday 1 December, 09:30–10:00, Europe/London",
  );
  expect(theirWhen(booking(), "Europe/London", "en-GB")).toBeNull();
});

test("a booking's standing is one word", () => {
  expect(standing(booking())).toBe("Confirmed");
  expect(standing(booking({ no_show: true }))).toBe("No-show");
  expect(standing(booking({ status: "CANCELLED", no_show: true }))).toBe("Cancelled");
});

test("a filter asks for its stretch and status, and words only when there are any", () => {
  expect(bookingQuery("upcoming", " ", "2026-11-24T23:00:00.000Z")).toEqual({
    from: "2026-11-24T23:00:00.000Z",
    to: "2029-11-26T00:00:00Z",
    status: "CONFIRMED",
  });
  expect(bookingQuery("all", " ann ", "2026-11-24T23:00:00.000Z")).toMatchObject({ q: "ann" });
});

test("a type survives its form", () => {
  expect(typeOf(draftOf(TYPE))).toEqual(TYPE);
});

test("the form of a type refuses what cannot be, at the field", async () => {
  const draft = {
    ...draftOf(TYPE),
    name: " ",
    durations: "thirty",
    horizon_days: "0",
    channels: [],
  };
  const refused = await TYPE_SCHEMA.validate(draft, { abortEarly: false }).catch((error) => error);
  expect(refused.inner.map(({ path }: { path: string }) => path).sort()).toEqual([
    "channels",
    "durations",
    "horizon_days",
    "name",
  ]);
});

test("numbers are found in lists, and handles in names", () => {
  expect(numbersIn("30, 45 and 60")).toEqual([30, 45, 60]);
  expect(numbersIn("30, x")).toEqual([30, Number.NaN]);
  expect(handleFor("Erste Beratung (für Größere)")).toBe("erste-beratung-fur-gro-ere");
});

test("figures are summed, and shares are of what was booked", () => {
  const week = { monday: "2026-11-23", booked: 8, cancelled: 2, no_show: 1, lead_days_median: 3 };
  const totals = totalsOf({
    weeks: [week, { ...week, booked: 2, cancelled: 0, lead_days_median: 6 }],
  });
  expect(totals).toEqual({
    booked: 10,
    cancelled: 2,
    noShow: 2,
    cancelledShare: 0.2,
    noShowShare: 0.2,
    lead: 4.5,
  });
  expect(totalsOf({ weeks: [] })).toMatchObject({ cancelledShare: null, lead: null });
  expect([shareText(0.2, "en-GB"), shareText(null, "en-GB")]).toEqual(["20%", "–"]);
});

test("busy hours are a row a weekday between the first and last hour with any", () => {
  const { hours, counts, most } = busynessOf({
    hours: [
      { weekday: "MO", hour: 9, count: 2 },
      { weekday: 6, hour: 11, count: 3 },
      { weekday: "TU", hour: 20, count: 0 },
    ],
  });
  expect([hours, counts[0], counts[6], most]).toEqual([[9, 10, 11], [2, 0, 0], [0, 0, 3], 3]);
});

test("what was given up most stands first, in words", () => {
  const funnel = { started: 9, offered: 5, confirmed: 2, given_up: { email: 1, odd_one: 4 } };
  expect(givenUp({ funnel })).toEqual([
    { name: "odd one", count: 4 },
    { name: "E-mail address", count: 1 },
  ]);
});
