"""How everything that names an address is taken out, in two transactions: one begins it, one ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from scheduler_core import use_cases
from scheduler_core.db import bookings, outbox, privacy
from scheduler_core.db.requests import Request
from scheduler_core.db.store import Collision
from scheduler_core.errors import AlreadyCancelled, BookingChanged, BookingPast, TemporaryFailure
from scheduler_core.model import Actor, ActorKind
from scheduler_core.outbox import Notice, Topic
from scheduler_core.personal_data import DataRequest
from scheduler_core.texts import address_key

#: So long an erasure waits at most until everybody has been told of what it cancels.
PATIENCE = timedelta(hours=12)
#: So long it can be revived should it fail.
TRIED = timedelta(days=30)


def begin(
    connection: Connection, wanted: DataRequest, cancelling: frozenset[UUID], now: datetime
) -> DataRequest:
    """Cancels the bookings to come, and has the names taken out once everybody has heard of that.

    A request that is not written down yet is; one that has begun stays as it is.

    Raises:
        BookingChanged: there are bookings to come that are not named.
        Collision: one of them changed at this moment; nothing is to be written.

    """
    found = privacy.find(connection, wanted.id)
    if found is not None and found.erase_asked_at is not None:
        return found
    address = address_key(wanted.address)
    ahead = privacy.kept_about(connection, address).to_come(now)
    if not {booking.uid for booking in ahead} <= cancelling:
        raise BookingChanged(uids=[str(booking.uid) for booking in ahead])
    people = {person for booking in ahead for person in booking.people}
    if people:
        bookings.lock(connection, people)
    actor = Actor(ActorKind.ATTENDEE, address)
    for booking in ahead:
        request = Request.of(f"erase {wanted.id} {booking.uid}", actor, "erase")
        try:
            use_cases.cancel(connection, booking.uid, booking.version, request, now)
        except (AlreadyCancelled, BookingPast, BookingChanged) as changed:
            raise Collision(reason="changed") from changed
    if found is None:
        privacy.insert_request(connection, wanted, key=str(wanted.id))
    privacy.want_erased(connection, wanted.id, now)
    outbox.enqueue(connection, [Notice(Topic.ERASURE, wanted.id, "", now, now + TRIED)])
    return replace(wanted, erase_asked_at=now)


def finish(connection: Connection, wanted: UUID, now: datetime) -> None:
    """Takes the names out, as soon as nobody has to be told anything any more. Twice is once.

    Raises:
        TemporaryFailure: somebody has still to be told, or an appointment is under way.

    """
    found = privacy.find(connection, wanted)
    if found is None or found.erase_asked_at is None or found.done_at is not None:
        return
    address, asked_at = address_key(found.address), found.erase_asked_at
    if now < asked_at + PATIENCE and privacy.is_unfinished(connection, address, asked_at, now):
        raise TemporaryFailure(reason="somebody has still to be told of what was cancelled")
    privacy.erase(connection, found, now)
