"""Whether somebody who books is known here, and has shown to be who they say."""

from __future__ import annotations

from sqlalchemy import Connection, text

from scheduler_core.model import ActorKind, Booking

# Somebody has the address already, and the chat that made the booking has not proven it. A proof may have
# ended since; then the mail asks once more than it need.
_BY_A_STRANGER = text("""
    SELECT (EXISTS (SELECT FROM booking
                     WHERE lower(attendee_email) = lower(:address) AND uid <> :uid
                       AND status <> 'TENTATIVE' AND (actor_kind, actor_id) <> (:kind, :actor))
            OR EXISTS (SELECT FROM person WHERE lower(email) = lower(:address)))
       AND NOT EXISTS (SELECT FROM identity_proof
                        WHERE channel || ':' || sender = :actor AND lower(address) = lower(:address))
""")


def booked_by_a_stranger(connection: Connection, booking: Booking) -> bool:
    """Whether a chat made the booking under an address that is known, without showing that it is theirs."""
    if booking.attendee is None or booking.actor.kind is not ActorKind.CONVERSATION:
        return False
    values = {
        "address": booking.attendee.email,
        "uid": booking.uid,
        "kind": booking.actor.kind.value,
        "actor": booking.actor.id,
    }
    return bool(connection.execute(_BY_A_STRANGER, values).scalar())
