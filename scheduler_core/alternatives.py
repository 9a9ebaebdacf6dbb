"""What somebody is offered whose appointment a person has called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from scheduler_core import nearby
from scheduler_core.absences import Alternative
from scheduler_core.db import people as people_rows
from scheduler_core.model import Booking, Person, Slot, Wish
from scheduler_core.slot_search import Search

#: As long as the same people have time within so many days, nobody else is named.
SOON = timedelta(days=3)


def instead_of(connection: Connection, booking: Booking, now: datetime) -> tuple[Alternative, ...]:
    """Up to three open times of the same type and length that start nearest to the booking, by start.

    They are with the same people; where these have no time within three days of it, others who offer the type
    stand in, beside the nearest time of the same person. Nothing where the type no longer has that length.
    """
    if booking.time.length not in booking.kind.durations:
        return ()
    own = _by_distance(nearby.nearest(connection, booking, now, instead_of=None), booking)
    if len(booking.people) > 1 or (own and _distance(own[0], booking) <= SOON):
        return _named(own, booking.people)
    offering = people_rows.people_offering(connection, booking.kind.handle)
    others = [person for person in offering if person not in booking.people]
    stand_ins = _by_distance(_with(connection, others, booking, now), booking)
    return _named([*own[:1], *stand_ins][: nearby.MOST], [*booking.people, *others])


def _with(
    connection: Connection, people: Iterable[Person], booking: Booking, now: datetime
) -> tuple[Slot, ...]:
    """The nearest open slots with any one of the people."""
    calendars = people_rows.calendars(connection, list(people))
    if not calendars:
        return ()
    search = Search(
        groups=[[calendar] for calendar in calendars],
        kind=booking.kind,
        wish=Wish(length=booking.time.length),
        now=now,
        zone="UTC",
    )
    return nearby.closest(connection, search, booking)


def _named(slots: Iterable[Slot], people: Iterable[Person]) -> tuple[Alternative, ...]:
    by_handle = {person.handle: person for person in people}
    return tuple(
        Alternative(slot.time, tuple(by_handle[handle] for handle in slot.people)) for slot in sorted(slots)
    )


def _by_distance(slots: Iterable[Slot], booking: Booking) -> list[Slot]:
    return sorted(slots, key=lambda slot: (_distance(slot, booking), slot))


def _distance(slot: Slot, booking: Booking) -> timedelta:
    return abs(slot.time.start - booking.time.start)
