import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { problemOf } from "../shared/problem.ts";
import type { Details, Faults, Hold } from "./booking.ts";
import { Confirmed } from "./Confirmed.tsx";
import { Countdown } from "./Countdown.tsx";
import { channelText } from "./channels.ts";
import type { Basis, View } from "./data.ts";
import { Fact, Summary } from "./Summary.tsx";
import type { Making } from "./useBooking.ts";

const DetailsForm = lazy(() => import("./DetailsForm.tsx"));

interface Props {
  readonly making: Making;
  readonly basis: Basis;
  readonly view: View;
  readonly locale: string;
}

interface StepProps extends Props {
  readonly hold: Hold;
  readonly faults?: Faults | undefined;
}

/** The card in which a booking is made; its heading takes the focus when it changes. */
function Card({ heading, children }: { heading: string; children: ReactNode }) {
  const place = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new heading is what the focus follows.
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: "nearest" });
  }, [heading]);
  return (
    <section aria-labelledby="booking" className="panel">
      <h2
        id="booking"
        ref={place}
        tabIndex={-1}
        className="scroll-mt-8 text-xl font-semibold tracking-tight outline-none"
      >
        {heading}
      </h2>
      {children}
    </section>
  );
}

function channelsOf(hold: Hold, basis: Basis): readonly string[] {
  return basis.types.find(({ handle }) => handle === hold.type)?.channels ?? [];
}

const NO_FAULTS: Faults = {};

function DetailsStep({ making, basis, view, locale, hold, faults = NO_FAULTS }: StepProps) {
  return (
    <Card heading="Your details">
      <Countdown hold={hold} now={basis.now} onLonger={making.keepLonger} />
      <Summary of={hold} basis={basis} view={view} locale={locale} />
      <Suspense fallback={<div className="min-h-[26rem]" />}>
        <DetailsForm
          details={making.details}
          channels={channelsOf(hold, basis)}
          faults={faults}
          onReview={making.review}
        >
          <div className="mt-1 flex flex-col gap-2">
            <button type="submit" className="button">
              Review
            </button>
            <button type="button" className="button button-text" onClick={() => making.back()}>
              Choose another time
            </button>
          </div>
        </DetailsForm>
      </Suspense>
    </Card>
  );
}

function Given({ details, channels }: { details: Details; channels: readonly string[] }) {
  const channel = details.channel || channels[0] || "";
  return (
    <>
      <Fact label="Where">
        {channelText(channel)}
        {channel === "phone" ? <span className="block">{details.phone}</span> : null}
      </Fact>
      <Fact label="For">
        {details.name}
        <span className="block text-sm text-muted">{details.email}</span>
      </Fact>
      {details.note ? <Fact label="About">{details.note}</Fact> : null}
    </>
  );
}

function ReviewStep({ making, basis, view, locale, hold }: StepProps) {
  const [fault, setFault] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const confirm = async () => {
    setFault(null);
    setSending(true);
    try {
      await making.confirm(view.zone, locale);
    } catch (error) {
      setFault(problemOf(error).message);
      setSending(false);
    }
  };
  return (
    <Card heading="Is this right?">
      <Countdown hold={hold} now={basis.now} onLonger={making.keepLonger} />
      <Summary of={hold} basis={basis} view={view} locale={locale}>
        <Given details={making.details} channels={channelsOf(hold, basis)} />
      </Summary>
      {fault ? (
        <p role="alert" className="notice notice-danger">
          {fault}
        </p>
      ) : null}
      <div className="flex flex-col gap-2">
        <button
          type="button"
          className="button"
          disabled={isSending}
          onClick={() => void confirm()}
        >
          {isSending ? "Booking…" : "Book it"}
        </button>
        <button
          type="button"
          className="button button-quiet"
          disabled={isSending}
          onClick={making.change}
        >
          Change my details
        </button>
        <button
          type="button"
          className="button button-text"
          disabled={isSending}
          onClick={() => making.back()}
        >
          Choose another time
        </button>
      </div>
    </Card>
  );
}

/** The steps between a chosen start and the appointment; null while times are being chosen. */
export function BookingPanel({ making, ...rest }: Props) {
  const { stage } = making;
  if (stage.step === "keeping")
    return (
      <Card heading="Keeping this time…">
        <div className="min-h-[26rem]" />
      </Card>
    );
  if (stage.step === "details")
    return <DetailsStep making={making} hold={stage.hold} faults={stage.faults} {...rest} />;
  if (stage.step === "review") return <ReviewStep making={making} hold={stage.hold} {...rest} />;
  if (stage.step === "booked")
    return (
      <Card heading="Booked">
        <Confirmed
          booked={stage.booked}
          email={making.details.email}
          onAnother={() => making.back()}
          {...rest}
        />
      </Card>
    );
  return null;
}
