"""A person is wanted: a mail with the conversation so far, and the assistant keeps quiet for a while."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from scheduler_core.clock import Clock
from scheduler_core.db import outbox, tickets
from scheduler_core.db.proofs import Chat
from scheduler_core.db.store import Store
from scheduler_core.db.tickets import Opened
from scheduler_core.errors import InvalidText, TooOften
from scheduler_core.outbox import Notice, Topic
from scheduler_core.texts import checked_address, checked_text
from scheduler_core.transcripts import Line, Ticket, bounded

#: How many tickets may be opened: a stranger could otherwise fill the mailbox of those who help.
TICKETS_OF_SENDER = 3  #: a day
TICKETS_OF_ALL = 60  #: an hour
#: So long a mail that cannot be delivered is tried, or can be revived.
TRIED = timedelta(days=7)
_LIMIT = 200
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else


@dataclass(frozen=True)
class Desk:
    """Who helps, and for how long the assistant leaves the conversation to them."""

    address: str
    pause: timedelta


class Tickets:
    """Requests for a person. Every method may also raise DatabaseUnavailable or OutcomeUnknown."""

    def __init__(self, store: Store, clock: Clock, desk: Desk) -> None:
        self._store = store
        self._clock = clock
        self._desk = desk

    def open(
        self, transcript: Iterable[Line], *, channel: str, sender: str, key: str, contact: str = ""
    ) -> Ticket:
        """Asks those who help to take over; the assistant is to keep quiet until `quiet_until`.

        They are mailed the last fifty lines, which are forgotten once the mail is delivered. The same key, or
        asking again while a person is awaited, gives the same ticket; nobody is mailed twice.

        Raises:
            InvalidAddress: the contact is neither empty nor one address.
            InvalidText: channel, sender or key is empty or too long.
            TooOften: three tickets a day for the sender, or sixty an hour for all.

        """
        chat, now = _chat(channel, sender), self._clock.now()
        ticket = Ticket(
            id=uuid4(),
            reference="".join(secrets.choice(_ALPHABET) for _ in range(6)),
            channel=channel,
            sender=sender,
            contact=checked_address(contact) if contact.strip() else "",
            desk=self._desk.address,
            opened_at=now,
            quiet_until=now + self._desk.pause,
        )
        with self._store.transaction() as connection:
            opened = tickets.look(connection, chat, _checked(key), now)
            if opened.existing is not None:
                return opened.existing
            again = max(_waits(opened), default=None)
            if again is not None:
                raise TooOften(again=again)
            tickets.insert_ticket(connection, ticket, _checked(key), bounded(transcript))
            outbox.enqueue(connection, [Notice(Topic.MAIL_TICKET, ticket.id, "desk", now, now + TRIED)])
        return ticket

    def paused(self, *, channel: str, sender: str) -> datetime | None:
        """Until when the assistant keeps quiet in that chat; None where it may speak."""
        with self._store.reading() as connection:
            awaited = tickets.awaited(connection, _chat(channel, sender), self._clock.now())
        return None if awaited is None else awaited.quiet_until

    def release(self, *, channel: str, sender: str) -> bool:
        """Lets the assistant speak again; whether it had kept quiet."""
        with self._store.transaction() as connection:
            return tickets.release(connection, _chat(channel, sender), self._clock.now())

    def waiting(self) -> list[Ticket]:
        """Those for whom a person is awaited, the oldest first."""
        with self._store.reading() as connection:
            return tickets.waiting(connection, self._clock.now())


def _chat(channel: str, sender: str) -> Chat:
    return Chat(_checked(channel), _checked(sender))


def _checked(text: str) -> str:
    if not checked_text(text, limit=_LIMIT):
        raise InvalidText(value=text)
    return text


def _waits(opened: Opened) -> Iterator[datetime]:
    """When each limit that is reached lets one more ticket through."""
    if opened.first_of_sender is not None and opened.of_sender >= TICKETS_OF_SENDER:
        yield opened.first_of_sender + timedelta(days=1)
    if opened.first_of_all is not None and opened.of_all >= TICKETS_OF_ALL:
        yield opened.first_of_all + timedelta(hours=1)
