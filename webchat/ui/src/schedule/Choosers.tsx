import type { ReactNode } from "react";
import { useMemo } from "react";
import { zoneChoices } from "../shared/zones.ts";
import type { Choice } from "./choice.ts";
import type { Basis, View } from "./data.ts";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function SelectField({ label, value, onChange, children }: FieldProps) {
  return (
    <label className="field">
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </label>
  );
}

interface Props {
  readonly basis: Basis;
  readonly view: View;
  readonly choose: (part: Partial<Choice>) => void;
}

/** With whom, what, how long, and by whose clocks. */
export function Choosers({ basis, view, choose }: Props) {
  const { person, type, minutes, zone } = view;
  const zones = useMemo(
    () => zoneChoices(zone, ...basis.people.map((each) => each.zone)),
    [basis, zone],
  );
  const offered = basis.types.filter(({ handle }) => person.types.includes(handle));
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4 sm:gap-4 lg:grid-cols-4">
      <SelectField
        label="With"
        value={person.handle}
        onChange={(value) => choose({ person: value })}
      >
        {basis.people.map(({ handle, name }) => (
          <option key={handle} value={handle}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Appointment"
        value={type.handle}
        onChange={(value) => choose({ type: value, minutes: null })}
      >
        {offered.map(({ handle, name }) => (
          <option key={handle} value={handle}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Length"
        value={String(minutes)}
        onChange={(value) => choose({ minutes: Number(value) })}
      >
        {type.durations.map((length) => (
          <option key={length} value={length}>
            {length} minutes
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Times shown in"
        value={zone}
        onChange={(value) => choose({ zone: value, week: view.week })}
      >
        {zones.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
