import { type ReactNode, useMemo } from "react";
import { dayText, timeText } from "../shared/format.ts";
import { type DayOfStarts, groupByDay, type Start } from "../shared/starts.ts";
import { browserOffsets, mondayOf, type Offsets, offsetLabel, startOfDay } from "../shared/wall.ts";
import type { Notice } from "./booking.ts";
import type { Choice } from "./choice.ts";
import { useNextWeek, useStarts, type View } from "./data.ts";

interface Props {
  readonly view: View;
  readonly offsets: Offsets | undefined;
  readonly locale: string;
  readonly choose: (part: Partial<Choice>) => void;
  readonly notice: Notice | null;
  readonly onStart: (instant: string) => void;
  readonly children?: ReactNode;
}

interface DayProps {
  readonly day: DayOfStarts;
  readonly zone: string;
  readonly locale: string;
  readonly onStart: (instant: string) => void;
}

function StartButton({
  start,
  heading,
  zone,
  locale,
  onStart,
}: Omit<DayProps, "day"> & { start: Start; heading: string }) {
  const time = timeText(start.wall, locale);
  const offset = offsetLabel(start.offset, zone);
  return (
    <button
      type="button"
      className="start w-full"
      aria-label={`${time}, ${heading}, ${zone} time, ${offset}`}
      onClick={() => onStart(start.instant)}
    >
      {time} <small>{offset}</small>
    </button>
  );
}

function Day({ day: { day, starts }, ...rest }: DayProps) {
  const heading = dayText(startOfDay(day), rest.locale);
  return (
    <section aria-label={heading}>
      <h3 className="mb-2.5 text-[15px] font-semibold">{heading}</h3>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(124px,1fr))] gap-2">
        {starts.map((start) => (
          <li key={start.instant}>
            <StartButton start={start} heading={heading} {...rest} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NothingFree({ view, locale, choose }: Pick<Props, "view" | "locale" | "choose">) {
  const next = useNextWeek(view, true);
  if (next.isPending) return <p className="text-muted">Looking for the next free time…</p>;
  const day = next.data;
  if (!day) return <p className="text-muted">No free start in the next two months.</p>;
  const go = () => choose(view.mode === "day" ? { day } : { week: mondayOf(day), day: null });
  return (
    <button type="button" className="step w-full" onClick={go}>
      Next free day: {dayText(startOfDay(day), locale)}
    </button>
  );
}

/** What was lost, and the free starts nearest to it. */
function Lost({
  notice,
  view,
  locale,
  onStart,
}: { notice: Notice } & Omit<DayProps, "day" | "zone"> & { view: View }) {
  const days = useMemo(() => {
    const slots = notice.nearest.map((start) => ({ start, end: start }));
    return groupByDay(slots, browserOffsets(view.zone), "0000", "9999");
  }, [notice, view.zone]);
  return (
    <div role="alert" className="notice notice-warning flex flex-col gap-4">
      <p>
        {notice.text}
        {days.length > 0 ? " These are free and near it:" : ""}
      </p>
      {days.map((day) => (
        <Day key={day.day} day={day} zone={view.zone} locale={locale} onStart={onStart} />
      ))}
    </div>
  );
}

function countText(
  days: readonly DayOfStarts[] | undefined,
  isError: boolean,
  period: string,
): string {
  if (isError) return "Free times cannot be reached at the moment.";
  if (!days) return "Loading free times…";
  const count = days.reduce((sum, { starts }) => sum + starts.length, 0);
  if (count === 0) return `No free start ${period}.`;
  return count === 1 ? `1 free start ${period}` : `${count} free starts ${period}`;
}

/** The free starts as buttons; a tap keeps the time. */
export function StartList({ view, offsets, locale, choose, notice, onStart, children }: Props) {
  const { days, isError } = useStarts(view, offsets);
  const period = view.mode === "day" ? "that day" : "this week";
  return (
    <section aria-labelledby="starts" className="flex flex-col gap-6">
      <header>
        <h2 id="starts" className="text-lg font-semibold tracking-tight">
          Choose a start
        </h2>
        <p role="status" className="mt-0.5 text-sm text-muted">
          {countText(days, isError, period)}
        </p>
      </header>
      {notice ? <Lost notice={notice} view={view} locale={locale} onStart={onStart} /> : null}
      {days?.map((day) => (
        <Day key={day.day} day={day} zone={view.zone} locale={locale} onStart={onStart} />
      ))}
      {days?.length === 0 ? <NothingFree view={view} locale={locale} choose={choose} /> : null}
      {children}
    </section>
  );
}
