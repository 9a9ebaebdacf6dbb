import FullCalendar, { type DayHeaderInfo, type EventDisplayInfo } from "@fullcalendar/react";
import interaction from "@fullcalendar/react/interaction";
import theme from "@fullcalendar/react/themes/classic";
import timeGrid from "@fullcalendar/react/timegrid";
import { dayText, hourText, rangeText, timeText } from "../../shared/format.ts";
import { type Offsets, toWall } from "../../shared/wall.ts";
import { type Days, toInstant } from "../clocks.ts";
import { useMove } from "../data.ts";
import { useDesk } from "../desk.ts";
import type { Mode } from "../place.ts";
import type { Booking, DeskCalendar } from "../values.ts";
import { standing } from "../words.ts";
import { eventsOf, hoursOf } from "./events.ts";
import "../../shared/calendar.css";

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
  const { start, end, title } = info.event;
  const booking = bookingOf(info);
  if (!start || !end || !booking) return null;
  const isShort = end.getTime() - start.getTime() < SHORT;
  const isTiny = end.getTime() - start.getTime() < TINY;
  const word = standing(booking);
  return (
    <div className={`event-text ${isShort ? "flex gap-1.5" : ""} ${isTiny ? "event-tiny" : ""}`}>
      <span className="sr-only">{dayText(start.getTime(), locale)}, </span>
      <b className="truncate">{title}</b>
      <span className={isShort ? "flex-none" : "block"}>
        {isShort
          ? timeText(start.getTime(), locale)
          : rangeText(start.getTime(), end.getTime(), locale)}
      </span>
      {isShort ? null : <span className="block truncate">{booking.type.name}</span>}
      {word === "Confirmed" ? null : <span className="sr-only">, {word}</span>}
    </div>
  );
}

function DayHeader({ isToday, weekdayText, dayNumberText }: DayHeaderInfo) {
  return (
    <div className="flex flex-col items-center gap-0.5 py-1.5">
      <span className="text-xs text-muted">{weekdayText}</span>
      <span className={isToday ? "day-number day-number-today" : "day-number"}>
        {dayNumberText}
      </span>
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
  const { first, last } = hoursOf(calendar, offsets, days);
  return (
    <section aria-label="Calendar" className="surface overflow-hidden">
      <FullCalendar
        key={`${mode}-${days.first}-${first}-${last}`}
        plugins={[timeGrid, interaction, theme]}
        initialView={mode === "day" ? "timeGridDay" : "timeGridWeek"}
        initialDate={days.first}
        firstDay={1}
        timeZone="UTC"
        locale={locale}
        now={() => new Date(toWall(now(), offsets)).toISOString()}
        nowIndicator
        headerToolbar={false}
        borderless
        allDaySlot={false}
        height="auto"
        slotMinTime={{ hours: first }}
        slotMaxTime={{ hours: last }}
        slotDuration={{ minutes: 30 }}
        snapDuration={{ minutes: 15 }}
        slotHeaderInterval={{ hours: 1 }}
        slotMinHeight={36}
        slotHeaderInnerClass="slot-hour"
        slotHeaderContent={({ date }) => hourText(date.getTime(), locale)}
        dayHeaderFormat={{ weekday: "short", day: "numeric" }}
        dayHeaderContent={(info) => <DayHeader {...info} />}
        eventTimeFormat={{ hour: "numeric", minute: "2-digit" }}
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
