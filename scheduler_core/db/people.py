"""Persons, their hours and what they offer: rows to objects and back."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Select,
    Text,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.db.opening import OPENING, to_calendar
from scheduler_core.db.prepared import ByColumn, Prepared
from scheduler_core.db.requests import SAME_KEY, Request
from scheduler_core.db.tables import (
    appointment_type,
    extra_hours,
    offer,
    person,
    time_off,
    working_hours,
)
from scheduler_core.db.tables import request as request_table
from scheduler_core.errors import UnknownPerson, UnknownType
from scheduler_core.model import (
    AppointmentType,
    Channel,
    ExtraHours,
    Person,
    PersonCalendar,
    TimeOff,
    WorkingHours,
)

HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_OPENING = OPENING.label("opening")
#: The calendars of many people.
_CALENDARS = Prepared.of(
    "calendars",
    select(person.c.number, _OPENING).where(
        person.c.number == func.any(bindparam("numbers", type_=ARRAY(BigInteger)))
    ),
)

#: The type and those of the people who offer it, with their calendars and the earlier row of the request.
_BOOKABLE = Prepared.of(
    "bookable",
    select(person, appointment_type, *request_table.c, _OPENING)
    .select_from(person)
    .join(offer, offer.c.person_number == person.c.number)
    .join(appointment_type, appointment_type.c.handle == offer.c.kind)
    .outerjoin(request_table, SAME_KEY)
    .where(appointment_type.c.handle == bindparam("kind"))
    .where(person.c.handle == func.any(bindparam("handles", type_=ARRAY(Text))))
    .order_by(person.c.handle),
)


def to_person(row: ByColumn) -> Person:
    """The person in a row that has all columns of `person`."""
    column = person.c
    return Person(
        number=row[column.number],
        handle=row[column.handle],
        name=row[column.name],
        email=row[column.email],
        zone=row[column.zone],
        locale=row[column.locale],
        zoom_user=row[column.zoom_user],
        google_calendar=row[column.google_calendar],
    )


def to_type(row: ByColumn) -> AppointmentType:
    """The appointment type in a row that has all columns of `appointment_type`."""
    column = appointment_type.c
    return AppointmentType(
        handle=row[column.handle],
        name=row[column.name],
        durations=tuple(row[column.durations]),
        buffer_before=row[column.buffer_before],
        buffer_after=row[column.buffer_after],
        minimum_notice=row[column.minimum_notice],
        horizon=row[column.horizon],
        interval=row[column.interval],
        daily_limit=row[column.daily_limit],
        channels=tuple(Channel(name) for name in row[column.channels]),
        location=row[column.location],
        reminders=tuple(row[column.reminders]),
    )


def all_people(connection: Connection) -> list[Person]:
    """Everybody, by name."""
    return _people(connection, select(person))


def known_person(connection: Connection, handle: str) -> Person:
    """The person of that handle.

    Raises:
        UnknownPerson: there is none.

    """
    wanted = select(person).where(person.c.handle == handle)
    found = _people(connection, wanted) if HANDLE.fullmatch(handle) else []
    if not found:
        raise UnknownPerson(person=handle)
    return found[0]


def known_type(connection: Connection, handle: str) -> AppointmentType:
    """The appointment type of that handle.

    Raises:
        UnknownType: there is none.

    """
    wanted = select(appointment_type).where(appointment_type.c.handle == handle)
    found = _types(connection, wanted) if HANDLE.fullmatch(handle) else []
    if not found:
        raise UnknownType(type=handle)
    return found[0]


def bookable(
    connection: Connection, kind: str, handles: Collection[str], request: Request
) -> tuple[AppointmentType, list[PersonCalendar], UUID | None]:
    """The type, the people's calendars by handle, and the booking that the request led to; one statement.

    Nothing is busy yet in the calendars.

    Raises:
        UnknownType, UnknownPerson: there is none, or the person does not offer the type.
        KeyReused: the key was used to ask for something else.

    """
    well_formed = handles and all(HANDLE.fullmatch(handle) for handle in (kind, *handles))
    wanted = {"kind": kind, "handles": list(handles), **request.identity}
    rows = _BOOKABLE.rows(connection, wanted) if well_formed else []
    if not rows or len(rows) < len(set(handles)):
        _explain_missing(connection, kind, handles)
    calendars = [to_calendar(to_person(row), row[_OPENING]) for row in rows]
    return to_type(rows[0]), calendars, request.done_in(rows[0])


def _explain_missing(connection: Connection, kind: str, handles: Collection[str]) -> NoReturn:
    """Raises why the people cannot be booked for the type."""
    known_type(connection, kind)
    offering = {one.handle for one in people_offering(connection, kind)}
    missing = sorted(set(handles) - offering)
    if not missing:
        raise UnknownPerson(person="")
    raise UnknownType(type=kind, person=known_person(connection, missing[0]).handle)


def people_offering(connection: Connection, kind: str) -> list[Person]:
    """Everybody who offers the appointment type, by name."""
    return _people(connection, select(person).join(offer).where(offer.c.kind == kind))


def all_types(connection: Connection) -> list[AppointmentType]:
    """Every appointment type, shortest first."""
    return _types(connection, select(appointment_type))


def types_offered(connection: Connection, number: int) -> list[AppointmentType]:
    """What the person offers, shortest first."""
    return _types(connection, select(appointment_type).join(offer).where(offer.c.person_number == number))


def calendars(connection: Connection, people: Sequence[Person]) -> list[PersonCalendar]:
    """The people's calendars in the same order, with nothing busy yet; one statement."""
    rows = _CALENDARS.execute(connection, {"numbers": [one.number for one in people]})
    openings: dict[int, list[Any]] = dict(rows.all())
    return [to_calendar(one, openings[one.number]) for one in people]


def insert_person(connection: Connection, new: Person) -> Person | None:
    """The person as stored, with a number of their own; None if the handle is taken."""
    values = {
        "handle": new.handle,
        "name": new.name,
        "email": new.email,
        "zone": new.zone,
        "locale": new.locale,
    }
    statement = insert(person).values(values).on_conflict_do_nothing().returning(person)
    row = connection.execute(statement).mappings().first()
    return to_person(row) if row else None


def replace_hours(connection: Connection, number: int, hours: Sequence[WorkingHours]) -> None:
    """Makes these the person's working hours."""
    connection.execute(delete(working_hours).where(working_hours.c.person_number == number))
    rows = [
        {"person_number": number, "weekday": one.weekday, "starts": one.start, "ends": one.end}
        for one in hours
    ]
    if rows:
        connection.execute(insert(working_hours).values(rows))


def put_extra_hours(connection: Connection, number: int, extra: ExtraHours) -> None:
    """Adds the hours; the same start on the same day replaces what was there."""
    statement = insert(extra_hours).values(
        person_number=number, day=extra.day, starts=extra.start, ends=extra.end
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["person_number", "day", "starts"], set_={"ends": statement.excluded.ends}
        )
    )


def insert_time_off(connection: Connection, number: int, off: TimeOff) -> None:
    """Adds the time off."""
    connection.execute(
        insert(time_off).values(person_number=number, starts=off.start, ends=off.end, rrule=off.rrule)
    )


def put_type(connection: Connection, kind: AppointmentType) -> None:
    """Adds the appointment type, or gives it this policy."""
    values: dict[str, Any] = {
        "handle": kind.handle,
        "name": kind.name,
        "durations": list(kind.durations),
        "buffer_before": kind.buffer_before,
        "buffer_after": kind.buffer_after,
        "minimum_notice": kind.minimum_notice,
        "horizon": kind.horizon,
        "interval": kind.interval,
        "daily_limit": kind.daily_limit,
        "channels": [channel.value for channel in kind.channels],
        "location": kind.location,
        "reminders": list(kind.reminders),
    }
    connection.execute(
        insert(appointment_type).values(values).on_conflict_do_update(index_elements=["handle"], set_=values)
    )


def put_offer(connection: Connection, number: int, kind: str) -> None:
    """Lets the person offer the appointment type."""
    connection.execute(insert(offer).values(person_number=number, kind=kind).on_conflict_do_nothing())


def lock_type(connection: Connection, handle: str) -> None:
    """Waits until nobody else changes the appointment type."""
    wanted = select(appointment_type.c.handle).where(appointment_type.c.handle == handle)
    connection.execute(wanted.with_for_update())


def replace_offers(connection: Connection, kind: str, numbers: Collection[int]) -> None:
    """Lets these people, and nobody else, offer the appointment type."""
    connection.execute(delete(offer).where(offer.c.kind == kind))
    rows = [{"person_number": number, "kind": kind} for number in numbers]
    if rows:
        connection.execute(insert(offer).values(rows))


def _people(connection: Connection, statement: Select[Any]) -> list[Person]:
    rows = connection.execute(statement.order_by(person.c.name, person.c.number)).mappings()
    return [to_person(row) for row in rows]


def _types(connection: Connection, statement: Select[Any]) -> list[AppointmentType]:
    order = (appointment_type.c.durations, appointment_type.c.handle)
    return [to_type(row) for row in connection.execute(statement.order_by(*order)).mappings()]
