"""A person is wanted: one mail to those who help, and the assistant keeps quiet for a while."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidAddress, InvalidText, TooOften
from scheduler_core.tickets import TICKETS_OF_ALL, TICKETS_OF_SENDER, Desk, Tickets
from scheduler_core.transcripts import Line, Speaker, Ticket
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import states, working
from tests.service.practice import rows

HOUR = timedelta(hours=1)
SAID = (
    Line(Speaker.WRITER, "I want to talk to <b>a person</b>\nplease"),
    Line(Speaker.ASSISTANT, "I have asked somebody to write to you."),
)


@pytest.fixture
def tickets(store: Store, clock: MovableClock) -> Tickets:
    return Tickets(store, clock, Desk("help@example.org", pause=2 * HOUR))


def open_ticket(
    tickets: Tickets, key: str = "one", *, sender: str = "ann", contact: str = "ann@example.com"
) -> Ticket:
    return tickets.open(SAID, channel="web", sender=sender, key=key, contact=contact)


def paused(tickets: Tickets, sender: str = "ann") -> bool:
    return tickets.paused(channel="web", sender=sender) is not None


def text_of(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_ticket_says_what_was_asked_for(tickets: Tickets, clock: MovableClock) -> None:
    ticket = open_ticket(tickets)

    assert ticket == Ticket(
        id=ticket.id,
        reference=ticket.reference,
        channel="web",
        sender="ann",
        contact="ann@example.com",
        desk="help@example.org",
        opened_at=clock.now(),
        quiet_until=clock.now() + 2 * HOUR,
    )
    assert len(ticket.reference) == 6


async def test_those_who_help_are_mailed_what_was_said(
    tickets: Tickets, store: Store, clock: MovableClock
) -> None:
    ticket = open_ticket(tickets)
    postbox = Postbox()
    async with working(store, clock, postbox) as worker:
        await worker.drain()

    (mail,) = (received.mail for received in postbox.received)
    assert (mail["To"], mail["Reply-To"]) == ("help@example.org", "ann@example.com")
    assert mail["Subject"] == f"Somebody would like to talk to a person ({ticket.reference})"
    assert (
        text_of(mail, "plain").replace("\r\n", "\n")
        == f"""\
Hello,

somebody in the chat would like to talk to a person.
The assistant keeps quiet there until 12:00 (Europe/Berlin).

Contact    ann@example.com
Channel    web
Asked      Tuesday 24 November 2026, 10:00 (Europe/Berlin)
Reference  {ticket.reference}

What was said last:

They: I want to talk to <b>a person</b>
    please
Assistant: I have asked somebody to write to you.

Your answer to this mail goes to ann@example.com, an address that nobody has checked.

--\x20
Example Practice
"""
    )
    assert "<b>" not in text_of(mail, "html")
    assert "I have asked somebody" in text_of(mail, "html")


async def test_what_was_said_is_forgotten_once_it_is_delivered(
    tickets: Tickets, store: Store, clock: MovableClock
) -> None:
    open_ticket(tickets)
    postbox = Postbox()
    postbox.answers["RCPT"].append("451 not now")
    async with working(store, clock, postbox) as worker:
        await worker.drain()
        assert rows(store, "SELECT count(*) FROM ticket WHERE transcript IS NOT NULL") == [(1,)]
        clock.move(HOUR)
        await worker.drain()

    assert states(store) == [("mail_ticket", "done")]
    assert len(postbox.received) == 1
    assert rows(store, "SELECT count(*) FROM ticket WHERE transcript IS NOT NULL") == [(0,)]


async def test_ticket_without_a_contact_has_nobody_to_answer_to(
    tickets: Tickets, store: Store, clock: MovableClock
) -> None:
    tickets.open([], channel="web", sender="ann", key="one")
    postbox = Postbox()
    async with working(store, clock, postbox) as worker:
        await worker.drain()

    (mail,) = (received.mail for received in postbox.received)
    assert mail["Reply-To"] is None
    assert "Contact    none was given" in text_of(mail, "plain")
    assert "(nothing)" in text_of(mail, "plain")


def test_assistant_keeps_quiet_in_that_chat_alone_for_a_while(tickets: Tickets, clock: MovableClock) -> None:
    open_ticket(tickets)

    assert tickets.paused(channel="web", sender="ann") == clock.now() + 2 * HOUR
    assert not paused(tickets, "bob")
    assert tickets.paused(channel="telegram", sender="ann") is None
    clock.move(2 * HOUR)
    assert not paused(tickets)


def test_released_assistant_speaks_again(tickets: Tickets) -> None:
    open_ticket(tickets)

    assert tickets.release(channel="web", sender="ann")
    assert not paused(tickets)
    assert not tickets.release(channel="web", sender="ann")


@pytest.mark.parametrize("key", ["one", "two"])
def test_asked_for_again_while_awaited_it_is_the_same_ticket(
    tickets: Tickets, store: Store, key: str
) -> None:
    ticket = open_ticket(tickets)

    assert open_ticket(tickets, key) == ticket
    assert len(states(store)) == 1


def test_same_key_gives_the_same_ticket_for_ever(tickets: Tickets, clock: MovableClock) -> None:
    ticket = open_ticket(tickets)
    tickets.release(channel="web", sender="ann")
    released = replace(ticket, released_at=clock.now())
    second = open_ticket(tickets, "two")

    assert open_ticket(tickets) == released
    assert second.id != ticket.id


def test_those_who_wait_are_listed(tickets: Tickets, clock: MovableClock) -> None:
    first = open_ticket(tickets)
    clock.move(HOUR)
    second = open_ticket(tickets, sender="bob")

    assert tickets.waiting() == [first, second]
    clock.move(HOUR)
    assert tickets.waiting() == [second]


def test_sender_opens_three_a_day(tickets: Tickets, clock: MovableClock) -> None:
    first = clock.now()
    for number in range(TICKETS_OF_SENDER):
        open_ticket(tickets, str(number))
        clock.move(3 * HOUR)

    with pytest.raises(TooOften) as refused:
        open_ticket(tickets, "one more")

    assert refused.value.details["again"] == first + timedelta(days=1)
    open_ticket(tickets, sender="bob")
    clock.instant = first + timedelta(days=1)
    open_ticket(tickets, "one more")


def test_all_together_open_sixty_an_hour(tickets: Tickets, clock: MovableClock) -> None:
    for number in range(TICKETS_OF_ALL):
        open_ticket(tickets, sender=f"stranger {number}")

    with pytest.raises(TooOften) as refused:
        open_ticket(tickets)

    assert refused.value.details["again"] == clock.now() + HOUR


def test_contact_that_is_no_address_is_refused(tickets: Tickets, store: Store) -> None:
    with pytest.raises(InvalidAddress):
        open_ticket(tickets, contact="ann@example.com, eve@example.com")

    assert states(store) == []


@pytest.mark.parametrize("sender", ["", "x" * 201, "an\nn\x00"])
def test_sender_that_cannot_be_kept_is_refused(tickets: Tickets, sender: str) -> None:
    with pytest.raises(InvalidText):
        open_ticket(tickets, sender=sender)
