"""What bookings were before they were changed, and by whom: rows to objects and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from scheduler_core.db.tables import Instant, booking_change
from scheduler_core.model import Actor, ActorKind, Booking, Status
from scheduler_core.personal_data import DeskChange
from scheduler_core.timerange import TimeRange
from scheduler_core.trail import Former, State

#: Those who act for somebody the booking was made for.
_ATTENDING = (ActorKind.CONVERSATION.value, ActorKind.LINK.value, ActorKind.ATTENDEE.value)
_DROP = text("""
    DELETE FROM booking_change WHERE id IN (
        SELECT id FROM booking_change WHERE made_at < :before
         ORDER BY made_at LIMIT :batch FOR UPDATE SKIP LOCKED)
""").bindparams(bindparam("before", type_=Instant))


def of_booking(connection: Connection, uid: UUID) -> list[Former]:
    """What the booking was, the oldest first."""
    theirs = select(booking_change).where(booking_change.c.uid == uid).order_by(booking_change.c.id)
    return [_to_former(row) for row in connection.execute(theirs)]


def write(connection: Connection, before: Booking, actor: Actor, now: datetime) -> None:
    """Keeps what the booking was until the actor changes it now."""
    connection.execute(
        insert(booking_change).values(
            uid=before.uid,
            made_at=now,
            actor_kind=actor.kind.value,
            actor_id=actor.id,
            via=actor.via,
            address=actor.address,
            status=before.status.value,
            starts=before.time.start,
            ends=before.time.end,
            guests=len(before.guests),
            no_show=before.no_show,
        )
    )


def made_by(connection: Connection, address: str) -> tuple[DeskChange, ...]:
    """Which bookings the address, given in lower case, has changed by a proof of it, the oldest first."""
    wanted = select(booking_change).where(_by(address)).order_by(booking_change.c.id)
    return tuple(DeskChange("booking", str(row.uid), row.made_at) for row in connection.execute(wanted))


def erase(connection: Connection, address: str) -> None:
    """Takes the address, given in lower case, out of what it has changed, which stays."""
    connection.execute(
        update(booking_change)
        .where(_as_attendee(address))
        .values(actor_kind=ActorKind.OPERATOR.value, actor_id="erased")
    )
    connection.execute(update(booking_change).where(_signed_in(address)).values(address=""))


def anonymise(connection: Connection, which: ColumnElement[bool]) -> None:
    """Takes out of what was changed of those bookings who of their attendees did it, and in which chat."""
    connection.execute(
        update(booking_change)
        .where(which, booking_change.c.actor_kind.in_(_ATTENDING))
        .values(actor_kind=ActorKind.OPERATOR.value, actor_id="erased")
    )


def drop(connection: Connection, before: datetime, batch: int) -> int:
    """Who changed what of bookings."""
    return connection.execute(_DROP, {"before": before, "batch": batch}).rowcount


def _by(address: str) -> ColumnElement[bool]:
    return or_(_as_attendee(address), _signed_in(address))


def _as_attendee(address: str) -> ColumnElement[bool]:
    is_attendee = booking_change.c.actor_kind == ActorKind.ATTENDEE.value
    return and_(is_attendee, booking_change.c.actor_id == address)


def _signed_in(address: str) -> ColumnElement[bool]:
    return and_(booking_change.c.address != "", func.lower(booking_change.c.address) == address)


def _to_former(row: Row[Any]) -> Former:
    state = State(Status(row.status), TimeRange(row.starts, row.ends), row.guests, row.no_show)
    actor = Actor(ActorKind(row.actor_kind), row.actor_id, via=row.via, address=row.address)
    return Former(state, row.made_at, actor)
