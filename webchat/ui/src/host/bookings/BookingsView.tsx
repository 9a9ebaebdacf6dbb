import { useDeferredValue, useEffect, useState } from "react";
import { startOfDay } from "../../shared/wall.ts";
import { csvAddress } from "../api.ts";
import { toInstant } from "../clocks.ts";
import { useBookings } from "../data.ts";
import { todayOf, useDesk } from "../desk.ts";
import { minutesOf } from "../moves.ts";
import { Icon } from "../parts/Icons.tsx";
import { Note, Page } from "../parts/Page.tsx";
import { Standing } from "../parts/Standing.tsx";
import type { Booking } from "../values.ts";
import { channelText, dayOfText, guestName, lengthText, timesText } from "../words.ts";
import { bookingQuery, FILTERS, type Filter } from "./query.ts";

const NAMES: Readonly<Record<Filter, string>> = {
  upcoming: "Upcoming",
  past: "Past",
  cancelled: "Cancelled",
  all: "All",
};
const PAUSE = 250;

/** What was typed, once nothing has been typed for a moment. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

function Row({ booking }: { booking: Booking }) {
  const { go, offsets, locale } = useDesk();
  return (
    <tr>
      <td>
        <button type="button" className="row-button" onClick={() => go({ booking: booking.uid })}>
          {guestName(booking)}
        </button>
        <span className="block truncate text-sm text-muted">{booking.attendee?.email}</span>
      </td>
      <td className="tabular-nums">
        {dayOfText(booking, offsets, locale)}
        <span className="block text-sm text-muted">{timesText(booking, offsets, locale)}</span>
      </td>
      <td>
        {booking.type.name}
        <span className="block text-sm text-muted">
          {lengthText(minutesOf(booking))}, {channelText(booking.channel)}
        </span>
      </td>
      <td>
        <Standing booking={booking} />
      </td>
    </tr>
  );
}

function Table({ bookings, isOld }: { bookings: readonly Booking[]; isOld: boolean }) {
  return (
    <div className={isOld ? "surface overflow-hidden opacity-60" : "surface overflow-hidden"}>
      <table className="table">
        <caption className="sr-only">Bookings</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {bookings.map((booking) => (
            <Row key={booking.uid} booking={booking} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ChoosersProps {
  readonly words: string;
  readonly setWords: (words: string) => void;
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
}

function Choosers({ words, setWords, filter, setFilter }: ChoosersProps) {
  return (
    <search className="flex flex-wrap items-center gap-3">
      <label className="field search-field">
        <span className="sr-only">Search bookings</span>
        <Icon name="search" />
        <input
          type="search"
          placeholder="Name, mail or reference"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <fieldset className="segments">
        <legend className="sr-only">Which bookings</legend>
        {FILTERS.map((each) => (
          <label key={each} className="segment">
            <input
              type="radio"
              name="filter"
              checked={each === filter}
              onChange={() => setFilter(each)}
            />
            <span>{NAMES[each]}</span>
          </label>
        ))}
      </fieldset>
    </search>
  );
}

/** All bookings of a person: to look for, to filter, to take away as a table. */
export default function BookingsView() {
  const desk = useDesk();
  const { person, offsets } = desk;
  const [words, setWords] = useState("");
  const [filter, setFilter] = useState<Filter>("upcoming");
  const wanted = useDeferredValue(usePaused(words));
  const today = toInstant(startOfDay(todayOf(desk)), offsets);
  const query = bookingQuery(filter, wanted, new Date(today).toISOString());
  const { data, isError, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useBookings(person, query);
  const bookings = data?.pages.flatMap(({ items }) => items) ?? [];
  const csv = (
    <a className="button button-quiet" href={csvAddress(person.handle, query)} download>
      <Icon name="download" /> CSV
    </a>
  );
  return (
    <Page title="Bookings" aside={csv}>
      <Choosers words={words} setWords={setWords} filter={filter} setFilter={setFilter} />
      <p role="status" className="sr-only">
        {data ? `${bookings.length} bookings${hasNextPage ? ", and more" : ""}` : ""}
      </p>
      {isError ? <Note>Bookings cannot be reached at the moment.</Note> : null}
      {data && bookings.length === 0 ? (
        <Note>{wanted ? `Nothing found for “${wanted}”.` : "No bookings here."}</Note>
      ) : null}
      {bookings.length > 0 ? <Table bookings={bookings} isOld={isPlaceholderData} /> : null}
      {hasNextPage ? (
        <button
          type="button"
          className="button button-quiet self-center"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {isFetchingNextPage ? "Loading…" : "Show more"}
        </button>
      ) : null}
    </Page>
  );
}
