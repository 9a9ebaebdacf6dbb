from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from scheduler_core import zones
from scheduler_core.db.store import Store
from scheduler_core.errors import (
    AlreadyCancelled,
    BookingChanged,
    BookingPast,
    HoldExpired,
    InvalidInput,
    SlotUnavailable,
    UnknownBooking,
)
from scheduler_core.model import Channel, Details, Reason, Slot, Status
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import NOW, MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    OPERATOR,
    TALK,
    at,
    book,
    everything,
    hold,
    new_key,
    open_practice,
    rows,
    slot,
    taken,
)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


def messages(store: Store) -> list[tuple[str, int, str]]:
    return [tuple(row) for row in rows(store, "SELECT topic, version, recipient FROM outbox ORDER BY id")]


def test_booking_takes_the_time_of_everybody(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00", "eva", "ben"))

    assert (booked.status, booked.version, booked.sequence, booked.attendee) == (
        Status.CONFIRMED,
        1,
        0,
        ANN,
    )
    assert [person.handle for person in booked.people] == ["ben", "eva"]
    assert taken(store) == [("ben", at("10:00"), at("10:30")), ("eva", at("10:00"), at("10:30"))]


def test_booking_is_found_as_it_was_made(scheduler: Scheduler) -> None:
    details = Details(Channel.PHONE, phone="+49 30 901820", note="about the tax\nreturn")

    booked = scheduler.book(slot("10:00"), ANN, details=details, key=new_key(), actor=CHAT)

    assert scheduler.find(booked.uid, actor=CHAT) == booked
    assert (booked.channel, booked.phone, booked.note) == (Channel.PHONE, details.phone, details.note)
    assert (booked.created_at, booked.updated_at, booked.kind) == (NOW, NOW, TALK)


def test_booking_keeps_the_agreed_wall_time(scheduler: Scheduler, people: People, store: Store) -> None:
    people.add_person("kim", "Kim", "kim@example.org", "Asia/Kolkata")
    people.set_hours("kim", people.calendar("eva").working_hours)
    people.offer("kim", "talk")

    book(scheduler, slot("04:00", "kim"))

    (row,) = rows(store, "SELECT starts, wall_start, zone, tzdata_version FROM booking")
    assert tuple(row) == (
        at("04:00"),
        datetime(2026, 12, 1, 9, 30),  # noqa: DTZ001  # a wall time
        "Asia/Kolkata",
        zones.data_version(),
    )


def test_reference_is_short_and_cannot_be_misread(scheduler: Scheduler) -> None:
    reference = book(scheduler, slot("10:00")).reference

    assert len(reference) == 6
    assert set(reference) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")


def test_online_booking_is_announced_to_all(scheduler: Scheduler, store: Store) -> None:
    book(scheduler, slot("10:00", "eva", "ben"))

    assert messages(store) == [
        ("meeting_create", 1, ""),
        ("mail_confirmed", 1, "attendee"),
        ("mail_confirmed", 1, "person:ben"),
        ("mail_confirmed", 1, "person:eva"),
    ]


def test_hold_is_announced_to_nobody(scheduler: Scheduler, store: Store) -> None:
    hold(scheduler, slot("10:00"))

    assert messages(store) == []


def test_hold_becomes_a_booking(scheduler: Scheduler, store: Store) -> None:
    held = hold(scheduler, slot("10:00"))

    details = Details(Channel.PHONE, phone="123")
    booked = scheduler.confirm(held.uid, ANN, details=details, key=new_key(), actor=CHAT)

    assert held.status is Status.TENTATIVE
    assert held.hold_expires == NOW + 10 * MINUTE
    assert booked == replace(
        held,
        status=Status.CONFIRMED,
        attendee=ANN,
        channel=Channel.PHONE,
        phone="123",
        version=2,
        hold_expires=None,
    )
    assert scheduler.find(held.uid, actor=CHAT) == booked
    assert messages(store) == [("mail_confirmed", 2, "attendee"), ("mail_confirmed", 2, "person:eva")]


def test_booked_hold_cannot_be_booked_again(scheduler: Scheduler) -> None:
    held = hold(scheduler, slot("10:00"))
    scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    with pytest.raises(BookingChanged):
        scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)


def test_released_hold_frees_its_time_and_cannot_be_booked(scheduler: Scheduler, store: Store) -> None:
    held = hold(scheduler, slot("10:00"))

    scheduler.release(held.uid, actor=CHAT)
    scheduler.release(held.uid, actor=CHAT)

    assert taken(store) == []
    with pytest.raises(HoldExpired):
        scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)


def test_release_leaves_a_booking_alone(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))

    scheduler.release(booked.uid, actor=CHAT)

    assert scheduler.find(booked.uid, actor=CHAT) == booked


def test_taken_time_is_refused_with_what_is_near(scheduler: Scheduler, store: Store) -> None:
    book(scheduler, slot("10:00"))
    book(scheduler, slot("10:30"))
    before = everything(store)

    with pytest.raises(SlotUnavailable) as refused:
        book(scheduler, slot("10:00"))

    assert refused.value.details == {
        "reason": Reason.TAKEN,
        "nearest": (slot("09:00"), slot("09:30"), slot("11:00")),
        "slot": slot("10:00"),
    }
    assert everything(store) == before


def test_group_is_refused_if_one_is_taken(scheduler: Scheduler, store: Store) -> None:
    book(scheduler, slot("10:00", "ben"))
    before = taken(store)

    with pytest.raises(SlotUnavailable) as refused:
        book(scheduler, slot("10:00", "eva", "ben"))

    assert refused.value.details["reason"] is Reason.TAKEN
    assert refused.value.details["nearest"] == tuple(
        slot(clock, "ben", "eva") for clock in ("09:00", "09:30", "10:30")
    )
    assert taken(store) == before


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (Slot(TimeRange.starting(NOW - HOUR, 30 * MINUTE), ("eva",), "talk"), Reason.PAST),
        (Slot(TimeRange.starting(NOW + 100 * DAY, 30 * MINUTE), ("eva",), "talk"), Reason.TOO_FAR),
        (slot("08:30"), Reason.OUTSIDE_HOURS),
        (slot("16:30", length=60 * MINUTE), Reason.OUTSIDE_HOURS),
        (slot("10:10"), Reason.OFF_GRID),
    ],
)
def test_time_against_the_rules_is_refused(scheduler: Scheduler, wanted: Slot, reason: Reason) -> None:
    with pytest.raises(SlotUnavailable) as refused:
        hold(scheduler, wanted)

    assert refused.value.details["reason"] is reason
    assert refused.value.details["nearest"] != ()
    assert scheduler.refusal(wanted) is reason


def test_open_slot_has_no_refusal(scheduler: Scheduler) -> None:
    assert scheduler.refusal(slot("10:00")) is None


def test_cancelling_frees_the_time_at_once(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00", "eva", "ben"))

    cancelled = scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)

    assert cancelled == replace(booked, status=Status.CANCELLED, version=2, sequence=1)
    assert scheduler.find(booked.uid, actor=CHAT) == cancelled
    assert taken(store) == []
    assert book(scheduler, slot("10:00")).status is Status.CONFIRMED
    assert messages(store)[4:8] == [
        ("meeting_delete", 2, ""),
        ("mail_cancelled", 2, "attendee"),
        ("mail_cancelled", 2, "person:ben"),
        ("mail_cancelled", 2, "person:eva"),
    ]


def test_booking_that_has_changed_is_not_changed_by_who_has_not_seen_it(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))
    moved = scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)

    with pytest.raises(BookingChanged):
        scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)
    with pytest.raises(BookingChanged):
        scheduler.reschedule(booked.uid, at("12:00"), version=1, key=new_key(), actor=CHAT)

    assert scheduler.find(booked.uid, actor=CHAT) == moved


def test_cancelled_booking_stays_cancelled(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))
    cancelled = scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)

    with pytest.raises(AlreadyCancelled):
        scheduler.cancel(booked.uid, version=2, key=new_key(), actor=CHAT)
    with pytest.raises(AlreadyCancelled):
        scheduler.reschedule(booked.uid, at("11:00"), version=2, key=new_key(), actor=CHAT)

    assert scheduler.find(booked.uid, actor=CHAT) == cancelled


def test_appointment_that_has_begun_is_not_changed(scheduler: Scheduler, clock: MovableClock) -> None:
    booked = book(scheduler, slot("10:00"))

    clock.instant = at("10:00")

    with pytest.raises(BookingPast):
        scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)
    with pytest.raises(BookingPast):
        scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)


def test_hold_is_no_booking_to_cancel_or_to_move(scheduler: Scheduler) -> None:
    held = hold(scheduler, slot("10:00"))

    with pytest.raises(UnknownBooking):
        scheduler.cancel(held.uid, version=1, key=new_key(), actor=CHAT)
    with pytest.raises(UnknownBooking):
        scheduler.reschedule(held.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)


def test_agenda_lists_what_is_booked_by_start(scheduler: Scheduler) -> None:
    later = book(scheduler, slot("14:00", "eva", "ben"))
    sooner = book(scheduler, slot("10:00"))
    book(scheduler, slot("11:00", "ben"))
    gone = book(scheduler, slot("12:00"))
    scheduler.cancel(gone.uid, version=1, key=new_key(), actor=CHAT)
    hold(scheduler, slot("15:00"))
    book(scheduler, slot("10:00", day=3))

    found = scheduler.agenda(people=["eva"], window=TimeRange(at("00:00"), at("23:59")), actor=OPERATOR)

    assert found == [sooner, later]


def test_agenda_holds_what_touches_the_window(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))
    window = TimeRange(at("10:15"), at("10:20"))

    assert scheduler.agenda(people=[], window=window, actor=OPERATOR) == [booked]
    assert scheduler.agenda(people=["ben"], window=window, actor=OPERATOR) == []


def test_calendar_shows_when_but_not_who(scheduler: Scheduler, people: People) -> None:
    book(scheduler, slot("10:00"))
    hold(scheduler, slot("10:30"))

    shown = scheduler.calendar("eva", TimeRange(at("00:00"), at("23:59")))

    assert shown.person == people.get("eva")
    assert shown.open == (TimeRange(at("09:00"), at("17:00")),)
    assert shown.busy == (TimeRange(at("10:00"), at("11:00")),)


def test_hold_that_moves_a_booking_cannot_be_booked_by_itself(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))
    held = hold(scheduler, slot("11:00"), instead_of=booked.uid)

    with pytest.raises(InvalidInput):
        scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)
