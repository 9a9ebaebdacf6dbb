"""A request that is repeated under its key is harmless."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidText, KeyReused, SlotUnavailable
from scheduler_core.model import Booking, Details
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    OTHER_CHAT,
    at,
    book,
    everything,
    hold,
    open_practice,
    slot,
    taken,
)

BOB = "bob@example.com"
UseCase = Callable[[], Booking]


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


@pytest.fixture
def use_cases(scheduler: Scheduler) -> dict[str, UseCase]:
    """One of each kind, all under the same key of different conversations' requests."""
    held, booked, other = (
        hold(scheduler, slot("09:00")),
        book(scheduler, slot("10:00")),
        scheduler.book(slot("11:00"), ANN, details=Details(guests=(BOB,)), key="other", actor=CHAT),
    )
    return {
        "hold": lambda: scheduler.hold(slot("12:00"), key="hold", actor=CHAT),
        "replace": lambda: scheduler.hold(slot("12:30"), key="again", actor=CHAT, instead_of=held.uid),
        "book": lambda: scheduler.book(slot("13:00"), ANN, key="book", actor=CHAT),
        "confirm": lambda: scheduler.confirm(held.uid, ANN, key="confirm", actor=CHAT),
        "reschedule": lambda: scheduler.reschedule(
            booked.uid, at("15:00"), version=1, key="move", actor=CHAT
        ),
        "cancel": lambda: scheduler.cancel(other.uid, version=1, key="cancel", actor=CHAT),
        "invite": lambda: scheduler.invite(booked.uid, [BOB], version=1, key="invite", actor=CHAT),
        "uninvite": lambda: scheduler.uninvite(other.uid, [BOB], version=1, key="uninvite", actor=CHAT),
        "resend": lambda: scheduler.resend(booked.uid, key="resend", actor=CHAT),
    }


NAMES = ["hold", "replace", "book", "confirm", "reschedule", "cancel", "invite", "uninvite", "resend"]


@pytest.mark.parametrize("name", NAMES)
def test_repeated_request_gives_the_same_booking(
    use_cases: dict[str, UseCase], store: Store, clock: MovableClock, name: str
) -> None:
    first = use_cases[name]()
    before = everything(store)
    clock.move(30 * DAY)  # however late

    second = use_cases[name]()

    assert second == first
    assert everything(store) == before


@pytest.mark.parametrize("name", NAMES)
def test_request_made_by_many_at_once_is_carried_out_once(
    use_cases: dict[str, UseCase], store: Store, name: str
) -> None:
    before = everything(store)
    start = Barrier(8)

    def ask(_: int) -> Booking:
        start.wait()
        return use_cases[name]()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))

    after = everything(store)
    assert answers == [answers[0]] * 8
    assert after["request"] - before["request"] == 1
    assert after["booking"] - before["booking"] == (1 if name in {"hold", "replace", "book"} else 0)


def test_key_for_something_else_is_refused(scheduler: Scheduler, store: Store) -> None:
    booked = scheduler.book(slot("10:00"), ANN, key="one", actor=CHAT)
    before = everything(store)

    others: list[UseCase] = [
        lambda: scheduler.book(slot("10:30"), ANN, key="one", actor=CHAT),
        lambda: scheduler.book(slot("10:00", "ben"), ANN, key="one", actor=CHAT),
        lambda: scheduler.book(slot("10:00"), replace(ANN, name="Bo"), key="one", actor=CHAT),
        lambda: scheduler.book(slot("10:00"), ANN, details=Details(note="x"), key="one", actor=CHAT),
        lambda: scheduler.book(slot("10:00"), ANN, details=Details(guests=(BOB,)), key="one", actor=CHAT),
        lambda: scheduler.hold(slot("10:00"), key="one", actor=CHAT),
        lambda: scheduler.cancel(booked.uid, version=1, key="one", actor=CHAT),
    ]
    for other in others:
        with pytest.raises(KeyReused):
            other()

    assert everything(store) == before


def test_key_belongs_to_who_made_it(scheduler: Scheduler, store: Store) -> None:
    first = scheduler.book(slot("10:00"), ANN, key="one", actor=CHAT)

    second = scheduler.book(slot("10:30"), ANN, key="one", actor=OTHER_CHAT)

    assert first.uid != second.uid
    assert len(taken(store)) == 2


def test_refused_request_may_be_tried_again(scheduler: Scheduler) -> None:
    other = book(scheduler, slot("10:00"), OTHER_CHAT)
    with pytest.raises(SlotUnavailable):
        scheduler.book(slot("10:00"), ANN, key="one", actor=CHAT)
    scheduler.cancel(other.uid, version=1, key="x", actor=OTHER_CHAT)

    assert scheduler.book(slot("10:00"), ANN, key="one", actor=CHAT).time == slot("10:00").time


def test_same_request_under_two_keys_is_two(scheduler: Scheduler) -> None:
    scheduler.book(slot("10:00"), ANN, key="one", actor=CHAT)

    with pytest.raises(SlotUnavailable):
        scheduler.book(slot("10:00"), ANN, key="two", actor=CHAT)


@pytest.mark.parametrize("key", ["", "  ", "x" * 201, "a\0b"])
def test_key_that_cannot_be_kept_is_refused(scheduler: Scheduler, key: str) -> None:
    with pytest.raises(InvalidText):
        scheduler.hold(slot("10:00"), key=key, actor=CHAT)
