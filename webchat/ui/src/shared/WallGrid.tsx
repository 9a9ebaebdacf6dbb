import FullCalendar, {
  type CalendarOptions,
  type DayHeaderInfo,
  type EventDisplayInfo,
} from "@fullcalendar/react";
import theme from "@fullcalendar/react/themes/classic";
import timeGrid from "@fullcalendar/react/timegrid";
import { hourText, rangeText, timeText } from "./format.ts";
import "./calendar.css";

interface Props extends CalendarOptions {
  /** Where the calendar begins: a day, or the Monday of a week. */
  readonly first: string;
  /** Whole hours of the day that are shown. */
  readonly hours: { readonly first: number; readonly last: number };
  /** What the reader's clocks show now. */
  readonly wallNow: () => number;
  readonly locale: string;
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

/** How long a block is shown to last, in milliseconds. */
export function lengthOf({ start, end }: EventDisplayInfo["event"]): number {
  return start && end ? end.getTime() - start.getTime() : 0;
}

/** When a block begins, and where there is room for it, when it ends. */
export function BlockTime({
  event: { start, end },
  locale,
  isShort,
}: {
  readonly event: EventDisplayInfo["event"];
  readonly locale: string;
  readonly isShort: boolean;
}) {
  if (!start || !end) return null;
  return (
    <span className={isShort ? "flex-none" : "block"}>
      {isShort
        ? timeText(start.getTime(), locale)
        : rangeText(start.getTime(), end.getTime(), locale)}
    </span>
  );
}

/**
 * Days beside each other on FullCalendar. All times are wall times that the calendar takes for UTC, so it does no
 * zone arithmetic of its own.
 */
export function WallGrid({ first, hours, wallNow, locale, plugins = [], ...rest }: Props) {
  return (
    <FullCalendar
      key={`${rest.initialView}-${first}-${hours.first}-${hours.last}`}
      plugins={[timeGrid, theme, ...plugins]}
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
      slotHeaderInnerClass="slot-hour"
      slotHeaderContent={({ date }) => hourText(date.getTime(), locale)}
      dayHeaderFormat={{ weekday: "short", day: "numeric" }}
      dayHeaderContent={(info) => <DayHeader {...info} />}
      eventTimeFormat={{ hour: "numeric", minute: "2-digit" }}
      {...rest}
    />
  );
}
