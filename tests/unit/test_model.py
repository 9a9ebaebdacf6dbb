from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from scheduler_core.errors import (
    AlreadyCancelled,
    HoldExpired,
    InvalidAddress,
    InvalidName,
    InvalidText,
    SchedulerError,
    TooManyGuests,
    UnknownZone,
)
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Channel, Details, Slot, Status
from scheduler_core.timerange import TimeRange
from tests.unit.calendars import HOUR, MINUTE, NOW, kind, person

ANN = Attendee("Ann Lee", "ann@example.com", "Asia/Tokyo")
HOLD = Booking(
    uid=UUID(int=1),
    reference="ABC234",
    kind=kind(),
    people=(person(handle="eva"), person(handle="ben", number=2)),
    time=TimeRange.starting(NOW + HOUR, 30 * MINUTE),
    status=Status.TENTATIVE,
    version=1,
    sequence=0,
    actor=Actor(ActorKind.CONVERSATION, "rest:1"),
    channel=Channel.JITSI,
    hold_expires=NOW + 10 * MINUTE,
)
BOOKED = replace(HOLD, status=Status.CONFIRMED, attendee=ANN, hold_expires=None, version=2)


def test_hold_becomes_a_booking() -> None:
    booked = HOLD.confirmed(ANN, Details(Channel.PHONE, phone=" 123 ", note="tax"), NOW)

    assert booked == replace(BOOKED, channel=Channel.PHONE, phone="123", note="tax")


@pytest.mark.parametrize(
    "hold",
    [
        replace(HOLD, hold_expires=NOW),
        BOOKED,
        replace(HOLD, status=Status.CANCELLED),
    ],
)
def test_what_is_no_hold_any_more_cannot_be_confirmed(hold: Booking) -> None:
    with pytest.raises(HoldExpired):
        hold.confirmed(ANN, Details(), NOW)


def test_rescheduling_keeps_the_uid_and_raises_the_sequence() -> None:
    time = TimeRange.starting(NOW + 5 * HOUR, 30 * MINUTE)

    moved = replace(BOOKED, time=time, moved_from=BOOKED.time.start, version=3, sequence=1)
    assert BOOKED.rescheduled(time) == moved


def test_cancelling_raises_the_sequence() -> None:
    assert BOOKED.cancelled() == replace(BOOKED, status=Status.CANCELLED, version=3, sequence=1)


def test_cancelled_booking_stays_as_it_is() -> None:
    cancelled = BOOKED.cancelled()

    with pytest.raises(AlreadyCancelled):
        cancelled.cancelled()
    with pytest.raises(AlreadyCancelled):
        cancelled.rescheduled(BOOKED.time)


def test_booking_knows_its_slot_and_its_organizer() -> None:
    assert BOOKED.slot == Slot(BOOKED.time, ("ben", "eva"), "talk")
    assert BOOKED.organizer == person(handle="eva")


def test_attendee_is_normalised() -> None:
    assert Attendee("  Ann  Lee ", " ann@EXAMPLE.com", "Asia/Calcutta") == Attendee(
        "Ann Lee", "ann@example.com", "Asia/Kolkata"
    )


@pytest.mark.parametrize(
    ("name", "email", "zone", "error"),
    [
        ("Ann\n", "ann@example.com", "UTC", InvalidName),
        ("x" * 10_000, "ann@example.com", "UTC", InvalidName),
        ("Ann", "ann@example.com, eve@example.com", "UTC", InvalidAddress),
        ("Ann", "ann@example.com", "Mars/Base", UnknownZone),
    ],
)
def test_attendee_that_cannot_be_used_is_refused(
    name: str, email: str, zone: str, error: type[SchedulerError]
) -> None:
    with pytest.raises(error):
        Attendee(name, email, zone)


@pytest.mark.parametrize(("phone", "note"), [("", "x" * 2001), ("", "a\0"), ("1" * 41, "")])
def test_details_that_cannot_be_used_are_refused(phone: str, note: str) -> None:
    with pytest.raises(InvalidText):
        Details(phone=phone, note=note)


def test_guests_are_checked_and_each_one_is_kept_once() -> None:
    details = Details(guests=(" bob@Example.com", "BOB@example.com", "cyd@example.org"))

    assert details.guests == ("BOB@example.com", "cyd@example.org")
    with pytest.raises(InvalidAddress):
        Details(guests=("bob",))
    with pytest.raises(TooManyGuests):
        Details(guests=tuple(f"guest-{number}@example.com" for number in range(11)))


def test_change_of_guests_remembers_who_was_one() -> None:
    first = BOOKED.with_guests(("bob@example.com", "cyd@example.org", ANN.email))
    second = first.with_guests(("cyd@example.org",))
    third = second.with_guests(("Bob@example.com",))

    assert [(one.guests, one.uninvited) for one in (first, second, third)] == [
        (("bob@example.com", "cyd@example.org"), ()),
        (("cyd@example.org",), ("bob@example.com",)),
        (("Bob@example.com",), ("cyd@example.org",)),
    ]
    assert (third.version, third.sequence) == (BOOKED.version + 3, BOOKED.sequence + 3)
    with pytest.raises(AlreadyCancelled):
        BOOKED.cancelled().with_guests(())


def test_details_of_a_booking_are_what_it_was_booked_with() -> None:
    details = Details(Channel.PHONE, phone="123", note="tax", guests=("bob@example.com",))

    assert HOLD.confirmed(ANN, details, NOW).details == details
