"""What hosts and administrators do with bookings at the desk. Every change of time is the scheduler's."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from scheduler_core import links
from scheduler_core.admission import check_window
from scheduler_core.clock import Clock
from scheduler_core.db import desk, outbox
from scheduler_core.db import desk_bookings as rows
from scheduler_core.db import trail as trail_rows
from scheduler_core.db.desk_bookings import Asked, Place
from scheduler_core.db.outbox import Entry, State
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidInput, NotFound
from scheduler_core.model import Booking, Person, Status
from scheduler_core.outbox import Topic, Trouble, trouble_in
from scheduler_core.scheduler import Scheduler
from scheduler_core.signing_in import Member
from scheduler_core.texts import checked_text
from scheduler_core.timerange import TimeRange
from scheduler_core.trail import Step, steps
from scheduler_core.use_cases import theirs

MOST_DELIVERIES = 100  #: of one booking that are shown, the newest


@dataclass(frozen=True)
class Page:
    """Some bookings by start, and by which cursor the list goes on."""

    bookings: tuple[Booking, ...]
    next: str | None


@dataclass(frozen=True)
class Delivered:
    """What became of one mail, text or video room."""

    id: str
    topic: Topic
    to: str  #: an address; empty where nobody is written to
    state: State
    trouble: Trouble | None  #: of the last try, if it failed
    at: datetime  #: when it was done or given up, else when it is due


class DeskBookings:
    """Bookings of the people that a member may see.

    Every method may also raise UnknownBooking where it is not theirs, DatabaseUnavailable or OutcomeUnknown;
    those that write keep who did it.
    """

    def __init__(self, store: Store, clock: Clock, scheduler: Scheduler) -> None:
        self._store = store
        self._clock = clock
        self._scheduler = scheduler

    def page(self, person: Person, asked: Asked, *, cursor: str = "", limit: int) -> Page:
        """So many of the bookings, from where the cursor points.

        Raises:
            InvalidInput: that is no cursor of ours.
            InvalidText: the words are longer than 100 characters or hold control characters.

        """
        words = checked_text(asked.words, limit=100)
        wanted = replace(asked, words=words, after=_place(cursor) if cursor else None)
        with self._store.reading() as connection:
            found = rows.listing(connection, person, wanted, limit=limit + 1)
        shown = tuple(found[:limit])
        return Page(shown, _cursor(shown[-1]) if len(found) > limit else None)

    def touching(self, person: Person, window: TimeRange) -> list[Booking]:
        """What takes the person's time in the window, holds that are still kept included, by start.

        Raises:
            InvalidTime: the window is longer than a hundred days, or lies too far away.

        """
        check_window(window)
        now = self._clock.now()
        with self._store.reading() as connection:
            found = rows.touching(connection, person, window.start, window.end)
        return [one for one in found if one.hold_expires is None or one.hold_expires > now]

    def find(self, uid: UUID, *, member: Member) -> Booking:
        """The booking, whatever became of it."""
        return self._scheduler.find(uid, actor=member.actor)

    def deliveries(self, booking: Booking) -> list[Delivered]:
        """What was told about the booking, the newest first; what there was no need to tell is left out."""
        with self._store.reading() as connection:
            entries = outbox.listing(connection, booking=booking.uid, limit=MOST_DELIVERIES)
        addresses = _addresses(booking)
        return [
            _delivered(entry, addresses)
            for entry in entries
            if not (entry.state is State.DONE and entry.last_error) and entry.message.recipient in addresses
        ]

    def trail(self, booking: Booking) -> tuple[Step, ...]:
        """How the booking came to be what it is, the oldest step first."""
        with self._store.reading() as connection:
            return steps(booking, trail_rows.of_booking(connection, booking.uid))

    def move(
        self,
        uid: UUID,
        start: datetime,
        *,
        length: timedelta | None,
        version: int,
        key: str,
        member: Member,
    ) -> Booking:
        """Moves the booking, as `Scheduler.reschedule` does."""
        return self._scheduler.reschedule(
            uid, start, length=length, version=version, key=key, actor=member.actor
        )

    def cancel(self, uid: UUID, reason: str, *, version: int, key: str, member: Member) -> Booking:
        """Calls the booking off, as `Scheduler.cancel` does."""
        return self._scheduler.cancel(
            uid, version=version, key=key, actor=member.actor, reason=checked_text(reason, limit=500)
        )

    def mark(self, uid: UUID, *, no_show: bool, member: Member) -> Booking:
        """Writes down whether nobody came to a booking that has begun; its version stays.

        Raises:
            InvalidInput: it has not begun, or does not take place.

        """
        now = self._clock.now()
        with self._store.transaction() as connection:
            booking = theirs(connection, uid, member.actor)
            if booking.status is not Status.CONFIRMED or booking.time.start > now:
                raise InvalidInput(reason="not_begun")
            if no_show != booking.no_show:
                rows.mark(connection, uid, no_show=no_show)
                trail_rows.write(connection, booking, member.actor, now)
        return replace(booking, no_show=no_show)

    def retry(self, message: int, *, member: Member) -> None:
        """Makes a message that was given up due again.

        Raises:
            NotFound: there is none that was given up.

        """
        now = self._clock.now()
        with self._store.transaction() as connection:
            uid = rows.booking_of_message(connection, message)
            if uid is None:
                raise NotFound(delivery=message)
            booking = theirs(connection, uid, member.actor)
            if not outbox.revive(connection, now, ids=[message]):
                raise NotFound(delivery=message)
            desk.write_down(connection, member.address, booking.organizer, "told again", str(uid), now)


def _addresses(booking: Booking) -> dict[str, str]:
    """How each recipient of messages about the booking is written to."""
    guests = {links.guest(booking.uid, guest): guest for guest in (*booking.guests, *booking.uninvited)}
    people = {links.person(person.handle): person.email for person in booking.people}
    attendee = {} if booking.attendee is None else {links.ATTENDEE: booking.attendee.email}
    return {"": ""} | attendee | people | guests


def _delivered(entry: Entry, addresses: dict[str, str]) -> Delivered:
    message = entry.message
    return Delivered(
        id=str(entry.id),
        topic=message.topic,
        to=addresses[message.recipient],
        state=entry.state,
        trouble=trouble_in(entry.last_error) if entry.last_error else None,
        at=entry.finished_at or message.due,
    )


def _cursor(last: Booking) -> str:
    text = f"{last.time.start.isoformat()} {last.uid}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _place(cursor: str) -> Place:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        start, uid = text.split(" ")
        place = Place(datetime.fromisoformat(start), UUID(uid))
    except (ValueError, binascii.Error) as error:
        raise InvalidInput(field="cursor") from error
    if place.start.tzinfo is None:
        raise InvalidInput(field="cursor")
    return place
