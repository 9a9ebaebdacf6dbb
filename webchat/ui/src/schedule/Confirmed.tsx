import type { Booked } from "./booking.ts";
import { googleAddress, outlookAddress } from "./calendarLinks.ts";
import { channelText } from "./channels.ts";
import type { Basis, View } from "./data.ts";
import { Fact, Summary, titleOf } from "./Summary.tsx";

interface Props {
  readonly booked: Booked;
  readonly email: string;
  readonly basis: Basis;
  readonly view: View;
  readonly locale: string;
  readonly onAnother: () => void;
}

function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a className="button button-quiet" href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** The appointment as it is stored, and the ways on from there. */
export function Confirmed({ booked, email, basis, view, locale, onAnother }: Props) {
  const { start, end, reference, manage_url } = booked;
  const description = `Reference ${reference}. Change or cancel: ${manage_url}`;
  const entry = { title: titleOf(booked, basis), start, end, description };
  return (
    <>
      <p role="status" className="notice">
        The invitation is on its way to {email}.
      </p>
      <Summary of={booked} basis={basis} view={view} locale={locale}>
        <Fact label="Where">{channelText(booked.channel)}</Fact>
        <Fact label="Reference">
          <span className="tabular-nums">{reference}</span>
        </Fact>
      </Summary>
      <div className="grid grid-cols-2 gap-2">
        <a className="button col-span-2" href={`${manage_url}/appointment.ics`}>
          Add to my calendar
        </a>
        <Outside href={googleAddress(entry)}>Google</Outside>
        <Outside href={outlookAddress(entry)}>Outlook</Outside>
      </div>
      <div className="flex flex-col gap-2 border-t border-line pt-4">
        <a className="button button-quiet" href={manage_url}>
          Change or cancel
        </a>
        <button type="button" className="button button-text" onClick={onAnother}>
          Book another appointment
        </button>
      </div>
    </>
  );
}
