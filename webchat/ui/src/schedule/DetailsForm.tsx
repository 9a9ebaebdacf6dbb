import type { ReactNode } from "react";
import { object, string } from "yup";
import { Faults } from "../forms/Faults.tsx";
import { SelectField, TextAreaField, TextField } from "../forms/Fields.tsx";
import { ServerForm } from "../forms/ServerForm.tsx";
import type { Details, Faults as FaultsByField } from "./booking.ts";
import { channelText } from "./channels.ts";

const SCHEMA = object({
  name: string().trim().required("Please write your name.").max(120, "That name is too long."),
  email: string()
    .trim()
    .required("Please write your e-mail address.")
    .email("That does not look like an e-mail address."),
  phone: string()
    .trim()
    .max(40, "That number is too long.")
    .when("channel", {
      is: "phone",
      // biome-ignore lint/suspicious/noThenProperty: Yup's name for what follows a condition.
      then: (schema) => schema.required("Please write the number to call."),
    }),
  note: string().max(2000, "Please keep it under 2,000 characters."),
});

interface Props {
  readonly details: Details;
  readonly channels: readonly string[];
  readonly faults: FaultsByField;
  readonly onReview: (details: Details) => void;
  readonly children: ReactNode;
}

/** Who books, and how they want to meet; nothing typed before is asked again. */
export default function DetailsForm({ details, channels, faults, onReview, children }: Props) {
  const usual = channels.includes(details.channel) ? details.channel : (channels[0] ?? "");
  return (
    <ServerForm<{ [Name in keyof Details]: string }>
      label="Your details"
      className="flex flex-col gap-4"
      initial={{ ...details, channel: usual }}
      schema={SCHEMA}
      send={async (values) => onReview(values)}
    >
      {({ values }) => (
        <>
          <TextField name="name" label="Name" autoComplete="name" required />
          <TextField name="email" label="E-mail" type="email" autoComplete="email" required />
          {channels.length > 1 ? (
            <SelectField name="channel" label="How to meet">
              {channels.map((channel) => (
                <option key={channel} value={channel}>
                  {channelText(channel)}
                </option>
              ))}
            </SelectField>
          ) : null}
          {values.channel === "phone" ? (
            <TextField name="phone" label="Phone number" type="tel" autoComplete="tel" required />
          ) : null}
          <TextAreaField name="note" label="What is it about? (optional)" rows={2} />
          <Faults fields={faults} />
          {children}
        </>
      )}
    </ServerForm>
  );
}
