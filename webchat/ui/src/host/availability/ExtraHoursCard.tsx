import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { object, string } from "yup";
import { TextField } from "../../forms/Fields.tsx";
import { ServerForm } from "../../forms/ServerForm.tsx";
import { addExtraHours, fetchExtraHours, removeExtraHours } from "../api.ts";
import { todayOf, useDesk } from "../desk.ts";
import { Card, Note } from "../parts/Page.tsx";
import { whenText } from "../words.ts";
import { RangeList } from "./RangeList.tsx";
import { stretchOf } from "./stretches.ts";

const SCHEMA = object({
  day: string().required("Please choose a day."),
  from: string().required("Please choose a time."),
  until: string()
    .required("Please choose a time.")
    .when("from", ([from], schema) =>
      schema.test(
        "order",
        "The end must come after the beginning.",
        (until) => !from || !until || until === "00:00" || from < until,
      ),
    ),
});

function Editor({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const desk = useDesk();
  const { person, offsets, say } = desk;
  return (
    <ServerForm
      label="Add extra hours"
      className="form-inset"
      initial={{ day: todayOf(desk), from: "09:00", until: "12:00" }}
      schema={SCHEMA}
      send={async ({ day, from, until }) => {
        await addExtraHours(
          person.handle,
          stretchOf({ day, time: from }, { day, time: until }, offsets),
        );
        say({ text: "Extra hours added." });
        onDone();
        await client.invalidateQueries({ queryKey: ["desk"] });
      }}
    >
      {({ isSending }) => (
        <>
          <TextField name="day" label="Day" type="date" />
          <div className="grid grid-cols-2 gap-3">
            <TextField name="from" label="From" type="time" />
            <TextField name="until" label="Until" type="time" />
          </div>
          <div className="flex flex-wrap gap-2.5">
            <button type="submit" className="button" disabled={isSending}>
              {isSending ? "Adding…" : "Add extra hours"}
            </button>
            <button type="button" className="button button-text" onClick={onDone}>
              Close
            </button>
          </div>
        </>
      )}
    </ServerForm>
  );
}

/** Hours on one day besides the weekly ones. */
export function ExtraHoursCard() {
  const { person, offsets, locale } = useDesk();
  const [isAdding, setAdding] = useState(false);
  const { data, isError } = useQuery({
    queryKey: ["desk", "extra-hours", person.handle],
    queryFn: () => fetchExtraHours(person.handle),
  });
  const add = (
    <button type="button" className="button button-quiet" onClick={() => setAdding(true)}>
      Add…
    </button>
  );
  return (
    <Card title="Extra hours" aside={isAdding ? null : add}>
      {isAdding ? <Editor onDone={() => setAdding(false)} /> : null}
      {isError ? <Note>Extra hours cannot be reached at the moment.</Note> : null}
      {data?.length === 0 ? <p className="text-[15px] text-muted">None.</p> : null}
      {data && data.length > 0 ? (
        <RangeList
          items={data}
          text={(item) => whenText(item, offsets, locale)}
          remove={(id) => removeExtraHours(person.handle, id)}
        />
      ) : null}
    </Card>
  );
}
