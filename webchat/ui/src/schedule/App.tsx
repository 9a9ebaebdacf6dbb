import { lazy, Suspense, useEffect, useState } from "react";
import { Choosers } from "./Choosers.tsx";
import { useChoice } from "./choice.ts";
import { type Basis, useBasis, useWeek, type View, viewOf } from "./data.ts";
import { displayLocale } from "./format.ts";
import { useLiveTimes } from "./live.ts";
import { StartList } from "./StartList.tsx";
import { WeekSteps } from "./WeekSteps.tsx";
import { browserOffsets, toWall } from "./wall.ts";

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

function Message({ children }: { children: string }) {
  return (
    <p role="status" className="mx-auto max-w-md px-6 py-24 text-center text-muted">
      {children}
    </p>
  );
}

function Calendar({ view, basis, locale }: { view: View; basis: Basis; locale: string }) {
  const isNarrow = useIsNarrow();
  const { data } = useWeek(view);
  const { person, zone, week } = view;
  return (
    <section
      aria-label={`Calendar of ${person.name}`}
      className="min-h-96 overflow-hidden rounded-2xl border border-line bg-surface shadow-[0_2px_12px_rgb(16_24_22/0.05)]"
    >
      <Suspense fallback={null}>
        {data ? (
          <WeekCalendar
            week={week}
            free={data.free}
            busy={data.busy}
            wallNow={() => toWall(basis.now(), data.offsets ?? browserOffsets(zone))}
            isNarrow={isNarrow}
            locale={locale}
          />
        ) : null}
      </Suspense>
    </section>
  );
}

function Schedule({ basis, isLive }: { basis: Basis; isLive: boolean }) {
  const [choice, choose] = useChoice();
  const view = viewOf(choice, basis);
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

function Loaded({ view, basis, isLive, locale, choose }: LoadedProps) {
  const offsets = useWeek(view).data?.offsets;
  return (
    <main className="mx-auto flex max-w-7xl flex-col gap-7 px-4 pt-8 pb-28 sm:px-8 sm:pt-12">
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <p className="text-sm text-muted">{basis.settings.organisation}</p>
          <h1 className="mt-1 text-3xl font-semibold tracking-tight">Free times</h1>
        </div>
        <LiveMark isLive={isLive} />
      </header>
      <Choosers basis={basis} view={view} choose={choose} />
      <WeekSteps view={view} locale={locale} choose={choose} />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="order-2 lg:sticky lg:top-6 lg:order-1">
          <Calendar view={view} basis={basis} locale={locale} />
          <p className="mt-3 text-sm text-muted">
            All times in {view.zone.replaceAll("_", " ")}. {view.person.name} keeps{" "}
            {view.person.zone.replaceAll("_", " ")} time.
          </p>
        </div>
        <div className="order-1 lg:order-2">
          <StartList view={view} offsets={offsets} locale={locale} choose={choose} />
        </div>
      </div>
    </main>
  );
}

/** The schedule page. */
export function App() {
  const basis = useBasis();
  const isLive = useLiveTimes();
  if (basis.isError) return <Message>The schedule cannot be reached at the moment.</Message>;
  if (!basis.data) return <Message>Loading…</Message>;
  return <Schedule basis={basis.data} isLive={isLive} />;
}
