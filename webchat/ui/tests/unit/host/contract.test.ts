import { expectTypeOf, test } from "vitest";
import type * as desk from "../../../src/host/values.ts";
import type { components } from "../../../src/shared/api/schema.d.ts";

type Served = components["schemas"];

test("what the API describes is what the desk reads", () => {
  expectTypeOf<Served["Me"]>().toExtend<desk.Me>();
  expectTypeOf<Served["DeskBooking"]>().toExtend<desk.Booking>();
  expectTypeOf<Served["BookingDetail"]>().toExtend<desk.BookingDetail>();
  expectTypeOf<Served["BookingPage"]>().toExtend<desk.BookingPage>();
  expectTypeOf<Served["DeskCalendar"]>().toExtend<desk.DeskCalendar>();
  expectTypeOf<Served["Hours"]>().toExtend<desk.Hours>();
  expectTypeOf<Served["ShownTimeOff"]>().toExtend<desk.TimeOff>();
  expectTypeOf<Required<Served["Holidays"]>>().toExtend<desk.Holidays>();
  expectTypeOf<Required<Served["DeskType"]>>().toExtend<desk.AppointmentType>();
  expectTypeOf<Served["Analytics"]>().toExtend<desk.Analytics>();
  expectTypeOf<Served["ShownFeed"]>().toExtend<desk.Feed>();
});
