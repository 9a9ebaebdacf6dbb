"""What the scheduler does within one transaction; first it looks whether that was done before."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection

from scheduler_core import announcements
from scheduler_core.admission import (
    channel_for,
    check_changeable,
    check_length,
    check_reach,
    check_time,
    may_touch,
)
from scheduler_core.db import booking_rows, bookings, deliveries, outbox
from scheduler_core.db import people as people_rows
from scheduler_core.db.bookings import Change
from scheduler_core.db.requests import Request
from scheduler_core.errors import BookingChanged, HoldExpired, InvalidInput, UnknownBooking
from scheduler_core.model import (
    EVERY_WAY,
    Actor,
    Attendee,
    Booking,
    Channel,
    Details,
    PersonCalendar,
    Slot,
    Status,
)
from scheduler_core.texts import address_key, checked_guests
from scheduler_core.timerange import TimeRange

HOLD_TIME = timedelta(minutes=10)
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
_FIRST = 1  # version


def hold(
    connection: Connection, slot: Slot, request: Request, now: datetime, instead_of: UUID | None
) -> Booking:
    """`Scheduler.hold`."""
    draft, calendars, done = _draft(connection, slot, request, now)
    if done is not None:
        return _existing(connection, done)
    replaced = None if instead_of is None else theirs(connection, instead_of, request.actor)
    moved = None if replaced is None or replaced.attendee is None else replaced
    if moved is not None:
        _check_movable(moved, draft, now)
    return bookings.hold(
        connection,
        replace(draft, instead_of=moved.uid if moved else None),
        calendars,
        Change(request, now),
        moved=moved,
        given_up=[replaced.uid] if replaced and not moved else [],
    )


def book(
    connection: Connection,
    slot: Slot,
    attendee: Attendee,
    details: Details,
    request: Request,
    now: datetime,
    ways: Collection[Channel],
) -> Booking:
    """`Scheduler.book`."""
    booked, calendars, done = drafted(connection, slot, attendee, details, request, now, ways)
    if done is not None:
        return _existing(connection, done)
    change = Change(request, now, announcements.of_confirmed(booked, now))
    return bookings.book(connection, booked, calendars, change)


def drafted(
    connection: Connection,
    slot: Slot,
    attendee: Attendee,
    details: Details,
    request: Request,
    now: datetime,
    ways: Collection[Channel] = EVERY_WAY,
) -> tuple[Booking, list[PersonCalendar], UUID | None]:
    """The booking that would take the slot, its people's calendars, and what the request led to before.

    Nothing is written, and nothing busy yet in the calendars.
    """
    draft, calendars, done = _draft(connection, slot, request, now)
    booked = replace(
        draft,
        status=Status.CONFIRMED,
        attendee=attendee,
        channel=channel_for(draft.kind.held_by(ways), details),
        phone=details.phone,
        note=details.note,
        guests=draft.welcome(attendee, details.guests),
        hold_expires=None,
    )
    return booked, calendars, done


def confirm(
    connection: Connection,
    uid: UUID,
    attendee: Attendee,
    details: Details,
    request: Request,
    now: datetime,
    ways: Collection[Channel],
) -> Booking:
    """`Scheduler.confirm`."""
    held, done = _read(connection, uid, request)
    if done is not None:
        return _existing(connection, done)
    if held.status is Status.CONFIRMED:
        raise BookingChanged(uid=uid, version=held.version)
    if held.status is Status.CANCELLED or held.hold_expires is None:
        raise HoldExpired(uid=uid)
    if held.instead_of is not None:
        raise InvalidInput(reason="reschedule takes a hold that moves a booking")
    # Whether the time lies too near was decided when it was taken, as long as it is kept.
    as_of = held.hold_expires - HOLD_TIME if held.hold_expires > now else now
    channel = channel_for(held.kind.held_by(ways), details)
    renewed = replace(held, hold_expires=now + HOLD_TIME)
    confirmed = renewed.confirmed(attendee, replace(details, channel=channel), now)
    confirmed = replace(confirmed, updated_at=now)
    calendars = people_rows.calendars(connection, confirmed.people)
    change = Change(request, now, announcements.of_confirmed(confirmed, now))
    return bookings.confirm(connection, confirmed, calendars, change, as_of=as_of)


def reschedule(
    connection: Connection,
    uid: UUID,
    start: datetime,
    *,
    length: timedelta | None,
    version: int,
    request: Request,
    now: datetime,
) -> Booking:
    """`Scheduler.reschedule`."""
    booking, done = _read(connection, uid, request)
    if done is not None:
        return _existing(connection, done)
    check_changeable(booking, version, now)
    check_reach(start)
    if length is not None:
        check_length(booking.kind, length)
    time = TimeRange.starting(start, length or booking.time.length)
    if time == booking.time:
        return booking  # nobody has to hear of that
    moved = replace(booking.rescheduled(time), updated_at=now)
    calendars = people_rows.calendars(connection, moved.people)
    change = Change(request, now, announcements.of_rescheduled(moved, now))
    return bookings.move(connection, moved, calendars, change)


def cancel(
    connection: Connection, uid: UUID, version: int, request: Request, now: datetime, *, reason: str = ""
) -> Booking:
    """`Scheduler.cancel`."""
    booking, done = _read(connection, uid, request)
    if done is not None:
        return _existing(connection, done)
    check_changeable(booking, version, now)
    cancelled = replace(booking.cancelled(reason), updated_at=now)
    change = Change(request, now, announcements.of_cancelled(cancelled, now))
    return bookings.cancel(connection, cancelled, change)


def invite(
    connection: Connection,
    uid: UUID,
    guests: Collection[str],
    version: int,
    request: Request,
    now: datetime,
) -> Booking:
    """`Scheduler.invite`."""

    def wanted(booking: Booking) -> tuple[str, ...]:
        return checked_guests((*booking.guests, *guests))

    return _with_guests(connection, uid, wanted, version, request, now)


def uninvite(
    connection: Connection,
    uid: UUID,
    guests: Collection[str],
    version: int,
    request: Request,
    now: datetime,
) -> Booking:
    """`Scheduler.uninvite`."""
    gone = {address_key(guest.strip()) for guest in guests}

    def wanted(booking: Booking) -> tuple[str, ...]:
        return tuple(guest for guest in booking.guests if address_key(guest) not in gone)

    return _with_guests(connection, uid, wanted, version, request, now)


def resend(connection: Connection, uid: UUID, request: Request, now: datetime) -> Booking:
    """`Scheduler.resend`."""
    booking, done = _read(connection, uid, request)
    if done is not None:
        return _existing(connection, done)
    check_changeable(booking, booking.version, now)
    return deliveries.resend(connection, booking, Change(request, now))


def theirs(connection: Connection, uid: UUID, actor: Actor) -> Booking:
    """The booking, if the actor may see it; one that is not theirs is as unknown as one that is not there."""
    return _permitted(booking_rows.find(connection, uid), uid, actor)


def _read(connection: Connection, uid: UUID, request: Request) -> tuple[Booking, UUID | None]:
    """The booking, and what the request led to before."""
    booking, done = booking_rows.find_for(connection, uid, request)
    return _permitted(booking, uid, request.actor), done


def _with_guests(
    connection: Connection,
    uid: UUID,
    wanted: Callable[[Booking], tuple[str, ...]],
    version: int,
    request: Request,
    now: datetime,
) -> Booking:
    """The booking with the guests that are wanted for it."""
    booking, done = _read(connection, uid, request)
    if done is not None:
        return _existing(connection, done)
    check_changeable(booking, version, now)
    changed = replace(booking.with_guests(wanted(booking)), updated_at=now)
    if changed.guests == booking.guests:
        return booking  # nobody has to hear of that
    waiting = outbox.unfinished(connection, booking.uid, booking.version)
    change = Change(request, now, announcements.of_guests(booking, changed, waiting, now))
    return bookings.change_guests(connection, changed, change)


def _permitted(booking: Booking | None, uid: UUID, actor: Actor) -> Booking:
    if booking is None or not may_touch(actor, booking):
        raise UnknownBooking(uid=uid)
    return booking


def _existing(connection: Connection, uid: UUID) -> Booking:
    """The booking that an earlier request led to, as it is now."""
    booking = booking_rows.find(connection, uid)
    if booking is None:
        raise UnknownBooking(uid=uid)
    return booking


def _draft(
    connection: Connection, slot: Slot, request: Request, now: datetime
) -> tuple[Booking, list[PersonCalendar], UUID | None]:
    """The hold that would keep the slot, its people's calendars, and what the request led to before."""
    kind, calendars, done = people_rows.bookable(connection, slot.kind, slot.people, request)
    check_time(kind, slot.time)
    draft = Booking(
        uid=uuid4(),
        reference="".join(secrets.choice(_ALPHABET) for _ in range(6)),
        kind=kind,
        people=tuple(calendar.person for calendar in calendars),
        time=slot.time,
        status=Status.TENTATIVE,
        version=_FIRST,
        sequence=0,
        actor=request.actor,
        channel=kind.channels[0],
        hold_expires=now + HOLD_TIME,
        created_at=now,
        updated_at=now,
    )
    return draft, calendars, done


def _check_movable(moved: Booking, draft: Booking, now: datetime) -> None:
    """Raises what keeps the draft from being a hold for moving the booking."""
    check_changeable(moved, moved.version, now)
    if (draft.people, draft.kind.handle) != (moved.people, moved.kind.handle):
        raise InvalidInput(reason="a booking keeps its people and its type when it moves")


def described(slot: Slot) -> tuple[object, ...]:
    """What makes a request for one slot differ from that for another."""
    return slot.kind, slot.time.start.isoformat(), slot.time.end.isoformat(), *sorted(slot.people)


def told(attendee: Attendee, details: Details) -> tuple[object, ...]:
    """What makes a booking differ from another of the same slot."""
    channel = details.channel and details.channel.value
    return (
        *(attendee.name, attendee.email, attendee.zone, attendee.locale),
        *(channel, details.phone, details.note),
        *details.guests,
    )
