import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { dayText } from "../../shared/format.ts";
import { problemOf } from "../../shared/problem.ts";
import { startOfDay } from "../../shared/wall.ts";
import { fetchHolidays, saveHolidays, type Versioned } from "../api.ts";
import { useDesk } from "../desk.ts";
import { Card, Note } from "../parts/Page.tsx";
import type { Holidays } from "../values.ts";

type Choice = Pick<Holidays, "country" | "region" | "except">;

function useSave({ version }: Versioned<Holidays>) {
  const client = useQueryClient();
  const { person, say } = useDesk();
  const key = ["forms", "holidays", person.handle];
  return useMutation({
    mutationFn: (choice: Choice) => saveHolidays(person.handle, choice, version),
    onSuccess: (saved) => {
      client.setQueryData(key, saved);
      say({ text: "Holidays saved." });
    },
    onError: async (error) => {
      say({ text: problemOf(error).message, isTrouble: true });
      await client.invalidateQueries({ queryKey: key });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly none: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string | null) => void;
}

function Select({ label, value, none, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value || null)}>
        <option value="">{none}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Days({ held, save }: { held: Holidays; save: (choice: Choice) => void }) {
  const { locale } = useDesk();
  const { country, region, except, days } = held;
  if (days.length === 0) return null;
  const toggled = (date: string) =>
    except.includes(date) ? except.filter((each) => each !== date) : [...except, date].sort();
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] text-muted">Off in the next thirteen months</legend>
      <div className="holidays">
        {days.map(({ date, name }) => (
          <label key={date} className="check">
            <input
              type="checkbox"
              checked={!except.includes(date)}
              onChange={() => save({ country, region, except: toggled(date) })}
            />
            <span>
              {name}
              <span className="block text-sm text-muted">{dayText(startOfDay(date), locale)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Editor(held: Versioned<Holidays>) {
  const { value } = held;
  const { mutate } = useSave(held);
  const { country, region, except, available } = value;
  const regions = available.find((each) => each.country === country)?.regions ?? [];
  return (
    <div className="flex flex-col gap-4">
      <Select
        label="Country"
        none="None: open on holidays"
        value={country ?? ""}
        options={available.map((each) => [each.country, each.name] as const)}
        onChange={(next) => mutate({ country: next, region: null, except: [] })}
      />
      {regions.length > 0 ? (
        <Select
          label="Region"
          none="Holidays of the whole country"
          value={region ?? ""}
          options={regions.map((each) => [each, each] as const)}
          onChange={(next) => mutate({ country, region: next, except })}
        />
      ) : null}
      <Days held={value} save={mutate} />
    </div>
  );
}

/** Public holidays as days off, by country and region, each of which may be worked all the same. */
export function HolidaysCard() {
  const { person } = useDesk();
  const { data, isError } = useQuery({
    queryKey: ["forms", "holidays", person.handle],
    queryFn: () => fetchHolidays(person.handle),
  });
  return (
    <Card title="Holidays" note="On these days nobody can book, unless you take out the tick.">
      {isError ? <Note>Holidays cannot be reached at the moment.</Note> : null}
      {data ? <Editor {...data} /> : null}
    </Card>
  );
}
