"""A person's hours and days off as the desk shows and changes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from scheduler_core.db.tables import extra_hours, holiday_choice, host_change, person, time_off
from scheduler_core.model import HolidayChoice, Person, TimeOff


@dataclass(frozen=True)
class KeptTimeOff:
    """Time off with the number by which it is found again, and why it was taken."""

    number: int
    off: TimeOff
    reason: str
    made_by: UUID | None  #: the absence that brought it


def time_off_of(connection: Connection, whose: Person) -> list[KeptTimeOff]:
    """All the person's time off, by start."""
    statement = (
        select(time_off, host_change.c.reason)
        .outerjoin(host_change, host_change.c.id == time_off.c.made_by)
        .where(time_off.c.person_number == whose.number)
        .order_by(time_off.c.starts, time_off.c.number)
    )
    return [
        KeptTimeOff(row.number, TimeOff(row.starts, row.ends, row.rrule), row.reason or "", row.made_by)
        for row in connection.execute(statement)
    ]


def drop_time_off(connection: Connection, whose: Person, number: int) -> None:
    """Takes that time off away."""
    connection.execute(
        delete(time_off).where(time_off.c.number == number, time_off.c.person_number == whose.number)
    )


def drop_extra_hours(connection: Connection, whose: Person, day: date, start: time) -> bool:
    """Takes those extra hours away; False where there are none."""
    result = connection.execute(
        delete(extra_hours)
        .where(extra_hours.c.person_number == whose.number)
        .where(extra_hours.c.day == day, extra_hours.c.starts == start)
    )
    return result.rowcount > 0


def lock_person(connection: Connection, whose: Person) -> None:
    """Waits until nobody else changes what is kept about the person."""
    connection.execute(select(person.c.number).where(person.c.number == whose.number).with_for_update())


def set_zone(connection: Connection, whose: Person, zone: str) -> None:
    """Lets the person's clocks go by another zone."""
    connection.execute(update(person).where(person.c.number == whose.number).values(zone=zone))


def put_holidays(connection: Connection, whose: Person, choice: HolidayChoice | None) -> None:
    """Keeps whose public holidays the person keeps; None for nobody's."""
    if choice is None:
        connection.execute(delete(holiday_choice).where(holiday_choice.c.person_number == whose.number))
        return
    values = {"country": choice.country, "region": choice.region, "worked": sorted(choice.worked)}
    statement = insert(holiday_choice).values(person_number=whose.number, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["person_number"], set_=values))


def shorten_absence(connection: Connection, absence: UUID, off: TimeOff, now: datetime) -> None:
    """Takes a stretch out of what is written down of an absence, which ends with its last one."""
    row = connection.execute(
        select(host_change.c.starts, host_change.c.ends).where(host_change.c.id == absence).with_for_update()
    ).one()
    left = [one for one in zip(row.starts, row.ends, strict=True) if one != (off.start, off.end)]
    values = {"starts": [start for start, _ in left], "ends": [end for _, end in left]} if left else {}
    undone = {} if left else {"undone_at": now}
    connection.execute(update(host_change).where(host_change.c.id == absence).values(**values, **undone))
