"""Who may ask for a code, how often, and for which addresses one is mailed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidAddress, TooOften
from scheduler_core.identity import Identity, Proof, Refusal, Why
from scheduler_core.model import Actor, ActorKind, Booking
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import NOW, MovableClock
from tests.service.practice import DAY, HOUR, MINUTE, OPERATOR, book, new_key, open_practice, rows, slot
from tests.service.test_identity import ANN, LINKS, OTHER, WEB, code_for, mailed
from tests.service.test_statements import counted


@pytest.fixture(autouse=True)
def booked(people: People, scheduler: Scheduler) -> Booking:
    """Ann's, on the first of December at ten."""
    open_practice(people, "eva", "ben")
    return book(scheduler, slot("10:00"))


@pytest.fixture
def identity(store: Store, clock: MovableClock) -> Identity:
    return Identity(store, clock, LINKS)


def test_code_goes_to_the_address_as_it_is_known(identity: Identity, store: Store) -> None:
    code = code_for(identity, store, " ANN@EXAMPLE.COM ")

    assert mailed(store) == [(ANN, code)]
    proof = identity.prove(code, **WEB)
    assert isinstance(proof, Proof)
    assert proof.actor == Actor(ActorKind.ATTENDEE, ANN)


def test_unknown_address_gets_the_same_answer_and_no_mail(identity: Identity, store: Store) -> None:
    with counted(store) as for_known:
        identity.ask_code(ANN, **WEB)
    with counted(store) as for_unknown:
        identity.ask_code("stranger@example.com", **OTHER)

    assert len(for_known) == 3
    assert for_unknown == for_known
    assert [address for address, _ in mailed(store)] == [ANN]
    assert identity.prove("12345678", **OTHER) == identity.prove("12345678", **WEB) == Refusal(Why.WRONG, 4)


def test_address_is_known_until_a_month_after_the_appointment(
    identity: Identity, store: Store, booked: Booking, clock: MovableClock
) -> None:
    clock.instant = booked.time.start + 30 * DAY - MINUTE
    identity.ask_code(ANN, **WEB)
    clock.move(2 * MINUTE)
    identity.ask_code(ANN, **OTHER)

    assert len(mailed(store)) == 1


def test_address_of_a_cancelled_appointment_is_known(
    identity: Identity, store: Store, booked: Booking, scheduler: Scheduler
) -> None:
    scheduler.cancel(booked.uid, version=1, key=new_key(), actor=OPERATOR)

    identity.ask_code(ANN, **WEB)

    assert len(mailed(store)) == 1


def test_three_codes_an_hour_go_to_an_address(identity: Identity, store: Store, clock: MovableClock) -> None:
    for number in range(3):
        identity.ask_code(ANN, channel="web", sender=f"chat-{number}")
        clock.move(MINUTE)

    with pytest.raises(TooOften) as refused:
        identity.ask_code("Ann@Example.com", channel="rest", sender="another")

    assert refused.value.details == {"again": NOW + HOUR}
    clock.instant = NOW + HOUR
    identity.ask_code(ANN, **WEB)
    assert rows(store, "SELECT count(*) FROM identity_code") == [(4,)]


def test_ten_codes_an_hour_are_asked_for_by_a_sender(identity: Identity, clock: MovableClock) -> None:
    for number in range(10):
        identity.ask_code(f"somebody-{number}@example.com", **WEB)

    with pytest.raises(TooOften):
        identity.ask_code("somebody@example.com", **WEB)

    identity.ask_code("somebody@example.com", **OTHER)
    clock.move(HOUR)
    identity.ask_code("somebody@example.com", **WEB)


def test_sixty_codes_a_minute_are_asked_for_by_all(identity: Identity, clock: MovableClock) -> None:
    start = Barrier(8)

    def ask(number: int) -> bool:
        if number < 8:
            start.wait(30)
        try:
            identity.ask_code(f"somebody-{number}@example.com", channel="rest", sender=f"chat-{number}")
        except TooOften:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(ask, range(80)))

    assert allowed.count(True) == 60
    clock.move(MINUTE)
    identity.ask_code(ANN, **WEB)


@pytest.mark.parametrize("address", ["", "ann", "ann@example.com, bob@example.com", "ann@example.com\x00"])
def test_what_is_no_address_is_refused(identity: Identity, address: str) -> None:
    with pytest.raises(InvalidAddress):
        identity.ask_code(address, **WEB)
