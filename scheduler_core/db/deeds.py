"""What was done in the name of an address: found, and what made it possible taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, text, update

from scheduler_core.db import booking_rows, chat_consents, feeds
from scheduler_core.db.tables import Instant, booking, identity_code, request
from scheduler_core.deeds import Deed, Done
from scheduler_core.model import ActorKind, Booking, Status
from scheduler_core.texts import address_key

#: By these the attendee's side acts; what anybody else does is not done in the attendee's name.
_THEIRS = (ActorKind.CONVERSATION, ActorKind.ATTENDEE, ActorKind.LINK)
#: Who owns what a chat has made, once that chat is not believed any more; chats are named `channel:sender`.
_NOBODY = "denied"

_BY = text("""
    SELECT actor_kind, actor_id,
           (SELECT channel FROM identity_proof WHERE lower(address) = actor_id
             ORDER BY proven_at DESC LIMIT 1) AS proven_on
      FROM request WHERE uid = :uid ORDER BY created_at DESC LIMIT 1
""")
#: After the codes, so that a proof by one of them that is being made at this moment is seen here.
_PROOFS = text("""
    DELETE FROM identity_proof
     WHERE lower(address) = :address
        OR uid IN (SELECT uid FROM booking WHERE lower(attendee_email) = :address AND ends > :now)
""").bindparams(bindparam("now", type_=Instant))


def of_code(connection: Connection, code: UUID, deed: Deed) -> Done | None:
    """That the code was asked for or used; None once that is forgotten."""
    row = connection.execute(select(identity_code).where(identity_code.c.id == code)).first()
    if row is None or (deed is Deed.PROVED and row.ended_at is None):
        return None
    at = row.ended_at if deed is Deed.PROVED else row.asked_at
    return Done(deed, code, row.address, at, ActorKind.CONVERSATION, row.channel)


def of_booking(connection: Connection, changed: Booking) -> Done | None:
    """Who changed the booking last; None where that was nobody on the attendee's side."""
    row = connection.execute(_BY, {"uid": changed.uid}).first()
    if row is None or row.actor_kind not in _THEIRS or changed.attendee is None or changed.updated_at is None:
        return None
    by = ActorKind(row.actor_kind)
    channels = {ActorKind.CONVERSATION: row.actor_id.partition(":")[0], ActorKind.ATTENDEE: row.proven_on}
    return Done(
        Deed.CHANGED,
        changed.uid,
        changed.attendee.email,
        changed.updated_at,
        by,
        channels.get(by) or "",
        changed,
    )


def changed_since(connection: Connection, address: str, since: datetime) -> list[Booking]:
    """The bookings of the address that were changed since then on the attendee's side, by start."""
    theirs = select(request.c.uid).where(
        request.c.uid == booking.c.uid,
        request.c.created_at >= since,
        request.c.actor_kind.in_([kind.value for kind in _THEIRS]),
    )
    return booking_rows.found(
        connection,
        (booking.c.updated_at >= since)
        & or_(booking.c.status == Status.CANCELLED.value, booking.c.moved_from.is_not(None))
        & theirs.exists()
        & _of(address_key(address)),
    )


def withdraw(connection: Connection, address: str, now: datetime) -> None:
    """Makes worthless what anybody has shown about the address, every code on its way to it, and its feed.

    Chats also lose what they made for it themselves; it stays a chat's in the limits.
    """
    key = address_key(address)
    connection.execute(
        update(identity_code)
        .where(func.lower(identity_code.c.address) == key, identity_code.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    connection.execute(_PROOFS, {"address": key, "now": now})
    feeds.drop(connection, number=None, address=key)
    chat_consents.erase(connection, key)
    connection.execute(
        update(booking)
        .where(_of(key), booking.c.ends > now)
        .where(booking.c.actor_kind == ActorKind.CONVERSATION.value)
        .values(actor_id=_NOBODY)
    )


def _of(address: str) -> ColumnElement[bool]:
    """What holds of the bookings made for the address, which is given in lower case."""
    return func.lower(booking.c.attendee_email) == address
