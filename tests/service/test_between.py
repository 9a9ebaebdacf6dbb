"""What others do after a use case has read and before it has its lock, or beyond its idea of the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from scheduler_core.db.store import Store
from scheduler_core.errors import BookingChanged, HoldExpired, SlotUnavailable
from scheduler_core.model import Reason, Status
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import NOW, MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    HOUR,
    MINUTE,
    OTHER_CHAT,
    TALK,
    at,
    book,
    everything,
    hold,
    new_key,
    open_practice,
    slot,
    taken,
)


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


@pytest.fixture
def fast(store: Store) -> Scheduler:
    """The same scheduler on a machine whose clock is past the end of a hold made now."""
    return Scheduler(store, MovableClock(NOW + 10 * MINUTE + MINUTE / 60))


@contextmanager
def between(store: Store, intrusion: Callable[[], object]) -> Iterator[None]:
    """Lets the intrusion happen as a whole, on another connection, before the next lock is asked for."""
    waiting = [intrusion]

    def note(*arguments: Any) -> None:
        if "pg_advisory_xact_lock" in arguments[2] and waiting:
            waiting.pop()()

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
    assert waiting == []


def test_hold_that_others_saw_expire_is_refused_with_what_is_near(
    scheduler: Scheduler, fast: Scheduler, store: Store
) -> None:
    held = hold(scheduler, slot("10:00"))
    book(fast, slot("10:00"), OTHER_CHAT)
    before = everything(store)

    with pytest.raises(SlotUnavailable) as refused:
        scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    assert refused.value.details["reason"] is Reason.TAKEN
    assert refused.value.details["nearest"] == tuple(slot(clock) for clock in ("09:00", "09:30", "10:30"))
    assert everything(store) == before


@pytest.mark.parametrize(
    ("rule", "reason"),
    [({"daily_limit": 1}, Reason.DAY_FULL), ({"buffer_before": 30 * MINUTE}, Reason.TAKEN)],
)
def test_hold_that_others_saw_expire_breaks_no_rule(
    scheduler: Scheduler, fast: Scheduler, people: People, rule: dict[str, Any], reason: Reason
) -> None:
    people.add_type(replace(TALK, **rule))
    held = hold(scheduler, slot("10:00"))
    book(fast, slot("09:30"), OTHER_CHAT)

    with pytest.raises(SlotUnavailable) as refused:
        scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    assert refused.value.details["reason"] is reason


def test_hold_that_others_saw_expire_is_booked_while_its_time_is_free(
    scheduler: Scheduler, fast: Scheduler, store: Store
) -> None:
    held = hold(scheduler, slot("10:00"))
    hold(fast, slot("11:00"), OTHER_CHAT)  # drops what has expired

    booked = scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    assert booked.status is Status.CONFIRMED
    assert ("eva", at("10:00"), at("10:30")) in taken(store)


@pytest.mark.parametrize(
    ("late", "reason"), [(10 * MINUTE - MINUTE / 60, None), (10 * MINUTE, Reason.TOO_SOON)]
)
def test_notice_is_kept_when_the_time_is_held_and_not_again_until_the_hold_expires(
    scheduler: Scheduler, clock: MovableClock, people: People, late: Any, reason: Reason | None
) -> None:
    people.add_type(replace(TALK, minimum_notice=HOUR))
    clock.instant = at("09:00")
    held = hold(scheduler, slot("10:00"))
    clock.move(late)

    def confirmed() -> Reason | None:
        try:
            scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)
        except SlotUnavailable as refused:
            return Reason(refused.details["reason"])
        return None

    assert confirmed() is reason


def test_hold_for_a_move_is_refused_where_the_booking_has_moved_in_between(
    scheduler: Scheduler, store: Store
) -> None:
    booked = book(scheduler, slot("10:00", length=HOUR))

    with (
        between(
            store,
            lambda: scheduler.reschedule(booked.uid, at("14:00"), version=1, key=new_key(), actor=CHAT),
        ),
        pytest.raises(BookingChanged),
    ):
        hold(scheduler, slot("10:30", length=HOUR), instead_of=booked.uid)

    assert taken(store) == [("eva", at("14:00"), at("15:00"))]


def test_hold_for_a_move_is_refused_where_the_booking_was_called_off_in_between(
    scheduler: Scheduler, store: Store
) -> None:
    booked = book(scheduler, slot("10:00"))

    with (
        between(store, lambda: scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)),
        pytest.raises(BookingChanged),
    ):
        hold(scheduler, slot("11:00"), instead_of=booked.uid)

    assert taken(store) == []


def test_hold_that_is_given_up_in_between_has_expired(scheduler: Scheduler, store: Store) -> None:
    held = hold(scheduler, slot("10:00"))

    with between(store, lambda: scheduler.release(held.uid, actor=CHAT)), pytest.raises(HoldExpired):
        scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    assert taken(store) == []


def test_hold_that_is_booked_in_between_is_a_booking_already(scheduler: Scheduler, store: Store) -> None:
    held = hold(scheduler, slot("10:00"))

    def confirm() -> object:
        return scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)

    with between(store, confirm), pytest.raises(BookingChanged):
        confirm()

    assert taken(store) == [("eva", at("10:00"), at("10:30"))]


def test_booking_that_is_called_off_in_between_does_not_move(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))

    with (
        between(store, lambda: scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)),
        pytest.raises(BookingChanged),
    ):
        scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)

    assert taken(store) == []
