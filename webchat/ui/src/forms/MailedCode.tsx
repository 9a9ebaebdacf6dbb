import { type ReactNode, useEffect, useRef } from "react";
import { object, string } from "yup";
import { TextField } from "./Fields.tsx";
import { ServerForm } from "./ServerForm.tsx";

const ADDRESS = object({
  email: string()
    .trim()
    .required("Please write your e-mail address.")
    .email("That does not look like an e-mail address."),
});
const CODE = object({
  code: string()
    .transform((text: string) => text.replace(/\s/g, ""))
    .matches(/^\d{8}$/, "The code has eight digits."),
});

interface AddressProps {
  readonly label: string;
  readonly known?: string;
  readonly send: (email: string) => Promise<void>;
  /** What is said above the field. */
  readonly children?: ReactNode;
}

/** Asks for the address that a code is to be mailed to. */
export function AddressForm({ label, known = "", send, children }: AddressProps) {
  return (
    <ServerForm
      label={label}
      className="flex flex-col gap-5"
      initial={{ email: known }}
      schema={ADDRESS}
      send={({ email }) => send(email.trim())}
    >
      {({ isSending }) => (
        <>
          {children}
          <TextField
            name="email"
            label="E-mail address"
            type="email"
            autoComplete="email"
            required
          />
          <button type="submit" className="button" disabled={isSending}>
            {isSending ? "Sending…" : "Send me a code"}
          </button>
        </>
      )}
    </ServerForm>
  );
}

interface CodeProps {
  readonly label: string;
  /** What the button says, before and after it was pressed. */
  readonly button: string;
  readonly busy: string;
  /** Takes the eight digits. */
  readonly send: (code: string) => Promise<void>;
  readonly onBack: () => void;
  /** What is said about the mail. */
  readonly children: ReactNode;
}

/** Asks for the code that was mailed; the field has the focus. */
export function CodeForm({ label, button, busy, send, onBack, children }: CodeProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  return (
    <div ref={place} className="flex flex-col gap-5">
      <p role="status" className="text-[15px] leading-relaxed text-muted">
        {children}
      </p>
      <ServerForm
        label={label}
        className="flex flex-col gap-5"
        initial={{ code: "" }}
        schema={CODE}
        send={({ code }) => send(code.replace(/\s/g, ""))}
      >
        {({ isSending }) => (
          <>
            <TextField
              name="code"
              label="Code"
              inputMode="numeric"
              autoComplete="one-time-code"
              hint="Eight digits, from the mail"
            />
            <button type="submit" className="button" disabled={isSending}>
              {isSending ? busy : button}
            </button>
          </>
        )}
      </ServerForm>
      <button type="button" className="button button-text self-center" onClick={onBack}>
        Use another address or send the code again
      </button>
    </div>
  );
}
