"""Who may use the hosts' desk: whoever reads the mail of a person or an administrator."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection

from scheduler_core import codes
from scheduler_core.clock import Clock
from scheduler_core.db import desk, proofs
from scheduler_core.db import people as people_rows
from scheduler_core.db.proofs import Chat
from scheduler_core.db.store import Store
from scheduler_core.errors import TooOften, UnknownPerson
from scheduler_core.identity import CODE_LIFE, MOST_TRIES, RECENT, Refusal, Why, waits
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind, Person
from scheduler_core.outbox import Topic
from scheduler_core.texts import address_key, checked_address

CHANNEL = "desk"
SESSION_LIFE = timedelta(hours=12)


class Role(StrEnum):
    """What somebody at the desk may see and change."""

    HOST = "host"  #: their own calendar
    ADMIN = "admin"  #: every calendar, and the appointment types


@dataclass(frozen=True)
class Member:
    """Somebody who is signed in at the desk."""

    address: str
    role: Role
    people: tuple[Person, ...]  #: whose calendars they may see and change, by name
    own: Person | None  #: the person they are, if they are one

    @property
    def name(self) -> str:
        """How they are called."""
        return self.address if self.own is None else self.own.name

    @property
    def actor(self) -> Actor:
        """As whom they reach bookings."""
        if self.role is Role.ADMIN or self.own is None:
            return Actor(ActorKind.OPERATOR, CHANNEL)
        return Actor(ActorKind.PERSON, self.own.handle)

    def person(self, handle: str) -> Person:
        """The person of that handle, whose calendar is theirs to see and change.

        Raises:
            UnknownPerson: there is none, or it is not theirs.

        """
        for person in self.people:
            if person.handle == handle:
                return person
        raise UnknownPerson(person=handle)


class SigningIn:
    """The way in. Every method may also raise DatabaseUnavailable or OutcomeUnknown."""

    def __init__(self, store: Store, clock: Clock, links: Links, admins: tuple[str, ...]) -> None:
        self._store = store
        self._clock = clock
        self._links = links
        self._admins = {address_key(address): address for address in admins}

    def ask_code(self, address: str) -> None:
        """Mails a code of eight digits and a link that holds it, if the address is a host's or an admin's.

        For any other the answer, the limits and the statements are the same, and no mail goes out.

        Raises:
            InvalidAddress: that is not one address.
            TooOften: as for the codes of chats.

        """
        wanted, now = checked_address(address), self._clock.now()
        chat = _browser_of(wanted)
        with self._store.transaction() as connection:
            seen = proofs.look(connection, wanted, chat, now, recent=RECENT)
            again = max(waits(seen), default=None)
            if again is not None:
                raise TooOften(again=again)
            known = self._spelling(connection, address_key(wanted))
            proofs.ask(
                connection,
                known or wanted,
                chat,
                now,
                life=CODE_LIFE,
                known=known is not None,
                topic=Topic.MAIL_DESK_CODE,
            )

    def begin(self, address: str, code: str, *, instead_of: str = "") -> str | Refusal:
        """The secret token of a session of twelve hours; or why the code is not taken.

        A session that the browser has already, `instead_of`, ends. Every call is a try, and a code has five
        of them. It works once.

        Raises:
            InvalidAddress: that is not one address.

        """
        chat, now = _browser_of(checked_address(address)), self._clock.now()
        with self._store.transaction() as connection:
            attempt = proofs.attempt(connection, chat, now, most=MOST_TRIES)
            if attempt is None:
                spent = proofs.tries_of_present(connection, chat, now) >= MOST_TRIES
                return Refusal(Why.TOO_MANY if spent else Why.EXPIRED)
            asked, tries = attempt
            left = MOST_TRIES - tries
            if not codes.is_code(code, asked, self._links.secret):
                return Refusal(Why.WRONG if left else Why.TOO_MANY, left)
            proofs.end_codes(connection, chat, now)
            if self._spelling(connection, address_key(asked.address)) is None:
                return Refusal(Why.EXPIRED)
            token = secrets.token_urlsafe(32)
            desk.end_session(connection, token_hash(instead_of))
            desk.begin_session(connection, token_hash(token), asked.address, now, now + SESSION_LIFE)
            return token

    def whoever(self, token: str) -> Member | None:
        """Who holds the token, as things are now; None where it holds no more, or they have no part here."""
        if not token:
            return None
        with self._store.reading() as connection:
            address = desk.address_of(connection, token_hash(token), self._clock.now())
            return None if address is None else self._member(connection, address)

    def end(self, token: str) -> None:
        """Ends the session; there may be none."""
        with self._store.transaction() as connection:
            desk.end_session(connection, token_hash(token))

    def _spelling(self, connection: Connection, address: str) -> str | None:
        """The address as it is known here, given in lower case; None where nobody of the desk has it."""
        people = desk.people_at(connection, address)
        return people[0].email if people else self._admins.get(address)

    def _member(self, connection: Connection, address: str) -> Member | None:
        own = desk.people_at(connection, address_key(address))
        is_admin = address_key(address) in self._admins
        if not own and not is_admin:
            return None
        people = people_rows.all_people(connection) if is_admin else own[:1]
        return Member(address, Role.ADMIN if is_admin else Role.HOST, tuple(people), own[0] if own else None)


def _browser_of(address: str) -> Chat:
    """Under which name codes for the address are asked for: a mailed link may open in another browser."""
    return Chat(CHANNEL, token_hash(address_key(address)))


def token_hash(text: str) -> str:
    """Under which name a secret token is kept: nobody finds the token by it."""
    return hashlib.sha256(text.encode()).hexdigest()
