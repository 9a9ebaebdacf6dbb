"""What some worker sees to now and then, and no two at once; by the database's clock, as leases are."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.db.tables import chore

#: That a worker is at work.
WORKING = "working"
#: That meetings are what bookings say.
RECONCILING = "reconciling"


def take_on(connection: Connection, name: str, every: timedelta) -> bool:
    """Whether it is due, and now the caller's: nobody else is told so until that time is over."""
    now = func.clock_timestamp()
    statement = insert(chore).values(name=name, done_at=now)
    taken = statement.on_conflict_do_update(
        index_elements=["name"], set_={"done_at": now}, where=chore.c.done_at <= now - every
    ).returning(chore.c.name)
    return connection.execute(taken).first() is not None


def age(connection: Connection, name: str) -> timedelta | None:
    """How long ago somebody saw to it; None if nobody ever did."""
    found: timedelta | None = connection.execute(
        select(func.clock_timestamp() - chore.c.done_at).where(chore.c.name == name)
    ).scalar()
    return found
