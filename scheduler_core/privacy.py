"""What is kept about somebody: shown, handed out and erased, by a link that is mailed to their address."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import timedelta
from random import SystemRandom
from uuid import UUID, uuid4

from scheduler_core import erasure
from scheduler_core.clock import Clock
from scheduler_core.db import outbox, privacy
from scheduler_core.db.store import Collision, Store
from scheduler_core.errors import (
    DatabaseUnavailable,
    InvalidText,
    NotAllowed,
    TooOften,
)
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind
from scheduler_core.outbox import Notice, Topic
from scheduler_core.personal_data import DataRequest, PersonalData
from scheduler_core.settings import Keep
from scheduler_core.texts import address_key, checked_address, checked_text

LINK_LIFE = timedelta(hours=24)
REQUESTS_A_DAY = 3  #: of one address
TRIES = 3
PAUSE = 0.05  #: seconds at most before another try
_random = SystemRandom()


class Privacy:
    """Export and erasure. Every method may also raise DatabaseUnavailable or OutcomeUnknown."""

    def __init__(self, store: Store, clock: Clock, links: Links, keep: Keep) -> None:
        self._store = store
        self._clock = clock
        self._links = links
        self._keep = keep

    def kept(self) -> Keep:
        """For how long things are kept."""
        return self._keep

    def request(self, *, key: str, actor: Actor) -> DataRequest:
        """Mails a link to the proven address under which all that is kept about it is shown and erased.

        The same key gives the same request, and no second mail.

        Raises:
            NotAllowed: the actor has not proven an address.
            TooOften: three a day for one address.

        """
        if actor.kind is not ActorKind.ATTENDEE:
            raise NotAllowed(actor=actor.kind.value)
        if not checked_text(key, limit=200):
            raise InvalidText(value=key)
        now = self._clock.now()
        with self._store.transaction() as connection:
            same, count, first = privacy.look(connection, actor.id, key, now)
            if same is not None:
                return same
            if first is not None and count >= REQUESTS_A_DAY:
                raise TooOften(again=first + timedelta(days=1))
            address = privacy.spelling(connection, actor.id)
            wanted = DataRequest(uuid4(), address, now, now + LINK_LIFE)
            privacy.insert_request(connection, wanted, key)
            mail = Notice(Topic.MAIL_YOUR_DATA, wanted.id, "", now, wanted.expires_at)
            outbox.enqueue(connection, [mail])
        return wanted

    def visit(self, token: str) -> DataRequest:
        """The request that the token of a mailed link belongs to.

        Raises:
            NotAllowed: it is no such token, or has expired.

        """
        wanted = self._links.read_data(token)
        with self._store.reading() as connection:
            found = privacy.find(connection, wanted)
        if found is None or found.expires_at <= self._clock.now():
            raise NotAllowed(what="data_link")
        return found

    def kept_about(self, token: str) -> PersonalData:
        """Everything that names the address.

        Raises:
            NotAllowed: the token is none, or has expired.

        """
        return self._data(self.visit(token).address)

    def export(self, address: str, *, actor: Actor) -> PersonalData:
        """Everything that names the address, for an operator.

        Raises:
            NotAllowed: the actor is none.
            InvalidAddress: that is no address.

        """
        _check_operator(actor)
        return self._data(checked_address(address))

    def erase(self, token: str, *, cancelling: Collection[UUID] = ()) -> DataRequest:
        """Has everything erased that names the address, and cancels the bookings to come, which are named.

        The names go once everybody has heard of what is cancelled; what was when, and with whom of this
        system, stays. Twice is once.

        Raises:
            NotAllowed: the token is none, or has expired.
            BookingChanged: there are bookings to come that are not named; nothing is cancelled or erased.

        """
        return self._erased(self.visit(token), cancelling)

    def erase_for(self, address: str, *, actor: Actor, cancelling: Collection[UUID] = ()) -> DataRequest:
        """As `erase`, for an operator whom somebody has asked by another way.

        Raises:
            NotAllowed: the actor is none.
            InvalidAddress: that is no address.
            BookingChanged: there are bookings to come that are not named; nothing is cancelled or erased.

        """
        _check_operator(actor)
        now = self._clock.now()
        return self._erased(DataRequest(uuid4(), checked_address(address), now, now), cancelling)

    def _data(self, address: str) -> PersonalData:
        with self._store.reading() as connection:
            return privacy.kept_about(connection, address_key(address))

    def _erased(self, wanted: DataRequest, cancelling: Collection[UUID]) -> DataRequest:
        for _ in range(TRIES):
            try:
                with self._store.transaction() as connection:
                    return erasure.begin(connection, wanted, frozenset(cancelling), self._clock.now())
            except Collision:
                time.sleep(_random.uniform(0, PAUSE))
        raise DatabaseUnavailable(reason="busy")


def _check_operator(actor: Actor) -> None:
    if actor.kind is not ActorKind.OPERATOR:
        raise NotAllowed(actor=actor.kind.value)
