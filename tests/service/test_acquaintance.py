"""A booking under an address that is known here, by somebody who has not shown that it is theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler_core.db import proofs
from scheduler_core.db.acquaintance import booked_by_a_stranger
from scheduler_core.db.store import Store
from scheduler_core.identity import Identity
from scheduler_core.links import ATTENDEE, Links
from scheduler_core.model import Actor, ActorKind, Attendee, Booking
from scheduler_core.outbox import Topic
from tests.adapters.samples import ANN
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import SECRET, about, put, put_booking, working

CHAT = Actor(ActorKind.CONVERSATION, "web:chat-1")
OTHER_CHAT = Actor(ActorKind.CONVERSATION, "web:chat-2")


def is_strange(store: Store, booking: Booking) -> bool:
    with store.reading() as connection:
        return booked_by_a_stranger(connection, booking)


def test_first_booking_of_an_address_is_not_strange(store: Store) -> None:
    assert not is_strange(store, put_booking(store, actor=CHAT))


def test_second_booking_by_another_chat_is(store: Store) -> None:
    put_booking(store, 0, actor=OTHER_CHAT)
    loud = Attendee(ANN.name, "Ann.Lee@EXAMPLE.com", ANN.zone)

    assert is_strange(store, put_booking(store, 1, actor=CHAT, attendee=loud))


def test_second_booking_by_the_same_chat_is_not(store: Store) -> None:
    put_booking(store, 0, actor=CHAT)

    assert not is_strange(store, put_booking(store, 1, actor=CHAT))


def test_booking_under_the_address_of_a_person_is(store: Store) -> None:
    eva = Attendee("Eva", "eva.meyer@example.org", "Europe/Berlin")

    assert is_strange(store, put_booking(store, actor=CHAT, attendee=eva))


def test_booking_by_who_has_proven_the_address_is_not(store: Store, clock: MovableClock) -> None:
    earlier = put_booking(store, 0, actor=OTHER_CHAT)
    identity = Identity(store, clock, Links(SECRET, "https://book.example.org"))
    with store.transaction() as connection:
        proofs.keep(
            connection,
            proofs.Chat("web", "chat-1"),
            clock.now(),
            until=clock.now() + timedelta(minutes=30),
            address=earlier.attendee.email if earlier.attendee else "",
        )

    assert identity.proven(channel="web", sender="chat-1") is not None
    assert not is_strange(store, put_booking(store, 1, actor=CHAT))


@pytest.mark.parametrize(("actor", "asked"), [(CHAT, 1), (OTHER_CHAT, 0)])
async def test_confirmation_asks_whoever_has_the_address(
    store: Store, clock: MovableClock, actor: Actor, asked: int
) -> None:
    put_booking(store, 0, actor=OTHER_CHAT)
    postbox = Postbox()
    put(store, about(put_booking(store, 1, actor=actor), Topic.MAIL_CONFIRMED, ATTENDEE))

    async with working(store, clock, postbox) as worker:
        await worker.drain()

    (received,) = postbox.received
    body = received.mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().count("Was this you?") == asked
