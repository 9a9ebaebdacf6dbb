"""What takes people's time, and what is left of it: reads only."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    DateTime,
    Integer,
    Interval,
    Row,
    Uuid,
    bindparam,
    text,
)

from scheduler_core.db.tables import TAKES_TIME
from scheduler_core.model import AppointmentType, Busy, Person, PersonCalendar
from scheduler_core.timerange import TimeRange

#: How far around a time the neighbours matter: a buffer has at most a day, a local day at most 25 hours.
AROUND = timedelta(days=2)

# What takes the time of the people in `wanted(number)`. The guard keeps a person's rows apart, so of those
# that start before the range only the last can reach into it.
TAKEN = f"""
    SELECT wanted.number, taken.*
      FROM wanted CROSS JOIN LATERAL (
           (SELECT starts, ends, kind, uid, hold_expires FROM booking_person
             WHERE person_number = wanted.number AND {TAKES_TIME} AND starts >= :since AND starts < :until)
           UNION ALL
           (SELECT starts, ends, kind, uid, hold_expires FROM booking_person
             WHERE person_number = wanted.number AND {TAKES_TIME} AND starts < :since
             ORDER BY starts DESC LIMIT 1)) AS taken
     WHERE (taken.hold_expires IS NULL OR taken.hold_expires > :now) AND taken.uid <> ALL (:without)
"""  # noqa: S608  # constants only
BUSY = f"""
    SELECT number, starts, ends, buffer_before, buffer_after, kind, uid
      FROM ({TAKEN}) AS busy JOIN appointment_type ON handle = kind
     ORDER BY number, starts
"""  # noqa: S608  # constants only
BUSY_TYPES = (
    bindparam("numbers", type_=ARRAY(BigInteger)),
    bindparam("since", type_=DateTime(timezone=True)),
    bindparam("until", type_=DateTime(timezone=True)),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("without", type_=ARRAY(Uuid)),
)
_BUSY = text(f"WITH wanted AS (SELECT unnest(:numbers) AS number) {BUSY}").bindparams(*BUSY_TYPES)

# Open ranges (of groups, computed elsewhere) minus everything that takes a member's time, with the quiet time
# around it that the wanted type asks for.
_FREE = text(f"""
    WITH wanted AS (SELECT DISTINCT unnest(:members) AS number),
         open AS (
             SELECT place, range_agg(tstzrange(starts, ends)) AS hours
               FROM unnest(:places, :starts, :ends) AS given (place, starts, ends) GROUP BY place),
         busy AS (
             SELECT place, range_agg(tstzrange(starts - :after, ends + :before)) AS hours
               FROM unnest(:member_places, :members) AS member (place, number)
               JOIN ({TAKEN}) AS taken USING (number) GROUP BY place)
    SELECT place, lower(free), upper(free)
      FROM open LEFT JOIN busy USING (place),
           unnest(open.hours - coalesce(busy.hours, '{{}}'::tstzmultirange)) AS free
     WHERE upper(free) - lower(free) >= :length
     ORDER BY lower(free), place
""").bindparams(  # noqa: S608  # constants only
    *BUSY_TYPES[1:],
    bindparam("members", type_=ARRAY(BigInteger)),
    bindparam("member_places", type_=ARRAY(Integer)),
    bindparam("places", type_=ARRAY(Integer)),
    bindparam("starts", type_=ARRAY(DateTime(timezone=True))),
    bindparam("ends", type_=ARRAY(DateTime(timezone=True))),
    bindparam("length", type_=Interval),
    bindparam("before", type_=Interval),
    bindparam("after", type_=Interval),
)


def with_busy(
    connection: Connection,
    calendars: Sequence[PersonCalendar],
    span: TimeRange,
    now: datetime,
    *,
    without: Collection[UUID] = (),
    margin: timedelta = AROUND,
) -> list[PersonCalendar]:
    """The calendars with what takes time in the span and around it, some bookings left out; one statement."""
    people = [calendar.person for calendar in calendars]
    rows = connection.execute(_BUSY, around(people, span, now, without, margin)).all()
    return filled(calendars, rows)


def around(
    people: Sequence[Person],
    span: TimeRange,
    now: datetime,
    without: Collection[UUID],
    margin: timedelta = AROUND,
) -> dict[str, Any]:
    """The parameters of `BUSY`."""
    return {
        "numbers": [person.number for person in people],
        "since": span.start - margin,
        "until": span.end + margin,
        "now": now,
        "without": list(without),
    }


def filled(calendars: Sequence[PersonCalendar], rows: Iterable[Row[Any]]) -> list[PersonCalendar]:
    """The calendars with the rows of `BUSY` as what takes time."""
    busy: dict[int, list[Busy]] = {calendar.person.number: [] for calendar in calendars}
    for row in rows:
        taken = Busy(TimeRange(row.starts, row.ends), row.buffer_before, row.buffer_after, row.kind, row.uid)
        busy[row.number].append(taken)
    return [dataclasses.replace(calendar, busy=tuple(busy[calendar.person.number])) for calendar in calendars]


@dataclasses.dataclass(frozen=True)
class Group:
    """People who are needed together, and when all of them work."""

    numbers: tuple[int, ...]
    open: tuple[TimeRange, ...]


def free_ranges(
    connection: Connection,
    groups: Sequence[Group],
    now: datetime,
    *,
    kind: AppointmentType,
    length: timedelta,
    without: Collection[UUID] = (),
) -> list[tuple[int, TimeRange]]:
    """What is left of the groups' open time, in ranges of that length or more, by start; one statement.

    The number beside a range is its group's place in the list. Of the buffers only the type's own are
    regarded: that spares reading what lies around gaps that are too small. The neighbours' may be larger.
    """
    opened = [(place, one.start, one.end) for place, group in enumerate(groups) for one in group.open]
    if not opened:
        return []
    members = [(place, number) for place, group in enumerate(groups) for number in group.numbers]
    parameters = {
        "places": [place for place, _, _ in opened],
        "starts": [start for _, start, _ in opened],
        "ends": [end for _, _, end in opened],
        "member_places": [place for place, _ in members],
        "members": [number for _, number in members],
        "since": min(start for _, start, _ in opened),
        "until": max(end for _, _, end in opened) + kind.buffer_after,
        "now": now,
        "without": list(without),
        "length": length,
        "before": kind.buffer_before,
        "after": kind.buffer_after,
    }
    rows = connection.execute(_FREE, parameters)
    return [(place, TimeRange(start, end)) for place, start, end in rows]
