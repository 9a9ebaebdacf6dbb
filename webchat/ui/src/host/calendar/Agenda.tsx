import { dayText, timeText } from "../../shared/format.ts";
import { type Offsets, startOfDay, toWall } from "../../shared/wall.ts";
import type { Days } from "../clocks.ts";
import { todayOf, useDesk } from "../desk.ts";
import { minutesOf } from "../moves.ts";
import { Note } from "../parts/Page.tsx";
import { Standing } from "../parts/Standing.tsx";
import type { Booking, DeskCalendar } from "../values.ts";
import { channelText, guestName, lengthText, standing } from "../words.ts";
import { type AgendaDay, agendaOf } from "./agenda.ts";

function Line({ booking, offsets }: { booking: Booking; offsets: Offsets }) {
  const { go, locale } = useDesk();
  return (
    <li>
      <button type="button" className="agenda-line" onClick={() => go({ booking: booking.uid })}>
        <span className="agenda-time">
          {timeText(toWall(Date.parse(booking.start), offsets), locale)}
          <small>{lengthText(minutesOf(booking))}</small>
        </span>
        <span className="min-w-0">
          <b className="block truncate font-semibold">{guestName(booking)}</b>
          <span className="block truncate text-sm text-muted">
            {booking.type.name} · {channelText(booking.channel)}
          </span>
        </span>
        {standing(booking) === "Confirmed" ? null : <Standing booking={booking} />}
      </button>
    </li>
  );
}

function Day({ entry, offsets }: { entry: AgendaDay; offsets: Offsets }) {
  const desk = useDesk();
  const heading = dayText(startOfDay(entry.day), desk.locale);
  return (
    <section aria-label={heading}>
      <h3 className="mb-2 flex flex-wrap items-baseline gap-x-3 text-[15px] font-semibold">
        {heading}
        {entry.day === todayOf(desk) ? (
          <span className="text-[13px] font-medium text-accent">Today</span>
        ) : null}
        {entry.holiday ? (
          <span className="text-[13px] font-normal text-muted">{entry.holiday}, off</span>
        ) : null}
      </h3>
      {entry.timeOff.map(({ id, reason }) => (
        <p key={id} className="agenda-off">
          Time off{reason ? `: ${reason}` : ""}
        </p>
      ))}
      {entry.bookings.length > 0 ? (
        <ul className="agenda-list">
          {entry.bookings.map((booking) => (
            <Line key={booking.uid} booking={booking} offsets={offsets} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

interface Props {
  readonly calendar: DeskCalendar;
  readonly offsets: Offsets;
  readonly days: Days;
}

/** The calendar as a list of days with something in them. */
export function Agenda({ calendar, offsets, days }: Props) {
  const entries = agendaOf(calendar, offsets, days);
  if (entries.length === 0) return <Note>Nothing in these four weeks.</Note>;
  return (
    <div className="flex max-w-3xl flex-col gap-7">
      {entries.map((entry) => (
        <Day key={entry.day} entry={entry} offsets={offsets} />
      ))}
    </div>
  );
}
