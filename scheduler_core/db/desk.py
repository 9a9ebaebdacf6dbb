"""Who is signed in at the hosts' desk, and what was changed there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from scheduler_core.db.people import to_person
from scheduler_core.db.tables import desk_change, desk_session, person
from scheduler_core.model import Person
from scheduler_core.personal_data import DeskChange


def people_at(connection: Connection, address: str) -> list[Person]:
    """The people whose address it is, which is given in lower case, by name."""
    statement = select(person).where(func.lower(person.c.email) == address)
    rows = connection.execute(statement.order_by(person.c.name, person.c.number)).mappings()
    return [to_person(row) for row in rows]


def begin_session(
    connection: Connection, token_hash: str, address: str, now: datetime, until: datetime
) -> None:
    """Lets the holder of the token act for the address until then; sessions that are over go."""
    connection.execute(delete(desk_session).where(desk_session.c.expires_at <= now))
    connection.execute(
        insert(desk_session).values(token_hash=token_hash, address=address, created_at=now, expires_at=until)
    )


def address_of(connection: Connection, token_hash: str, now: datetime) -> str | None:
    """For which address the holder of the token may act; None where for none, or not any more."""
    statement = select(desk_session.c.address).where(
        desk_session.c.token_hash == token_hash, desk_session.c.expires_at > now
    )
    return connection.execute(statement).scalar()


def end_session(connection: Connection, token_hash: str) -> None:
    """Makes the token worthless."""
    connection.execute(delete(desk_session).where(desk_session.c.token_hash == token_hash))


def changes_of(connection: Connection, address: str) -> tuple[DeskChange, ...]:
    """What the address, which is given in lower case, has changed, the oldest first."""
    statement = select(desk_change).where(func.lower(desk_change.c.address) == address)
    rows = connection.execute(statement.order_by(desk_change.c.id))
    return tuple(DeskChange(row.what, row.about, row.made_at) for row in rows)


def sessions_of(connection: Connection, address: str) -> int:
    """How many browsers are kept as signed in for the address, which is given in lower case."""
    theirs = func.lower(desk_session.c.address) == address
    return int(connection.execute(select(func.count()).where(theirs)).scalar_one())


def erase(connection: Connection, address: str) -> None:
    """Signs the address, given in lower case, out everywhere; what it changed stays without it."""
    connection.execute(delete(desk_session).where(func.lower(desk_session.c.address) == address))
    theirs = func.lower(desk_change.c.address) == address
    connection.execute(update(desk_change).where(theirs).values(address=""))


def write_down(
    connection: Connection, address: str, whose: Person | None, what: str, about: str, now: datetime
) -> None:
    """Keeps who changed what."""
    connection.execute(
        insert(desk_change).values(
            address=address, person_number=whose and whose.number, what=what, about=about, made_at=now
        )
    )
