"""What outlives the sessions of conversations: rows to objects and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, any_, bindparam, delete, func, or_, select, text
from sqlalchemy.dialects.postgresql import JSONB

from scheduler_core.db.tables import Instant
from scheduler_core.db.tables import conversation as table
from scheduler_core.personal_data import KeptConversation

# At the end of each turn, so it costs as little as it can: one trip that nobody waits on the disk for. Should
# the server crash within the second, what was kept before is there.
_KEEP = text("""
    INSERT INTO conversation (channel, sender, address, guests, version, content, updated_at)
    VALUES (:channel, :sender, :address, :guests, :version, :content, :updated_at)
    ON CONFLICT (channel, sender) DO UPDATE
       SET address = excluded.address, guests = excluded.guests, version = excluded.version,
           content = excluded.content, updated_at = excluded.updated_at
     WHERE conversation.updated_at <= excluded.updated_at
    RETURNING set_config('synchronous_commit', 'off', true)
""").bindparams(bindparam("content", type_=JSONB), bindparam("updated_at", type_=Instant))


# Nobody waits on the disk for this, either. A conversation that goes on in a new week leaves a question that
# was counted in the old one: no count falls below nothing.
_COUNT = text("""
    INSERT INTO funnel (week, step, question, count)
    SELECT date_trunc('week', :now AT TIME ZONE 'UTC')::date, step, question, greatest(change, 0)
      FROM unnest(CAST(:steps AS text[]), CAST(:questions AS text[]), CAST(:changes AS integer[]))
           AS told (step, question, change)
     ORDER BY step, question
    ON CONFLICT (week, step, question) DO UPDATE
       SET count = greatest(funnel.count + CASE WHEN excluded.count = 0 THEN -1 ELSE excluded.count END, 0)
    RETURNING set_config('synchronous_commit', 'off', true)
""").bindparams(bindparam("now", type_=Instant))


def count(connection: Connection, steps: Mapping[tuple[str, str], int], now: datetime) -> None:
    """Changes the counts of the week, each by one up or down."""
    names = sorted(steps)
    connection.execute(
        _COUNT,
        {
            "now": now,
            "steps": [step for step, _ in names],
            "questions": [question for _, question in names],
            "changes": [steps[name] for name in names],
        },
    )


def keep(connection: Connection, kept: KeptConversation) -> None:
    """Writes the conversation in place of what was kept of it before, unless that is younger."""
    connection.execute(
        _KEEP,
        {
            "channel": kept.channel,
            "sender": kept.sender,
            "address": kept.address,
            "guests": list(kept.guests),
            "version": kept.version,
            "content": kept.content,
            "updated_at": kept.updated_at,
        },
    )


def find(connection: Connection, channel: str, sender: str) -> KeptConversation | None:
    """What is kept of the sender's conversation, or None."""
    statement = select(table).where(table.c.channel == channel, table.c.sender == sender)
    row = connection.execute(statement).first()
    return _to_kept(row) if row else None


def of_writer(connection: Connection, address: str) -> tuple[KeptConversation, ...]:
    """What is kept of those who gave the address, which is in lower case, as their own; the oldest first."""
    statement = select(table).where(_written_by(address)).order_by(table.c.updated_at)
    return tuple(_to_kept(row) for row in connection.execute(statement))


def erase(connection: Connection, address: str) -> None:
    """Drops what names the address, which is in lower case, as the writer's own or as that of a guest."""
    invited = any_(table.c.guests) == address
    connection.execute(delete(table).where(or_(_written_by(address), invited)))


def _written_by(address: str) -> ColumnElement[bool]:
    return func.lower(table.c.address) == address


def _to_kept(row: Row[Any]) -> KeptConversation:
    return KeptConversation(
        channel=row.channel,
        sender=row.sender,
        address=row.address,
        guests=tuple(row.guests),
        version=row.version,
        content=row.content,
        updated_at=row.updated_at,
    )
