"""A code on its way: from the one who asks for it into their mailbox and back into the chat."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest

from scheduler_core.db.store import Store
from scheduler_core.identity import Identity, Proof
from scheduler_core.links import Links
from tests.adapters.samples import ANN
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import SECRET, entries, put_booking, states, working
from tests.service.practice import MINUTE

WEB = {"channel": "web", "sender": "chat-1"}


@pytest.fixture
def identity(store: Store, clock: MovableClock) -> Identity:
    put_booking(store)
    return Identity(store, clock, Links(SECRET, "https://book.example.org"))


@pytest.fixture
async def postbox() -> Postbox:
    return Postbox()


def code_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    (code,) = re.findall(r"^    (\d{4} \d{4})\s*$", body.get_content(), re.MULTILINE)
    return str(code)


async def test_code_from_the_mailbox_proves_the_address(
    identity: Identity, store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    async with working(store, clock, postbox) as worker:
        identity.ask_code(ANN.email, **WEB)
        identity.ask_code("stranger@example.com", channel="web", sender="chat-2")
        await worker.drain()

    (mail,) = (received.mail for received in postbox.received)
    assert mail["To"] == ANN.email
    proof = identity.prove(code_in(mail), **WEB)
    assert isinstance(proof, Proof)
    assert proof.address == ANN.email


async def test_code_that_was_replaced_is_not_mailed(
    identity: Identity, store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    async with working(store, clock, postbox) as worker:
        identity.ask_code(ANN.email, **WEB)
        identity.ask_code(ANN.email, **WEB)
        await worker.drain()

    assert states(store) == [("mail_one_time_code", "done")] * 2
    assert len(postbox.received) == 1
    assert isinstance(identity.prove(code_in(postbox.received[0].mail), **WEB), Proof)


async def test_code_that_comes_too_late_is_not_mailed(
    identity: Identity, store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    async with working(store, clock, postbox) as worker:
        identity.ask_code(ANN.email, **WEB)
        clock.move(10 * MINUTE)
        await worker.drain()

    (dropped,) = entries(store)
    assert (dropped.state.value, dropped.last_error) == ("done", "dropped: it came too late to be of use")
    assert postbox.received == []


async def test_code_that_was_turned_away_is_tried_again_within_seconds(
    identity: Identity, store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    async with working(store, clock, postbox) as worker:
        identity.ask_code(ANN.email, **WEB)
        postbox.answers["DATA"].append("451 later")
        await worker.drain()
        (waiting,) = entries(store)
        clock.instant = waiting.message.due
        await worker.drain()

    assert waiting.failures == 1
    assert len(postbox.received) == 1
