import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { boolean, object, string } from "yup";
import { CheckField, TextField } from "../../forms/Fields.tsx";
import { ServerForm } from "../../forms/ServerForm.tsx";
import { dayText, weekText } from "../../shared/format.ts";
import { type Offsets, startOfDay } from "../../shared/wall.ts";
import { addTimeOff, fetchTimeOff, type NewTimeOff, removeTimeOff } from "../api.ts";
import { todayOf, useDesk } from "../desk.ts";
import { Card, Note } from "../parts/Page.tsx";
import type { Booking, TimeOff } from "../values.ts";
import { guestName, momentText, whenText } from "../words.ts";
import { RangeList } from "./RangeList.tsx";
import { stretchOf, wholeDays } from "./stretches.ts";

const TIME = string().when("isAllDay", ([isAllDay], schema) =>
  isAllDay ? schema : schema.required("Please choose a time."),
);
const SCHEMA = object({
  first: string().required("Please choose a day."),
  last: string()
    .required("Please choose a day.")
    .when("first", ([first], schema) =>
      schema.test(
        "order",
        "The last day comes before the first.",
        (last) => !first || !last || first <= last,
      ),
    ),
  isAllDay: boolean(),
  from: TIME,
  until: TIME,
  reason: string().max(200, "At most 200 characters, please."),
});

interface Values {
  first: string;
  last: string;
  isAllDay: boolean;
  from: string;
  until: string;
  reason: string;
}

function requestOf(values: Values, offsets: Offsets): NewTimeOff {
  const { first, last, from, until } = values;
  const reason = values.reason.trim() ? { reason: values.reason.trim() } : {};
  if (values.isAllDay) return { first, last, ...reason };
  return {
    ...stretchOf({ day: first, time: from }, { day: last, time: until }, offsets),
    ...reason,
  };
}

function Clashes({ bookings, onEnd }: { bookings: readonly Booking[]; onEnd: () => void }) {
  const { go, offsets, locale } = useDesk();
  return (
    <div role="alert" className="notice notice-warning">
      <p className="font-semibold">
        These bookings still stand in that time. Nothing was cancelled.
      </p>
      <ul className="my-2 flex flex-col gap-1">
        {bookings.map((booking) => (
          <li key={booking.uid}>
            <button
              type="button"
              className="min-h-8 cursor-pointer text-start underline underline-offset-4"
              onClick={() => go({ booking: booking.uid })}
            >
              {guestName(booking)}, {whenText(booking, offsets, locale)}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="min-h-8 cursor-pointer font-semibold" onClick={onEnd}>
        Understood
      </button>
    </div>
  );
}

function Editor({ onDone }: { onDone: (clashes: readonly Booking[]) => void }) {
  const client = useQueryClient();
  const desk = useDesk();
  const { person, offsets, say } = desk;
  const today = todayOf(desk);
  const initial: Values = {
    first: today,
    last: today,
    isAllDay: true,
    from: "09:00",
    until: "12:00",
    reason: "",
  };
  const send = async (values: Values) => {
    const { clashes } = await addTimeOff(person.handle, requestOf(values, offsets));
    say({ text: "Time off added." });
    onDone(clashes ?? []);
    await client.invalidateQueries({ queryKey: ["desk"] });
  };
  return (
    <ServerForm
      label="Add time off"
      className="form-inset"
      initial={initial}
      schema={SCHEMA}
      send={send}
    >
      {({ values, isSending }) => (
        <>
          <div className="grid grid-cols-2 gap-3">
            <TextField name="first" label="First day" type="date" />
            <TextField name="last" label="Last day" type="date" />
          </div>
          <CheckField name="isAllDay" label="All day" />
          {values.isAllDay ? null : (
            <div className="grid grid-cols-2 gap-3">
              <TextField name="from" label="From" type="time" />
              <TextField name="until" label="Until" type="time" />
            </div>
          )}
          <TextField name="reason" label="Reason, seen by you only (may stay empty)" />
          <div className="flex flex-wrap gap-2.5">
            <button type="submit" className="button" disabled={isSending}>
              {isSending ? "Adding…" : "Add time off"}
            </button>
            <button type="button" className="button button-text" onClick={() => onDone([])}>
              Close
            </button>
          </div>
        </>
      )}
    </ServerForm>
  );
}

function useOffText() {
  const { offsets, locale } = useDesk();
  return (off: TimeOff) => {
    const days = wholeDays(off, offsets);
    if (!days)
      return `${momentText(off.start, offsets, locale)} – ${momentText(off.end, offsets, locale)}`;
    if (days.first === days.last) return dayText(startOfDay(days.first), locale);
    return weekText(startOfDay(days.first), startOfDay(days.last), locale);
  };
}

/** Days and hours on which nobody can book. */
export function TimeOffCard() {
  const { person } = useDesk();
  const [isAdding, setAdding] = useState(false);
  const [clashes, setClashes] = useState<readonly Booking[]>([]);
  const text = useOffText();
  const { data, isError } = useQuery({
    queryKey: ["desk", "time-off", person.handle],
    queryFn: () => fetchTimeOff(person.handle),
  });
  const add = (
    <button type="button" className="button button-quiet" onClick={() => setAdding(true)}>
      Add…
    </button>
  );
  return (
    <Card title="Time off" aside={isAdding ? null : add}>
      {isAdding ? (
        <Editor
          onDone={(found) => {
            setAdding(false);
            setClashes(found);
          }}
        />
      ) : null}
      {clashes.length > 0 ? <Clashes bookings={clashes} onEnd={() => setClashes([])} /> : null}
      {isError ? <Note>Time off cannot be reached at the moment.</Note> : null}
      {data?.length === 0 ? <p className="text-[15px] text-muted">Nothing planned.</p> : null}
      {data && data.length > 0 ? (
        <RangeList
          items={data}
          text={text}
          note={({ reason }) => reason}
          remove={(id) => removeTimeOff(person.handle, id)}
        />
      ) : null}
    </Card>
  );
}
