"""Which messages of chat services were heard before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.db.tables import Instant, heard

_DROP = text("""
    DELETE FROM heard WHERE (channel, identity) IN (
        SELECT channel, identity FROM heard WHERE heard_at < :before
         ORDER BY heard_at LIMIT :batch FOR UPDATE SKIP LOCKED)
""").bindparams(bindparam("before", type_=Instant))


def mark(connection: Connection, channel: str, identity: str, now: datetime) -> bool:
    """Whether nobody has marked it before; who marks the same at the same time waits here."""
    statement = insert(heard).values(channel=channel, identity=identity, heard_at=now)
    marked = statement.on_conflict_do_nothing().returning(heard.c.channel)
    return connection.execute(marked).first() is not None


def drop(connection: Connection, before: datetime, batch: int) -> int:
    """Drops marks that were made before then; how many they were."""
    return connection.execute(_DROP, {"before": before, "batch": batch}).rowcount
