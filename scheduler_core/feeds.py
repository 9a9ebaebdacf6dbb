"""Calendars that other programs subscribe to: by a secret address, which its owner can take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from scheduler_core import feeds_ics
from scheduler_core.clock import Clock
from scheduler_core.db import feeds
from scheduler_core.db import people as people_rows
from scheduler_core.db.store import Store
from scheduler_core.errors import NotAllowed
from scheduler_core.links import Links
from scheduler_core.model import Actor, ActorKind, Status
from scheduler_core.scheduler import Scheduler
from scheduler_core.texts import address_key
from scheduler_core.timerange import TimeRange, merge

#: What was is shown for so long; what was called off stands as CANCELLED for so long after that.
PAST = timedelta(days=90)
CANCELLED = timedelta(days=30)
#: How far free/busy time reaches.
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Feed:
    """The secret address of somebody's calendar."""

    url: str
    free_busy_url: str
    created_at: datetime


@dataclass(frozen=True)
class _Owner:
    """Whose calendar it is: a person's by number, or an attendee's by their address in lower case."""

    number: int | None = None
    address: str | None = None


class Feeds:
    """Feeds by their owner: an actor who is a person, or one who has proven an address.

    Whoever lets others act for a person says so by that person's actor. Every method may also raise
    DatabaseUnavailable or OutcomeUnknown, and UnknownPerson where there is no such person.
    """

    def __init__(self, store: Store, clock: Clock, links: Links, scheduler: Scheduler) -> None:
        self._store = store
        self._clock = clock
        self._links = links
        self._scheduler = scheduler

    def of(self, owner: Actor) -> Feed | None:
        """The feed as it is; None where none was made, or it was revoked.

        Raises:
            NotAllowed: the actor is neither a person nor has proven an address.

        """
        with self._store.reading() as connection:
            return self._shown(_row(connection, _owner(connection, owner)))

    def open(self, owner: Actor) -> Feed:
        """The feed, which is made if there is none. Twice is once.

        Raises:
            NotAllowed: the actor is neither a person nor has proven an address.

        """
        return self._made(owner, anew=False)

    def renew(self, owner: Actor) -> Feed:
        """A feed under a new address; the old one leads nowhere from now on.

        Raises:
            NotAllowed: the actor is neither a person nor has proven an address.

        """
        return self._made(owner, anew=True)

    def revoke(self, owner: Actor) -> None:
        """Takes the feed back.

        Raises:
            NotAllowed: the actor is neither a person nor has proven an address.

        """
        with self._store.transaction() as connection:
            found = _owner(connection, owner)
            feeds.drop(connection, number=found.number, address=found.address)

    def calendar(self, token: str, *, name: str) -> str:
        """The owner's bookings as an iCalendar text; `name` is what attendees' calendars are called.

        Raises:
            NotAllowed: the token belongs to no feed, or to one that was revoked.

        """
        now = self._clock.now()
        with self._store.reading() as connection:
            found = self._found(connection, token)
            bookings = feeds.shown(
                connection,
                number=found.person_number,
                address=found.address,
                since=now - PAST,
                cancelled_since=now - CANCELLED,
            )
        for_person = found.person_number is not None
        title = f"Appointments of {found.name}" if for_person else name
        return feeds_ics.Content(title, bookings, for_person).text()

    def free_busy(self, token: str) -> str:
        """When the owner is taken in the next sixty days, from the present hour on, without who or why.

        Raises:
            NotAllowed: the token belongs to no feed, or to one that was revoked.

        """
        hour = self._clock.now().replace(minute=0, second=0, microsecond=0)
        window = TimeRange.starting(hour, AHEAD)
        with self._store.reading() as connection:
            found = self._found(connection, token)
            if found.handle is None:
                bookings = feeds.shown(
                    connection, number=None, address=found.address, since=hour, cancelled_since=hour
                )
                taken = [one.time for one in bookings if one.status is Status.CONFIRMED]
                busy = [time for time in merge(taken) if time.start < window.end]
                return feeds_ics.free_busy(found.address, window, busy, hour)
        calendar = self._scheduler.calendar(found.handle, window)
        return feeds_ics.free_busy(found.email, window, calendar.busy, hour)

    def _made(self, owner: Actor, *, anew: bool) -> Feed:
        now = self._clock.now()
        with self._store.transaction() as connection:
            found = _owner(connection, owner)
            if anew:
                feeds.drop(connection, number=found.number, address=found.address)
            feeds.add(connection, now, number=found.number, address=found.address)
            made = self._shown(_row(connection, found))
        if made is None:
            raise NotAllowed(what="feed")
        return made

    def _shown(self, row: Row[Any] | None) -> Feed | None:
        if row is None:
            return None
        url = self._links.feed(row.id)
        return Feed(f"{url}.ics", f"{url}.ifb", row.created_at)

    def _found(self, connection: Connection, token: str) -> Row[Any]:
        wanted: UUID = self._links.read_feed(token)
        row = feeds.find(connection, wanted)
        if row is None:
            raise NotAllowed(what="feed")
        return row


def _row(connection: Connection, owner: _Owner) -> Row[Any] | None:
    if owner.number is not None:
        return feeds.of_person(connection, owner.number)
    return feeds.of_address(connection, owner.address or "")


def _owner(connection: Connection, actor: Actor) -> _Owner:
    if actor.kind is ActorKind.PERSON:
        return _Owner(number=people_rows.known_person(connection, actor.id).number)
    if actor.kind is ActorKind.ATTENDEE:
        return _Owner(address=address_key(actor.id))
    raise NotAllowed(actor=actor.kind.value)
