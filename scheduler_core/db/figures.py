"""How things stand, in figures that name nobody; for those who run it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from scheduler_core.db import chores
from scheduler_core.db.tables import booking, outbox
from scheduler_core.model import Status

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Queue:
    """What of one topic the outside has not heard."""

    due: int  #: by now
    failed: int  #: given up
    oldest: timedelta  #: how long the longest due has been so; zero where nothing is


@dataclass(frozen=True)
class Figures:
    """How things stand."""

    queues: dict[str, Queue]  #: by topic; those of which there is nothing to say are left out
    worker: timedelta | None  #: how long ago a worker last said that it is there; None if none ever did

    @property
    def due(self) -> int:
        """How many messages the outside should have heard by now."""
        return sum(queue.due for queue in self.queues.values())

    @property
    def failed(self) -> int:
        """How many messages were given up."""
        return sum(queue.failed for queue in self.queues.values())

    @property
    def oldest(self) -> timedelta:
        """How long the longest due message has been so."""
        return max((queue.oldest for queue in self.queues.values()), default=timedelta())


@dataclass(frozen=True)
class Bookings:
    """How many there are."""

    to_come: int
    made_lately: int  #: within a day, of those that are to come or were until a day ago
    holds: int


def figures(connection: Connection, now: datetime) -> Figures:
    """The state of the outbox and its workers."""
    topic, unfinished = outbox.c.topic, outbox.c.done_at.is_(None) & outbox.c.failed_at.is_(None)
    due = connection.execute(
        select(topic, func.count(), func.min(outbox.c.due_at))
        .where(unfinished, outbox.c.due_at <= now)
        .group_by(topic)
    )
    given_up = connection.execute(
        select(topic, func.count()).where(outbox.c.failed_at.is_not(None)).group_by(topic)
    )
    waiting = {name: (count, now - since) for name, count, since in due}
    failed: dict[str, int] = {name: count for name, count in given_up}  # noqa: C416  (rows are no pairs)
    queues = {}
    for name in waiting.keys() | failed.keys():
        count, oldest = waiting.get(name, (0, timedelta()))
        queues[name] = Queue(count, failed.get(name, 0), oldest)
    return Figures(queues, chores.age(connection, chores.WORKING))


def bookings(connection: Connection, now: datetime) -> Bookings:
    """The bookings to come; what is over for longer than a day is not looked at."""
    is_confirmed = booking.c.status == Status.CONFIRMED.value
    is_held = (booking.c.status == Status.TENTATIVE.value) & (booking.c.hold_expires > now)
    is_new = (booking.c.status != Status.TENTATIVE.value) & (booking.c.created_at > now - DAY)
    row = connection.execute(
        select(
            func.count().filter(is_confirmed, booking.c.starts > now),
            func.count().filter(is_new),
            func.count().filter(is_held),
        ).where(booking.c.starts > now - DAY)
    ).one()
    return Bookings(*row)
