"""Two hosts, a day of theirs, and what is to be told."""

from __future__ import annotations

from sqlalchemy import text

from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Booking, Reason, Status
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.service.practice import OPERATOR, at, rows, slot

EVA, BEN = Actor(ActorKind.PERSON, "eva"), Actor(ActorKind.PERSON, "ben")
DAY = TimeRange(at("00:00"), at("00:00", 2))
AFTERNOON = TimeRange(at("12:00"), at("17:00"))


def refusal(scheduler: Scheduler, clock: str, *people: str) -> Reason | None:
    return scheduler.refusal(slot(clock, *people))


def messages(store: Store) -> list[tuple[str, str]]:
    """Topic and recipient of everything that is still to be told."""
    found = rows(store, "SELECT topic, recipient FROM outbox WHERE done_at IS NULL ORDER BY id")
    return [tuple(row) for row in found]


def forget_messages(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(text("DELETE FROM outbox"))


def status(scheduler: Scheduler, booking: Booking) -> Status:
    return scheduler.find(booking.uid, actor=OPERATOR).status
