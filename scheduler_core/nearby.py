"""What is open near a time that cannot be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from scheduler_core import availability, slot_search
from scheduler_core.db import booking_rows
from scheduler_core.db import people as people_rows
from scheduler_core.model import Booking, PersonCalendar, Slot, Wish
from scheduler_core.slot_search import Search

#: How many open slots are named.
MOST = 3
#: How many days around the time they are looked for.
RADII = (1, 4, 16, 92)
#: How far around it they are looked for in calendars that hold two days, whose edges are known in part; a few
#: hours first, as most often there is enough in them.
SEEN = (timedelta(hours=3), timedelta(hours=20))


def seen(calendars: Sequence[PersonCalendar], wanted: Booking, now: datetime) -> tuple[Slot, ...]:
    """As `nearest`, from calendars that hold what is taken within two days; fewer where that is too near."""
    found: list[Slot] = []
    for around in SEEN:
        window = wanted.time.grown(before=around, after=around)
        found = list(availability.open_slots(calendars, wanted.kind, window, now, length=wanted.time.length))
        if len(found) >= MOST:
            break
    return _nearest(found, wanted)


def nearest(
    connection: Connection, wanted: Booking, now: datetime, *, instead_of: UUID | None
) -> tuple[Slot, ...]:
    """Up to three open slots of the same people and length that start nearest to the wanted one, by start."""
    search = Search(
        groups=[people_rows.calendars(connection, wanted.people)],
        kind=wanted.kind,
        wish=Wish(length=wanted.time.length),
        now=now,
        zone="UTC",
        moved=None if instead_of is None else booking_rows.find(connection, instead_of),
    )
    return closest(connection, search, wanted)


def closest(connection: Connection, search: Search, wanted: Booking) -> tuple[Slot, ...]:
    """Up to three open slots of the search that start nearest to the wanted one, by start."""
    found: list[Slot] = []
    for radius in RADII:
        around = timedelta(days=radius)
        window = wanted.time.grown(before=around, after=around)
        nearby = replace(search, wish=replace(search.wish, windows=(window,)))
        found = slot_search.find(connection, nearby, None)
        if len(found) >= MOST:
            break
    return _nearest(found, wanted)


def _nearest(slots: Sequence[Slot], wanted: Booking) -> tuple[Slot, ...]:
    by_distance = sorted(slots, key=lambda slot: (abs(slot.time.start - wanted.time.start), slot))
    return tuple(sorted(by_distance[:MOST]))
