import { useState } from "react";
import type { Choice } from "./choice.ts";
import { useNextWeek, useStarts, type View } from "./data.ts";
import { dayText, requestSentence, timeText } from "./format.ts";
import type { DayOfStarts, Start } from "./starts.ts";
import { mondayOf, type Offsets, offsetLabel, startOfDay } from "./wall.ts";

interface Props {
  readonly view: View;
  readonly offsets: Offsets | undefined;
  readonly locale: string;
  readonly choose: (part: Partial<Choice>) => void;
}

interface DayProps {
  readonly day: DayOfStarts;
  readonly zone: string;
  readonly locale: string;
  readonly chosen: string | null;
  readonly request: (start: Start) => void;
}

function Day({ day: { day, starts }, zone, locale, chosen, request }: DayProps) {
  const heading = dayText(startOfDay(day), locale);
  return (
    <section aria-label={heading}>
      <h3 className="mb-2.5 text-[15px] font-semibold">{heading}</h3>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(124px,1fr))] gap-2">
        {starts.map((start) => {
          const time = timeText(start.wall, locale);
          return (
            <li key={start.instant}>
              <button
                type="button"
                className="start w-full"
                aria-label={`${time}, ${heading}, ${zone} time, ${offsetLabel(start.offset)}`}
                aria-pressed={chosen === start.instant}
                onClick={() => request(start)}
              >
                {time} <small>{offsetLabel(start.offset)}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function NothingFree({ view, locale, choose }: Omit<Props, "offsets">) {
  const next = useNextWeek(view, true);
  if (next.isPending) return <p className="text-muted">Looking for the next free time…</p>;
  const day = next.data;
  if (!day) return <p className="text-muted">No free start in the next two months.</p>;
  return (
    <button type="button" className="step w-full" onClick={() => choose({ week: mondayOf(day) })}>
      Next free day: {dayText(startOfDay(day), locale)}
    </button>
  );
}

function countText(days: readonly DayOfStarts[] | undefined, isError: boolean): string {
  if (isError) return "Free times cannot be reached at the moment.";
  if (!days) return "Loading free times…";
  const count = days.reduce((sum, { starts }) => sum + starts.length, 0);
  if (count === 0) return "No free start this week.";
  return count === 1 ? "1 free start this week" : `${count} free starts this week`;
}

/** The week's free starts as buttons; a tap opens the chat with the request already written. */
export function StartList({ view, offsets, locale, choose }: Props) {
  const { days, isError } = useStarts(view, offsets);
  const [chosen, setChosen] = useState<string | null>(null);
  const { person, type, minutes, zone } = view;
  const request = ({ instant, wall }: Start) => {
    const length = minutes === type.minutes ? null : minutes;
    const wanted = { type: type.name, length, person: person.name, wall, zone };
    setChosen(instant);
    window.AppointmentChat?.open(requestSentence(wanted));
  };
  return (
    <section aria-labelledby="starts" className="flex flex-col gap-6">
      <header>
        <h2 id="starts" className="text-lg font-semibold tracking-tight">
          Free starts
        </h2>
        <p role="status" className="mt-0.5 text-sm text-muted">
          {countText(days, isError)}
        </p>
      </header>
      {days?.map((day) => (
        <Day
          key={day.day}
          day={day}
          zone={zone}
          locale={locale}
          chosen={chosen}
          request={request}
        />
      ))}
      {days?.length === 0 ? <NothingFree view={view} locale={locale} choose={choose} /> : null}
    </section>
  );
}
