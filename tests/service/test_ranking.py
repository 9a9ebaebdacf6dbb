"""By whose bookings offers are ranked: those that the one who asks may see, and what many have in common."""

from __future__ import annotations

import pytest

from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Attendee, Order, Wish
from scheduler_core.people import People
from scheduler_core.ranking import Crowd, DayPart, Taste, Usual
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.practice import ANN, CHAT, OPERATOR, OTHER_CHAT, at, book, new_key, open_practice, slot

PROVEN = Actor(ActorKind.ATTENDEE, ANN.email)
#: Monday to Friday.
WEEK = Wish(windows=(TimeRange(at("00:00", day=14), at("00:00", day=19)),))
#: The first two afternoons of December that are Tuesdays.
TUESDAYS = (slot("15:00", day=1), slot("15:30", day=8))
SPREAD = ["14 09:00", "16 12:30", "18 16:30"]


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "ben", "eva")


def offered(scheduler: Scheduler, taker: Actor | None = None, wish: Wish = WEEK) -> list[str]:
    found = scheduler.open_slots(kind="talk", wish=wish, limit=3, zone="UTC", taker=taker)
    return [f"{one.time.start:%d %H:%M}" for one in found]


def crowd(scheduler: Scheduler, attendees: int, *, clock: str = "10:00") -> None:
    """So many attendees, each on another day."""
    for number in range(attendees):
        scheduler.book(
            slot(clock, day=20 + number),
            Attendee(f"Guest {number}", f"guest{number}@example.com", "UTC"),
            key=new_key(),
            actor=OPERATOR,
        )


def test_those_who_have_proven_their_address_are_offered_what_they_usually_take(scheduler: Scheduler) -> None:
    for one in TUESDAYS:
        book(scheduler, one)

    assert offered(scheduler, PROVEN) == ["15 15:00", "16 15:00", "18 15:00"]
    assert scheduler.taste(kind="talk", zone="UTC", taker=PROVEN).usual == Usual(
        1, DayPart.AFTERNOON, ("eva",), 15 * 60
    )


@pytest.mark.parametrize("stranger", [None, OTHER_CHAT, Actor(ActorKind.ATTENDEE, "zoe@example.com")])
def test_others_are_offered_the_same_whether_or_not_somebody_has_habits(
    scheduler: Scheduler, stranger: Actor | None
) -> None:
    for one in TUESDAYS:
        book(scheduler, one)

    assert offered(scheduler, stranger) == SPREAD
    assert scheduler.taste(kind="talk", zone="UTC", taker=stranger) == Taste()


def test_a_conversation_ranks_by_what_was_booked_in_it(scheduler: Scheduler) -> None:
    for one in TUESDAYS:
        book(scheduler, one, CHAT)

    assert offered(scheduler, CHAT) == ["15 15:00", "16 15:00", "18 15:00"]


def test_what_was_called_off_is_no_habit(scheduler: Scheduler) -> None:
    for one in TUESDAYS:
        made = book(scheduler, one)
        scheduler.cancel(made.uid, version=made.version, key=new_key(), actor=CHAT)

    assert offered(scheduler, PROVEN) == SPREAD


def test_hours_that_five_attendees_take_are_offered_to_everybody(scheduler: Scheduler) -> None:
    crowd(scheduler, 5)

    assert scheduler.taste(kind="talk", zone="UTC") == Taste(crowd=Crowd(hours={10: 5}))
    assert offered(scheduler) == ["14 10:00", "16 10:30", "18 16:30"]


def test_nobody_learns_what_fewer_than_five_take(scheduler: Scheduler) -> None:
    crowd(scheduler, 4)

    assert scheduler.taste(kind="talk", zone="UTC") == Taste()
    assert offered(scheduler) == SPREAD


def test_one_attendee_who_comes_often_is_no_crowd(scheduler: Scheduler) -> None:
    for number in range(6):
        scheduler.book(slot("10:00", day=20 + number), ANN, key=new_key(), actor=OPERATOR)

    assert scheduler.taste(kind="talk", zone="UTC") == Taste()


def test_erased_attendees_are_no_crowd(scheduler: Scheduler, store: Store) -> None:
    crowd(scheduler, 5)
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE booking SET attendee_email = 'nobody@example.com'")

    assert scheduler.taste(kind="talk", zone="UTC") == Taste()


def test_as_soon_as_possible_stays_the_earliest(scheduler: Scheduler) -> None:
    for one in TUESDAYS:
        book(scheduler, one)

    soonest = Wish(windows=WEEK.windows, order=Order.EARLIEST)

    assert offered(scheduler, PROVEN, soonest) == ["14 09:00", "14 09:30", "14 10:00"]


def test_a_setting_turns_ranking_off(store: Store, clock: MovableClock) -> None:
    unranked = Scheduler(store, clock, ranks_offers=False)
    crowd(unranked, 5)
    for one in TUESDAYS:
        book(unranked, one)

    assert offered(unranked, PROVEN) == SPREAD
    assert unranked.taste(kind="talk", zone="UTC", taker=PROVEN) == Taste()
