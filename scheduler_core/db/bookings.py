"""The one door through which time is taken, moved and given back.

Every way through it locks its people in ascending order, looks, writes and enqueues, in the transaction of
the caller. Lock and look are statements of their own, as the look's snapshot has to be younger. The
lock prevents deadlocks and makes the look hold; that nobody is booked twice is up to the constraint.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, select, update

from scheduler_core import links, webhooks
from scheduler_core.availability import refusal
from scheduler_core.db import chat_consents, chat_lines, outbox
from scheduler_core.db.booking_rows import booking_values, person_values
from scheduler_core.db.calendars import around, filled
from scheduler_core.db.requests import Request
from scheduler_core.db.statements import CHANGEABLE, INSERT, LOCK, LOCK_AND_LOOK, LOOK_AND_MAKE_ROOM, UPDATE
from scheduler_core.db.tables import booking, booking_person
from scheduler_core.errors import BookingChanged, HoldExpired, TooManyBookings
from scheduler_core.model import ActorKind, Booking, Person, PersonCalendar, Reason, Status
from scheduler_core.outbox import Message, Topic

#: How many holds one actor may have open; a further one gives up the oldest.
MOST_HOLDS = 3
#: How many holds of one person's time all conversations may have open together; a further one pushes the
#: oldest out. Conversations cost nothing, so without this a flood of them would keep whole calendars; and if
#: the further one were refused instead, the flood would keep everybody away.
MOST_HELD = 12
#: How many bookings to come conversations may make for one address, which nobody has proven to be theirs.
MOST_BOOKINGS = 5
#: After how many mails a day guests are neither invited nor taken off: they have not asked for any.
MOST_GUEST_MAILS = 30
_TO_GUESTS = (Topic.MAIL_CONFIRMED, Topic.MAIL_UNINVITED)
_DAY = timedelta(days=1)
_PEOPLE, _ACTORS, _ADDRESSES = 1, 2, 3  # the kinds of locks, in the order in which they are taken


class Refused(Exception):
    """The time cannot be had; the transaction is to be rolled back. It never leaves the core."""

    def __init__(
        self, reason: Reason, wanted: Booking, moved: UUID | None, seen: Sequence[PersonCalendar] = ()
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wanted = wanted
        self.moved = moved
        self.seen = seen  #: what the look found within two days of the time, if it is what stood against it


class Done(Exception):
    """The same request was carried out meanwhile. It never leaves the core."""

    def __init__(self, uid: UUID) -> None:
        super().__init__(uid)
        self.uid = uid


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
    """Takes the time for a hold; an actor with enough of them loses the oldest, and so do all conversations.

    `given_up` are holds that this one replaces. A hold that would move a booking takes only what lies outside
    of that booking's time.

    Raises:
        Refused: the time cannot be had.
        BookingChanged: the booking that would move is not as it was read.

    """
    lock(connection, new.people, (_ACTORS, f"{new.actor.kind.value}:{new.actor.id}"))
    seen = _look_and_make_room(connection, calendars, new, change, moved=moved, given_up=given_up)
    if moved is not None and seen.version != moved.version:
        raise BookingChanged(uid=moved.uid)
    _judge(seen, new, change.now, moved=moved)
    return _insert(connection, new, change, moved=moved)


def book(
    connection: Connection, new: Booking, calendars: Sequence[PersonCalendar], change: Change
) -> Booking:
    """Takes the time for a booking.

    Raises:
        Refused: the time cannot be had.
        TooManyBookings: the address has enough of them.

    """
    seen = _look_to_book(connection, new, calendars, change)
    _judge(seen, new, change.now)
    return _insert(connection, new, change, event=Topic.WEBHOOK_BOOKED)


def confirm(
    connection: Connection,
    confirmed: Booking,
    calendars: Sequence[PersonCalendar],
    change: Change,
    *,
    as_of: datetime,
) -> Booking:
    """Makes a booking of a hold if its time is still free; notice and horizon are counted from `as_of`.

    Others may have dropped a hold that has not expired by the clock of this process, so only the look counts.

    Raises:
        Refused: the time cannot be had any more.
        TooManyBookings: the address has enough of them.
        HoldExpired: the hold was given up.
        BookingChanged: it is a booking already.

    """
    seen = _look_to_book(connection, confirmed, calendars, change)
    _judge(seen, confirmed, as_of)
    if not _update(connection, confirmed, change, Topic.WEBHOOK_BOOKED):
        raise HoldExpired(uid=confirmed.uid)
    return confirmed


def move(
    connection: Connection, moved: Booking, calendars: Sequence[PersonCalendar], change: Change
) -> Booking:
    """Takes the booking to its new time; holds for moving it are given up.

    Raises:
        Refused: the time cannot be had.
        BookingChanged: the booking is not as it was read.

    """
    lock(connection, moved.people)
    seen = _look_and_make_room(connection, calendars, moved, change, moved=moved)
    _judge(seen, moved, change.now, moved=moved)
    if not _update(connection, moved, change, Topic.WEBHOOK_MOVED):
        raise BookingChanged(uid=moved.uid)
    _tell_chat(connection, moved, change)
    return moved


def cancel(connection: Connection, cancelled: Booking, change: Change) -> Booking:
    """Gives the time of a booking back; holds for moving it are given up.

    Raises:
        BookingChanged: the booking is not as it was read.

    """
    lock(connection, cancelled.people)
    _give_up(connection, booking.c.instead_of == cancelled.uid, change.now)
    if not _update(connection, cancelled, change, Topic.WEBHOOK_CANCELLED):
        raise BookingChanged(uid=cancelled.uid)
    _tell_chat(connection, cancelled, change)
    return cancelled


def change_guests(connection: Connection, changed: Booking, change: Change) -> Booking:
    """Writes who is invited; the time stays as it is.

    Raises:
        BookingChanged: the booking is not as it was read.
        TooOften: guests were invited and taken off often enough within a day.

    """
    lock(connection, changed.people)
    mails = outbox.told(connection, changed.uid, _TO_GUESTS, links.GUEST, since=change.now - _DAY)
    mails.check(MOST_GUEST_MAILS, _DAY)
    if not _update(connection, changed, change):
        raise BookingChanged(uid=changed.uid)
    return changed


def release(connection: Connection, uid: UUID, now: datetime) -> None:
    """Gives a hold up; nothing if it is none any more."""
    _give_up(connection, booking.c.uid == uid, now)


def lock(connection: Connection, people: Iterable[Person], *more: tuple[int, str]) -> None:
    """Waits until this transaction alone may change these people's time, and what else is named."""
    connection.execute(LOCK, _locking(people, *more))


def _locking(people: Iterable[Person], *more: tuple[int, str]) -> dict[str, list[int]]:
    """The parameters of `LOCK`: the people in ascending order, then what else is named."""
    wanted = [(_PEOPLE, number) for number in sorted(person.number for person in people)]
    wanted += [(kind, zlib.crc32(name.encode()) - 2**31) for kind, name in more]
    kinds, keys = zip(*wanted, strict=True)
    return {"kinds": list(kinds), "keys": list(keys)}


def _look_to_book(
    connection: Connection, new: Booking, calendars: Sequence[PersonCalendar], change: Change
) -> _Seen:
    """Locks and looks where there will be a booking more.

    Raises:
        Done: the same request was carried out while this one waited for the lock.
        KeyReused: another request was, under the same key.
        TooManyBookings: the address has enough of them.
        BookingChanged: it is there already.

    """
    address = _counted_address(new, change)
    locks = _locking(new.people, *([] if address is None else [(_ADDRESSES, address)]))
    rows = LOCK_AND_LOOK.execute(connection, {**locks, **_looking(new, change, known=new.uid)}).all()
    seen = _seen(calendars, rows, change)
    if seen.version is not None:
        raise BookingChanged(uid=new.uid, version=seen.version)
    if seen.to_come >= MOST_BOOKINGS:
        raise TooManyBookings(limit=MOST_BOOKINGS)
    return seen


def _counted_address(new: Booking, change: Change) -> str | None:
    """The address whose bookings are counted: the one that a conversation books for."""
    if new.attendee is None or change.request.actor.kind is not ActorKind.CONVERSATION:
        return None
    return new.attendee.email.lower()


@dataclass(frozen=True)
class _Seen:
    """What the look finds while the lock is held."""

    calendars: list[PersonCalendar]
    version: int | None  #: of the booking that is moved, or else of the wanted one, if it is CONFIRMED
    to_come: int  #: what the address has by conversations, if it is counted


def _look_and_make_room(
    connection: Connection,
    calendars: Sequence[PersonCalendar],
    wanted: Booking,
    change: Change,
    *,
    moved: Booking | None = None,
    given_up: Collection[UUID] = (),
) -> _Seen:
    """Looks for a hold or a move, whose way holds are cleared from; what would move is in none.

    Raises:
        Done: the same request was carried out while this one waited for the lock.
        KeyReused: another request was, under the same key.

    """
    holder = change.request.actor if wanted.status is Status.TENTATIVE else None
    by_chat = holder is not None and holder.kind is ActorKind.CONVERSATION
    parameters = _looking(wanted, change, known=wanted.uid if moved is None else moved.uid) | {
        "given_up": list(given_up),
        "moved": moved and moved.uid,
        "actor_kind": holder and holder.kind.value,
        "actor_id": holder and holder.id,
        "other_holds": MOST_HOLDS - 1,
        "other_held": MOST_HELD - 1 if by_chat else None,
    }
    return _seen(calendars, LOOK_AND_MAKE_ROOM.execute(connection, parameters).all(), change)


def _looking(wanted: Booking, change: Change, *, known: UUID) -> dict[str, Any]:
    """The parameters of both looks."""
    return around(wanted.people, wanted.time, change.now, {wanted.uid, known}) | {
        "known": known,
        "address": _counted_address(wanted, change),
        **change.request.identity,
    }


def _seen(calendars: Sequence[PersonCalendar], rows: Sequence[Row[Any]], change: Change) -> _Seen:
    """What the rows of a look say."""
    done = change.request.led_to(rows[0].done, rows[0].done_hash)
    if done is not None:
        raise Done(done)
    busy = filled(calendars, (row for row in rows if row.number is not None))
    return _Seen(busy, rows[0].version, rows[0].to_come)


def _judge(seen: _Seen, wanted: Booking, now: datetime, *, moved: Booking | None = None) -> None:
    """Raises Refused if a rule is against the time."""
    reason = refusal(seen.calendars, wanted.kind, wanted.time, now)
    if reason is not None:
        raise Refused(reason, wanted, moved.uid if moved else None, seen.calendars)


def _insert(
    connection: Connection,
    new: Booking,
    change: Change,
    *,
    moved: Booking | None = None,
    event: Topic | None = None,
) -> Booking:
    """Writes the booking with a row per person; a person whose row is missing has been taken."""
    rows = person_values(new, besides=[moved.time] if moved else [])
    parameters = (
        booking_values(new)
        | change.request.values(new.uid, change.now)
        | _calling(new, event, change.now)
        | outbox.message_values(change.messages)
        | {
            "numbers": [row["person_number"] for row in rows],
            "parts": [row["part"] for row in rows],
            "positions": [row["position"] for row in rows],
            "part_starts": [row["starts"] for row in rows],
            "part_ends": [row["ends"] for row in rows],
        }
    )
    taken = INSERT.execute(connection, parameters).all()
    if len(taken) < len(rows):
        raise Refused(Reason.TAKEN, new, moved.uid if moved else None)
    return new


def _update(connection: Connection, new: Booking, change: Change, event: Topic | None = None) -> bool:
    """Writes the booking over its former version; False, and nothing written, where that is gone."""
    values = booking_values(new)
    parameters = {name: values[name] for name in ("uid", *CHANGEABLE)}
    parameters |= change.request.values(new.uid, change.now) | _calling(new, event, change.now)
    actor = change.request.actor
    parameters |= {"via": actor.via, "actor_address": actor.address}
    parameters |= outbox.message_values(change.messages)
    return bool(UPDATE.execute(connection, parameters).all())


def _calling(new: Booking, event: Topic | None, now: datetime) -> dict[str, str | None]:
    """What others are called with who build on us; nothing, where there is no event."""
    if event is None:
        return {"event": None, "event_key": None, "content": None}
    call = Message(event, new.uid, new.version, webhooks.RECIPIENT, now)
    return {"event": event.value, "event_key": call.key, "content": webhooks.event(new, event, now)}


def _tell_chat(connection: Connection, changed: Booking, change: Change) -> None:
    """Has the chat that the booking was made in, and those that asked for it, told what the practice did."""
    if change.request.actor.kind in {ActorKind.PERSON, ActorKind.OPERATOR}:
        chat_lines.announce(connection, changed, change.now)
        chat_consents.announce(connection, changed, change.now)


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
