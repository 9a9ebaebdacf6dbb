"""Calendars behind secret addresses: their rows, and what they show."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.db import booking_rows
from scheduler_core.db.tables import booking, booking_person, feed, person
from scheduler_core.model import Booking, Status


def find(connection: Connection, wanted: UUID) -> Row[Any] | None:
    """The feed with the handle, name and address of its person, if it is one's; None if it was revoked."""
    found = (
        select(feed, person.c.handle, person.c.name, person.c.email)
        .outerjoin(person, person.c.number == feed.c.person_number)
        .where(feed.c.id == wanted)
    )
    return connection.execute(found).first()


def of_person(connection: Connection, number: int) -> Row[Any] | None:
    """The present feed of the person."""
    return connection.execute(select(feed).where(feed.c.person_number == number)).first()


def of_address(connection: Connection, address: str) -> Row[Any] | None:
    """The present feed of the address, which is given in lower case."""
    return connection.execute(select(feed).where(feed.c.address == address)).first()


def since(connection: Connection, address: str) -> datetime | None:
    """Since when the address, which is given in lower case, has a feed."""
    row = of_address(connection, address)
    return row.created_at if row else None


def add(connection: Connection, now: datetime, *, number: int | None, address: str | None) -> None:
    """A new feed, unless there is one."""
    values = {"id": uuid4(), "person_number": number, "address": address, "created_at": now}
    connection.execute(insert(feed).values(values).on_conflict_do_nothing())


def drop(connection: Connection, *, number: int | None, address: str | None) -> None:
    """Revokes the feed of the person or the address."""
    owner = feed.c.address == address if number is None else feed.c.person_number == number
    connection.execute(delete(feed).where(owner))


def shown(
    connection: Connection,
    *,
    number: int | None,
    address: str | None,
    since: datetime,
    cancelled_since: datetime,
) -> list[Booking]:
    """The owner's bookings that end after `since`; those that were called off before are left out."""
    return booking_rows.found(
        connection,
        _theirs(number, address),
        booking.c.attendee_email.is_not(None),
        booking.c.ends > since,
        or_(booking.c.status == Status.CONFIRMED.value, booking.c.updated_at > cancelled_since),
        booking.c.status != Status.TENTATIVE.value,
    )


def _theirs(number: int | None, address: str | None) -> ColumnElement[bool]:
    if number is None:
        return func.lower(booking.c.attendee_email) == address
    taking_part = select(booking_person.c.uid).where(booking_person.c.person_number == number)
    return booking.c.uid.in_(taking_part)
