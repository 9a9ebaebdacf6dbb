import { expect, test } from "vitest";
import { agendaOf } from "../../../src/host/calendar/agenda.ts";
import { eventsOf, hoursOf, isMovable } from "../../../src/host/calendar/events.ts";
import { undoOf, withBooking, withMove } from "../../../src/host/moves.ts";
import { browserOffsets } from "../../../src/shared/wall.ts";
import { booking, calendar } from "./bookings.ts";

const BERLIN = browserOffsets("Europe/Berlin");
const WEEK = { first: "2026-11-30", end: "2026-12-07" };
const MOVE = { uid: "u1", start: "2026-12-02T13:00:00.000Z", minutes: 45 };
const OTHER = booking({
  uid: "u2",
  start: "2026-12-02T09:00:00.000Z",
  end: "2026-12-02T09:30:00.000Z",
});

test("a move is seen at once, with its new length, and leaves the others", () => {
  const moved = withMove(calendar(booking(), OTHER), MOVE);
  expect(moved.bookings).toEqual([
    booking({ start: "2026-12-02T13:00:00.000Z", end: "2026-12-02T13:45:00.000Z" }),
    OTHER,
  ]);
});

test("a calendar without the booking stays the same one", () => {
  const shown = calendar(OTHER);
  expect(withMove(shown, MOVE)).toBe(shown);
});

test("undoing brings back time and length", () => {
  const before = calendar(booking(), OTHER);
  expect(withMove(withMove(before, MOVE), undoOf(booking()))).toEqual(before);
});

test("what the server says of a booking takes the place of what was believed", () => {
  const agreed = booking({ version: 4, start: MOVE.start });
  expect(withBooking(withMove(calendar(booking(), OTHER), MOVE), agreed).bookings).toEqual([
    agreed,
    OTHER,
  ]);
});

test("only what is agreed and has not begun can be moved", () => {
  const now = Date.parse("2026-12-01T09:29:00Z");
  expect(isMovable(booking(), now)).toBe(true);
  expect(isMovable(booking(), now + 60_000)).toBe(false);
  expect(isMovable(booking({ status: "TENTATIVE" }), now)).toBe(false);
});

test("the grid holds bookings at wall times, and none that were cancelled", () => {
  const shown = calendar(booking(), booking({ uid: "u3", status: "CANCELLED" }));
  const events = eventsOf(shown, BERLIN, WEEK, 0).filter(
    ({ extendedProps }) => extendedProps.kind === "booking",
  );
  expect(
    events.map(({ id, title, start, end, editable }) => [id, title, start, end, editable]),
  ).toEqual([["u1", "Ann Lee", "2026-12-01T10:30:00.000Z", "2026-12-01T11:00:00.000Z", true]]);
});

test("a holiday that is off shades its day", () => {
  const day = { date: "2026-12-03", name: "A holiday", off: true };
  const shown = { ...calendar(), holidays: [day, { ...day, date: "2026-12-04", off: false }] };
  const off = eventsOf(shown, BERLIN, WEEK, 0).filter(
    ({ extendedProps }) => extendedProps.kind === "off",
  );
  expect(off.map(({ title, start, end }) => [title, start, end])).toEqual([
    ["A holiday", "2026-12-03T00:00:00.000Z", "2026-12-04T00:00:00.000Z"],
  ]);
});

test("the hours shown hold what is worked and booked, with an hour of air", () => {
  const shown = {
    ...calendar(booking()),
    working: [{ start: "2026-12-01T08:00:00Z", end: "2026-12-01T16:00:00Z" }],
  };
  expect(hoursOf(shown, BERLIN, WEEK)).toEqual({ first: 8, last: 18 });
});

test("the list has days with something in them, in order, by the person's day", () => {
  const late = booking({
    uid: "u4",
    start: "2026-12-02T23:30:00.000Z",
    end: "2026-12-03T00:00:00.000Z",
  });
  const off = {
    id: "t",
    start: "2026-12-04T23:00:00Z",
    end: "2026-12-05T23:00:00Z",
    reason: "Away",
  };
  const shown = { ...calendar(late, OTHER, booking()), time_off: [off] };
  const days = agendaOf(shown, BERLIN, WEEK);
  expect(
    days.map(({ day, bookings, timeOff }) => [day, bookings.map(({ uid }) => uid), timeOff.length]),
  ).toEqual([
    ["2026-12-01", ["u1"], 0],
    ["2026-12-02", ["u2"], 0],
    ["2026-12-03", ["u4"], 0],
    ["2026-12-05", [], 1],
  ]);
});
