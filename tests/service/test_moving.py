from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import (
    AlreadyCancelled,
    BookingPast,
    InvalidDuration,
    InvalidInput,
    SlotUnavailable,
)
from scheduler_core.model import Order, Reason, Status, Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    MINUTE,
    OTHER_CHAT,
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

HOUR = 60 * MINUTE


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


def test_booking_moves_and_keeps_its_name(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))

    moved = scheduler.reschedule(booked.uid, at("14:00", day=2), version=1, key=new_key(), actor=CHAT)

    at_new_time = replace(booked, time=slot("14:00", day=2).time, moved_from=booked.time.start)
    assert moved == replace(at_new_time, version=2, sequence=1)
    assert scheduler.find(booked.uid, actor=CHAT) == moved
    assert taken(store) == [("eva", at("14:00", day=2), at("14:30", day=2))]
    (row,) = rows(store, "SELECT wall_start FROM booking")
    assert row.wall_start == at("14:00", day=2).replace(tzinfo=None)
    assert [tuple(one) for one in rows(store, "SELECT topic, version, recipient FROM outbox ORDER BY id")][
        3:
    ] == [
        ("meeting_move", 2, ""),
        ("mail_rescheduled", 2, "attendee"),
        ("mail_rescheduled", 2, "person:eva"),
    ]


@pytest.mark.parametrize("start", ["09:30", "10:30", "09:00", "11:00"])
def test_booking_moves_into_its_own_time_or_beside_it(scheduler: Scheduler, store: Store, start: str) -> None:
    booked = book(scheduler, slot("10:00", "eva", "ben", length=HOUR))

    moved = scheduler.reschedule(booked.uid, at(start), version=1, key=new_key(), actor=CHAT)

    assert moved.time == slot(start, length=HOUR).time
    assert taken(store) == [(who, moved.time.start, moved.time.end) for who in ("ben", "eva")]


def test_booking_that_stays_in_its_place_is_unchanged(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))
    before = everything(store)

    assert scheduler.reschedule(booked.uid, at("10:00"), version=1, key=new_key(), actor=CHAT) == booked

    assert everything(store) == before


def test_booking_becomes_longer_when_it_moves(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))

    moved = scheduler.reschedule(booked.uid, at("09:30"), version=1, key=new_key(), actor=CHAT, length=HOUR)

    assert moved.time == slot("09:30", length=HOUR).time


def test_booking_does_not_become_as_long_as_its_type_forbids(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))

    with pytest.raises(InvalidDuration):
        scheduler.reschedule(
            booked.uid, at("09:30"), version=1, key=new_key(), actor=CHAT, length=45 * MINUTE
        )


def test_booking_that_cannot_move_stays_where_it_is(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00", "eva", "ben"))
    book(scheduler, slot("11:00", "ben"), OTHER_CHAT)
    before = taken(store)

    with pytest.raises(SlotUnavailable) as refused:
        scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)

    assert refused.value.details["reason"] is Reason.TAKEN
    # Its own time counts as free, but to stay is no way to move.
    assert refused.value.details["nearest"] == tuple(
        slot(clock, "ben", "eva") for clock in ("10:30", "11:30", "12:00")
    )
    assert scheduler.find(booked.uid, actor=CHAT) == booked
    assert taken(store) == before


@pytest.mark.parametrize(
    ("start", "length", "stretches"),
    [
        ("11:00", HOUR, [("11:00", "12:00")]),
        ("10:30", HOUR, [("11:00", "11:30")]),
        ("09:30", HOUR, [("09:30", "10:00")]),
        ("10:00", 30 * MINUTE, []),
        ("09:30", 2 * HOUR, [("09:30", "10:00"), ("11:00", "11:30")]),
    ],
)
def test_hold_for_a_move_takes_what_lies_outside_the_old_time(
    scheduler: Scheduler,
    people: People,
    store: Store,
    start: str,
    length: timedelta,
    stretches: list[tuple[str, str]],
) -> None:
    people.add_type(replace(TALK, durations=(HOUR, 30 * MINUTE, 2 * HOUR)))
    booked = book(scheduler, slot("10:00", length=HOUR))
    wanted = slot(start, length=length)

    held = hold(scheduler, wanted, instead_of=booked.uid)

    expected = sorted([("eva", at("10:00"), at("11:00")), *(("eva", at(a), at(b)) for a, b in stretches)])
    assert (held.status, held.time, held.instead_of) == (Status.TENTATIVE, wanted.time, booked.uid)
    assert scheduler.find(held.uid, actor=CHAT) == held
    assert taken(store) == expected

    moved = scheduler.reschedule(
        booked.uid, wanted.time.start, version=1, key=new_key(), actor=CHAT, length=wanted.time.length
    )

    assert moved.time == wanted.time
    assert scheduler.find(held.uid, actor=CHAT).status is Status.CANCELLED
    assert taken(store) == [("eva", wanted.time.start, wanted.time.end)]


def test_old_time_stays_taken_while_the_new_one_is_held(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))
    hold(scheduler, slot("11:00"), instead_of=booked.uid)

    for clock in ("10:00", "11:00"):
        with pytest.raises(SlotUnavailable):
            book(scheduler, slot(clock), OTHER_CHAT)


def test_second_hold_for_a_move_replaces_the_first(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))
    first = hold(scheduler, slot("11:00"), instead_of=booked.uid)

    hold(scheduler, slot("12:00"), instead_of=booked.uid)

    assert scheduler.find(first.uid, actor=CHAT).status is Status.CANCELLED
    assert [start for _, start, _ in taken(store)] == [at("10:00"), at("12:00")]


def test_cancelled_booking_takes_its_moving_hold_with_it(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))
    hold(scheduler, slot("10:30", length=HOUR), instead_of=booked.uid)

    scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)

    assert taken(store) == []


def test_hold_for_a_move_keeps_people_and_type(scheduler: Scheduler, people: People) -> None:
    people.add_type(replace(TALK, handle="chat"))
    people.offer("eva", "chat")
    booked = book(scheduler, slot("10:00"))

    for wanted in (slot("11:00", "ben"), slot("11:00", kind="chat")):
        with pytest.raises(InvalidInput):
            hold(scheduler, wanted, instead_of=booked.uid)


def test_what_is_over_or_cancelled_is_not_moved(scheduler: Scheduler, clock: MovableClock) -> None:
    over, gone = book(scheduler, slot("10:00")), book(scheduler, slot("12:00"))
    scheduler.cancel(gone.uid, version=1, key=new_key(), actor=CHAT)
    clock.instant = at("10:00")

    with pytest.raises(BookingPast):
        hold(scheduler, slot("14:00"), instead_of=over.uid)
    with pytest.raises(AlreadyCancelled):
        hold(scheduler, slot("14:00"), instead_of=gone.uid)


def test_own_time_is_offered_to_who_would_move(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00", length=HOUR))
    wish = Wish(windows=(slot("09:30", length=2 * HOUR).time,), length=HOUR, order=Order.EARLIEST)

    def starts(instead_of: UUID | None) -> list[str]:
        found = scheduler.open_slots(
            kind="talk",
            wish=replace(wish, anyone_of=(frozenset({"eva"}),)),
            instead_of=instead_of,
        )
        return [f"{one.time.start:%H:%M}" for one in found]

    assert starts(None) == []
    assert starts(booked.uid) == ["09:30", "10:30"]
    assert scheduler.refusal(slot("10:30", length=HOUR)) is Reason.TAKEN
    assert scheduler.refusal(slot("10:30", length=HOUR), instead_of=booked.uid) is None


def test_hold_for_a_move_survives_a_late_confirmation_of_another(
    scheduler: Scheduler, clock: MovableClock
) -> None:
    booked = book(scheduler, slot("10:00"))
    hold(scheduler, slot("11:00"), instead_of=booked.uid)
    clock.move(20 * MINUTE)
    other = scheduler.book(slot("11:00"), ANN, key=new_key(), actor=OTHER_CHAT)

    with pytest.raises(SlotUnavailable):
        scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)

    assert scheduler.find(other.uid, actor=OTHER_CHAT) == other
