"""Who may use the hosts' desk: whoever reads the mail of a person or an administrator."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from scheduler_core import codes, desk_browsers
from scheduler_core.clock import Clock
from scheduler_core.codes import Asked
from scheduler_core.db import desk, desk_codes, proofs
from scheduler_core.db import people as people_rows
from scheduler_core.db.desk_codes import Most
from scheduler_core.db.proofs import Chat
from scheduler_core.db.store import Store
from scheduler_core.desk_browsers import Browser
from scheduler_core.errors import NotAllowed, TooOften, UnknownPerson
from scheduler_core.identity import CODE_LIFE, CODES_PER_MINUTE, MOST_TRIES, Refusal, Why
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind, Person
from scheduler_core.outbox import Topic
from scheduler_core.texts import address_key, checked_address

CHANNEL = "desk"
SESSION_LIFE = timedelta(hours=12)
#: With five tries each, strangers have sixty an hour at one address among 10**8 codes.
MOST = Most(of_browser=3, of_network_for_address=3, of_network=30, of_address=12, of_all=CODES_PER_MINUTE)


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
            return Actor(ActorKind.OPERATOR, CHANNEL, via=CHANNEL, address=self.address)
        return Actor(ActorKind.PERSON, self.own.handle, via=CHANNEL, address=self.address)

    def person(self, handle: str) -> Person:
        """The person of that handle, whose calendar is theirs to see and change.

        Raises:
            UnknownPerson: there is none, or it is not theirs.

        """
        for person in self.people:
            if person.handle == handle:
                return person
        raise UnknownPerson(person=handle)


@dataclass(frozen=True)
class Begun:
    """Somebody has signed in."""

    token: str = field(repr=False)  #: of the session
    mark: str = field(repr=False)  #: by which the browser is known for the address from now on


class SigningIn:
    """The way in. Every method may also raise DatabaseUnavailable or OutcomeUnknown."""

    def __init__(self, store: Store, clock: Clock, links: Links, admins: tuple[str, ...]) -> None:
        self._store = store
        self._clock = clock
        self._links = links
        self._admins = {address_key(address): address for address in admins}

    def ask_code(self, address: str, browser: Browser) -> None:
        """Mails a code of eight digits and a link, if the address is a host's or an admin's.

        For any other the answer, the limits and the statements are the same, and no mail goes out. The code
        works in this browser alone, the link in any.

        Raises:
            InvalidAddress: that is not one address.
            TooOften: three codes an hour for the browser; where the address has not signed in in it before,
                also three for the address from its network, thirty from its network, twelve for the address
                by all such browsers, or sixty a minute for all.

        """
        wanted, now, key = checked_address(address), self._clock.now(), self._links.secret
        is_known = desk_browsers.is_known(browser, wanted, key)
        network = desk_browsers.network_of(browser, key)
        with self._store.transaction() as connection:
            counts = desk_codes.look(connection, wanted, _chat(browser), network, now)
            again = max(counts.waits(MOST, is_known=is_known), default=None)
            if again is not None:
                raise TooOften(again=again)
            known = self._spelling(connection, address_key(wanted))
            proofs.ask(
                connection,
                known or wanted,
                replace(_chat(browser), network="" if is_known else network),
                now,
                life=CODE_LIFE,
                known=known is not None,
                topic=Topic.MAIL_DESK_CODE,
            )

    def begin(self, address: str, code: str, browser: Browser, *, instead_of: str = "") -> Begun | Refusal:
        """A session of twelve hours, for a code that this browser asked for or for what a mailed link holds.

        Or why that is not taken. A session that the browser has already, `instead_of`, ends. Every code that
        is typed is a try, and a code has five of them; those of other browsers do not count. It works once.

        Raises:
            InvalidAddress: that is not one address.

        """
        wanted, now = address_key(checked_address(address)), self._clock.now()
        with self._store.transaction() as connection:
            taken = self._by_link(connection, code, now) or self._by_digits(connection, code, browser, now)
            if isinstance(taken, Refusal):
                return taken
            if address_key(taken.address) != wanted or self._spelling(connection, wanted) is None:
                return Refusal(Why.EXPIRED)
            proofs.end_codes(connection, _chat(browser), now)
            token = secrets.token_urlsafe(32)
            desk.end_session(connection, token_hash(instead_of))
            desk.begin_session(connection, token_hash(token), taken.address, now, now + SESSION_LIFE)
            return Begun(token, desk_browsers.mark_of(browser, wanted, self._links.secret))

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

    def _by_link(self, connection: Connection, token: str, now: datetime) -> Asked | None:
        """The code in whose place a mailed link stands, which is used up; None where it is no such link.

        A link cannot be guessed, so nobody counts how often one is tried.
        """
        try:
            return proofs.take(connection, self._links.read_desk(token), CHANNEL, now)
        except NotAllowed:
            return None

    def _by_digits(
        self, connection: Connection, code: str, browser: Browser, now: datetime
    ) -> Asked | Refusal:
        """The code that this browser asked for last, if that is it."""
        attempt = proofs.attempt(connection, _chat(browser), now, most=MOST_TRIES)
        if attempt is None:
            spent = proofs.tries_of_present(connection, _chat(browser), now) >= MOST_TRIES
            return Refusal(Why.TOO_MANY if spent else Why.EXPIRED)
        asked, tries = attempt
        if codes.is_code(code, asked, self._links.secret):
            return asked
        left = MOST_TRIES - tries
        return Refusal(Why.WRONG if left else Why.TOO_MANY, left)

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


def _chat(browser: Browser) -> Chat:
    """Under which name the browser asks for codes."""
    return Chat(CHANNEL, browser.name)


def token_hash(text: str) -> str:
    """Under which name a secret token is kept: nobody finds the token by it."""
    return hashlib.sha256(text.encode()).hexdigest()
