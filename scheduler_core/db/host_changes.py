"""What persons have changed of their own days: rows to objects and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from scheduler_core import zones
from scheduler_core.absences import INSTEAD, Absence, Delay, What
from scheduler_core.db import booking_rows
from scheduler_core.db.people import to_person
from scheduler_core.db.requests import Request
from scheduler_core.db.tables import booking, host_change, person, time_off
from scheduler_core.db.tables import request as request_table
from scheduler_core.errors import KeyReused
from scheduler_core.model import ActorKind, Booking, Person, TimeOff
from scheduler_core.timerange import TimeRange

_CHANGES = select(host_change, person).join(person, person.c.number == host_change.c.person_number)
_ABSENT = host_change.c.what.in_([What.BLOCK.value, What.ILLNESS.value])


def done_before(connection: Connection, whose: Person, request: Request) -> UUID | None:
    """The change that this request of the person led to before.

    Raises:
        KeyReused: the key was used to ask for something else.

    """
    row = connection.execute(
        select(host_change.c.id, host_change.c.hash)
        .where(host_change.c.person_number == whose.number, host_change.c.key == request.key)
        .with_for_update()
    ).first()
    if row is not None and row.hash != request.hash:
        raise KeyReused(key=request.key)
    return row and row.id


def same_absence(connection: Connection, whose: Person, what: What, times: Sequence[TimeOff]) -> UUID | None:
    """An absence of just these times that still holds."""
    found: UUID | None = connection.execute(
        select(host_change.c.id)
        .where(host_change.c.person_number == whose.number, host_change.c.what == what.value)
        .where(host_change.c.starts == [one.start for one in times])
        .where(host_change.c.ends == [one.end for one in times])
        .where(host_change.c.undone_at.is_(None))
        .order_by(host_change.c.made_at)
        .limit(1)
    ).scalar_one_or_none()
    return found


def insert_absence(
    connection: Connection, absence: Absence, times: Sequence[TimeOff], request: Request, now: datetime
) -> None:
    """Writes the absence, and the time off that it brings."""
    connection.execute(
        insert(host_change).values(
            **_common(absence.id, absence.person, absence.what, request, now),
            reason=absence.reason,
            starts=[one.start for one in times],
            ends=[one.end for one in times],
        )
    )
    connection.execute(
        insert(time_off),
        [
            {
                "person_number": absence.person.number,
                "starts": one.start,
                "ends": one.end,
                "made_by": absence.id,
            }
            for one in times
        ],
    )


def add_called_off(connection: Connection, absence: UUID, bookings: Iterable[Booking]) -> None:
    """Writes down that these bookings were called off for the absence."""
    uids = [booking.uid for booking in bookings]
    connection.execute(
        update(host_change)
        .where(host_change.c.id == absence)
        .values(bookings=func.array_cat(host_change.c.bookings, uids, type_=host_change.c.bookings.type))
    )


def end_absence(connection: Connection, absence: UUID, now: datetime) -> None:
    """Takes its time off away; bookings that were called off stay so."""
    connection.execute(delete(time_off).where(time_off.c.made_by == absence))
    connection.execute(
        update(host_change)
        .where(host_change.c.id == absence, host_change.c.undone_at.is_(None))
        .values(undone_at=now)
    )


def find_absence(connection: Connection, wanted: UUID) -> Absence | None:
    """The absence, or None."""
    return next(iter(_absences(connection, _CHANGES.where(host_change.c.id == wanted, _ABSENT))), None)


def absences(connection: Connection, whose: Person, window: TimeRange) -> list[Absence]:
    """The person's absences that touch the window and still hold, by start."""
    statement = _CHANGES.where(
        host_change.c.person_number == whose.number, host_change.c.undone_at.is_(None), _ABSENT
    )
    found = _absences(connection, statement)
    touching = (one for one in found if any(time.overlaps(window) for time in one.times))
    return sorted(touching, key=lambda one: one.times)


def insert_delay(connection: Connection, delay: Delay, request: Request, now: datetime) -> None:
    """Writes the delay."""
    connection.execute(
        insert(host_change).values(
            **_common(delay.id, delay.person, What.DELAY, request, now),
            minutes=delay.minutes,
            bookings=[delay.booking.uid],
            version=delay.booking.version,
        )
    )


def find_delay(connection: Connection, wanted: UUID) -> Delay | None:
    """The delay as long as its booking is as it was then; None once that has changed or is gone."""
    row = connection.execute(
        _CHANGES.where(host_change.c.id == wanted, host_change.c.what == What.DELAY.value)
    ).first()
    late = booking_rows.find(connection, row.bookings[0]) if row else None
    if row is None or late is None or late.version != row.version:
        return None
    return Delay(row.id, to_person(row._mapping), late, row.minutes)  # noqa: SLF001  # it is public


def last_delay(connection: Connection, late: Booking) -> Delay | None:
    """The newest delay of the booking as it is now."""
    found = connection.execute(
        select(host_change.c.id)
        .where(host_change.c.what == What.DELAY.value, host_change.c.bookings == [late.uid])
        .where(host_change.c.version == late.version)
        .order_by(host_change.c.made_at.desc(), host_change.c.id)
        .limit(1)
    ).scalar_one_or_none()
    return found and find_delay(connection, found)


def taken_instead(connection: Connection, called_off: UUID) -> Booking | None:
    """What the holder of the link of a called-off booking has booked instead."""
    uid = connection.execute(
        select(request_table.c.uid)
        .where(request_table.c.actor_kind == ActorKind.LINK.value)
        .where(request_table.c.actor_id == str(called_off), request_table.c.key == INSTEAD)
    ).scalar_one_or_none()
    return uid and booking_rows.find(connection, uid)


def _common(identity: UUID, whose: Person, what: What, request: Request, now: datetime) -> dict[str, Any]:
    return {
        "id": identity,
        "person_number": whose.number,
        "what": what.value,
        "key": request.key,
        "hash": request.hash,
        "made_at": now,
    }


def _absences(connection: Connection, statement: Select[Any]) -> list[Absence]:
    """The absences that the statement finds, with their bookings."""
    rows = connection.execute(statement).all()
    uids = {uid for row in rows for uid in row.bookings}
    bookings = booking_rows.found(connection, booking.c.uid.in_(uids)) if uids else []
    return [_absence(row, bookings) for row in rows]


def _absence(row: Row[Any], bookings: Iterable[Booking]) -> Absence:
    whose = to_person(row._mapping)  # noqa: SLF001  # it is public
    walls = zip(row.starts, row.ends, strict=True)
    return Absence(
        id=row.id,
        person=whose,
        what=What(row.what),
        times=tuple(
            TimeRange(zones.to_instant(start, whose.zone), zones.to_instant(end, whose.zone))
            for start, end in walls
        ),
        reason=row.reason,
        called_off=tuple(one for one in bookings if one.uid in row.bookings),
        undone_at=row.undone_at,
    )
