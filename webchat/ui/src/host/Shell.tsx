import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { displayLocale } from "../shared/format.ts";
import type { Problem } from "../shared/problem.ts";
import { statedOffsets } from "../shared/wall.ts";
import { signOut } from "./api.ts";
import { CalendarView } from "./calendar/CalendarView.tsx";
import { type Desk, DeskContext, type Saying, useDesk } from "./desk.ts";
import { useLiveDesk } from "./live.ts";
import { Icon } from "./parts/Icons.tsx";
import { Note } from "./parts/Page.tsx";
import { Sayings } from "./parts/Sayings.tsx";
import { usePlace, VIEWS, type View } from "./place.ts";
import type { Booking, Me } from "./values.ts";
import { zoneText } from "./words.ts";

const BookingsView = lazy(() => import("./bookings/BookingsView.tsx"));
const AvailabilityView = lazy(() => import("./availability/AvailabilityView.tsx"));
const TypesView = lazy(() => import("./types/TypesView.tsx"));
const AnalyticsView = lazy(() => import("./analytics/AnalyticsView.tsx"));
const BookingSheet = lazy(() => import("./booking/BookingSheet.tsx"));
const MoveSheet = lazy(() => import("./booking/MoveSheet.tsx"));

const PAGES = {
  calendar: CalendarView,
  bookings: BookingsView,
  availability: AvailabilityView,
  types: TypesView,
  analytics: AnalyticsView,
} as const;

const TITLES: Readonly<Record<View, string>> = {
  calendar: "Calendar",
  bookings: "Bookings",
  availability: "Availability",
  types: "Types",
  analytics: "Analytics",
};

function Navigation() {
  const { place, go } = useDesk();
  return (
    <nav aria-label="Desk" className="desk-nav">
      {VIEWS.map((view) => (
        <a
          key={view}
          href={view === "calendar" ? "?" : `?view=${view}`}
          aria-current={place.view === view ? "page" : undefined}
          className="desk-link"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            go({ view, booking: null });
          }}
        >
          <Icon name={view} size={21} />
          <span>{TITLES[view]}</span>
        </a>
      ))}
    </nav>
  );
}

function PersonSwitch() {
  const { me, person, go } = useDesk();
  if (me.people.length < 2) return null;
  return (
    <label className="field desk-person">
      <span className="max-md:sr-only">Desk of</span>
      <select
        value={person.handle}
        onChange={(event) => go({ person: event.target.value, booking: null })}
      >
        {me.people.map(({ handle, name }) => (
          <option key={handle} value={handle}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Account({ isLive }: { isLive: boolean }) {
  const client = useQueryClient();
  const { me, say } = useDesk();
  const leave = async () => {
    try {
      await signOut();
      client.setQueryData(["me"], null);
      client.removeQueries({ queryKey: ["desk"] });
    } catch {
      say({ text: "You are still signed in: the server cannot be reached.", isTrouble: true });
    }
  };
  return (
    <div className="desk-account">
      <div className="min-w-0 max-md:hidden">
        <p className="truncate text-sm font-medium">{me.name}</p>
        <p className="flex items-center gap-2 text-[13px] text-muted">
          <span
            aria-hidden="true"
            className={`size-2 rounded-full ${isLive ? "bg-accent" : "bg-control"}`}
          />
          {isLive ? "Live" : "Connecting…"}
        </p>
      </div>
      <button type="button" className="icon-button" aria-label="Sign out" onClick={leave}>
        <Icon name="leave" />
      </button>
    </div>
  );
}

/** Says where one is after a step within the desk: in the title, and by leading the focus there. */
function useArrival(view: View, organisation: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(view);
  useEffect(() => {
    document.title = `${TITLES[view]} – ${organisation}`;
    if (last.current === view) return;
    last.current = view;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [view, organisation]);
  return main;
}

interface Moving {
  readonly booking: Booking;
  readonly refusal?: Problem | undefined;
}

function Sheets({ moving, onMoved }: { moving: Moving | null; onMoved: () => void }) {
  const { place, go } = useDesk();
  const close = useCallback(() => go({ booking: null }), [go]);
  return (
    <Suspense fallback={null}>
      {place.booking ? (
        <BookingSheet key={place.booking} uid={place.booking} onClose={close} />
      ) : null}
      {moving ? <MoveSheet {...moving} onClose={onMoved} /> : null}
    </Suspense>
  );
}

function Frame({ isLive }: { isLive: boolean }) {
  const { me, place, person } = useDesk();
  const main = useArrival(place.view, me.organisation);
  const View = PAGES[place.view];
  return (
    <div className="desk">
      <a href="#main" className="skip">
        Skip to the page
      </a>
      <header className="desk-side">
        <div className={me.people.length > 1 ? "desk-head max-md:hidden" : "desk-head"}>
          <p className="truncate text-[15px] font-semibold tracking-[-0.01em]">{me.organisation}</p>
          <p className="truncate text-[13px] text-muted max-md:hidden">
            {zoneText(person.zone)} time
          </p>
        </div>
        <PersonSwitch />
        <Navigation />
        <Account isLive={isLive} />
      </header>
      <main ref={main} id="main" tabIndex={-1} className="desk-main">
        <Suspense fallback={<Note>Loading…</Note>}>
          <View key={person.handle} />
        </Suspense>
      </main>
    </div>
  );
}

interface Props {
  readonly me: Me;
  readonly now: () => number;
  readonly isNarrow: boolean;
}

/** The desk of somebody who is signed in. */
export function Shell({ me, now, isNarrow }: Props) {
  const [place, go] = usePlace();
  const isLive = useLiveDesk();
  const [saying, say] = useState<Saying | null>(null);
  const [moving, setMoving] = useState<Moving | null>(null);
  const person = me.people.find(({ handle }) => handle === place.person) ?? me.people[0];
  const quiet = useCallback(() => say(null), []);
  const desk = useMemo<Desk | null>(() => {
    const askMove = (booking: Booking, refusal?: Problem) => setMoving({ booking, refusal });
    const locale = displayLocale(navigator.language);
    if (!person) return null;
    const offsets = statedOffsets(person.offsets, person.zone);
    return { me, person, offsets, place, go, locale, now, say, askMove, isNarrow };
  }, [me, person, place, go, now, isNarrow]);
  if (!desk) return <Note>There is no calendar here yet.</Note>;
  return (
    <DeskContext value={desk}>
      <Frame isLive={isLive} />
      <Sheets moving={moving} onMoved={() => setMoving(null)} />
      <Sayings saying={saying} onEnd={quiet} />
    </DeskContext>
  );
}
