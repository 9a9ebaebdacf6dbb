from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from uuid import UUID, uuid4

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidText, UnknownBooking
from scheduler_core.model import Actor, ActorKind, Booking, WorkingHours
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    OPERATOR,
    OTHER_CHAT,
    at,
    book,
    everything,
    hold,
    new_key,
    open_practice,
    rows,
    slot,
)

DAY = TimeRange(at("00:00"), at("23:59"))


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


def attempts(scheduler: Scheduler, uid: UUID, actor: Actor) -> list[Callable[[], object]]:
    """Everything that can be done to one booking."""
    return [
        lambda: scheduler.find(uid, actor=actor),
        lambda: scheduler.confirm(uid, ANN, key=new_key(), actor=actor),
        lambda: scheduler.release(uid, actor=actor),
        lambda: scheduler.reschedule(uid, at("15:00"), version=1, key=new_key(), actor=actor),
        lambda: scheduler.cancel(uid, version=1, key=new_key(), actor=actor),
        lambda: scheduler.hold(slot("16:00"), key=new_key(), actor=actor, instead_of=uid),
        lambda: scheduler.invite(uid, ["bob@example.com"], version=1, key=new_key(), actor=actor),
        lambda: scheduler.uninvite(uid, ["bob@example.com"], version=1, key=new_key(), actor=actor),
        lambda: scheduler.resend(uid, key=new_key(), actor=actor),
        lambda: scheduler.delivery(uid, actor=actor),
    ]


@pytest.mark.parametrize(
    "stranger",
    [
        OTHER_CHAT,
        Actor(ActorKind.CONVERSATION, "REST:ANN"),
        Actor(ActorKind.LINK, CHAT.id),
        Actor(ActorKind.LINK, str(uuid4())),
        Actor(ActorKind.LINK, ""),
        Actor(ActorKind.ATTENDEE, "bob@example.com"),
        Actor(ActorKind.ATTENDEE, "ann@example.org"),
        Actor(ActorKind.ATTENDEE, "eva@example.org"),
        Actor(ActorKind.ATTENDEE, "%"),
        Actor(ActorKind.PERSON, "ben"),
        Actor(ActorKind.PERSON, ANN.email),
    ],
)
@pytest.mark.parametrize("make", [book, hold])
def test_foreign_booking_is_as_unknown_as_none(
    scheduler: Scheduler, store: Store, stranger: Actor, make: Callable[[Scheduler, object], Booking]
) -> None:
    uid = make(scheduler, slot("10:00")).uid
    absent = uuid4()
    before = everything(store), rows(store, "SELECT * FROM booking")

    for foreign, none in zip(
        attempts(scheduler, uid, stranger), attempts(scheduler, absent, stranger), strict=True
    ):
        said = []
        for attempt, named in ((foreign, uid), (none, absent)):
            with pytest.raises((UnknownBooking, InvalidText)) as refused:
                attempt()
            said.append((type(refused.value), str(refused.value).replace(str(named), "")))
        assert said[0] == said[1]

    assert (everything(store), rows(store, "SELECT * FROM booking")) == before


def test_link_reaches_its_one_booking(scheduler: Scheduler) -> None:
    mine, other = book(scheduler, slot("10:00")), book(scheduler, slot("11:00"))
    link = Actor(ActorKind.LINK, str(mine.uid))

    moved = scheduler.reschedule(mine.uid, at("12:00"), version=1, key=new_key(), actor=link)
    cancelled = scheduler.cancel(mine.uid, version=2, key=new_key(), actor=link)

    assert (moved.version, cancelled.version) == (2, 3)
    with pytest.raises(UnknownBooking):
        scheduler.find(other.uid, actor=link)


def test_proven_address_reaches_what_was_booked_for_it_wherever_that_was(scheduler: Scheduler) -> None:
    capitals = replace(ANN, email="Ann@Example.com")
    mine = book(scheduler, slot("10:00"), OTHER_CHAT)
    also_mine = scheduler.book(slot("11:00"), capitals, key=new_key(), actor=OPERATOR)
    ann = Actor(ActorKind.ATTENDEE, "ann@example.com")

    assert scheduler.bookings_of(ann) == [mine, also_mine]
    held = scheduler.hold(slot("12:00"), key=new_key(), actor=ann, instead_of=mine.uid)
    moved = scheduler.reschedule(mine.uid, at("12:00"), version=1, key=new_key(), actor=ann)
    cancelled = scheduler.cancel(also_mine.uid, version=1, key=new_key(), actor=ann)

    assert (held.instead_of, moved.version, cancelled.version) == (mine.uid, 2, 2)
    assert scheduler.bookings_of(ann) == [moved]


def test_person_reaches_what_they_take_part_in(scheduler: Scheduler, people: People) -> None:
    people.add_person("ben", "Dr. Ben", "ben@example.org", "UTC")
    people.set_hours("ben", [WorkingHours(day, time(9), time(17)) for day in range(7)])
    people.offer("ben", "talk")
    together, alone = book(scheduler, slot("10:00", "ben", "eva")), book(scheduler, slot("11:00", "eva"))
    ben, eva = Actor(ActorKind.PERSON, "ben"), Actor(ActorKind.PERSON, "eva")

    assert scheduler.bookings_of(ben) == [together]
    assert scheduler.bookings_of(eva) == [together, alone]
    assert scheduler.cancel(together.uid, version=1, key=new_key(), actor=ben).version == 2
    with pytest.raises(UnknownBooking):
        scheduler.find(alone.uid, actor=ben)


def test_what_is_over_or_called_off_is_not_to_come(scheduler: Scheduler, clock: MovableClock) -> None:
    over, going_on, off = (book(scheduler, slot(start)) for start in ("10:00", "11:00", "12:00"))
    scheduler.cancel(off.uid, version=1, key=new_key(), actor=CHAT)
    hold(scheduler, slot("13:00"))
    clock.instant = at("11:15")

    assert scheduler.bookings_of(CHAT) == [going_on]
    assert scheduler.bookings_of(OPERATOR) == [going_on]
    assert scheduler.bookings_of(Actor(ActorKind.LINK, str(over.uid))) == []
    assert scheduler.bookings_of(Actor(ActorKind.LINK, str(going_on.uid))) == [going_on]
    assert scheduler.bookings_of(Actor(ActorKind.LINK, "none")) == []


def test_operator_reaches_all(scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))

    assert scheduler.find(booked.uid, actor=OPERATOR) == booked
    assert scheduler.cancel(booked.uid, version=1, key=new_key(), actor=OPERATOR).version == 2


def test_agenda_shows_each_what_is_theirs(scheduler: Scheduler) -> None:
    mine, theirs = book(scheduler, slot("10:00")), book(scheduler, slot("11:00"), OTHER_CHAT)
    link = Actor(ActorKind.LINK, str(theirs.uid))

    def agenda(actor: Actor, *people: str) -> list[Booking]:
        return scheduler.agenda(people=people, window=DAY, actor=actor)

    assert agenda(CHAT) == agenda(CHAT, "eva") == [mine]
    assert agenda(OTHER_CHAT) == agenda(link) == [theirs]
    assert agenda(OPERATOR) == [mine, theirs]
    assert agenda(Actor(ActorKind.CONVERSATION, "rest:nobody")) == []
