"""How much one address, and how much the crowd of all conversations, can take of the calendars."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from scheduler_core.db.bookings import MOST_BOOKINGS, MOST_HELD
from scheduler_core.db.store import Store
from scheduler_core.errors import SlotUnavailable, TooManyBookings
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Status
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    MINUTE,
    OPERATOR,
    at,
    book,
    everything,
    hold,
    new_key,
    open_practice,
    slot,
    taken,
)

PEOPLE = ("eva", "ben", "cyd", "dan", "fay", "gil", "hal", "ida")


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, *PEOPLE)


def chat(number: int) -> Actor:
    return Actor(ActorKind.CONVERSATION, f"web:{number}")


@pytest.fixture
def full(scheduler: Scheduler) -> list[Booking]:
    """As many bookings of Ann's address as it may have, by a conversation each, one a day."""
    return [book(scheduler, slot("10:00", day=1 + number), chat(number)) for number in range(MOST_BOOKINGS)]


def booked_directly(scheduler: Scheduler, attendee: Attendee, actor: Actor) -> Booking:
    return scheduler.book(slot("14:00"), attendee, key=new_key(), actor=actor)


def held_and_confirmed(scheduler: Scheduler, attendee: Attendee, actor: Actor) -> Booking:
    held = hold(scheduler, slot("14:00"), actor)
    return scheduler.confirm(held.uid, attendee, key=new_key(), actor=actor)


WAYS = pytest.mark.parametrize("way", [booked_directly, held_and_confirmed])
Way = Callable[[Scheduler, Attendee, Actor], Booking]


@WAYS
@pytest.mark.parametrize("address", ["ann@example.com", "Ann@Example.com"])
def test_address_with_enough_to_come_gets_no_more_by_chat(
    scheduler: Scheduler, store: Store, full: list[Booking], way: Way, address: str
) -> None:
    before = everything(store) | {"booking": 0, "booking_person": 0, "request": 0}

    with pytest.raises(TooManyBookings):
        way(scheduler, replace(ANN, email=address), CHAT)

    assert len(full) == MOST_BOOKINGS == 5
    assert everything(store) | {"booking": 0, "booking_person": 0, "request": 0} == before
    booked = scheduler.agenda(people=[], window=slot("10:00", length=30 * DAY).time, actor=OPERATOR)
    assert booked == full


@WAYS
def test_other_address_is_not_counted(scheduler: Scheduler, full: list[Booking], way: Way) -> None:
    other = replace(ANN, email="bo@example.com")

    assert len(full) == MOST_BOOKINGS
    assert way(scheduler, other, CHAT).attendee == other


@WAYS
def test_operator_books_as_much_as_they_like(scheduler: Scheduler, full: list[Booking], way: Way) -> None:
    assert len(full) == MOST_BOOKINGS
    assert way(scheduler, ANN, OPERATOR).status is Status.CONFIRMED


def test_bookings_of_the_operator_do_not_count(scheduler: Scheduler) -> None:
    for number in range(MOST_BOOKINGS):
        book(scheduler, slot("10:00", day=1 + number), OPERATOR)

    assert book(scheduler, slot("14:00"), CHAT).status is Status.CONFIRMED


def test_what_is_called_off_or_over_does_not_count(
    scheduler: Scheduler, clock: MovableClock, full: list[Booking]
) -> None:
    scheduler.cancel(full[-1].uid, version=1, key=new_key(), actor=OPERATOR)
    book(scheduler, slot("14:00", day=2))
    clock.instant = at("10:00")

    assert book(scheduler, slot("15:00", day=2)).status is Status.CONFIRMED
    with pytest.raises(TooManyBookings):
        book(scheduler, slot("16:00", day=2))


def test_full_address_still_moves_what_it_has(scheduler: Scheduler, full: list[Booking]) -> None:
    held = hold(scheduler, slot("14:00"), chat(0), instead_of=full[0].uid)
    moved = scheduler.reschedule(full[0].uid, held.time.start, version=1, key=new_key(), actor=chat(0))

    assert moved.time == slot("14:00").time


def test_same_request_once_more_is_not_one_too_many(scheduler: Scheduler, full: list[Booking]) -> None:
    held = hold(scheduler, slot("14:00"))
    scheduler.cancel(full[0].uid, version=1, key=new_key(), actor=OPERATOR)

    first = scheduler.confirm(held.uid, ANN, key="one", actor=CHAT)

    assert scheduler.confirm(held.uid, ANN, key="one", actor=CHAT) == first


def test_address_is_counted_once_for_all_calendars(scheduler: Scheduler, store: Store) -> None:
    barrier = Barrier(len(PEOPLE))

    def attempt(number: int) -> bool:
        barrier.wait(30)
        try:
            book(scheduler, slot("10:00", PEOPLE[number]), chat(number))
        except TooManyBookings:
            return False
        return True

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        outcomes = list(pool.map(attempt, range(len(PEOPLE))))

    assert sum(outcomes) == MOST_BOOKINGS
    assert len(taken(store)) == MOST_BOOKINGS


def flood(scheduler: Scheduler, clock: MovableClock, holds: int, *who: str) -> list[Booking]:
    """So many holds, each by a conversation of its own, a second apart."""
    made = []
    for number in range(holds):
        wanted = slot(f"{9 + number % 8:02}:00", *who, day=1 + number // 8)
        made.append(hold(scheduler, wanted, chat(number)))
        clock.move(MINUTE / 60)
    return made


def test_flood_of_conversations_keeps_little_of_a_calendar(
    scheduler: Scheduler, clock: MovableClock, store: Store
) -> None:
    made = flood(scheduler, clock, 60)

    assert MOST_HELD == 12
    assert taken(store) == [("eva", one.time.start, one.time.end) for one in made[-MOST_HELD:]]


def test_crowd_at_one_calendar_is_none_at_another(
    scheduler: Scheduler, clock: MovableClock, store: Store
) -> None:
    flood(scheduler, clock, MOST_HELD, "eva")
    flood(scheduler, clock, 1, "ben")

    assert len(taken(store)) == MOST_HELD + 1


def test_hold_that_a_crowd_has_pushed_out_is_booked_while_its_time_is_free(
    scheduler: Scheduler, clock: MovableClock, store: Store
) -> None:
    first, second = flood(scheduler, clock, MOST_HELD + 2)[:2]

    booked = scheduler.confirm(first.uid, ANN, key=new_key(), actor=chat(0))
    other = hold(scheduler, second.slot, CHAT)

    assert scheduler.find(first.uid, actor=chat(0)) == booked
    with pytest.raises(SlotUnavailable):
        scheduler.confirm(second.uid, ANN, key=new_key(), actor=chat(1))
    assert ("eva", other.time.start, other.time.end) in taken(store)


def test_hold_in_place_of_another_pushes_nobody_out(
    scheduler: Scheduler, clock: MovableClock, store: Store
) -> None:
    made = flood(scheduler, clock, MOST_HELD)

    hold(scheduler, slot("09:30"), chat(MOST_HELD - 1), instead_of=made[-1].uid)

    assert len(taken(store)) == MOST_HELD
    assert ("eva", made[0].time.start, made[0].time.end) in taken(store)


def test_hold_of_the_operator_is_no_part_of_the_crowd(
    scheduler: Scheduler, clock: MovableClock, store: Store
) -> None:
    first = hold(scheduler, slot("09:30"), OPERATOR)
    made = flood(scheduler, clock, MOST_HELD)
    last = hold(scheduler, slot("10:30"), OPERATOR)

    expected = sorted(one.time for one in (first, *made, last))
    assert [(start, end) for _, start, end in taken(store)] == [(one.start, one.end) for one in expected]
