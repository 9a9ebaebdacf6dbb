import type { EventDisplayInfo } from "@fullcalendar/react";
import interaction from "@fullcalendar/react/interaction";
import { dayText } from "../../shared/format.ts";
import { BlockTime, lengthOf, WallGrid } from "../../shared/WallGrid.tsx";
import { type Offsets, toWall } from "../../shared/wall.ts";
import { type Days, toInstant } from "../clocks.ts";
import { useMove } from "../data.ts";
import { useDesk } from "../desk.ts";
import type { Mode } from "../place.ts";
import type { Booking, DeskCalendar } from "../values.ts";
import { standing } from "../words.ts";
import { eventsOf, hoursOf } from "./events.ts";

interface Props {
  readonly calendar: DeskCalendar;
  readonly offsets: Offsets;
  readonly days: Days;
  readonly mode: Exclude<Mode, "list">;
}

/** Too low for two lines of text. */
const SHORT = 40 * 60_000;
/** Too low for a line of text with air around it. */
const TINY = 20 * 60_000;
const CLASSES = {
  Confirmed: "",
  Held: "event-held",
  "No-show": "event-missed",
  Cancelled: "",
};

function bookingOf({ event }: EventDisplayInfo): Booking | undefined {
  return event.extendedProps["booking"] as Booking | undefined;
}

function classOf(info: EventDisplayInfo): string {
  const booking = bookingOf(info);
  if (booking) return `event ${CLASSES[standing(booking)]}`;
  return "";
}

function backgroundOf({ event }: EventDisplayInfo): string {
  return event.extendedProps["kind"] === "off" ? "span-off" : "span-closed";
}

function BlockText({ info, locale }: { info: EventDisplayInfo; locale: string }) {
  const { event } = info;
  const booking = bookingOf(info);
  if (!event.start || !booking) return null;
  const isShort = lengthOf(event) < SHORT;
  const isTiny = lengthOf(event) < TINY;
  const word = standing(booking);
  return (
    <div className={`event-text ${isShort ? "flex gap-1.5" : ""} ${isTiny ? "event-tiny" : ""}`}>
      <span className="sr-only">{dayText(event.start.getTime(), locale)}, </span>
      <b className="truncate">{event.title}</b>
      <BlockTime event={event} locale={locale} isShort={isShort} />
      {isShort ? null : <span className="block truncate">{booking.type.name}</span>}
      {word === "Confirmed" ? null : <span className="sr-only">, {word}</span>}
    </div>
  );
}

/** What happens when a block was put elsewhere or made longer: the booking follows. */
function useDropped(offsets: Offsets) {
  const { mutate } = useMove();
  return (info: { event: { start: Date | null; end: Date | null; extendedProps: unknown } }) => {
    const { start, end, extendedProps } = info.event;
    const { booking } = extendedProps as { booking?: Booking };
    if (!start || !end || !booking) return;
    const minutes = (end.getTime() - start.getTime()) / 60_000;
    const instant = new Date(toInstant(start.getTime(), offsets)).toISOString();
    mutate({ booking, move: { uid: booking.uid, start: instant, minutes } });
  };
}

/**
 * Week or day on FullCalendar, where bookings are dragged to another time and pulled to another length. Each block
 * is also a button that opens the booking, where "Move…" does the same without a pointer.
 */
export default function Grid({ calendar, offsets, days, mode }: Props) {
  const { go, locale, now } = useDesk();
  const dropped = useDropped(offsets);
  return (
    <section aria-label="Calendar" className="surface overflow-hidden">
      <WallGrid
        plugins={[interaction]}
        first={days.first}
        hours={hoursOf(calendar, offsets, days)}
        wallNow={() => toWall(now(), offsets)}
        locale={locale}
        initialView={mode === "day" ? "timeGridDay" : "timeGridWeek"}
        snapDuration={{ minutes: 15 }}
        slotMinHeight={36}
        eventClass={classOf}
        backgroundEventClass={backgroundOf}
        backgroundEventContent={({ event }) => <span className="off-text">{event.title}</span>}
        backgroundEventColor="transparent"
        eventContent={(info) => <BlockText info={info} locale={locale} />}
        eventInteractive
        eventClick={({ event }) => {
          if (event.extendedProps["booking"]) go({ booking: event.id });
        }}
        eventDrop={dropped}
        eventResize={dropped}
        events={eventsOf(calendar, offsets, days, now())}
      />
    </section>
  );
}
