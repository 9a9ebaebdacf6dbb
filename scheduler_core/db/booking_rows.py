"""Bookings: rows to objects and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, Text, and_, bindparam, cast, func, or_, select

from scheduler_core import zones
from scheduler_core.db.people import HANDLE, to_person, to_type
from scheduler_core.db.requests import SAME_KEY, Request
from scheduler_core.db.tables import appointment_type, booking, booking_person, change, person
from scheduler_core.db.tables import request as request_table
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Channel, Meeting, Status
from scheduler_core.timerange import TimeRange, subtract

#: No booking is longer, as the tables see to.
LONGEST = timedelta(days=31)


_FIRST_PART = and_(booking_person.c.uid == booking.c.uid, booking_person.c.part == 0)
#: Bookings with type and people, a row per person, by start.
_BOOKINGS = (
    select(booking, appointment_type, person)
    .select_from(booking)
    .join(booking_person, _FIRST_PART)
    .join(person, person.c.number == booking_person.c.person_number)
    .join(appointment_type, appointment_type.c.handle == booking.c.kind)
    .order_by(booking.c.starts, booking.c.uid, booking_person.c.position)
)
_FIND_FOR = (
    _BOOKINGS.add_columns(*request_table.c)
    .outerjoin(request_table, SAME_KEY)
    .where(booking.c.uid == bindparam("wanted"))
)


def find(connection: Connection, uid: UUID) -> Booking | None:
    """The booking, or None; one statement."""
    return next(iter(found(connection, booking.c.uid == uid)), None)


def find_for(connection: Connection, uid: UUID, request: Request) -> tuple[Booking | None, UUID | None]:
    """The booking, and the one that the request led to before; one statement.

    Raises:
        KeyReused: the key was used to ask for something else.

    """
    rows = connection.execute(_FIND_FOR, {"wanted": uid, **request.identity}).mappings().all()
    if not rows:
        return None, None
    return to_booking(rows), request.done_in(rows[0])


def found(connection: Connection, *conditions: ColumnElement[bool]) -> list[Booking]:
    """The bookings that meet the conditions, by start; one statement."""
    rows = connection.execute(_BOOKINGS.where(*conditions)).mappings()
    return [to_booking(list(rows_of_one)) for _, rows_of_one in groupby(rows, lambda row: row[booking.c.uid])]


def agenda(connection: Connection, people: Sequence[str], window: TimeRange, actor: Actor) -> list[Booking]:
    """The confirmed bookings that touch the window and that the actor may see, by start."""
    conditions = [
        booking.c.status == Status.CONFIRMED.value,
        booking.c.starts < window.end,
        booking.c.ends > window.start,
        booking.c.starts > window.start - LONGEST,
        *_seen_by(actor),
    ]
    if people:
        handles = [handle for handle in people if HANDLE.fullmatch(handle)]
        theirs = select(booking_person.c.uid).join(person).where(person.c.handle.in_(handles))
        conditions.append(booking.c.uid.in_(theirs))
    return found(connection, *conditions)


def to_come(connection: Connection, actor: Actor, now: datetime) -> list[Booking]:
    """The confirmed bookings that are not over and that the actor may see, by start."""
    return found(
        connection,
        booking.c.status == Status.CONFIRMED.value,
        booking.c.starts > now - LONGEST,
        booking.c.ends > now,
        *_seen_by(actor),
    )


def _seen_by(actor: Actor) -> list[ColumnElement[bool]]:
    """What holds of the bookings that the actor may see; `admission.may_touch` says the same of one."""
    if actor.kind is ActorKind.OPERATOR:
        return []
    made = and_(booking.c.actor_kind == actor.kind.value, booking.c.actor_id == actor.id)
    if actor.kind is ActorKind.ATTENDEE:
        return [or_(made, func.lower(booking.c.attendee_email) == func.lower(actor.id))]
    if actor.kind is ActorKind.PERSON:
        taking_part = select(booking_person.c.uid).join(person).where(person.c.handle == actor.id)
        return [or_(made, booking.c.uid.in_(taking_part))]
    if actor.kind is ActorKind.LINK:
        return [or_(made, cast(booking.c.uid, Text) == actor.id)]
    return [made]


def last_change(connection: Connection) -> int:
    """The number of the last change."""
    return int(connection.execute(select(change.c.number)).scalar_one())


def to_booking(rows: Sequence[RowMapping]) -> Booking:
    """The booking in rows that differ in the person only."""
    row = rows[0]
    column = booking.c
    channel = Channel(row[column.channel])
    return Booking(
        uid=row[column.uid],
        reference=row[column.reference],
        kind=to_type(row),
        people=tuple(to_person(one) for one in rows),
        time=TimeRange(row[column.starts], row[column.ends]),
        status=Status(row[column.status]),
        version=row[column.version],
        sequence=row[column.sequence],
        actor=Actor(ActorKind(row[column.actor_kind]), row[column.actor_id]),
        channel=channel,
        attendee=_attendee(row),
        phone=row[column.phone],
        note=row[column.note],
        guests=tuple(row[column.guests]),
        uninvited=tuple(row[column.uninvited]),
        hold_expires=row[column.hold_expires],
        instead_of=row[column.instead_of],
        moved_from=row[column.moved_from],
        meeting=_meeting(row, channel),
        no_show=row[column.no_show],
        cancel_reason=row[column.cancel_reason],
        created_at=row[column.created_at],
        updated_at=row[column.updated_at],
    )


def booking_values(one: Booking) -> dict[str, Any]:
    """The row of `booking`."""
    attendee = one.attendee
    return {
        "uid": one.uid,
        "reference": one.reference,
        "kind": one.kind.handle,
        "status": one.status.value,
        **time_values(one),
        "version": one.version,
        "sequence": one.sequence,
        "actor_kind": one.actor.kind.value,
        "actor_id": one.actor.id,
        "channel": one.channel.value,
        "attendee_name": attendee and attendee.name,
        "attendee_email": attendee and attendee.email,
        "attendee_zone": attendee and attendee.zone,
        "attendee_locale": attendee and attendee.locale,
        "phone": one.phone,
        "note": one.note,
        "guests": list(one.guests),
        "uninvited": list(one.uninvited),
        "hold_expires": one.hold_expires,
        "instead_of": one.instead_of,
        "moved_from": one.moved_from,
        "meeting_url": one.meeting and one.meeting.url,
        "meeting_id": one.meeting and one.meeting.id,
        "no_show": one.no_show,
        "cancel_reason": one.cancel_reason,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
    }


def time_values(one: Booking) -> dict[str, Any]:
    """The instants, and the agreed wall-clock start with what made it an instant."""
    zone = one.organizer.zone
    return {
        "starts": one.time.start,
        "ends": one.time.end,
        "wall_start": zones.to_wall(one.time.start, zone),
        "zone": zone,
        "tzdata_version": zones.data_version(),
    }


def person_values(one: Booking, *, besides: Iterable[TimeRange] = ()) -> list[dict[str, Any]]:
    """The rows of `booking_person`: what the booking takes of each person's time besides what it has."""
    stretches = subtract([one.time], besides)
    bounds: list[tuple[datetime | None, datetime | None]] = [(part.start, part.end) for part in stretches]
    return [
        {
            "uid": one.uid,
            "person_number": person.number,
            "part": part,
            "position": position,
            "kind": one.kind.handle,
            "status": one.status.value,
            "starts": start,
            "ends": end,
            "hold_expires": one.hold_expires,
        }
        for position, person in enumerate(one.people)
        for part, (start, end) in enumerate(bounds or [(None, None)])
    ]


def _attendee(row: RowMapping) -> Attendee | None:
    column = booking.c
    if row[column.attendee_email] is None:
        return None
    return Attendee(
        name=row[column.attendee_name],
        email=row[column.attendee_email],
        zone=row[column.attendee_zone],
        locale=row[column.attendee_locale],
    )


def _meeting(row: RowMapping, channel: Channel) -> Meeting | None:
    column = booking.c
    if row[column.meeting_url] is None:
        return None
    return Meeting(channel, row[column.meeting_url], row[column.meeting_id])
