from __future__ import annotations

import pytest

from scheduler_core.db.bookings import MOST_HOLDS
from scheduler_core.db.store import Store
from scheduler_core.errors import HoldExpired, SlotUnavailable, UnknownBooking
from scheduler_core.model import Actor, ActorKind, Booking, Reason, Status, Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    MINUTE,
    OPERATOR,
    OTHER_CHAT,
    at,
    book,
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


def kept(scheduler: Scheduler, *holds: Booking) -> list[bool]:
    return [scheduler.find(one.uid, actor=OPERATOR).status is Status.TENTATIVE for one in holds]


def test_hold_keeps_others_away(scheduler: Scheduler) -> None:
    hold(scheduler, slot("10:00"))

    with pytest.raises(SlotUnavailable) as refused:
        hold(scheduler, slot("10:00"), OTHER_CHAT)

    assert refused.value.details["reason"] is Reason.TAKEN


def test_expired_hold_keeps_nobody_away(scheduler: Scheduler, clock: MovableClock, store: Store) -> None:
    hold(scheduler, slot("10:00"))

    clock.move(10 * MINUTE)

    assert slot("10:00") in scheduler.open_slots(kind="talk", wish=Wish(anyone_of=(frozenset({"eva"}),)))
    assert scheduler.refusal(slot("10:00")) is None
    assert scheduler.calendar("eva", TimeRange(at("09:00"), at("17:00"))).busy == ()
    booked = book(scheduler, slot("10:00"), OTHER_CHAT)
    assert booked.status is Status.CONFIRMED
    assert taken(store) == [("eva", at("10:00"), at("10:30"))]


def test_hold_is_kept_until_it_expires(scheduler: Scheduler, clock: MovableClock) -> None:
    hold(scheduler, slot("10:00"))

    clock.move(10 * MINUTE - MINUTE / 60)

    with pytest.raises(SlotUnavailable):
        book(scheduler, slot("10:00"), OTHER_CHAT)


def test_expired_hold_is_booked_while_its_time_is_free(scheduler: Scheduler, clock: MovableClock) -> None:
    held = hold(scheduler, slot("10:00", "eva", "ben"))
    clock.move(60 * MINUTE)

    booked = scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    assert (booked.status, booked.version, booked.hold_expires) == (Status.CONFIRMED, 2, None)
    assert scheduler.find(held.uid, actor=CHAT) == booked


def test_expired_hold_is_booked_although_others_were_looking(
    scheduler: Scheduler, clock: MovableClock
) -> None:
    held = hold(scheduler, slot("10:00"))
    clock.move(60 * MINUTE)
    hold(scheduler, slot("10:30"), OTHER_CHAT)  # drops what has expired

    booked = scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    assert booked.status is Status.CONFIRMED


def test_expired_hold_whose_time_is_gone_is_refused_with_what_is_near(
    scheduler: Scheduler, clock: MovableClock, store: Store
) -> None:
    held = hold(scheduler, slot("10:00"))
    clock.move(60 * MINUTE)
    book(scheduler, slot("10:00"), OTHER_CHAT)
    before = taken(store)

    with pytest.raises(SlotUnavailable) as refused:
        scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    assert refused.value.details["reason"] is Reason.TAKEN
    assert refused.value.details["nearest"] == tuple(slot(clock) for clock in ("09:00", "09:30", "10:30"))
    assert taken(store) == before


def test_new_hold_in_place_of_the_old_one_gives_that_up(scheduler: Scheduler, store: Store) -> None:
    first = hold(scheduler, slot("10:00"))

    second = hold(scheduler, slot("10:30", "ben"), instead_of=first.uid)

    assert kept(scheduler, first, second) == [False, True]
    assert taken(store) == [("ben", at("10:30"), at("11:00"))]
    with pytest.raises(HoldExpired):
        scheduler.confirm(first.uid, ANN, key=new_key(), actor=CHAT)


def test_new_hold_may_overlap_the_one_that_it_replaces(scheduler: Scheduler, store: Store) -> None:
    first = hold(scheduler, slot("10:00"))

    hold(scheduler, slot("10:00", length=60 * MINUTE), instead_of=first.uid)

    assert taken(store) == [("eva", at("10:00"), at("11:00"))]


def test_old_hold_stays_where_the_new_one_is_refused(scheduler: Scheduler, store: Store) -> None:
    first = hold(scheduler, slot("10:00"))
    book(scheduler, slot("11:00"))
    before = taken(store)

    with pytest.raises(SlotUnavailable):
        hold(scheduler, slot("11:00"), instead_of=first.uid)

    assert kept(scheduler, first) == [True]
    assert taken(store) == before


def test_hold_in_place_of_one_that_is_gone_is_a_hold(scheduler: Scheduler) -> None:
    first = hold(scheduler, slot("10:00"))
    scheduler.release(first.uid, actor=CHAT)

    second = hold(scheduler, slot("10:30"), instead_of=first.uid)

    assert kept(scheduler, first, second) == [False, True]


def test_hold_of_somebody_else_is_not_replaced(scheduler: Scheduler) -> None:
    first = hold(scheduler, slot("10:00"), OTHER_CHAT)

    with pytest.raises(UnknownBooking):
        hold(scheduler, slot("10:30"), instead_of=first.uid)

    assert kept(scheduler, first) == [True]


def test_one_hold_too_many_gives_the_oldest_up(scheduler: Scheduler, clock: MovableClock) -> None:
    holds = []
    for hour in range(9, 14):
        holds.append(hold(scheduler, slot(f"{hour:02}:00")))
        clock.move(MINUTE)
    others = hold(scheduler, slot("15:00"), OTHER_CHAT)

    assert MOST_HOLDS == 3
    assert kept(scheduler, *holds, others) == [False, False, True, True, True, True]


def test_hundred_holds_of_one_conversation_take_the_time_of_three(
    scheduler: Scheduler, clock: MovableClock, store: Store
) -> None:
    for number in range(100):
        hold(scheduler, slot(f"{9 + number % 8:02}:30", day=1 + number // 8))
        clock.move(MINUTE / 60)

    assert len(taken(store)) == 3


def test_link_holder_keeps_time_like_a_conversation(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"), OPERATOR)
    link = Actor(ActorKind.LINK, str(booked.uid))

    held = hold(scheduler, slot("11:00"), link, instead_of=booked.uid)

    assert held.instead_of == booked.uid
    assert [tuple(row) for row in rows(store, "SELECT status FROM booking ORDER BY starts")] == [
        ("CONFIRMED",),
        ("TENTATIVE",),
    ]
