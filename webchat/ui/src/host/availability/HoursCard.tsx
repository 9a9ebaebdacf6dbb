import { useQuery, useQueryClient } from "@tanstack/react-query";
import { SelectField } from "../../forms/Fields.tsx";
import { type FormState, ServerForm } from "../../forms/ServerForm.tsx";
import { Problem } from "../../shared/problem.ts";
import { zoneChoices } from "../../shared/zones.ts";
import { fetchHours, saveHours, type Versioned } from "../api.ts";
import { useDesk } from "../desk.ts";
import {
  copiedToWorkdays,
  faultsOf,
  inOrder,
  nextInterval,
  weeklyMinutes,
  wholeWeek,
} from "../hours.ts";
import { Icon } from "../parts/Icons.tsx";
import { Card, Note } from "../parts/Page.tsx";
import { type Hours, type Interval, WEEKDAYS, type Weekday, type WeekHours } from "../values.ts";
import { lengthText } from "../words.ts";

const NAMES: Readonly<Record<Weekday, string>> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};

interface Values {
  zone: string;
  days: WeekHours;
}

interface DayProps {
  readonly day: Weekday;
  readonly intervals: readonly Interval[];
  readonly fault: string | undefined;
  readonly onChange: (intervals: readonly Interval[]) => void;
  readonly onCopy: () => void;
}

interface IntervalProps {
  readonly day: string;
  readonly place: number;
  readonly interval: Interval;
  readonly fault: string | undefined;
  readonly onChange: (interval: Interval) => void;
  readonly onRemove: () => void;
}

function IntervalRow({ day, place, interval, fault, onChange, onRemove }: IntervalProps) {
  const [start, end] = interval;
  const which = place === 0 ? day : `${day}, part ${place + 1}`;
  return (
    <div className="hours-interval">
      <input
        type="time"
        className="hours-time"
        aria-label={`${which}, from`}
        aria-invalid={Boolean(fault)}
        aria-describedby={fault ? `fault-${day}` : undefined}
        value={start}
        onChange={(event) => onChange([event.target.value, end])}
      />
      <span aria-hidden="true" className="text-muted">
        –
      </span>
      <input
        type="time"
        className="hours-time"
        aria-label={`${which}, until`}
        aria-invalid={Boolean(fault)}
        aria-describedby={fault ? `fault-${day}` : undefined}
        value={end}
        onChange={(event) => onChange([start, event.target.value])}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={`Remove ${which}`}
        onClick={onRemove}
      >
        <Icon name="bin" />
      </button>
    </div>
  );
}

function DayRow({ day, intervals, fault, onChange, onCopy }: DayProps) {
  const name = NAMES[day];
  const replaced = (place: number, interval: Interval) =>
    intervals.map((each, index) => (index === place ? interval : each));
  return (
    <fieldset className="hours-day">
      <legend className="sr-only">{name}</legend>
      <div className="hours-name" aria-hidden="true">
        {name}
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        {intervals.length === 0 ? <p className="hours-none">Not working</p> : null}
        {intervals.map((interval, place) => (
          <IntervalRow
            // biome-ignore lint/suspicious/noArrayIndexKey: an interval is its place; its times change while typed
            key={place}
            day={name}
            place={place}
            interval={interval}
            fault={fault}
            onChange={(next) => onChange(replaced(place, next))}
            onRemove={() => onChange(intervals.filter((_, index) => index !== place))}
          />
        ))}
        {fault ? (
          <p id={`fault-${name}`} className="field-error">
            {fault}
          </p>
        ) : null}
      </div>
      <div className="hours-tools">
        <button
          type="button"
          className="icon-button"
          aria-label={`Add hours on ${name}`}
          onClick={() => onChange([...intervals, nextInterval(intervals)])}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={`Copy the hours of ${name} to Monday until Friday`}
          title="Copy to Monday–Friday"
          disabled={intervals.length === 0}
          onClick={onCopy}
        >
          <Icon name="copy" />
        </button>
      </div>
    </fieldset>
  );
}

function Days({ values, setValue, faultOf }: FormState<Values>) {
  const change = (days: WeekHours) => setValue("days", days);
  return (
    <div className="hours">
      {WEEKDAYS.map((day) => (
        <DayRow
          key={day}
          day={day}
          intervals={values.days[day]}
          fault={faultOf(`days.${day}`)}
          onChange={(intervals) => change({ ...values.days, [day]: intervals })}
          onCopy={() => change(copiedToWorkdays(values.days, day))}
        />
      ))}
    </div>
  );
}

/** Refuses hours that cannot be, at the days in question, before the server has to. */
function checked(days: WeekHours): WeekHours {
  const faults = Object.entries(faultsOf(days)).map(([day, fault]) => [`days.${day}`, fault]);
  if (faults.length > 0) throw new Problem(422, { fields: Object.fromEntries(faults) });
  return inOrder(days);
}

function Editor({ value, version }: Versioned<Hours>) {
  const client = useQueryClient();
  const { person, say } = useDesk();
  const key = ["forms", "hours", person.handle];
  const save = async ({ zone, days }: Values) => {
    const saved = await saveHours(person.handle, { zone, days: checked(days) }, version);
    client.setQueryData(key, saved);
    say({ text: "Working hours saved." });
    await client.invalidateQueries({ queryKey: ["me"] });
    await client.invalidateQueries({ queryKey: ["desk"] });
  };
  return (
    <ServerForm
      label="Working hours"
      className="flex flex-col gap-5"
      initial={{ zone: value.zone, days: wholeWeek(value) }}
      send={save}
    >
      {(state) => (
        <>
          <Days {...state} />
          <SelectField name="zone" label="Time zone of these hours">
            {zoneChoices(value.zone).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </SelectField>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-muted">
              {lengthText(weeklyMinutes(state.values.days))} a week
            </p>
            <button type="submit" className="button" disabled={!state.isChanged || state.isSending}>
              {state.isSending ? "Saving…" : "Save hours"}
            </button>
          </div>
        </>
      )}
    </ServerForm>
  );
}

/** The weekly hours, with several intervals a day. */
export function HoursCard() {
  const { person } = useDesk();
  const { data, isError } = useQuery({
    queryKey: ["forms", "hours", person.handle],
    queryFn: () => fetchHours(person.handle),
  });
  return (
    <Card
      title="Working hours"
      note="Every week, except where something on this page says otherwise."
    >
      {isError ? <Note>Hours cannot be reached at the moment.</Note> : null}
      {data ? <Editor {...data} /> : null}
    </Card>
  );
}
