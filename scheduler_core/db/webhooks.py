"""Who is called: rows to objects and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.db.tables import outbox, webhook
from scheduler_core.webhooks import RECIPIENT, Webhook


def add(connection: Connection, new: Webhook) -> bool:
    """Adds it; False, and nothing changed, where the address is called already."""
    values = {
        "id": new.id,
        "url": new.url,
        "secret": new.secret,
        "with_attendee": new.with_attendee,
        "created_at": new.created_at,
    }
    statement = insert(webhook).values(values).on_conflict_do_nothing().returning(webhook.c.id)
    return connection.execute(statement).first() is not None


def every(connection: Connection) -> list[Webhook]:
    """All of them, the oldest first."""
    return [_webhook(row) for row in connection.execute(select(webhook).order_by(webhook.c.created_at))]


def find(connection: Connection, wanted: UUID) -> Webhook | None:
    """The webhook, or None."""
    row = connection.execute(select(webhook).where(webhook.c.id == wanted)).first()
    return _webhook(row) if row else None


def failing(connection: Connection) -> dict[UUID, tuple[int, str]]:
    """Those who have been tried and have not taken it: how much, and what came of the last try."""
    untold = outbox.c.done_at.is_(None) & (outbox.c.attempts > 0)
    rows = connection.execute(
        select(outbox.c.recipient, func.count(), func.max(outbox.c.last_error))
        .where(untold, outbox.c.recipient.startswith(RECIPIENT))
        .group_by(outbox.c.recipient)
    )
    return {UUID(who.removeprefix(RECIPIENT)): (count, said) for who, count, said in rows}


def remove(connection: Connection, url: str) -> bool:
    """Takes it away; what waits for it will be dropped. False where there was none."""
    return connection.execute(delete(webhook).where(webhook.c.url == url)).rowcount > 0


def switch_off(connection: Connection, wanted: UUID, now: datetime) -> None:
    """Calls it no more."""
    connection.execute(update(webhook).where(webhook.c.id == wanted).values(switched_off_at=now))


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(row.id, row.url, row.secret, row.with_attendee, row.created_at, row.switched_off_at)
