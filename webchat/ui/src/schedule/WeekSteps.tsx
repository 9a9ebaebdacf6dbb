import type { Choice } from "./choice.ts";
import type { View } from "./data.ts";
import { weekText } from "./format.ts";
import { addDays, startOfDay } from "./wall.ts";

interface Props {
  readonly view: View;
  readonly locale: string;
  readonly choose: (part: Partial<Choice>) => void;
}

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

/** Which week is shown, and the way to the ones beside it. */
export function WeekSteps({ view, locale, choose }: Props) {
  const { week, thisWeek } = view;
  const go = (days: number) => choose({ week: addDays(week, days) });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        className="step"
        aria-label="Previous week"
        disabled={week <= thisWeek}
        onClick={() => go(-7)}
      >
        <Chevron path="m14.5 6-6 6 6 6" />
      </button>
      <button type="button" className="step" aria-label="Next week" onClick={() => go(7)}>
        <Chevron path="m9.5 6 6 6-6 6" />
      </button>
      <button
        type="button"
        className="step"
        disabled={week === thisWeek}
        onClick={() => choose({ week: null })}
      >
        This week
      </button>
      <h2
        className="order-first mb-1 w-full text-lg font-semibold tracking-tight sm:order-none sm:mb-0 sm:ms-2 sm:w-auto"
        aria-live="polite"
      >
        {weekText(startOfDay(week), startOfDay(addDays(week, 6)), locale)}
      </h2>
    </div>
  );
}
