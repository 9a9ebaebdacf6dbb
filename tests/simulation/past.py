"""Writes what people have booked before into the database, and that they have proven who they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from uuid import uuid4

from tests.chat import Conversation
from tests.simulation.habits import Past
from tests.stack import Assistant

_BOOKED = """
INSERT INTO booking (uid, reference, kind, status, starts, ends, wall_start, zone, tzdata_version, version,
       sequence, actor_kind, actor_id, channel, attendee_name, attendee_email, attendee_zone, attendee_locale,
       phone, note, created_at, updated_at)
VALUES (:uid, :uid, :kind, 'CONFIRMED', :starts, :ends, :wall, :zone, '', 1, 0, 'operator', 'simulation',
       'jitsi', 'Somebody', :email, :zone, 'en', '', '', :starts, :starts)
"""
_WITH = """
INSERT INTO booking_person (uid, person_number, part, position, kind, status, starts, ends)
SELECT :uid, number, 0, 0, :kind, 'CONFIRMED', :starts, :ends FROM person WHERE handle = :host
    ON CONFLICT DO NOTHING
"""
_PROVEN = """
INSERT INTO identity_proof (channel, sender, address, proven_at, expires_at)
VALUES ('rest', :sender, :email, :now, :until)
"""


def write(assistant: Assistant, booked: Iterable[tuple[str, Past]]) -> None:
    """Bookings that are over, each with the address of whoever made it."""
    for email, past in booked:
        start = past.start.astimezone(UTC)
        values = {
            "uid": str(uuid4()),
            "kind": past.service.handle,
            "starts": start,
            "ends": start + timedelta(minutes=past.minutes),
        }
        wall = past.start.astimezone(past.host.clock).replace(tzinfo=None)
        zone = past.host.zone
        assistant.rows.execute(_BOOKED, **values, wall=wall, zone=zone, email=email)
        assistant.rows.execute(_WITH, **values, host=past.host.handle)


def prove(assistant: Assistant, chat: Conversation, email: str) -> None:
    """The chat is that of whoever reads mail to the address, as if its code had been typed before."""
    now = assistant.clock.now()
    until = now + timedelta(minutes=30)
    assistant.rows.execute(_PROVEN, sender=chat.sender, email=email, now=now, until=until)


def forget(assistant: Assistant, email: str = "%") -> None:
    """Removes what an address had booked before; that of all of them, unless one is named."""
    assistant.rows.execute(
        "DELETE FROM booking WHERE actor_id = 'simulation' AND attendee_email LIKE :email", email=email
    )
