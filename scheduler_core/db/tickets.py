"""Requests for a person: rows to objects and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select, text, update

from scheduler_core.db.proofs import Chat
from scheduler_core.db.tables import ticket as table
from scheduler_core.transcripts import Line, Speaker, Ticket

#: Whoever opens a ticket holds this lock, so that the limits are what they say. There are few at a time.
_LOCK = text("SELECT pg_advisory_xact_lock(5, 0)")


@dataclass(frozen=True)
class Opened:
    """What stands for and against another ticket."""

    existing: Ticket | None  #: the one of the same key, or that is still awaited
    of_sender: int  #: within a day
    first_of_sender: datetime | None
    of_all: int  #: within an hour
    first_of_all: datetime | None


def look(connection: Connection, chat: Chat, key: str, now: datetime) -> Opened:
    """What the chat has opened before, and how many there are; nobody else opens one until the commit."""
    connection.execute(_LOCK)
    same = select(table).where(*_of(chat), or_(table.c.key == key, _awaited(now)))
    existing = connection.execute(same.order_by(table.c.key != key, table.c.opened_at.desc())).first()
    of_sender = _count().where(*_of(chat), table.c.opened_at > now - timedelta(days=1))
    of_all = _count().where(table.c.opened_at > now - timedelta(hours=1))
    return Opened(
        to_ticket(existing) if existing else None,
        *connection.execute(of_sender).one(),
        *connection.execute(of_all).one(),
    )


def insert_ticket(connection: Connection, ticket: Ticket, key: str, lines: Sequence[Line]) -> None:
    """Writes the ticket with what was said."""
    connection.execute(
        insert(table).values(
            id=ticket.id,
            reference=ticket.reference,
            channel=ticket.channel,
            sender=ticket.sender,
            key=key,
            contact=ticket.contact,
            desk=ticket.desk,
            transcript=[[line.speaker.value, line.text] for line in lines],
            opened_at=ticket.opened_at,
            quiet_until=ticket.quiet_until,
        )
    )


def undelivered(connection: Connection, wanted: UUID) -> tuple[Ticket, tuple[Line, ...]] | None:
    """The ticket and what was said; None once its mail is delivered, or where there is none."""
    statement = select(table).where(table.c.id == wanted, table.c.transcript.is_not(None))
    row = connection.execute(statement).first()
    if row is None:
        return None
    return to_ticket(row), tuple(Line(Speaker(speaker), said) for speaker, said in row.transcript)


def delivered(connection: Connection, wanted: UUID) -> None:
    """Forgets what was said, as it stands in the mail now."""
    connection.execute(update(table).where(table.c.id == wanted).values(transcript=None))


def awaited(connection: Connection, chat: Chat, now: datetime) -> Ticket | None:
    """The ticket for which a person is awaited in the chat."""
    statement = select(table).where(*_of(chat), _awaited(now)).order_by(table.c.opened_at.desc()).limit(1)
    row = connection.execute(statement).first()
    return to_ticket(row) if row else None


def waiting(connection: Connection, now: datetime) -> list[Ticket]:
    """Every ticket for which a person is awaited, the oldest first."""
    rows = connection.execute(select(table).where(_awaited(now)).order_by(table.c.opened_at))
    return [to_ticket(row) for row in rows]


def release(connection: Connection, chat: Chat, now: datetime) -> bool:
    """Ends the waiting in the chat; False where nobody was awaited."""
    statement = update(table).where(*_of(chat), _awaited(now)).values(released_at=now).returning(table.c.id)
    return bool(connection.execute(statement).all())


def _of(chat: Chat) -> tuple[ColumnElement[bool], ...]:
    return table.c.channel == chat.channel, table.c.sender == chat.sender


def _awaited(now: datetime) -> ColumnElement[bool]:
    return table.c.released_at.is_(None) & (table.c.quiet_until > now)


def _count() -> Any:
    return select(func.count(), func.min(table.c.opened_at))


def to_ticket(row: Row[Any]) -> Ticket:
    """The ticket in a row of the table."""
    return Ticket(
        id=row.id,
        reference=row.reference,
        channel=row.channel,
        sender=row.sender,
        contact=row.contact,
        desk=row.desk,
        opened_at=row.opened_at,
        quiet_until=row.quiet_until,
        released_at=row.released_at,
    )
