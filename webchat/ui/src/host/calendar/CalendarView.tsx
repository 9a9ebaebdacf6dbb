import { lazy, Suspense } from "react";
import { weekText } from "../../shared/format.ts";
import { addDays, startOfDay } from "../../shared/wall.ts";
import { daysShown, stepped } from "../clocks.ts";
import { offsetsOf, useCalendar } from "../data.ts";
import { todayOf, useDesk } from "../desk.ts";
import { Icon } from "../parts/Icons.tsx";
import { Note, Page } from "../parts/Page.tsx";
import { MODES, type Mode } from "../place.ts";
import { Agenda } from "./Agenda.tsx";

const Grid = lazy(() => import("./Grid.tsx"));
const MODE_NAMES = { week: "Week", day: "Day", list: "List" };

interface StepsProps {
  readonly mode: Mode;
  readonly day: string;
}

function Steps({ mode, day }: StepsProps) {
  const { go, locale, ...desk } = useDesk();
  const today = todayOf(desk);
  const { first, end } = daysShown(mode, day);
  const step = (direction: 1 | -1) => go({ day: stepped(mode, day, direction) });
  const isNow = first <= today && today < end;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        className="step"
        aria-label={`Previous ${MODE_NAMES[mode].toLowerCase()}`}
        onClick={() => step(-1)}
      >
        <Icon name="left" />
      </button>
      <button
        type="button"
        className="step"
        aria-label={`Next ${MODE_NAMES[mode].toLowerCase()}`}
        onClick={() => step(1)}
      >
        <Icon name="right" />
      </button>
      <button type="button" className="step" disabled={isNow} onClick={() => go({ day: null })}>
        Today
      </button>
      <h2
        aria-live="polite"
        className="order-first w-full text-[17px] font-semibold tracking-[-0.01em] sm:order-none sm:ms-2 sm:w-auto"
      >
        {weekText(startOfDay(first), startOfDay(addDays(end, -1)), locale)}
      </h2>
    </div>
  );
}

function Modes({ mode }: { mode: Mode }) {
  const { go } = useDesk();
  return (
    <fieldset className="segments">
      <legend className="sr-only">How the calendar is shown</legend>
      {MODES.map((each) => (
        <label key={each} className="segment">
          <input
            type="radio"
            name="mode"
            checked={each === mode}
            onChange={() => go({ mode: each })}
          />
          <span>{MODE_NAMES[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The person's calendar: a grid to drag in, or a list. */
export function CalendarView() {
  const desk = useDesk();
  const { person, place, isNarrow } = desk;
  const mode = place.mode ?? (isNarrow ? "list" : "week");
  const day = place.day ?? todayOf(desk);
  const days = daysShown(mode, day);
  const { data, isError } = useCalendar(person, days);
  const offsets = data && offsetsOf(data, person);
  return (
    <Page title="Calendar" aside={<Modes mode={mode} />}>
      <Steps mode={mode} day={day} />
      {isError ? <Note>The calendar cannot be reached at the moment.</Note> : null}
      {data && offsets ? (
        <Suspense fallback={<Note>Loading…</Note>}>
          {mode === "list" ? (
            <Agenda calendar={data} offsets={offsets} days={days} />
          ) : (
            <Grid calendar={data} offsets={offsets} days={days} mode={mode} />
          )}
        </Suspense>
      ) : null}
    </Page>
  );
}
