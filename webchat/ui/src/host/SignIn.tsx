import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { AddressForm, CodeForm } from "../forms/MailedCode.tsx";
import { problemOf } from "../shared/problem.ts";
import { askForCode, signIn } from "./api.ts";
import { takeInvitation } from "./invitation.ts";

function useEnter() {
  const client = useQueryClient();
  return async (email: string, code: string) => {
    client.setQueryData(["me"], await signIn(email, code));
  };
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
  const enter = useEnter();
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
            <AddressForm
              label="Sign in"
              send={async (address) => {
                await askForCode(address);
                setEmail(address);
              }}
            />
          ) : (
            <CodeForm
              label="Sign in"
              button="Sign in"
              busy="Signing in…"
              send={(code) => enter(email, code)}
              onBack={() => setEmail(null)}
            >
              If <strong className="font-semibold text-ink">{email}</strong> may sign in here, a
              mail with a code and a link is on its way.
            </CodeForm>
          )}
        </div>
        <p className="mt-6 text-center text-sm leading-relaxed text-muted">
          No password: a code by mail opens the desk for twelve hours.
        </p>
      </div>
    </main>
  );
}
