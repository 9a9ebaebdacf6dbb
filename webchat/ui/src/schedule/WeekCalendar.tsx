import type { EventClickInfo, EventDisplayInfo } from "@fullcalendar/react";
import list from "@fullcalendar/react/list";
import { freeSpans, hoursAround, type Span } from "../shared/starts.ts";
import { BlockTime, lengthOf, WallGrid } from "../shared/WallGrid.tsx";

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

function EventText({ info: { event }, locale }: { info: EventDisplayInfo; locale: string }) {
  const isShort = lengthOf(event) < SHORT;
  return (
    <div className={isShort ? "span-text flex gap-1.5" : "span-text"}>
      <b>{event.title}</b>
      <BlockTime event={event} locale={locale} isShort={isShort} />
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

/** The week of somebody who can be booked: free, busy, and what is kept for the reader. */
export default function WeekCalendar(props: Props) {
  const { first, mode, free, busy, kept, onFree, wallNow, locale } = props;
  const taken = kept ? freeSpans(busy, [kept]) : busy;
  return (
    <WallGrid
      plugins={[list]}
      first={first}
      hours={hoursAround([...free, ...busy])}
      wallNow={wallNow}
      locale={locale}
      initialView={VIEWS[mode]}
      slotMinHeight={26}
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
