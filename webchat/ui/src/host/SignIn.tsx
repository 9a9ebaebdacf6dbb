import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { object, string } from "yup";
import { TextField } from "../forms/Fields.tsx";
import { ServerForm } from "../forms/ServerForm.tsx";
import { problemOf } from "../shared/problem.ts";
import { askForCode, signIn } from "./api.ts";
import { takeInvitation } from "./invitation.ts";

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

function useEnter() {
  const client = useQueryClient();
  return async (email: string, code: string) => {
    client.setQueryData(["me"], await signIn(email, code.replace(/\s/g, "")));
  };
}

function AddressStep({ onAsked }: { onAsked: (email: string) => void }) {
  return (
    <ServerForm
      label="Sign in"
      className="flex flex-col gap-5"
      initial={{ email: "" }}
      schema={ADDRESS}
      send={async ({ email }) => {
        await askForCode(email.trim());
        onAsked(email.trim());
      }}
    >
      {({ isSending }) => (
        <>
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

function CodeStep({ email, onBack }: { email: string; onBack: () => void }) {
  const enter = useEnter();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  return (
    <div ref={place} className="flex flex-col gap-5">
      <p role="status" className="text-[15px] leading-relaxed text-muted">
        If <strong className="font-semibold text-ink">{email}</strong> may sign in here, a mail with
        a code and a link is on its way.
      </p>
      <ServerForm
        label="Sign in"
        className="flex flex-col gap-5"
        initial={{ code: "" }}
        schema={CODE}
        send={({ code }) => enter(email, code)}
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
              {isSending ? "Signing in…" : "Sign in"}
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

/** Uses the code of a mailed link once, and says why where it does not help. */
function useInvitation(): string | null {
  const [invitation] = useState(takeInvitation);
  const [fault, setFault] = useState<string | null>(null);
  const enter = useRef(useEnter());
  const isUsed = useRef(false);
  useEffect(() => {
    if (!invitation || isUsed.current) return;
    isUsed.current = true;
    enter.current(invitation.email, invitation.code).catch((error: unknown) => {
      setFault(problemOf(error).message);
    });
  }, [invitation]);
  return fault;
}

/** The way in: an address, then the code that was mailed to it. */
export default function SignIn({ organisation }: { readonly organisation: string }) {
  const [email, setEmail] = useState<string | null>(null);
  const fault = useInvitation();
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-[400px]">
        <p className="text-center text-sm text-muted">{organisation}</p>
        <h1 className="mt-1.5 mb-7 text-center text-3xl font-semibold tracking-[-0.025em]">
          Host desk
        </h1>
        <div className="card">
          {fault ? (
            <p role="alert" className="notice notice-warning">
              {fault} Please ask for a new code.
            </p>
          ) : null}
          {email === null ? (
            <AddressStep onAsked={setEmail} />
          ) : (
            <CodeStep email={email} onBack={() => setEmail(null)} />
          )}
        </div>
        <p className="mt-6 text-center text-sm leading-relaxed text-muted">
          No password: a code by mail opens the desk for twelve hours.
        </p>
      </div>
    </main>
  );
}
