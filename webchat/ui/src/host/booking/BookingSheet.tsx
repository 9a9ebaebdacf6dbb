import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { problemOf } from "../../shared/problem.ts";
import { markNoShow } from "../api.ts";
import { isMovable } from "../calendar/events.ts";
import { useBooking } from "../data.ts";
import { useDesk } from "../desk.ts";
import { Note } from "../parts/Page.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { Standing } from "../parts/Standing.tsx";
import type { Booking, BookingDetail } from "../values.ts";
import {
  channelText,
  dayOfText,
  guestName,
  sourceText,
  theirWhen,
  timesText,
  zoneText,
} from "../words.ts";
import { CancelForm } from "./CancelForm.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { Trail } from "./Trail.tsx";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Where({ booking: { channel, link } }: { booking: Booking }) {
  if (!link || !/^https?:/.test(link)) return channelText(channel);
  return (
    <>
      {channelText(channel)}
      <a className="link block truncate" href={link} target="_blank" rel="noreferrer">
        {link}
      </a>
    </>
  );
}

function Facts({ booking }: { booking: Booking }) {
  const { me, person, locale } = useDesk();
  const { attendee, guests, note, cancel_reason: reason } = booking;
  const theirs = theirWhen(booking, person.zone, locale);
  const others = booking.people.filter((handle) => handle !== person.handle);
  const nameOf = (handle: string) =>
    me.people.find((each) => each.handle === handle)?.name ?? handle;
  return (
    <dl className="facts">
      {reason ? <Fact name="Cancelled">{reason}</Fact> : null}
      {theirs ? <Fact name="For them">{theirs}</Fact> : null}
      <Fact name="Where">
        <Where booking={booking} />
      </Fact>
      {attendee ? (
        <Fact name="Mail">
          <a className="link" href={`mailto:${attendee.email}`}>
            {attendee.email}
          </a>
        </Fact>
      ) : null}
      {attendee?.phone ? (
        <Fact name="Phone">
          <a className="link" href={`tel:${attendee.phone.replace(/[^+\d]/g, "")}`}>
            {attendee.phone}
          </a>
        </Fact>
      ) : null}
      {others.length > 0 ? <Fact name="Also with">{others.map(nameOf).join(", ")}</Fact> : null}
      {guests.length > 0 ? <Fact name="Guests">{guests.join(", ")}</Fact> : null}
      {note ? <Fact name="Note">{note}</Fact> : null}
      <Fact name="Reference">
        {booking.reference}, by{" "}
        {sourceText(booking.source).replace(/^The /, "the ").replace(/^A /, "a ")}
      </Fact>
    </dl>
  );
}

function NoShow({ booking }: { booking: Booking }) {
  const client = useQueryClient();
  const { say } = useDesk();
  const mark = useMutation({
    mutationFn: (noShow: boolean) => markNoShow(booking, noShow),
    onError: (error) => say({ text: problemOf(error).message, isTrouble: true }),
    onSettled: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <button
      type="button"
      className="button button-quiet"
      disabled={mark.isPending}
      onClick={() => mark.mutate(!booking.no_show)}
    >
      {booking.no_show ? `${guestName(booking)} did come` : "Mark as no-show"}
    </button>
  );
}

function Actions({ booking, onCancel }: { booking: Booking; onCancel: () => void }) {
  const { now, askMove } = useDesk();
  if (booking.status !== "CONFIRMED") return null;
  const hasBegun = Date.parse(booking.start) <= now();
  return (
    <div className="flex flex-wrap gap-2.5">
      {isMovable(booking, now()) ? (
        <button type="button" className="button" onClick={() => askMove(booking)}>
          Move…
        </button>
      ) : null}
      {hasBegun ? <NoShow booking={booking} /> : null}
      {hasBegun ? null : (
        <button type="button" className="button button-quiet" onClick={onCancel}>
          Cancel…
        </button>
      )}
    </div>
  );
}

function Loaded({ booking }: { booking: BookingDetail }) {
  const { person, offsets, locale } = useDesk();
  const [isCancelling, setCancelling] = useState(false);
  return (
    <>
      <div>
        <p className="text-[17px] font-semibold tracking-[-0.01em] tabular-nums">
          {dayOfText(booking, offsets, locale)}
        </p>
        <p className="text-[17px] tabular-nums">
          {timesText(booking, offsets, locale)}
          <span className="ms-2 text-sm text-muted">{zoneText(person.zone)}</span>
        </p>
      </div>
      {isCancelling ? (
        <CancelForm booking={booking} onEnd={() => setCancelling(false)} />
      ) : (
        <Actions booking={booking} onCancel={() => setCancelling(true)} />
      )}
      <Facts booking={booking} />
      <Deliveries deliveries={booking.deliveries} />
      <Trail steps={booking.trail} />
    </>
  );
}

/** Everything about one booking, and what can be done with it. */
export default function BookingSheet({
  uid,
  onClose,
}: {
  readonly uid: string;
  readonly onClose: () => void;
}) {
  const { data, error } = useBooking(uid);
  const over = data ? (
    <p className="mb-1.5 flex flex-wrap items-center gap-2 text-sm text-muted">
      <Standing booking={data} /> {data.type.name}
    </p>
  ) : null;
  return (
    <Sheet title={data ? guestName(data) : "Booking"} over={over} shape="side" onClose={onClose}>
      {data ? (
        <Loaded booking={data} />
      ) : (
        <Note>{error ? problemOf(error).message : "Loading…"}</Note>
      )}
    </Sheet>
  );
}
