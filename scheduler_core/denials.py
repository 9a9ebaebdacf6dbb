"""Somebody says that it was not them: what was shown about their address is worth nothing any more."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from scheduler_core.clock import Clock
from scheduler_core.db import booking_rows, deeds, outbox
from scheduler_core.db.store import Store
from scheduler_core.deeds import DENIABLE, Deed, Done
from scheduler_core.errors import NotAllowed
from scheduler_core.links import Links
from scheduler_core.model import Booking
from scheduler_core.outbox import Notice, Topic

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Denial:
    """What was denied, and the bookings that may have to be put back."""

    done: Done
    changed: tuple[Booking, ...]  #: moved or cancelled on the attendee's side since then, as they are now


class Denials:
    """What the links of mails do that ask "was this you?".

    Every method may also raise DatabaseUnavailable.
    """

    def __init__(self, store: Store, clock: Clock, links: Links) -> None:
        self._store = store
        self._clock = clock
        self._links = links

    def visit(self, token: str) -> Done:
        """What the token of a mailed link is about.

        Raises:
            NotAllowed: it is no such token, what it is about is forgotten, or it was done a week ago.

        """
        about, deed = self._links.read_not_me(token)
        with self._store.reading() as connection:
            return self._done(connection, about, Deed(deed))

    def deny(self, token: str) -> Denial:
        """Believes no chat any more that the address is its writer's, and has those told who help.

        What the chats had shown is dropped, codes on their way are void, and what they had booked for the
        address is not theirs to change. Bookings stay as they are. Twice is once.

        Raises:
            NotAllowed: as `visit` says.
            OutcomeUnknown: trying again is safe.

        """
        about, deed = self._links.read_not_me(token)
        now = self._clock.now()
        with self._store.transaction() as connection:
            done = self._done(connection, about, Deed(deed))
            deeds.withdraw(connection, done.address, now)
            told = Notice(Topic.MAIL_DENIED, about, f"desk:{done.sign}", now, now + DENIABLE)
            outbox.enqueue(connection, [told])
            since = deeds.changed_since(connection, done.address, done.at)
        log.warning("somebody says that it was not them: %s %s", done.deed.value, about)
        return Denial(done, (done.booking,) if done.booking else tuple(since))

    def _done(self, connection: Connection, about: UUID, deed: Deed) -> Done:
        done = found(connection, about, deed)
        if done is None or done.at + DENIABLE <= self._clock.now():
            raise NotAllowed(what="not_me_link")
        return done


def found(connection: Connection, about: UUID, deed: Deed) -> Done | None:
    """What was done about that code or booking; None where nothing is known of it any more."""
    if deed is not Deed.CHANGED:
        return deeds.of_code(connection, about, deed)
    booking = booking_rows.find(connection, about)
    return None if booking is None else deeds.of_booking(connection, booking)
