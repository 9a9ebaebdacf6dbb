import { dayText, weekText } from "../shared/format.ts";
import { addDays, startOfDay } from "../shared/wall.ts";
import { type Choice, MODES, type Mode } from "./choice.ts";
import type { View } from "./data.ts";

interface Props {
  readonly view: View;
  readonly locale: string;
  readonly choose: (part: Partial<Choice>) => void;
}

const NAMES: Readonly<Record<Mode, string>> = { week: "Week", day: "Day", list: "List" };

function Chevron({ path }: { path: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

function Modes({ view, choose }: Omit<Props, "locale">) {
  const show = (mode: Mode) =>
    choose({ show: mode, week: view.week, day: mode === "day" ? view.day : null });
  return (
    <fieldset className="modes sm:ms-auto">
      <legend className="sr-only">Calendar as</legend>
      {MODES.map((mode) => (
        <label key={mode}>
          <input
            type="radio"
            name="mode"
            checked={view.mode === mode}
            onChange={() => show(mode)}
          />
          <span>{NAMES[mode]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Which week or day is shown, the way to the ones beside it, and in which form. */
export function WeekSteps({ view, locale, choose }: Props) {
  const { week, thisWeek, mode, day, today } = view;
  const isDay = mode === "day";
  const unit = isDay ? "day" : "week";
  const go = (steps: number) =>
    choose(
      isDay
        ? { day: addDays(day, steps), week: null }
        : { week: addDays(week, 7 * steps), day: null },
    );
  const isFirst = isDay ? day <= today : week <= thisWeek;
  const text = isDay
    ? dayText(startOfDay(day), locale)
    : weekText(startOfDay(week), startOfDay(addDays(week, 6)), locale);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        className="step"
        aria-label={`Previous ${unit}`}
        disabled={isFirst}
        onClick={() => go(-1)}
      >
        <Chevron path="m14.5 6-6 6 6 6" />
      </button>
      <button type="button" className="step" aria-label={`Next ${unit}`} onClick={() => go(1)}>
        <Chevron path="m9.5 6 6 6-6 6" />
      </button>
      <button
        type="button"
        className="step"
        disabled={isDay ? day === today : week === thisWeek}
        onClick={() => choose({ week: null, day: null })}
      >
        {isDay ? "Today" : "This week"}
      </button>
      <h2
        className="order-first mb-1 w-full text-lg font-semibold tracking-tight sm:order-none sm:mb-0 sm:ms-2 sm:w-auto"
        aria-live="polite"
      >
        {text}
      </h2>
      <Modes view={view} choose={choose} />
    </div>
  );
}
