"""A person's bookings as the desk lists, marks and counts them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_, update

from scheduler_core.db import booking_rows
from scheduler_core.db.tables import booking, booking_person, funnel, outbox
from scheduler_core.model import Booking, Person, Status


@dataclass(frozen=True)
class Place:
    """A place in a list of bookings by start."""

    start: datetime
    uid: UUID


@dataclass(frozen=True)
class Asked:
    """Which of a person's bookings are asked for; holds are none."""

    since: datetime | None = None  #: those that end after it
    until: datetime | None = None  #: those that start before it
    words: str = ""  #: in the attendee's name or address, or the reference
    status: Status | None = None
    after: Place | None = None


def listing(connection: Connection, whose: Person, asked: Asked, *, limit: int) -> list[Booking]:
    """The first of the bookings, by start."""
    conditions = [*_of([whose]), *_asked(asked)]
    uids = select(booking.c.uid).where(*conditions).order_by(booking.c.starts, booking.c.uid).limit(limit)
    return booking_rows.found(connection, booking.c.uid.in_(uids))


def touching(connection: Connection, whose: Person, since: datetime, until: datetime) -> list[Booking]:
    """What takes the person's time in between, holds that are kept included, by start."""
    part = select(booking_person.c.uid).where(
        booking_person.c.person_number == whose.number,
        booking_person.c.starts < until,
        booking_person.c.ends > since,
        booking_person.c.status != Status.CANCELLED.value,
    )
    return booking_rows.found(connection, booking.c.uid.in_(part))


def mark(connection: Connection, uid: UUID, *, no_show: bool) -> None:
    """Writes down whether nobody came."""
    connection.execute(update(booking).where(booking.c.uid == uid).values(no_show=no_show))


def booking_of_message(connection: Connection, message: int) -> UUID | None:
    """The booking that a message is about; None where it is about none, or there is no such message."""
    found: UUID | None = connection.execute(select(outbox.c.uid).where(outbox.c.id == message)).scalar()
    return found


def counted(connection: Connection, people: Collection[Person], since: datetime) -> list[Booking]:
    """The bookings that were made, called off or held since then, by start."""
    lately = or_(
        booking.c.created_at >= since,
        booking.c.starts >= since,
        and_(booking.c.status == Status.CANCELLED.value, booking.c.updated_at >= since),
    )
    return booking_rows.found(connection, lately, *_of(people))


def funnel_since(connection: Connection, monday: datetime) -> list[tuple[str, str, int]]:
    """How often conversations came to each step and stand at each question, since that day's week."""
    statement = (
        select(funnel.c.step, funnel.c.question, func.sum(funnel.c.count))
        .where(funnel.c.week >= monday.date())
        .group_by(funnel.c.step, funnel.c.question)
    )
    return [(step, question, int(count)) for step, question, count in connection.execute(statement)]


def _of(people: Collection[Person]) -> tuple[ColumnElement[bool], ...]:
    numbers = [person.number for person in people]
    theirs = select(booking_person.c.uid).where(booking_person.c.person_number.in_(numbers))
    return booking.c.uid.in_(theirs), booking.c.attendee_email.is_not(None)


def _asked(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.since is not None:
        conditions.append(booking.c.ends > asked.since)
    if asked.until is not None:
        conditions.append(booking.c.starts < asked.until)
    if asked.status is not None:
        conditions.append(booking.c.status == asked.status.value)
    if asked.after is not None:
        place = tuple_(booking.c.starts, booking.c.uid)
        conditions.append(place > tuple_(asked.after.start, asked.after.uid))
    if asked.words:
        columns = (booking.c.attendee_name, booking.c.attendee_email, booking.c.reference)
        conditions.append(or_(*(column.icontains(asked.words, autoescape=True) for column in columns)))
    return conditions
