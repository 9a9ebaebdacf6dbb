import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Times } from "../contract.ts";
import { monthWords } from "../i18n/en.month.ts";
import css from "../month.css?inline";
import { dayAfter, dayByKey, firstDayOf, monthAfter, weeksOf } from "../month.ts";
import { filled, WORDS, worded } from "../words.ts";
import { sheetOf, useStyles } from "./later.ts";

const SAYS = worded(monthWords);
const sheet = sheetOf(css);

export interface MonthGridProps {
  readonly times: Times;
  readonly server: string;
  readonly write: (text: string) => void;
}

/** What the server says of a month: its free days, and the first and last that can be booked at all. */
interface Month {
  readonly days: readonly string[];
  readonly first: string;
  readonly last: string;
}

const A_DAY = /^\d{4}-\d\d-\d\d$/;

function readMonth(value: unknown): Month {
  const { days, first, last } = value as Month;
  if (![...days, first, last].every((day) => A_DAY.test(day))) throw new Error("no month");
  return { days, first, last };
}

async function fetchMonth(server: string, times: Times, month: string | null): Promise<Month> {
  const address = new URL(`${server}/api/chat/days`);
  const { kind, people, minutes, zone } = times;
  address.search = new URLSearchParams([
    ["type", kind],
    ["minutes", String(minutes)],
    ["zone", zone],
    ...(month ? [["month", month]] : []),
    ...people.map((person) => ["person", person]),
  ]).toString();
  const response = await fetch(address, {
    credentials: "omit",
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new Error(`no month: ${response.status}`);
  return readMonth(await response.json());
}

/** The words of a day, in the language of the chat; noon in UTC is that day everywhere it is formatted. */
function dayName(day: string, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat(WORDS.language, { ...options, timeZone: "UTC" });
  return format.format(new Date(`${day}T12:00:00Z`));
}

const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;

function useMonth(server: string, times: Times) {
  const [month, setMonth] = useState<string | null>(null);
  const [found, setFound] = useState<Month | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let isWanted = true;
    fetchMonth(server, times, month).then(
      (answer) => {
        if (!isWanted) return;
        setFound(answer);
        setMonth((before) => before ?? (answer.days[0] ?? answer.first).slice(0, 7));
        setFailed(false);
      },
      () => isWanted && setFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [server, times, month]);
  return { month, found, failed, setMonth };
}

interface DayProps {
  readonly day: string;
  readonly isFree: boolean;
  readonly isStop: boolean;
  readonly choose: () => void;
}

/** Days without free times can be reached, so that nobody is lost between them, but not chosen. */
function Day({ day, isFree, isStop, choose }: DayProps) {
  const name = dayName(day, LONG);
  return (
    <button
      type="button"
      data-day={day}
      tabIndex={isStop ? 0 : -1}
      aria-disabled={!isFree || undefined}
      aria-label={filled(isFree ? SAYS.dayFree : SAYS.dayTaken, { day: name })}
      onClick={() => isFree && choose()}
    >
      {Number(day.slice(8))}
    </button>
  );
}

interface StepProps {
  readonly month: string;
  readonly found: Month;
  readonly go: (month: string) => void;
}

function MonthSteps({ month, found, go }: StepProps) {
  const step = (months: number, words: string, sign: string) => {
    const other = monthAfter(month, months);
    const isOut = other < found.first.slice(0, 7) || other > found.last.slice(0, 7);
    return (
      <button type="button" aria-label={words} disabled={isOut} onClick={() => go(other)}>
        {sign}
      </button>
    );
  };
  return (
    <div className="month-head">
      {step(-1, SAYS.earlier, "‹")}
      <p aria-live="polite">{dayName(`${month}-01`, { month: "long", year: "numeric" })}</p>
      {step(1, SAYS.later, "›")}
    </div>
  );
}

function WeekdayNames({ monday, firstDay }: { monday: string; firstDay: number }) {
  const days = Array.from({ length: 7 }, (_, place) => dayAfter(monday, firstDay - 1 + place));
  return (
    <tr>
      {days.map((day) => (
        <th key={day} scope="col" abbr={dayName(day, { weekday: "long" })}>
          {dayName(day, { weekday: "short" })}
        </th>
      ))}
    </tr>
  );
}

/** A month in which a day is picked, by thumb or by keys; picking one asks for its times in words. */
export function MonthGrid({ times, server, write }: MonthGridProps) {
  const { month, found, failed, setMonth } = useMonth(server, times);
  const frame = useRef<HTMLParagraphElement>(null);
  const table = useRef<HTMLTableElement>(null);
  useStyles(() => frame.current, sheet);
  const [stop, setStop] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  useLayoutEffect(() => {
    const day = table.current?.querySelector<HTMLElement>(`[data-day="${stop}"]`);
    if (!wantsFocus.current || !day) return;
    wantsFocus.current = false;
    day.focus();
  });
  if (failed || !month || !found)
    return (
      <p className="month-note" ref={frame}>
        {failed ? SAYS.daysFailed : SAYS.looking}
      </p>
    );
  const firstDay = firstDayOf(navigator.language);
  const free = new Set(found.days.filter((day) => day.startsWith(month)));
  const current = stop?.startsWith(month) ? stop : ([...free][0] ?? `${month}-01`);
  const onKeyDown = (event: KeyboardEvent) => {
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const next = dayByKey(current, event.key, firstDay, isRtl);
    if (next === null) return;
    event.preventDefault();
    if (next < found.first || next > found.last) return;
    setStop(next);
    setMonth(next.slice(0, 7));
    wantsFocus.current = true;
  };
  return (
    <div className="month">
      <MonthSteps month={month} found={found} go={setMonth} />
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrows move in it, as in a date grid */}
      <table ref={table} role="grid" aria-label={SAYS.days} onKeyDown={onKeyDown}>
        <thead>
          <WeekdayNames monday="2024-01-01" firstDay={firstDay} />
        </thead>
        <tbody>
          {weeksOf(month, firstDay).map((week) => (
            <tr key={week.join()}>
              {week.map((day, place) => (
                <td key={day ?? `gap-${place}`}>
                  {day ? (
                    <Day
                      day={day}
                      isFree={free.has(day)}
                      isStop={day === current}
                      choose={() => write(filled(SAYS.askDay, { day: dayName(day, LONG) }))}
                    />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {free.size === 0 ? <p className="month-note">{SAYS.noDays}</p> : null}
    </div>
  );
}
