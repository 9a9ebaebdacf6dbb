import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { AddressForm, CodeForm } from "../forms/MailedCode.tsx";
import { dayText, rangeText } from "../shared/format.ts";
import { toWall } from "../shared/wall.ts";
import { askForCode, fetchOwnBookings, forgetProof, type OwnBooking, proveByCode } from "./api.ts";
import { channelText } from "./channels.ts";
import { useOffsetsAt, type View } from "./data.ts";
import { keepDetails, recallDetails } from "./memory.ts";

const KEY = ["times", "mine"];

function AddressStep({ onAsked }: { onAsked: (email: string) => void }) {
  const known = recallDetails();
  const ask = async (email: string) => {
    await askForCode(email);
    keepDetails({ ...known, email });
    onAsked(email);
  };
  return (
    <AddressForm label="Find your appointments" known={known.email} send={ask}>
      <p className="text-[15px] leading-relaxed text-muted">
        We mail you a code, so that nobody else sees them.
      </p>
    </AddressForm>
  );
}

function CodeStep({ email, onBack }: { email: string; onBack: () => void }) {
  const client = useQueryClient();
  const prove = async (code: string) => {
    client.setQueryData(KEY, await proveByCode(code));
  };
  return (
    <CodeForm
      label="Enter the code"
      button="Show my appointments"
      busy="Looking…"
      send={prove}
      onBack={onBack}
    >
      If anything is booked for <strong className="font-semibold text-ink">{email}</strong>, a mail
      with a code is on its way.
    </CodeForm>
  );
}

function Own({ one, view, locale }: { one: OwnBooking; view: View; locale: string }) {
  const offsets = useOffsetsAt(view, one.start);
  const [start = 0, end = 0] = [one.start, one.end].map((at) => toWall(Date.parse(at), offsets));
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-4">
      <div>
        <p className="font-semibold">{one.title}</p>
        <p className="text-[15px] tabular-nums">
          {dayText(start, locale)}, {rangeText(start, end, locale)}
        </p>
        <p className="text-sm text-muted">
          {channelText(one.where)} · {one.reference}
        </p>
      </div>
      <a className="button button-quiet" href={one.manage_url} aria-label={`Change ${one.title}`}>
        Change
      </a>
    </li>
  );
}

interface Props {
  readonly view: View;
  readonly locale: string;
}

function Content({ view, locale }: Props) {
  const client = useQueryClient();
  const [email, setEmail] = useState<string | null>(null);
  const { data, isPending, isError } = useQuery({
    queryKey: KEY,
    queryFn: fetchOwnBookings,
    retry: false,
  });
  if (isPending) return <p role="status">Loading…</p>;
  if (isError) return <p role="alert">Your appointments cannot be reached at the moment.</p>;
  if (data.email === null && email === null) return <AddressStep onAsked={setEmail} />;
  if (data.email === null) return <CodeStep email={email ?? ""} onBack={() => setEmail(null)} />;
  const forget = async () => {
    await forgetProof();
    setEmail(null);
    client.setQueryData(KEY, { email: null, bookings: [] });
  };
  return (
    <>
      <p className="text-sm text-muted">
        To come, for {data.email}. Times in {view.zone.replaceAll("_", " ")}.
      </p>
      {data.bookings.length === 0 ? <p>Nothing is booked.</p> : null}
      <ul className="divide-y divide-line">
        {data.bookings.map((one) => (
          <Own key={one.reference} one={one} view={view} locale={locale} />
        ))}
      </ul>
      <button type="button" className="button button-text self-start" onClick={() => void forget()}>
        Forget me in this browser
      </button>
    </>
  );
}

/** The reader's own appointments in a dialog, after a mailed code. */
export default function Mine({ onClose, ...rest }: Props & { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="mine" onClose={onClose}>
      <div className="flex flex-col gap-4">
        <div className="flex items-center justify-between gap-4">
          <h2 id="mine" className="text-xl font-semibold tracking-tight">
            Your appointments
          </h2>
          <button type="button" className="step" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <Content {...rest} />
      </div>
    </dialog>
  );
}
