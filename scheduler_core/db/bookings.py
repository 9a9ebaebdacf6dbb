"""The one door through which time is taken, moved and given back.

Every way through it locks its people in ascending order, looks, writes and enqueues, in the transaction of
the caller. Lock and look are statements of their own, as the look's snapshot has to be younger. The
lock prevents deadlocks and makes the look hold; that nobody is booked twice is up to the constraint.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select, update

from scheduler_core.availability import refusal
from scheduler_core.db import outbox
from scheduler_core.db.booking_rows import booking_values, person_values
from scheduler_core.db.calendars import around, filled
from scheduler_core.db.requests import Request
from scheduler_core.db.statements import CHANGEABLE, INSERT, LOCK, LOOK, UPDATE
from scheduler_core.db.tables import booking, booking_person
from scheduler_core.errors import BookingChanged
from scheduler_core.model import Actor, Booking, Person, PersonCalendar, Reason, Status
from scheduler_core.outbox import Message

#: How many holds one actor may have open; a further one gives up the oldest.
MOST_HOLDS = 3
_PEOPLE, _ACTORS = 1, 2  # the two kinds of locks


class Refused(Exception):
    """The time cannot be had; the transaction is to be rolled back. It never leaves the core."""

    def __init__(self, reason: Reason, wanted: Booking, moved: UUID | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wanted = wanted
        self.moved = moved


@dataclass(frozen=True)
class Change:
    """What every way through the door is told besides the booking."""

    request: Request
    now: datetime
    messages: Sequence[Message] = ()


def hold(
    connection: Connection,
    new: Booking,
    calendars: Sequence[PersonCalendar],
    change: Change,
    *,
    moved: Booking | None = None,
    given_up: Collection[UUID] = (),
) -> Booking:
    """Takes the time for a hold; an actor with enough of them loses the oldest.

    `given_up` are holds that this one replaces. A hold that would move a booking takes only what lies outside
    of that booking's time.

    Raises:
        Refused: the time cannot be had.

    """
    _lock(connection, new.people, new.actor)
    _look(connection, calendars, new, change.now, moved=moved, given_up=given_up, holder=new.actor)
    return _insert(connection, new, change, moved=moved)


def book(
    connection: Connection, new: Booking, calendars: Sequence[PersonCalendar], change: Change
) -> Booking:
    """Takes the time for a booking.

    Raises:
        Refused: the time cannot be had.

    """
    _lock(connection, new.people)
    _look(connection, calendars, new, change.now)
    return _insert(connection, new, change)


def confirm(connection: Connection, confirmed: Booking, change: Change) -> Booking:
    """Makes a booking of a hold that is still kept.

    Raises:
        BookingChanged: the hold is not as it was read.

    """
    _lock(connection, confirmed.people)
    return _update(connection, confirmed, change)


def confirm_late(
    connection: Connection, confirmed: Booking, calendars: Sequence[PersonCalendar], change: Change
) -> Booking:
    """Makes a booking of an expired hold if its time is still free.

    Raises:
        Refused: the time cannot be had any more.
        BookingChanged: the hold is not as it was read.

    """
    _lock(connection, confirmed.people)
    _look(connection, calendars, confirmed, change.now)
    return _update(connection, confirmed, change)


def move(
    connection: Connection, moved: Booking, calendars: Sequence[PersonCalendar], change: Change
) -> Booking:
    """Takes the booking to its new time; holds for moving it are given up.

    Raises:
        Refused: the time cannot be had.
        BookingChanged: the booking is not as it was read.

    """
    _lock(connection, moved.people)
    _look(connection, calendars, moved, change.now, moved=moved)
    return _update(connection, moved, change)


def cancel(connection: Connection, cancelled: Booking, change: Change) -> Booking:
    """Gives the time of a booking back; holds for moving it are given up.

    Raises:
        BookingChanged: the booking is not as it was read.

    """
    _lock(connection, cancelled.people)
    _give_up(connection, booking.c.instead_of == cancelled.uid, change.now)
    return _update(connection, cancelled, change)


def release(connection: Connection, uid: UUID, now: datetime) -> None:
    """Gives a hold up; nothing if it is none any more."""
    _give_up(connection, booking.c.uid == uid, now)


def _lock(connection: Connection, people: Iterable[Person], actor: Actor | None = None) -> None:
    """Waits until this transaction alone may change these people's time, and the actor's holds."""
    wanted = [(_PEOPLE, number) for number in sorted(person.number for person in people)]
    if actor is not None:
        wanted.append((_ACTORS, zlib.crc32(f"{actor.kind.value}:{actor.id}".encode()) - 2**31))
    kinds, keys = zip(*wanted, strict=True)
    connection.execute(LOCK, {"kinds": list(kinds), "keys": list(keys)})


def _look(
    connection: Connection,
    calendars: Sequence[PersonCalendar],
    wanted: Booking,
    now: datetime,
    *,
    moved: Booking | None = None,
    given_up: Collection[UUID] = (),
    holder: Actor | None = None,
) -> None:
    """Raises Refused if a rule is against the time; a booking that would move is not in its own way."""
    own = {wanted.uid} if moved is None else {wanted.uid, moved.uid}
    parameters = around(wanted.people, wanted.time, now, own) | {
        "given_up": list(given_up),
        "moved": moved and moved.uid,
        "actor_kind": holder and holder.kind.value,
        "actor_id": holder and holder.id,
        "other_holds": MOST_HOLDS - 1,
    }
    busy = filled(calendars, connection.execute(LOOK, parameters))
    reason = refusal(busy, wanted.kind, wanted.time, now)
    if reason is not None:
        raise Refused(reason, wanted, moved.uid if moved else None)


def _insert(connection: Connection, new: Booking, change: Change, *, moved: Booking | None = None) -> Booking:
    """Writes the booking with a row per person; a person whose row is missing has been taken."""
    rows = person_values(new, besides=[moved.time] if moved else [])
    parameters = (
        booking_values(new)
        | change.request.values(new.uid, change.now)
        | {
            "numbers": [row["person_number"] for row in rows],
            "parts": [row["part"] for row in rows],
            "positions": [row["position"] for row in rows],
            "part_starts": [row["starts"] for row in rows],
            "part_ends": [row["ends"] for row in rows],
        }
    )
    taken = connection.execute(INSERT, parameters).all()
    if len(taken) < len(rows):
        raise Refused(Reason.TAKEN, new, moved.uid if moved else None)
    outbox.enqueue(connection, change.messages)
    return new


def _update(connection: Connection, new: Booking, change: Change) -> Booking:
    """Writes the booking over its former version, and nothing over any other."""
    values = booking_values(new)
    parameters = {name: values[name] for name in ("uid", *CHANGEABLE)}
    parameters |= change.request.values(new.uid, change.now)
    if not connection.execute(UPDATE, parameters).all():
        raise BookingChanged(uid=new.uid)
    outbox.enqueue(connection, change.messages)
    return new


def _give_up(connection: Connection, which: ColumnElement[bool], now: datetime) -> None:
    """Gives up the holds among those bookings."""
    given_up = (
        update(booking)
        .where(booking.c.status == Status.TENTATIVE.value, which)
        .values(status=Status.CANCELLED.value, version=booking.c.version + 1, updated_at=now)
        .returning(booking.c.uid)
        .cte("given_up")
    )
    connection.execute(
        update(booking_person)
        .where(booking_person.c.uid.in_(select(given_up.c.uid)))
        .values(status=Status.CANCELLED.value)
    )
