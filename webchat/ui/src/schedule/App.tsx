import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { displayLocale, requestSentence } from "../shared/format.ts";
import { spanOf, startAt } from "../shared/starts.ts";
import { browserOffsets, toWall } from "../shared/wall.ts";
import { BookingPanel } from "./BookingPanel.tsx";
import { chosenOf, holdOf } from "./booking.ts";
import { Choosers } from "./Choosers.tsx";
import { useChoice } from "./choice.ts";
import { type Basis, useBasis, useStarts, useWeek, type View, viewOf } from "./data.ts";
import { useLiveTimes } from "./live.ts";
import { Offline } from "./Offline.tsx";
import { StartList } from "./StartList.tsx";
import { Tools } from "./Tools.tsx";
import { type Making, useBooking } from "./useBooking.ts";
import { WeekSteps } from "./WeekSteps.tsx";

const WeekCalendar = lazy(() => import("./WeekCalendar.tsx"));
const NARROW = "(max-width: 760px)";

function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const update = () => setNarrow(query.matches);
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);
  return isNarrow;
}

function LiveMark({ isLive }: { isLive: boolean }) {
  return (
    <p className="flex items-center gap-2 text-sm text-muted" role="status">
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${isLive ? "bg-accent" : "bg-control"}`}
      />
      {isLive ? "Live" : "Connecting…"}
    </p>
  );
}

function Message({ children, action }: { children: string; action?: ReactNode }) {
  return (
    <main className="mx-auto flex max-w-md flex-col items-center gap-5 px-6 py-24 text-center">
      <h1 role="status" className="text-muted">
        {children}
      </h1>
      {action}
    </main>
  );
}

interface CalendarProps {
  readonly view: View;
  readonly basis: Basis;
  readonly locale: string;
  readonly making: Making;
  readonly onStart: (instant: string) => void;
}

function Calendar({ view, basis, locale, making, onStart }: CalendarProps) {
  const { data } = useWeek(view);
  const { person, zone, week, day, mode } = view;
  const { days } = useStarts(view, data?.offsets);
  const hold = holdOf(making.stage);
  const offsets = data?.offsets ?? browserOffsets(zone);
  const isTheirs = hold?.people.includes(person.handle) ?? false;
  const span = hold && isTheirs ? spanOf(hold) : null;
  const kept = span && { start: toWall(span.start, offsets), end: toWall(span.end, offsets) };
  return (
    <section aria-label={`Calendar of ${person.name}`} className="calendar">
      <Suspense fallback={null}>
        {data ? (
          <WeekCalendar
            first={mode === "day" ? day : week}
            mode={mode}
            free={data.free}
            busy={data.busy}
            kept={kept}
            onFree={(wall) => {
              const start = startAt(days ?? [], wall);
              if (start) onStart(start.instant);
            }}
            wallNow={() => toWall(basis.now(), offsets)}
            locale={locale}
          />
        ) : null}
      </Suspense>
    </section>
  );
}

function Schedule({ basis, isLive }: { basis: Basis; isLive: boolean }) {
  const [choice, choose] = useChoice();
  const usual = useIsNarrow() ? "list" : "week";
  const view = viewOf(choice, basis, usual);
  const locale = displayLocale(navigator.language);
  if (!view) return <Message>Nobody can be booked yet.</Message>;
  return <Loaded view={view} basis={basis} isLive={isLive} locale={locale} choose={choose} />;
}

interface LoadedProps {
  readonly view: View;
  readonly basis: Basis;
  readonly isLive: boolean;
  readonly locale: string;
  readonly choose: ReturnType<typeof useChoice>[1];
}

/** The way into the chat, with the request already written: what was chosen here is not asked there. */
function AskInstead({ view, basis }: { view: View; basis: Basis }) {
  const { person, type, minutes, zone } = view;
  const ask = () => {
    const length = minutes === type.minutes ? null : minutes;
    const wall = toWall(basis.now(), browserOffsets(zone));
    const wanted = { type: type.name, length, person: person.name, wall, zone };
    window.AppointmentChat?.open(requestSentence(wanted).replace(/ on .*$/, ""));
  };
  return (
    <p className="text-sm leading-relaxed text-muted">
      Nothing that suits?{" "}
      <button type="button" className="link" onClick={ask}>
        Say it in the chat
      </button>
      : other people, several days, a time in words.
    </p>
  );
}

function Loaded({ view, basis, isLive, locale, choose }: LoadedProps) {
  const offsets = useWeek(view).data?.offsets;
  const making = useBooking(basis.now);
  const { stage } = making;
  const { person, type, minutes } = view;
  const onStart = (start: string) => {
    if (chosenOf(stage) === start) return;
    void making.choose({ type: type.handle, person: person.handle, start, minutes });
  };
  return (
    <main className="mx-auto flex max-w-7xl flex-col gap-7 px-4 pt-8 pb-28 sm:px-8 sm:pt-12">
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <p className="text-sm text-muted">
            <a href="./" className="link-quiet">
              {basis.settings.organisation}
            </a>
          </p>
          <h1 className="mt-1 text-3xl font-semibold tracking-tight">Book an appointment</h1>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <LiveMark isLive={isLive} />
          <Tools view={view} locale={locale} />
        </div>
      </header>
      <Offline />
      <Choosers basis={basis} view={view} choose={choose} />
      <WeekSteps view={view} locale={locale} choose={choose} />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="order-2 lg:sticky lg:top-6 lg:order-1">
          <Calendar view={view} basis={basis} locale={locale} making={making} onStart={onStart} />
          <p className="mt-3 text-sm text-muted">
            All times in {view.zone.replaceAll("_", " ")}. {person.name} keeps{" "}
            {person.zone.replaceAll("_", " ")} time.
          </p>
        </div>
        <div className="order-1 lg:order-2">
          {stage.step === "choosing" ? (
            <StartList
              view={view}
              offsets={offsets}
              locale={locale}
              choose={choose}
              notice={stage.notice}
              onStart={onStart}
            >
              <AskInstead view={view} basis={basis} />
            </StartList>
          ) : (
            <BookingPanel making={making} basis={basis} view={view} locale={locale} />
          )}
        </div>
      </div>
    </main>
  );
}

/** The schedule page. */
export function App() {
  const basis = useBasis();
  const isLive = useLiveTimes();
  if (basis.isError)
    return (
      <Message
        action={
          <button type="button" className="button" onClick={() => void basis.refetch()}>
            Try again
          </button>
        }
      >
        The schedule cannot be reached at the moment.
      </Message>
    );
  if (!basis.data) return <Message>Loading…</Message>;
  return <Schedule basis={basis.data} isLive={isLive} />;
}
