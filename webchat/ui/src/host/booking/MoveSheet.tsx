import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { dayText, timeText, weekText } from "../../shared/format.ts";
import type { Problem } from "../../shared/problem.ts";
import { groupByDay } from "../../shared/starts.ts";
import { addDays, mondayOf, startOfDay, toWall } from "../../shared/wall.ts";
import { fetchStarts } from "../api.ts";
import { dayAt, windowOf } from "../clocks.ts";
import { useMove, useTypes } from "../data.ts";
import { todayOf, useDesk } from "../desk.ts";
import { minutesOf, moved } from "../moves.ts";
import { Icon } from "../parts/Icons.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import type { Booking } from "../values.ts";
import { guestName, lengthText, whenText, zoneText } from "../words.ts";

function useFreeStarts(booking: Booking, minutes: number, week: string) {
  const { person, offsets } = useDesk();
  const wanted = moved(booking, { uid: booking.uid, start: booking.start, minutes });
  const handle = booking.people.includes(person.handle) ? person.handle : booking.people[0];
  const days = { first: week, end: addDays(week, 7) };
  const query = useQuery({
    queryKey: ["desk", "starts", handle, booking.type.handle, minutes, week],
    queryFn: () => fetchStarts(wanted, handle ?? person.handle, windowOf(days)),
  });
  return {
    isError: query.isError,
    days: query.data && groupByDay(query.data, offsets, days.first, days.end),
  };
}

interface ChoiceProps {
  readonly instant: string;
  readonly label: string;
  readonly text: string;
  readonly chosen: string | null;
  readonly choose: (instant: string) => void;
}

function Choice({ instant, label, text, chosen, choose }: ChoiceProps) {
  return (
    <button
      type="button"
      className="start w-full"
      aria-label={label}
      aria-pressed={chosen === instant}
      onClick={() => choose(instant)}
    >
      {text}
    </button>
  );
}

type Choosing = Pick<ChoiceProps, "chosen" | "choose">;

function Nearest({ refusal, chosen, choose }: Choosing & { refusal: Problem }) {
  const { offsets, locale } = useDesk();
  const text = (instant: string) => {
    const wall = toWall(Date.parse(instant), offsets);
    return `${dayText(wall, locale)}, ${timeText(wall, locale)}`;
  };
  return (
    <div role="alert" className="flex flex-col gap-3">
      <p className="notice notice-warning">
        That time is not free.{" "}
        {refusal.nearest.length > 0 ? "The nearest that are:" : "Here are others."}
      </p>
      {refusal.nearest.map((instant) => (
        <Choice
          key={instant}
          instant={instant}
          label={text(instant)}
          text={text(instant)}
          chosen={chosen}
          choose={choose}
        />
      ))}
    </div>
  );
}

function Week({
  booking,
  minutes,
  chosen,
  choose,
}: Choosing & { booking: Booking; minutes: number }) {
  const desk = useDesk();
  const { locale, offsets } = desk;
  const [week, setWeek] = useState(() => {
    const start = dayAt(Date.parse(booking.start), offsets);
    return mondayOf(start > todayOf(desk) ? start : todayOf(desk));
  });
  const { days, isError } = useFreeStarts(booking, minutes, week);
  return (
    <section aria-label="Free times" className="flex flex-col gap-5">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 text-[15px] font-semibold" aria-live="polite">
          {weekText(startOfDay(week), startOfDay(addDays(week, 6)), locale)}
        </h3>
        <button
          type="button"
          className="step"
          aria-label="Previous week"
          disabled={week <= mondayOf(todayOf(desk))}
          onClick={() => setWeek(addDays(week, -7))}
        >
          <Icon name="left" />
        </button>
        <button
          type="button"
          className="step"
          aria-label="Next week"
          onClick={() => setWeek(addDays(week, 7))}
        >
          <Icon name="right" />
        </button>
      </div>
      {isError ? <p className="text-muted">Free times cannot be reached at the moment.</p> : null}
      {days?.length === 0 ? <p className="text-muted">Nothing is free in this week.</p> : null}
      {days?.map(({ day, starts }) => {
        const heading = dayText(startOfDay(day), locale);
        return (
          <div key={day}>
            <h4 className="mb-2 text-sm font-semibold">{heading}</h4>
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(92px,1fr))] gap-2">
              {starts.map(({ instant, wall }) => (
                <li key={instant}>
                  <Choice
                    instant={instant}
                    label={`${timeText(wall, locale)}, ${heading}`}
                    text={timeText(wall, locale)}
                    chosen={chosen}
                    choose={choose}
                  />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function Length({
  booking,
  minutes,
  onChange,
}: {
  booking: Booking;
  minutes: number;
  onChange: (minutes: number) => void;
}) {
  const id = useId();
  const types = useTypes().data ?? [];
  const known = types.find(({ handle }) => handle === booking.type.handle)?.durations ?? [];
  const lengths = [...new Set([...known, minutesOf(booking)])].sort((one, other) => one - other);
  if (lengths.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor={id}>Length</label>
      <select id={id} value={minutes} onChange={(event) => onChange(Number(event.target.value))}>
        {lengths.map((length) => (
          <option key={length} value={length}>
            {lengthText(length)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface Props {
  readonly booking: Booking;
  readonly refusal?: Problem | undefined;
  readonly onClose: () => void;
}

/** Moves a booking by buttons: free times by day, and another length where the type has one. */
export default function MoveSheet({ booking, refusal, onClose }: Props) {
  const { person, offsets, locale, go } = useDesk();
  const { mutate } = useMove();
  const [chosen, choose] = useState<string | null>(null);
  const [minutes, setMinutes] = useState(minutesOf(booking));
  const target = { uid: booking.uid, start: chosen ?? booking.start, minutes };
  const isChanged = chosen !== null || minutes !== minutesOf(booking);
  const move = () => {
    mutate({ booking, move: target });
    onClose();
    go({ booking: null }); // "Undo" stands at the foot of the page, below any sheet
  };
  return (
    <Sheet title={`Move ${guestName(booking)}`} shape="side" onClose={onClose}>
      <p className="text-[15px] text-muted">
        Now {whenText(booking, offsets, locale)}, {zoneText(person.zone)} time.
      </p>
      {refusal ? <Nearest refusal={refusal} chosen={chosen} choose={choose} /> : null}
      <Length booking={booking} minutes={minutes} onChange={setMinutes} />
      <Week booking={booking} minutes={minutes} chosen={chosen} choose={choose} />
      <footer className="sheet-foot">
        <button type="button" className="button w-full" disabled={!isChanged} onClick={move}>
          {isChanged
            ? `Move to ${whenText(moved(booking, target), offsets, locale)}`
            : "Choose a time"}
        </button>
      </footer>
    </Sheet>
  );
}
