import FullCalendar, { type DayHeaderInfo, type EventDisplayInfo } from "@fullcalendar/react";
import list from "@fullcalendar/react/list";
import theme from "@fullcalendar/react/themes/classic";
import timeGrid from "@fullcalendar/react/timegrid";
import { hourText, rangeText, timeText } from "./format.ts";
import { hoursAround, type Span } from "./starts.ts";

interface Props {
  /** Monday of the week. */
  readonly week: string;
  readonly free: readonly Span[];
  readonly busy: readonly Span[];
  /** What the reader's clocks show now. */
  readonly wallNow: () => number;
  readonly isNarrow: boolean;
  readonly locale: string;
}

/** Too low for two lines of text. */
const SHORT = 45 * 60_000;
const NAMES = { free: "Free", busy: "Busy" };

function events(spans: readonly Span[], kind: keyof typeof NAMES) {
  return spans.map(({ start, end }) => ({
    id: `${kind}-${start}`,
    title: NAMES[kind],
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    extendedProps: { kind },
  }));
}

function spanClass({ event }: EventDisplayInfo): string {
  return event.extendedProps["kind"] === "free" ? "span-free" : "span-busy";
}

function EventText({ info, locale }: { info: EventDisplayInfo; locale: string }) {
  const { start, end, title } = info.event;
  if (!start || !end) return <b>{title}</b>;
  const isShort = end.getTime() - start.getTime() < SHORT;
  return (
    <div className={isShort ? "span-text flex gap-1.5" : "span-text"}>
      <b>{title}</b>
      <span className={isShort ? "" : "block"}>
        {isShort
          ? timeText(start.getTime(), locale)
          : rangeText(start.getTime(), end.getTime(), locale)}
      </span>
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

/**
 * The week on FullCalendar, a list on narrow screens. All times are wall times that the calendar takes for UTC,
 * so it does no zone arithmetic of its own.
 */
export default function WeekCalendar({ week, free, busy, wallNow, isNarrow, locale }: Props) {
  const { first, last } = hoursAround([...free, ...busy]);
  return (
    <FullCalendar
      key={`${week}-${isNarrow}-${first}-${last}`}
      plugins={[timeGrid, list, theme]}
      initialView={isNarrow ? "listWeek" : "timeGridWeek"}
      initialDate={week}
      firstDay={1}
      timeZone="UTC"
      locale={locale}
      now={() => new Date(wallNow()).toISOString()}
      nowIndicator
      headerToolbar={false}
      borderless
      allDaySlot={false}
      height="auto"
      slotMinTime={{ hours: first }}
      slotMaxTime={{ hours: last }}
      slotDuration={{ minutes: 30 }}
      slotHeaderInterval={{ hours: 1 }}
      slotMinHeight={26}
      slotHeaderInnerClass="slot-hour"
      slotHeaderContent={({ date }) => hourText(date.getTime(), locale)}
      dayHeaderFormat={{ weekday: "short", day: "numeric" }}
      dayHeaderContent={(info) => <DayHeader {...info} />}
      eventTimeFormat={{ hour: "numeric", minute: "2-digit" }}
      eventInteractive={false}
      eventClass={spanClass}
      views={{
        timeGridWeek: { eventContent: (info) => <EventText info={info} locale={locale} /> },
      }}
      noEventsText="No working hours this week"
      events={[...events(free, "free"), ...events(busy, "busy")]}
    />
  );
}
