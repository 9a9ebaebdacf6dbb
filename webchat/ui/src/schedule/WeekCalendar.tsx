import FullCalendar, {
  type DayHeaderInfo,
  type EventClickInfo,
  type EventDisplayInfo,
} from "@fullcalendar/react";
import list from "@fullcalendar/react/list";
import theme from "@fullcalendar/react/themes/classic";
import timeGrid from "@fullcalendar/react/timegrid";
import { hourText, rangeText, timeText } from "../shared/format.ts";
import { freeSpans, hoursAround, type Span } from "../shared/starts.ts";

interface Props {
  /** Where the calendar begins: a day, or the Monday of a week. */
  readonly first: string;
  readonly mode: "week" | "day" | "list";
  readonly free: readonly Span[];
  readonly busy: readonly Span[];
  /** What is kept for the reader. */
  readonly kept: Span | null;
  /** The reader has tapped a free stretch at that wall time. */
  readonly onFree: (wall: number) => void;
  /** What the reader's clocks show now. */
  readonly wallNow: () => number;
  readonly locale: string;
}

/** Too low for two lines of text. */
const SHORT = 45 * 60_000;
const NAMES = { free: "Free", busy: "Busy", kept: "Yours" };
const VIEWS = { week: "timeGridWeek", day: "timeGridDay", list: "listWeek" } as const;

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
  return `span-${event.extendedProps["kind"]}`;
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

/** The wall time at which a free stretch was tapped; its start in the list, where height means nothing. */
function tapped({ event, el, jsEvent, view }: EventClickInfo): number | null {
  const { start, end } = event;
  if (!start || !end || event.extendedProps["kind"] !== "free") return null;
  if (view.type === VIEWS.list) return start.getTime();
  const { top, height } = el.getBoundingClientRect();
  const share = height > 0 ? (jsEvent.clientY - top) / height : 0;
  return start.getTime() + share * (end.getTime() - start.getTime());
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
export default function WeekCalendar(props: Props) {
  const { first, mode, free, busy, kept, onFree, wallNow, locale } = props;
  const hours = hoursAround([...free, ...busy]);
  const taken = kept ? freeSpans(busy, [kept]) : busy;
  return (
    <FullCalendar
      key={`${first}-${mode}-${hours.first}-${hours.last}`}
      plugins={[timeGrid, list, theme]}
      initialView={VIEWS[mode]}
      initialDate={first}
      firstDay={1}
      timeZone="UTC"
      locale={locale}
      now={() => new Date(wallNow()).toISOString()}
      nowIndicator
      headerToolbar={false}
      borderless
      allDaySlot={false}
      height="auto"
      slotMinTime={{ hours: hours.first }}
      slotMaxTime={{ hours: hours.last }}
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
      eventClick={(info) => {
        const wall = tapped(info);
        if (wall !== null) onFree(wall);
      }}
      views={{
        timeGrid: { eventContent: (info) => <EventText info={info} locale={locale} /> },
      }}
      noEventsText="No working hours this week"
      events={[
        ...events(free, "free"),
        ...events(taken, "busy"),
        ...events(kept ? [kept] : [], "kept"),
      ]}
    />
  );
}
