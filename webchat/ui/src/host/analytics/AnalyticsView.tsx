import { lazy, type ReactNode, Suspense, useState } from "react";
import { hourText, weekText } from "../../shared/format.ts";
import { startOfDay } from "../../shared/wall.ts";
import { useAnalytics } from "../data.ts";
import { useDesk } from "../desk.ts";
import { Card, Note, Page } from "../parts/Page.tsx";
import type { Analytics } from "../values.ts";
import type { Series } from "./Chart.tsx";
import {
  busynessOf,
  givenUp,
  type Step,
  shareText,
  stepsOf,
  totalsOf,
  weekDays,
} from "./figures.ts";

const Chart = lazy(() => import("./Chart.tsx"));
const WEEKS = [4, 12, 26, 52];
const HOUR = 3600_000;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

interface Row {
  readonly name: string;
  readonly cells: readonly (number | string)[];
}

/** The same figures for those who want or need them as text. */
function Figures({
  title,
  head,
  rows,
}: {
  title: string;
  head: readonly string[];
  rows: readonly Row[];
}) {
  return (
    <details className="figures">
      <summary>As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard */}
      <section className="overflow-x-auto" aria-label={`${title}, table`} tabIndex={0}>
        <table>
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={head[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-[13px] text-muted">
      {series.map(({ name, colour }) => (
        <li key={name} className="flex items-center gap-2">
          <span aria-hidden="true" className={`legend legend-${colour}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}

function Picture({ children }: { children: ReactNode }) {
  return <Suspense fallback={<div className="h-60" />}>{children}</Suspense>;
}

function useWeekName() {
  const { locale } = useDesk();
  return (monday: string) => {
    const format = new Intl.DateTimeFormat(locale, {
      timeZone: "UTC",
      day: "numeric",
      month: "short",
    });
    return format.format(startOfDay(monday));
  };
}

function Weeks({ weeks }: Pick<Analytics, "weeks">) {
  const { locale } = useDesk();
  const name = useWeekName();
  const series: Series[] = [
    {
      name: "Kept",
      colour: "accent",
      values: weeks.map((week) => Math.max(week.booked - week.cancelled - week.no_show, 0)),
    },
    { name: "No-shows", colour: "warning", values: weeks.map((week) => week.no_show) },
    { name: "Cancelled", colour: "danger", values: weeks.map((week) => week.cancelled) },
  ];
  const rows = weeks.map((week) => {
    const { first, last } = weekDays(week.monday);
    const days = weekText(startOfDay(first), startOfDay(last), locale);
    return { name: days, cells: [week.booked, week.cancelled, week.no_show] };
  });
  return (
    <Card title="Bookings by week" aside={<Legend series={series} />}>
      <Picture>
        <Chart
          shape="bar"
          label="Bookings, no-shows and cancellations of each week"
          labels={weeks.map(({ monday }) => name(monday))}
          series={series}
        />
      </Picture>
      <Figures
        title="Bookings by week"
        head={["Week", "Booked", "Cancelled", "No-shows"]}
        rows={rows}
      />
    </Card>
  );
}

function Lead({ weeks }: Pick<Analytics, "weeks">) {
  const name = useWeekName();
  const leads = weeks.map(({ lead_days_median: lead }) => lead);
  const rows = weeks.map((week) => ({
    name: name(week.monday),
    cells: [week.lead_days_median ?? "–"],
  }));
  return (
    <Card
      title="How far ahead people book"
      note="Days between booking and appointment, the median of each week."
    >
      <Picture>
        <Chart
          shape="line"
          label="Median lead time of each week in days"
          labels={weeks.map(({ monday }) => name(monday))}
          series={[{ name: "Days", colour: "accent", values: leads }]}
        />
      </Picture>
      <Figures title="Lead time by week" head={["Week of", "Days"]} rows={rows} />
    </Card>
  );
}

function Busiest({ figures }: { figures: Analytics }) {
  const { locale } = useDesk();
  const { hours, counts, most } = busynessOf(figures);
  const sums = hours.map((_, place) => counts.reduce((sum, row) => sum + (row[place] ?? 0), 0));
  const names = hours.map((hour) => hourText(hour * HOUR, locale));
  if (most === 0) return null;
  return (
    <Card title="Busiest hours" note="By the hour at which appointments begin.">
      <Picture>
        <Chart
          shape="bar"
          label="Appointments by hour of the day"
          labels={names}
          series={[{ name: "Appointments", colour: "accent", values: sums }]}
        />
      </Picture>
      <Figures
        title="Busiest hours"
        head={["Day", ...names]}
        rows={counts.map((cells, day) => ({ name: DAYS[day] ?? "", cells }))}
      />
    </Card>
  );
}

function Funnel({ figures }: { figures: Analytics }) {
  const steps = stepsOf(figures);
  const lost = givenUp(figures);
  const row = ({ name, count }: Step) => ({ name, cells: [count] });
  return (
    <Card title="Conversations" note="From the first message to a booking.">
      <Picture>
        <Chart
          shape="steps"
          label="Conversations that were started, saw free times, and were booked"
          labels={steps.map(({ name }) => name)}
          series={[
            { name: "Conversations", colour: "accent", values: steps.map(({ count }) => count) },
          ]}
        />
      </Picture>
      {lost.length > 0 ? (
        <div>
          <h3 className="text-sm font-semibold">Given up at</h3>
          <ol className="lost">
            {lost.map(({ name, count }) => (
              <li key={name} className="lost-step">
                <span>{name}</span>
                <meter min={0} max={lost[0]?.count} value={count} aria-hidden="true" />
                <span className="tabular-nums">{count}</span>
              </li>
            ))}
          </ol>
        </div>
      ) : null}
      <Figures
        title="Conversations"
        head={["Step", "Conversations"]}
        rows={[
          ...steps.map(row),
          ...lost.map(({ name, count }) => ({ name: `Given up: ${name}`, cells: [count] })),
        ]}
      />
    </Card>
  );
}

function Headlines({ figures }: { figures: Analytics }) {
  const { locale } = useDesk();
  const totals = totalsOf(figures);
  const days =
    totals.lead === null
      ? "–"
      : new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(totals.lead);
  const headlines = [
    ["Booked", String(totals.booked), ""],
    [
      "Cancelled",
      shareText(totals.cancelledShare, locale),
      `${totals.cancelled} of ${totals.booked}`,
    ],
    ["No-shows", shareText(totals.noShowShare, locale), `${totals.noShow} of ${totals.booked}`],
    ["Booked ahead", days, "days, median"],
  ];
  return (
    <dl className="headlines">
      {headlines.map(([name, figure, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {figure} {note ? <small>{note}</small> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Stretch({ weeks, onChange }: { weeks: number; onChange: (weeks: number) => void }) {
  return (
    <fieldset className="segments">
      <legend className="sr-only">Weeks shown</legend>
      {WEEKS.map((each) => (
        <label key={each} className="segment">
          <input
            type="radio"
            name="weeks"
            checked={each === weeks}
            onChange={() => onChange(each)}
          />
          <span>{each === 52 ? "Year" : `${each} weeks`}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** How it goes: by week, by hour, and what becomes of conversations. */
export default function AnalyticsView() {
  const { person, me } = useDesk();
  const [weeks, setWeeks] = useState(12);
  const [isEverybody, setEverybody] = useState(false);
  const { data, isError } = useAnalytics(isEverybody ? "all" : person.handle, weeks);
  return (
    <Page title="Analytics" aside={<Stretch weeks={weeks} onChange={setWeeks} />}>
      {me.role === "admin" ? (
        <label className="check self-start">
          <input
            type="checkbox"
            checked={isEverybody}
            onChange={(event) => setEverybody(event.target.checked)}
          />
          Everybody together
        </label>
      ) : null}
      {isError ? <Note>Figures cannot be reached at the moment.</Note> : null}
      {data ? (
        <>
          <Headlines figures={data} />
          <div className="grid gap-6 xl:grid-cols-2">
            <Weeks weeks={data.weeks} />
            <Lead weeks={data.weeks} />
            <Busiest figures={data} />
            <Funnel figures={data} />
          </div>
        </>
      ) : null}
    </Page>
  );
}
