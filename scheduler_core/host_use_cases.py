"""What `Hosting` does within one transaction; first it looks whether that was done before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection

from scheduler_core import absences, announcements, zones
from scheduler_core.absences import Absence, Delay, LatenessPlan, Return, What
from scheduler_core.db import booking_rows, bookings, host_changes, outbox
from scheduler_core.db import people as people_rows
from scheduler_core.db.bookings import Change
from scheduler_core.db.requests import Request
from scheduler_core.db.store import Collision
from scheduler_core.errors import BookingChanged, InvalidTime, SlotUnavailable, UnknownBooking
from scheduler_core.model import Actor, ActorKind, Booking, Person, Reason, Status
from scheduler_core.timerange import TimeRange

_READER = Actor(ActorKind.OPERATOR, "hosting")  # whose calendar is read was decided before


@dataclass(frozen=True)
class Asking:
    """Who asks for what, and when."""

    person: Person
    request: Request
    now: datetime


def whoever(connection: Connection, actor: Actor) -> Person:
    """The person who asks.

    Raises:
        NotAllowed: nobody of this system does.
        UnknownPerson: they are gone.

    """
    return people_rows.known_person(connection, absences.own_handle(actor))


def agenda(connection: Connection, people: Iterable[Person], window: TimeRange) -> list[Booking]:
    """The confirmed bookings with any of the people that touch the window, by start."""
    handles = [person.handle for person in people]
    return booking_rows.agenda(connection, handles, window, _READER)


def inside(
    connection: Connection, person: Person, times: Sequence[TimeRange], now: datetime
) -> tuple[Booking, ...]:
    """The person's confirmed bookings that touch the times and have not begun, by start."""
    whole = TimeRange(times[0].start, times[-1].end)
    return absences.inside(agenda(connection, [person], whole), times, now)


def be_away(
    connection: Connection, what: What, times: tuple[TimeRange, ...], reason: str, asking: Asking
) -> Absence:
    """`Hosting.block` and `Hosting.be_ill`.

    Raises:
        Collision: somebody else's booking came in between; nothing is to be written.

    """
    person, now = asking.person, asking.now
    touched = inside(connection, person, times, now) if what is What.ILLNESS else ()
    locked = _lock(connection, person, touched)
    done = host_changes.done_before(connection, person, asking.request)
    if done is not None:
        return own_absence(connection, done, person)
    walls = absences.on_the_wall(times, person.zone)
    same = host_changes.same_absence(connection, person, what, walls)
    if same is None:
        absence = Absence(uuid4(), person, what, times, reason, ())
        host_changes.insert_absence(connection, absence, walls, asking.request, now)
        same = absence.id
    if what is What.ILLNESS:
        call_off(connection, own_absence(connection, same, person), asking, locked)
        outbox.enqueue(connection, [announcements.of_illness(same, times[-1].end, now)])
    return own_absence(connection, same, person)


def own_absence(connection: Connection, wanted: UUID, person: Person) -> Absence:
    """The person's absence of that id.

    Raises:
        UnknownBooking: they have none.

    """
    found = host_changes.find_absence(connection, wanted)
    if found is None or found.person != person:
        raise UnknownBooking(absence=wanted)
    return found


def come_back(connection: Connection, times: tuple[TimeRange, ...], asking: Asking) -> Return:
    """`Hosting.come_back`."""
    person = asking.person
    bookings.lock(connection, [person])
    found = host_changes.absences(connection, person, TimeRange(times[0].start, times[-1].end))
    for absence in found:
        left = absences.still_away(absence, times)
        if left != absence.times:
            _shorten(connection, absence, left, asking)
    return absences.coming_back(person, found, times)


def _shorten(connection: Connection, absence: Absence, left: tuple[TimeRange, ...], asking: Asking) -> None:
    """Ends the absence; another one begins where something is left of it."""
    host_changes.end_absence(connection, absence.id, asking.now)
    if not left:
        return
    rest = replace(absence, id=uuid4(), times=left)
    request = Request.of(f"rest of {absence.id}", asking.request.actor, absence.id, *left)
    walls = absences.on_the_wall(left, absence.person.zone)
    host_changes.insert_absence(connection, rest, walls, request, asking.now)
    host_changes.add_called_off(connection, rest.id, absence.called_off)
    if absence.what is What.ILLNESS:
        outbox.enqueue(connection, [announcements.of_illness(rest.id, left[-1].end, asking.now)])


def call_off_latecomers(connection: Connection, absence: Absence, asking: Asking) -> None:
    """`Hosting.call_off_latecomers`.

    Raises:
        Collision: somebody else's booking came in between; nothing is to be written.

    """
    locked = _lock(connection, absence.person, inside(connection, absence.person, absence.times, asking.now))
    current = own_absence(connection, absence.id, absence.person)
    if current.undone_at is None:
        call_off(connection, current, asking, locked)


def call_off(connection: Connection, absence: Absence, asking: Asking, locked: frozenset[int]) -> None:
    """Cancels every booking that the absence leaves without its person, while nobody else changes them.

    Raises:
        Collision: one of them is with somebody who is not among the `locked`, or has just changed.

    """
    found = inside(connection, absence.person, absence.times, asking.now)
    if not _numbers(found) <= locked:
        raise Collision(reason="people")
    for booking in found:
        cancelled = replace(booking.cancelled(), updated_at=asking.now)
        request = Request.of(f"{absence.id} {booking.uid}", asking.request.actor, "call off")
        messages = announcements.of_called_off(cancelled, asking.now)
        try:
            bookings.cancel(connection, cancelled, Change(request, asking.now, messages))
        except BookingChanged as changed:
            raise Collision(reason="changed") from changed
    host_changes.add_called_off(connection, absence.id, found)


def plan_lateness(connection: Connection, person: Person, minutes: int, now: datetime) -> LatenessPlan:
    """`Hosting.plan_lateness`."""
    delay = absences.checked_delay(minutes)
    today = zones.day_range(zones.local_date(now, person.zone), person.zone)
    late = absences.late_one(agenda(connection, [person], today), delay, now)
    collides_with = None if late is None else _collision(connection, late, delay)
    return LatenessPlan(person, minutes, late, collides_with)


def be_late(connection: Connection, uid: UUID, minutes: int, asking: Asking) -> Delay:
    """`Hosting.be_late`."""
    person, now = asking.person, asking.now
    bookings.lock(connection, [person])
    done = host_changes.done_before(connection, person, asking.request)
    if done is not None:
        return _known(host_changes.find_delay(connection, done), uid)
    booking = booking_rows.find(connection, uid)
    if booking is None or person not in booking.people or booking.status is not Status.CONFIRMED:
        raise UnknownBooking(uid=uid)
    last = host_changes.last_delay(connection, booking)
    if last is not None and last.minutes == minutes:
        return last
    delay = Delay(uuid4(), person, booking, minutes)
    _check_delay(connection, delay, now)
    host_changes.insert_delay(connection, delay, asking.request, now)
    outbox.enqueue(connection, announcements.of_delay(delay, now))
    return delay


def _check_delay(connection: Connection, delay: Delay, now: datetime) -> None:
    """Raises what `Hosting.be_late` says of a time that cannot be."""
    if delay.start <= now:
        raise InvalidTime(reason="past", value=delay.start.isoformat())
    if _collision(connection, delay.booking, delay.start - delay.booking.time.start) is not None:
        late = TimeRange.starting(delay.start, delay.booking.time.length)
        raise SlotUnavailable(reason=Reason.TAKEN, nearest=(), slot=replace(delay.booking.slot, time=late))


def _collision(connection: Connection, late: Booking, delay: timedelta) -> TimeRange | None:
    reach = late.time.grown(after=delay)
    return absences.collision(late, delay, agenda(connection, late.people, reach))


def _known(delay: Delay | None, uid: UUID) -> Delay:
    """The delay, unless what it was about has changed."""
    if delay is None:
        raise UnknownBooking(uid=uid)
    return delay


def _lock(connection: Connection, person: Person, touched: Iterable[Booking]) -> frozenset[int]:
    """Waits until this transaction alone may change the time of the person and of all who share a booking."""
    people = {person, *(one for booking in touched for one in booking.people)}
    bookings.lock(connection, people)
    return frozenset(one.number for one in people)


def _numbers(found: Iterable[Booking]) -> frozenset[int]:
    return frozenset(person.number for booking in found for person in booking.people)
