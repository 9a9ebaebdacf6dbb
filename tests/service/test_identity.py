"""Who somebody in a chat is: codes, links, and how long they are believed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest

from scheduler_core.codes import code_of
from scheduler_core.db import proofs
from scheduler_core.db.proofs import Chat
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidText, NotAllowed
from scheduler_core.identity import Identity, Proof, Refusal, Why
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind, Booking
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import NOW, MovableClock
from tests.service.practice import (
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    book,
    new_key,
    open_practice,
    rows,
    slot,
)
from tests.service.test_statements import counted

LINKS = Links("a secret that only the tests know, long enough", "https://book.example.org")
WEB = {"channel": "web", "sender": "chat-1"}
OTHER = {"channel": "web", "sender": "chat-2"}
ANN, EVA = "ann@example.com", "eva@example.org"
HALF_HOUR = 30 * MINUTE


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


@pytest.fixture(autouse=True)
def booked(practice: None, scheduler: Scheduler) -> Booking:  # noqa: ARG001  # an order
    """Ann's, on the first of December at ten."""
    return book(scheduler, slot("10:00"))


@pytest.fixture
def identity(store: Store, clock: MovableClock) -> Identity:
    return Identity(store, clock, LINKS)


def mailed(store: Store) -> list[tuple[str, str]]:
    """Address and code of each code mail that is to go out, the oldest first."""
    waiting = rows(store, "SELECT about FROM outbox WHERE topic = 'mail_one_time_code' ORDER BY id")
    with store.reading() as connection:
        asked = [proofs.asked(connection, row.about) for row in waiting]
    return [(one.address, code_of(one, LINKS.secret)) for one in asked if one is not None]


def code_for(identity: Identity, store: Store, address: str = ANN, **chat: str) -> str:
    identity.ask_code(address, **(chat or WEB))
    return mailed(store)[-1][1]


def wrong(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 10**8:08}"


def test_code_proves_the_address(identity: Identity, store: Store) -> None:
    code = code_for(identity, store)

    proof = identity.prove(code, **WEB)

    assert proof == Proof(ANN, None, None, NOW + HALF_HOUR) == identity.proven(**WEB)
    assert isinstance(proof, Proof)
    assert (proof.actor, proof.host) == (Actor(ActorKind.ATTENDEE, ANN), None)


def test_code_of_a_person_opens_their_calendar_too(identity: Identity, store: Store) -> None:
    proof = identity.prove(code_for(identity, store, EVA), **WEB)

    assert isinstance(proof, Proof)
    assert (proof.actor, proof.host) == (Actor(ActorKind.ATTENDEE, EVA), Actor(ActorKind.PERSON, "eva"))


def test_address_that_two_people_share_makes_its_reader_neither(
    identity: Identity, store: Store, people: People
) -> None:
    people.add_person("eve", "Dr. Eve", "EVA@example.org", "UTC")

    proof = identity.prove(code_for(identity, store, EVA), **WEB)

    assert isinstance(proof, Proof)
    assert proof.host is None


@pytest.mark.parametrize("chat", [OTHER, {"channel": "rest", "sender": "chat-1"}])
def test_code_is_worthless_in_another_chat(identity: Identity, store: Store, chat: dict[str, str]) -> None:
    code = code_for(identity, store)
    identity.ask_code("stranger@example.com", **chat)

    assert identity.prove(code, **chat) == Refusal(Why.WRONG, 4)
    assert identity.proven(**chat) is None
    assert isinstance(identity.prove(code, **WEB), Proof)


def test_code_that_nobody_asked_for_is_refused(identity: Identity) -> None:
    assert identity.prove("12345678", **WEB) == Refusal(Why.EXPIRED)


def test_code_works_once(identity: Identity, store: Store) -> None:
    code = code_for(identity, store)
    identity.prove(code, **WEB)
    identity.forget(**WEB)

    assert identity.prove(code, **WEB) == Refusal(Why.EXPIRED)
    assert identity.proven(**WEB) is None


def test_code_holds_for_ten_minutes(identity: Identity, store: Store, clock: MovableClock) -> None:
    code = code_for(identity, store)
    clock.move(10 * MINUTE)

    assert identity.prove(code, **WEB) == Refusal(Why.EXPIRED)


def test_new_code_replaces_the_old(identity: Identity, store: Store) -> None:
    old = code_for(identity, store)
    new = code_for(identity, store)

    assert mailed(store) == [(ANN, new)]
    assert identity.prove(old, **WEB) == Refusal(Why.WRONG, 4)
    assert isinstance(identity.prove(new, **WEB), Proof)


def test_five_wrong_tries_end_the_code(identity: Identity, store: Store) -> None:
    code = code_for(identity, store)

    answers = [identity.prove(wrong(code, by), **WEB) for by in range(1, 6)]

    assert answers == [*(Refusal(Why.WRONG, left) for left in (4, 3, 2, 1)), Refusal(Why.TOO_MANY)]
    assert identity.prove(code, **WEB) == Refusal(Why.TOO_MANY)
    assert isinstance(identity.prove(code_for(identity, store), **WEB), Proof)


def test_of_fifty_tries_at_once_five_count(identity: Identity, store: Store) -> None:
    code = code_for(identity, store)
    start = Barrier(50)

    def attempt(number: int) -> Proof | Refusal:
        start.wait(30)
        return identity.prove(wrong(code, number + 1), **WEB)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(attempt, range(50)))

    assert sorted((one for one in answers if isinstance(one, Refusal)), key=lambda one: -one.tries_left) == [
        *(Refusal(Why.WRONG, left) for left in (4, 3, 2, 1)),
        *[Refusal(Why.TOO_MANY)] * 46,
    ]
    assert identity.prove(code, **WEB) == Refusal(Why.TOO_MANY)
    assert rows(store, "SELECT tries FROM identity_code") == [(5,)]


def test_right_code_typed_many_times_at_once_is_taken_once(identity: Identity, store: Store) -> None:
    code = code_for(identity, store)
    start = Barrier(20)

    def attempt(_: int) -> bool:
        start.wait(30)
        return isinstance(identity.prove(code, **WEB), Proof)

    with ThreadPoolExecutor(20) as pool:
        taken = list(pool.map(attempt, range(20)))

    assert taken.count(True) == 1


def test_proof_is_forgotten_after_a_day_and_its_code_after_a_week(
    identity: Identity, store: Store, clock: MovableClock
) -> None:
    identity.prove(code_for(identity, store), **WEB)

    clock.move(DAY + HOUR)
    identity.ask_code(ANN, **OTHER)
    assert rows(store, "SELECT sender FROM identity_proof") == []
    assert rows(store, "SELECT sender FROM identity_code ORDER BY 1") == [("chat-1",), ("chat-2",)]

    clock.move(6 * DAY)
    identity.ask_code(ANN, **OTHER)
    assert rows(store, "SELECT sender FROM identity_code") == [("chat-2",), ("chat-2",)]


def test_proof_holds_for_half_an_hour_after_its_last_use(
    identity: Identity, store: Store, clock: MovableClock
) -> None:
    identity.prove(code_for(identity, store), **WEB)
    clock.move(HALF_HOUR - MINUTE)

    assert identity.proven(**WEB) == Proof(ANN, None, None, clock.now() + HALF_HOUR)
    clock.move(HALF_HOUR)
    assert identity.proven(**WEB) is None


def test_proof_holds_for_eight_hours_at_most(identity: Identity, store: Store, clock: MovableClock) -> None:
    identity.prove(code_for(identity, store), **WEB)
    for _ in range(24):
        clock.move(20 * MINUTE - timedelta(seconds=1))
        assert identity.proven(**WEB) is not None

    clock.move(MINUTE)

    assert identity.proven(**WEB) is None


def test_proof_that_is_used_twice_in_a_minute_is_written_once(
    identity: Identity, store: Store, clock: MovableClock
) -> None:
    identity.prove(code_for(identity, store), **WEB)
    clock.move(MINUTE / 2)

    with counted(store) as statements:
        identity.proven(**WEB)

    assert len(statements) == 1


def test_forgotten_proof_and_code_are_worth_nothing(identity: Identity, store: Store) -> None:
    identity.prove(code_for(identity, store), **WEB)
    code = code_for(identity, store)

    identity.forget(**WEB)

    assert identity.proven(**WEB) is None
    assert identity.prove(code, **WEB) == Refusal(Why.EXPIRED)


def test_link_from_a_mail_proves_one_booking(
    identity: Identity, scheduler: Scheduler, booked: Booking
) -> None:
    book(scheduler, slot("11:00"))
    token = LINKS.chat(booked.uid, "attendee").partition("#chat=")[2]

    proof = identity.prove_by_link(token, **WEB)

    assert proof == Proof(None, booked.uid, None, NOW + HALF_HOUR) == identity.proven(**WEB)
    assert (proof.actor, proof.host) == (Actor(ActorKind.LINK, str(booked.uid)), None)
    assert identity.proven(**OTHER) is None


def test_link_leaves_the_proof_of_its_own_address(identity: Identity, store: Store, booked: Booking) -> None:
    proof = identity.prove(code_for(identity, store), **WEB)
    token = LINKS.chat(booked.uid, "attendee").partition("#chat=")[2]

    assert identity.prove_by_link(token, **WEB) == proof == identity.proven(**WEB)


def test_link_takes_the_place_of_another_proof(identity: Identity, store: Store, booked: Booking) -> None:
    identity.prove(code_for(identity, store, EVA), **WEB)
    token = LINKS.chat(booked.uid, "attendee").partition("#chat=")[2]

    assert identity.prove_by_link(token, **WEB).actor == Actor(ActorKind.LINK, str(booked.uid))


def test_link_of_what_is_over_or_was_never_there_proves_nothing(
    identity: Identity, scheduler: Scheduler, booked: Booking, clock: MovableClock
) -> None:
    def refused(token: str) -> bool:
        try:
            identity.prove_by_link(token, **WEB)
        except NotAllowed:
            return identity.proven(**WEB) is None
        return False

    cancelled = book(scheduler, slot("11:00"))
    scheduler.cancel(cancelled.uid, version=1, key=new_key(), actor=CHAT)
    tokens = [LINKS.chat(uid, "attendee").partition("#chat=")[2] for uid in (cancelled.uid, uuid4())]
    assert [refused(token) for token in (*tokens, LINKS.token(booked.uid, "attendee"), "", "x" * 60)] == [
        True
    ] * 5
    clock.instant = booked.time.end + DAY
    assert refused(LINKS.chat(booked.uid, "attendee").partition("#chat=")[2])


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 201])
def test_sender_that_cannot_be_is_refused(identity: Identity, name: str) -> None:
    for chat in ({"channel": "web", "sender": name}, {"channel": name, "sender": "chat-1"}):
        with pytest.raises(InvalidText):
            identity.ask_code(ANN, **chat)
        with pytest.raises(InvalidText):
            identity.proven(**chat)


def test_nothing_that_is_stored_holds_the_code(identity: Identity, store: Store) -> None:
    code = code_for(identity, store)

    stored = [
        str(row)
        for table in ("identity_code", "identity_proof", "outbox", "request")
        for row in rows(store, f"SELECT * FROM {table}")  # noqa: S608
    ]

    assert stored
    assert not any(code in row for row in stored)
    assert Chat(**WEB).values == WEB
