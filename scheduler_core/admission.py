"""What is checked of a request before time is looked for: who asks, how long, by which channel; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler_core.errors import (
    AlreadyCancelled,
    BookingChanged,
    BookingPast,
    InvalidChannel,
    InvalidDuration,
    InvalidTime,
    UnknownBooking,
)
from scheduler_core.model import Actor, ActorKind, AppointmentType, Booking, Channel, Details, Status
from scheduler_core.texts import address_key
from scheduler_core.timerange import TimeRange, as_utc

LONGEST_WINDOW = timedelta(days=100)


def may_touch(actor: Actor, booking: Booking) -> bool:
    """Whether the actor may see and change the booking."""
    if actor.kind is ActorKind.OPERATOR or booking.actor == actor:
        return True
    if actor.kind is ActorKind.ATTENDEE:
        return booking.attendee is not None and address_key(booking.attendee.email) == actor.id
    if actor.kind is ActorKind.PERSON:
        return any(person.handle == actor.id for person in booking.people)
    return actor.kind is ActorKind.LINK and actor.id == str(booking.uid)


def check_time(kind: AppointmentType, time: TimeRange) -> None:
    """Raises what is wrong with a time whatever the calendars say.

    Raises:
        InvalidDuration: the appointment type cannot be booked at that length.
        InvalidTime: no calendar reaches that far.

    """
    check_length(kind, time.length)
    check_reach(time.start, time.end)


def check_window(window: TimeRange) -> None:
    """Raises InvalidTime if a calendar cannot be shown for so long a time, or for so far a one."""
    if window.length > LONGEST_WINDOW:
        raise InvalidTime(reason="too_long", value=str(window.length))
    check_reach(window.start, window.end)


def check_reach(*instants: datetime) -> None:
    """Raises InvalidTime if an instant is naive or no calendar reaches that far."""
    for instant in instants:
        if not 2000 <= as_utc(instant).year < 2500:
            raise InvalidTime(reason="beyond", value=instant.isoformat())


def check_length(kind: AppointmentType, length: timedelta) -> None:
    """Raises InvalidDuration if the appointment type cannot be booked at that length."""
    if length not in kind.durations:
        raise InvalidDuration(type=kind.handle, length=length, durations=kind.durations)


def channel_for(kind: AppointmentType, details: Details) -> Channel:
    """How the appointment will be held: as asked for, or the default of its type.

    Raises:
        InvalidChannel: the type is not held that way, or a phone number is missing.

    """
    channel = details.channel or kind.channels[0]
    if channel not in kind.channels:
        raise InvalidChannel(channel=channel.value, channels=kind.channels)
    if channel is Channel.PHONE and not details.phone:
        raise InvalidChannel(channel=channel.value, missing="phone")
    return channel


def check_changeable(booking: Booking, version: int, now: datetime) -> None:
    """Raises what keeps a booking from being changed by somebody who has read that version of it.

    Raises:
        UnknownBooking: it is a hold.
        AlreadyCancelled, BookingChanged, BookingPast: as they say.

    """
    if booking.status is Status.TENTATIVE or booking.attendee is None:
        raise UnknownBooking(uid=booking.uid)
    if booking.status is Status.CANCELLED:
        raise AlreadyCancelled(uid=booking.uid)
    if booking.version != version:
        raise BookingChanged(uid=booking.uid, version=booking.version)
    if booking.time.start <= now:
        raise BookingPast(uid=booking.uid)
