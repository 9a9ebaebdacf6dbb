"""A small practice for the tests of the scheduler, and short words for what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import text

from scheduler_core.db.store import Store
from scheduler_core.model import (
    Actor,
    ActorKind,
    AppointmentType,
    Attendee,
    Booking,
    Channel,
    Slot,
    WorkingHours,
)
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANN = Attendee("Ann Lee", "ann@example.com", "Asia/Tokyo")
CHAT = Actor(ActorKind.CONVERSATION, "rest:ann")
OTHER_CHAT = Actor(ActorKind.CONVERSATION, "rest:bob")
OPERATOR = Actor(ActorKind.OPERATOR, "test")

#: Half an hour or an hour on the half hour, without any other rule.
TALK = AppointmentType(
    handle="talk",
    name="Talk",
    durations=(30 * MINUTE, 60 * MINUTE),
    horizon=90 * DAY,
    channels=(Channel.JITSI, Channel.PHONE),
)
_numbers = count()


def new_key() -> str:
    """A key that no other request has."""
    return f"key {next(_numbers)}"


def open_practice(people: People, *handles: str, kind: AppointmentType = TALK) -> None:
    """People who work on every day from nine to five UTC and offer the type."""
    people.add_type(kind)
    for handle in handles:
        people.add_person(handle, f"Dr. {handle.title()}", f"{handle}@example.org", "UTC")
        people.set_hours(handle, [WorkingHours(day, time(9), time(17)) for day in range(7)])
        people.offer(handle, kind.handle)


def at(clock: str, day: int = 1) -> datetime:
    """A time on the so-manieth day from the first of December 2026 on."""
    return datetime.combine(date(2026, 12, 1), time.fromisoformat(clock), UTC) + (day - 1) * DAY


def slot(clock: str, *people: str, day: int = 1, length: timedelta = 30 * MINUTE, kind: str = "talk") -> Slot:
    """A slot of Dr. Eva, or of the people named."""
    return Slot(TimeRange.starting(at(clock, day), length), people or ("eva",), kind)


def book(scheduler: Scheduler, wanted: Slot, actor: Actor = CHAT) -> Booking:
    return scheduler.book(wanted, ANN, key=new_key(), actor=actor)


def hold(scheduler: Scheduler, wanted: Slot, actor: Actor = CHAT, **options: Any) -> Booking:
    return scheduler.hold(wanted, key=new_key(), actor=actor, **options)


def rows(store: Store, statement: str, **values: Any) -> Sequence[Any]:
    """What plain SQL reads."""
    with store.reading() as connection:
        return connection.execute(text(statement), values).all()


def taken(store: Store) -> list[tuple[str, datetime, datetime]]:
    """Whose time is taken, as the guard sees it."""
    found = rows(
        store,
        "SELECT handle, starts, ends FROM booking_person JOIN person ON number = person_number "
        "WHERE status IN ('TENTATIVE', 'CONFIRMED') AND starts IS NOT NULL ORDER BY handle, starts",
    )
    return [tuple(row) for row in found]


def everything(store: Store) -> dict[str, int]:
    """How many rows there are of all that a booking writes."""
    tables = ("booking", "booking_person", "request", "outbox")
    return {table: rows(store, f"SELECT count(*) FROM {table}")[0][0] for table in tables}  # noqa: S608
