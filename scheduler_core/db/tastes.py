"""What times people have taken, as far as one may know: reads only."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from scheduler_core.db.retention import ERASED_EMAIL
from scheduler_core.db.tables import Instant, booking, booking_person, person
from scheduler_core.model import Actor, ActorKind, Status
from scheduler_core.ranking import Crowd, Taken

#: The latest bookings of one attendee, and of everybody, that a habit is read from.
OF_ONE, OF_ALL = 20, 500
#: How long ago they may begin at most.
SINCE = timedelta(days=730)
#: An hour or weekday that fewer different attendees take is left out, so that nobody's habit shows.
FEWEST = 5

_PARTS = and_(booking_person.c.uid == booking.c.uid, booking_person.c.part == 0)
_HANDLES = func.array_agg(aggregate_order_by(person.c.handle, person.c.handle))
_CROWD = text("""
    WITH latest AS MATERIALIZED (
        SELECT wall_start, lower(attendee_email) COLLATE "C" AS attendee FROM booking
         WHERE kind = :kind AND status = 'CONFIRMED' AND starts > :since AND attendee_email <> :erased
         ORDER BY starts DESC LIMIT :most)
    SELECT hour, weekday, count(DISTINCT attendee)
      FROM (SELECT extract(hour FROM wall_start)::int AS hour,
                   extract(isodow FROM wall_start)::int - 1 AS weekday, attendee FROM latest) AS taken
     GROUP BY GROUPING SETS ((hour), (weekday))
    HAVING count(DISTINCT attendee) >= :fewest
""").bindparams(bindparam("since", type_=Instant))


def taken_by(connection: Connection, actor: Actor, now: datetime) -> list[Taken]:
    """The latest times that were booked for the address that the actor has proven, else by the actor."""
    latest = (
        select(booking.c.uid, booking.c.starts)
        .where(booking.c.status == Status.CONFIRMED.value, booking.c.starts > now - SINCE, _theirs(actor))
        .order_by(booking.c.starts.desc())
        .limit(OF_ONE)
    )
    rows = connection.execute(
        select(booking.c.starts, _HANDLES)
        .join(booking_person, _PARTS)
        .join(person, person.c.number == booking_person.c.person_number)
        .where(booking.c.uid.in_(select(latest.subquery().c.uid)))
        .group_by(booking.c.uid, booking.c.starts)
        .order_by(booking.c.starts.desc(), booking.c.uid)
    )
    return [Taken(starts, tuple(handles)) for starts, handles in rows]


def _theirs(actor: Actor) -> ColumnElement[bool]:
    if actor.kind is ActorKind.ATTENDEE:
        return func.lower(booking.c.attendee_email) == actor.id
    return and_(booking.c.actor_kind == actor.kind.value, booking.c.actor_id == actor.id)


def crowd_of(connection: Connection, kind: str, now: datetime) -> Crowd:
    """At which hours and on which weekdays most attendees of the type come."""
    values = {
        "kind": kind,
        "since": now - SINCE,
        "erased": ERASED_EMAIL,
        "most": OF_ALL,
        "fewest": FEWEST,
    }
    rows = connection.execute(_CROWD, values).all()
    return Crowd(
        hours={hour: count for hour, _, count in rows if hour is not None},
        weekdays={weekday: count for _, weekday, count in rows if weekday is not None},
    )
