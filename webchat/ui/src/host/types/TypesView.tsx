import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../shared/problem.ts";
import { fetchType } from "../api.ts";
import { useTypes } from "../data.ts";
import { useDesk } from "../desk.ts";
import { Icon } from "../parts/Icons.tsx";
import { Note, Page } from "../parts/Page.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import type { AppointmentType } from "../values.ts";
import { channelText, lengthText } from "../words.ts";
import { TypeForm } from "./TypeForm.tsx";

const HOUR = 60;

function span(minutes: number): string {
  if (minutes >= 48 * HOUR && minutes % (24 * HOUR) === 0) return `${minutes / (24 * HOUR)} days`;
  return lengthText(minutes);
}

function rules(type: AppointmentType): [string, string][] {
  const { buffer_before, buffer_after, daily_limit, location } = type;
  const quiet = [
    ...(buffer_before > 0 ? [`${buffer_before} min before`] : []),
    ...(buffer_after > 0 ? [`${buffer_after} min after`] : []),
  ];
  return [
    ["Lengths", type.durations.map(lengthText).join(", ")],
    ["Starts every", lengthText(type.interval)],
    ["Quiet time", quiet.join(", ") || "None"],
    ["Notice", type.minimum_notice > 0 ? `At least ${span(type.minimum_notice)}` : "None"],
    ["Ahead", `Up to ${type.horizon_days} days`],
    ["At most", daily_limit ? `${daily_limit} a day` : "As many as fit"],
    ["Ways", type.channels.map(channelText).join(", ") + (location ? ` (${location})` : "")],
    ["Reminders", type.reminders.map((each) => `${span(each)} before`).join(", ") || "None"],
  ];
}

function TypeCard({ type, onEdit }: { type: AppointmentType; onEdit: (() => void) | null }) {
  const { me } = useDesk();
  const names = me.people.filter(({ handle }) => type.people.includes(handle));
  return (
    <li className="card">
      <header className="flex items-start justify-between gap-3">
        <div>
          <h2 className="text-[17px] font-semibold tracking-[-0.01em]">{type.name}</h2>
          <p className="mt-0.5 text-sm text-muted">
            {names.map(({ name }) => name).join(", ") || "Offered by nobody"}
          </p>
        </div>
        {onEdit ? (
          <button
            type="button"
            className="button button-quiet"
            aria-label={`Edit ${type.name}`}
            onClick={onEdit}
          >
            Edit
          </button>
        ) : null}
      </header>
      <dl className="facts">
        {rules(type).map(([name, text]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Editing({ handle, onClose }: { handle: string; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ["forms", "type", handle],
    queryFn: () => fetchType(handle),
    staleTime: 0,
  });
  return (
    <Sheet title={data?.value.name ?? "Appointment type"} shape="side" onClose={onClose}>
      {data ? <TypeForm type={data.value} version={data.version} onSaved={onClose} /> : null}
      {error ? <Note>{problemOf(error).message}</Note> : null}
    </Sheet>
  );
}

/** What can be booked, and by which rules; administrators change them. */
export default function TypesView() {
  const { me } = useDesk();
  const { data, isError } = useTypes();
  const [edited, setEdited] = useState<string | null>(null);
  const isAdmin = me.role === "admin";
  const close = () => setEdited(null);
  const add = (
    <button type="button" className="button" onClick={() => setEdited("")}>
      <Icon name="plus" /> New type
    </button>
  );
  return (
    <Page title="Appointment types" aside={isAdmin ? add : null}>
      {isAdmin ? null : (
        <p className="text-[15px] text-muted">Administrators can change these rules.</p>
      )}
      {isError ? <Note>Appointment types cannot be reached at the moment.</Note> : null}
      <ul className="grid items-start gap-6 lg:grid-cols-2">
        {data?.map((type) => (
          <TypeCard
            key={type.handle}
            type={type}
            onEdit={isAdmin ? () => setEdited(type.handle) : null}
          />
        ))}
      </ul>
      {edited === "" ? (
        <Sheet title="New appointment type" shape="side" onClose={close}>
          <TypeForm type={null} version="" onSaved={close} />
        </Sheet>
      ) : null}
      {edited ? <Editing handle={edited} onClose={close} /> : null}
    </Page>
  );
}
