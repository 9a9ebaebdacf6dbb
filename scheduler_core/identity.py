"""Who somebody in a chat is, and by what proof: one-time codes by mail, and links from mails.

Proofs are kept in the database, under channel and sender as the channel itself names them. What is typed,
clicked or kept by Rasa proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from scheduler_core import codes
from scheduler_core.clock import Clock
from scheduler_core.db import booking_rows, chat_consents, outbox, proofs
from scheduler_core.db.proofs import Chat, Seen
from scheduler_core.db.store import Store
from scheduler_core.deeds import DENIABLE
from scheduler_core.errors import InvalidText, NotAllowed, TooOften
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind, Booking, Status
from scheduler_core.outbox import Notice, Topic
from scheduler_core.texts import address_key, checked_address, checked_text

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5  #: of one code
#: How many codes may be asked for. With five tries each, 15 tries an hour at one address among 10**8 codes.
CODES_PER_ADDRESS = 3  #: an hour
CODES_PER_SENDER = 10  #: an hour
CODES_PER_MINUTE = 60  #: by everybody together
#: So long after an appointment, or the day it was to be, its address still gets codes.
RECENT = timedelta(days=30)
#: A proof holds as long as it is used, with pauses of no more than half an hour, for at most eight hours.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
#: A link from a mail opens the chat until a day after the appointment.
LINK_LIFE = timedelta(days=1)
_NAME_LIMIT = 200  # of channel and sender
_STEP = timedelta(minutes=1)  # a proof that is used twice in a minute is written once


class Why(StrEnum):
    """Why a code was not taken."""

    WRONG = "wrong"
    EXPIRED = "expired"  #: or used, or none was asked for in this chat
    TOO_MANY = "too_many"  #: tries; only a new code helps


@dataclass(frozen=True)
class Refusal:
    """A code that was not taken."""

    reason: Why
    tries_left: int = 0  #: with the same code


@dataclass(frozen=True)
class Proof:
    """What a sender has proven. It is the one place where a proof becomes an actor."""

    address: str | None  #: as it is known here; None where a link proved but one booking
    booking: UUID | None  #: the one that a link proved
    person: str | None  #: handle of the person whose address it is, if it is one's alone
    until: datetime  #: if it is not used before

    @property
    def actor(self) -> Actor:
        """As whom they reach appointments made for them: all under the address, or the one of the link."""
        if self.address is None:
            return Actor(ActorKind.LINK, str(self.booking))
        return Actor(ActorKind.ATTENDEE, address_key(self.address))

    @property
    def host(self) -> Actor | None:
        """As whom they reach their own calendar; None for those who are no person of this system."""
        return None if self.person is None else Actor(ActorKind.PERSON, self.person)


class Identity:
    """What senders on channels have proven.

    Every method may raise DatabaseUnavailable or OutcomeUnknown, and InvalidText for a channel or sender that
    is empty, longer than 200 characters or holds control characters.
    """

    def __init__(self, store: Store, clock: Clock, links: Links) -> None:
        self._store = store
        self._clock = clock
        self._links = links

    def ask_code(self, address: str, *, channel: str, sender: str) -> None:
        """Mails a new code of eight digits, in place of an earlier one, if the address is known here.

        Known is an address with an appointment to come or of the last 30 days, and that of a person. For any
        other the answer, the limits and the statements are the same, and no mail goes out.
        The code holds for ten minutes, for this channel and sender alone.

        Raises:
            InvalidAddress: that is not one address.
            TooOften: three codes an hour for the address, ten for the sender, or sixty a minute for all.

        """
        chat, wanted, now = _chat(channel, sender), checked_address(address), self._clock.now()
        with self._store.transaction() as connection:
            seen = proofs.look(connection, wanted, chat, now, recent=RECENT)
            again = max(waits(seen), default=None)
            if again is not None:
                raise TooOften(again=again)
            known = seen.known is not None
            proofs.ask(connection, seen.known or wanted, chat, now, life=CODE_LIFE, known=known)

    def prove(self, code: str, *, channel: str, sender: str) -> Proof | Refusal:
        """What the code proves, which is kept; or why it is not taken. Its digits may be grouped.

        Every call is a try, and a code has five of them, however many come at once. It works once.
        The address is asked whether that was them, unless this sender has proven it lately.
        """
        chat, now = _chat(channel, sender), self._clock.now()
        with self._store.transaction() as connection:
            attempt = proofs.attempt(connection, chat, now, most=MOST_TRIES)
            if attempt is None:
                spent = proofs.tries_of_present(connection, chat, now) >= MOST_TRIES
                return Refusal(Why.TOO_MANY if spent else Why.EXPIRED)
            asked, tries = attempt
            if not codes.is_code(code, asked, self._links.secret):
                left = MOST_TRIES - tries
                return Refusal(Why.WRONG if left else Why.TOO_MANY, left)
            if not proofs.is_acquainted(connection, chat, asked.address):
                doubt = Notice(Topic.MAIL_WAS_THIS_YOU, asked.id, "", now, now + DENIABLE)
                outbox.enqueue(connection, [doubt])
            proofs.end_codes(connection, chat, now)
            proofs.keep(connection, chat, now, until=now + IDLE, address=asked.address)
            chat_consents.tie(connection, chat)
            return self._known(connection, chat, now)

    def prove_by_link(self, token: str, *, channel: str, sender: str) -> Proof:
        """What the token of `Links.chat` proves, which is kept: the right to one booking and nothing more.

        A mail may be passed on, or read by whoever shares the screen, so its link is worth that one booking
        and never the address. A proof of the address that the booking is for stays, as it is worth more.

        Raises:
            NotAllowed: it is no such token, or the booking is cancelled or was over a day ago.

        """
        chat, now = _chat(channel, sender), self._clock.now()
        uid, _ = self._links.read_chat(token)
        with self._store.transaction() as connection:
            booking = booking_rows.find(connection, uid)
            if (
                booking is None
                or booking.status is not Status.CONFIRMED
                or booking.time.end + LINK_LIFE <= now
            ):
                raise NotAllowed(what="chat_link")
            present = proofs.find(connection, chat, now)
            if present is None or not _covers(present, booking):
                proofs.keep(connection, chat, now, until=now + IDLE, booking=uid)
                chat_consents.tie(connection, chat)
            return self._known(connection, chat, now)

    def vouch(self, address: str, *, channel: str, sender: str) -> Proof:
        """What the sender has proven by a channel that has verified their address itself; it is kept.

        Only a channel may say so, of the sender whom it has signed in: nothing that is written does.

        Raises:
            InvalidAddress: that is not one address.

        """
        chat, own, now = _chat(channel, sender), checked_address(address), self._clock.now()
        with self._store.transaction() as connection:
            proofs.keep(connection, chat, now, until=now + IDLE, address=own)
            chat_consents.tie(connection, chat)
            return self._known(connection, chat, now)

    def booking_of(self, token: str) -> UUID:
        """The uid of the booking that the token of `Links.chat` was made for, whatever has become of it.

        Raises:
            NotAllowed: it is no such token.

        """
        return self._links.read_chat(token)[0]

    def proven(self, *, channel: str, sender: str) -> Proof | None:
        """What the sender has proven last, if it still holds. To ask is to use it, so it holds for longer."""
        chat, now = _chat(channel, sender), self._clock.now()
        with self._store.transaction() as connection:
            row = proofs.find(connection, chat, now)
            if row is None:
                return None
            until = min(now + IDLE, row.proven_at + LONGEST)
            if until - row.expires_at < _STEP:
                return _to_proof(row)
            proofs.prolong(connection, chat, until)
            return _to_proof(row, until)

    def forget(self, *, channel: str, sender: str) -> None:
        """Takes back what the sender has proven, and makes a code on its way to them worthless."""
        chat, now = _chat(channel, sender), self._clock.now()
        with self._store.transaction() as connection:
            proofs.end_codes(connection, chat, now)
            proofs.drop(connection, chat)

    def _known(self, connection: Connection, chat: Chat, now: datetime) -> Proof:
        row = proofs.find(connection, chat, now)
        if row is None:
            raise NotAllowed(what="proof")
        return _to_proof(row)


def _chat(channel: str, sender: str) -> Chat:
    for text in (channel, sender):
        if not checked_text(text, limit=_NAME_LIMIT):
            raise InvalidText(value=text)
    return Chat(channel, sender)


def waits(seen: Seen) -> Iterator[datetime]:
    """When each limit that is reached lets one more code through."""
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    if seen.first_of_address is not None and seen.of_address >= CODES_PER_ADDRESS:
        yield seen.first_of_address + hour
    if seen.first_of_sender is not None and seen.of_sender >= CODES_PER_SENDER:
        yield seen.first_of_sender + hour
    if seen.first_of_all is not None and seen.of_all >= CODES_PER_MINUTE:
        yield seen.first_of_all + minute


def _covers(present: Row[Any], booking: Booking) -> bool:
    """Whether that proof reaches the booking already."""
    if present.address is None or booking.attendee is None:
        return bool(present.uid == booking.uid)
    return address_key(present.address) == address_key(booking.attendee.email)


def _to_proof(row: Row[Any], until: datetime | None = None) -> Proof:
    person = row.people[0] if len(row.people) == 1 else None
    return Proof(row.address, row.uid, person, until or row.expires_at)
