import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { CheckField, SelectField, TextField } from "../../forms/Fields.tsx";
import { FieldFault, ServerForm } from "../../forms/ServerForm.tsx";
import { addType, saveType } from "../api.ts";
import { useDesk } from "../desk.ts";
import type { AppointmentType } from "../values.ts";
import { CHANNEL_NAMES, channelText } from "../words.ts";
import { draftOf, TYPE_SCHEMA, type TypeDraft, typeOf } from "./draft.ts";

const GRIDS = [5, 10, 15, 20, 30, 60];

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 border-t border-line pt-5">
      <legend className="float-left mb-3 w-full text-[15px] font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

function Length() {
  return (
    <Group title="Length and grid">
      <TextField name="durations" label="Lengths in minutes" hint="The first is the usual one" />
      <SelectField name="interval" label="Starts every">
        {GRIDS.map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutes} minutes
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-2 gap-3">
        <TextField name="buffer_before" label="Quiet minutes before" inputMode="numeric" />
        <TextField name="buffer_after" label="Quiet minutes after" inputMode="numeric" />
      </div>
    </Group>
  );
}

function Limits() {
  return (
    <Group title="When it can be booked">
      <div className="grid grid-cols-2 gap-3">
        <TextField name="minimum_notice" label="Notice, hours" />
        <TextField name="horizon_days" label="Days ahead" inputMode="numeric" />
      </div>
      <TextField
        name="daily_limit"
        label="At most a day"
        inputMode="numeric"
        hint="Empty: as many as fit"
      />
    </Group>
  );
}

function Ways({ draft }: { draft: TypeDraft }) {
  return (
    <Group title="How people meet">
      <div>
        {CHANNEL_NAMES.map((channel) => (
          <CheckField key={channel} name="channels" value={channel} label={channelText(channel)} />
        ))}
        <FieldFault name="channels" />
      </div>
      {draft.channels.includes("in_person") ? (
        <TextField name="location" label="Where, in person" />
      ) : null}
      <TextField
        name="reminders"
        label="Reminders, hours before"
        hint="Such as 24, 2. Empty: none"
      />
    </Group>
  );
}

function Offered() {
  const { me } = useDesk();
  return (
    <Group title="Who offers it">
      <div>
        {me.people.map(({ handle, name }) => (
          <CheckField key={handle} name="people" value={handle} label={name} />
        ))}
        <FieldFault name="people" />
      </div>
    </Group>
  );
}

interface Props {
  /** Null for a new one. */
  readonly type: AppointmentType | null;
  readonly version: string;
  readonly onSaved: () => void;
}

/** All the rules of an appointment type. */
export function TypeForm({ type, version, onSaved }: Props) {
  const client = useQueryClient();
  const { say } = useDesk();
  const [initial] = useState(() => draftOf(type));
  const send = async (draft: TypeDraft) => {
    const next = typeOf(draft);
    await (type ? saveType(next, version) : addType(next));
    say({ text: type ? `${next.name} saved.` : `${next.name} can be booked now.` });
    onSaved();
    await client.invalidateQueries({ queryKey: ["desk"] });
  };
  return (
    <ServerForm
      label="Appointment type"
      className="flex flex-col gap-6"
      initial={initial}
      schema={TYPE_SCHEMA}
      send={send}
    >
      {({ values, isSending }) => (
        <>
          <TextField name="name" label="Name" />
          <Length />
          <Limits />
          <Ways draft={values} />
          <Offered />
          <footer className="sheet-foot">
            <button type="submit" className="button w-full" disabled={isSending}>
              {isSending ? "Saving…" : "Save"}
            </button>
          </footer>
        </>
      )}
    </ServerForm>
  );
}
