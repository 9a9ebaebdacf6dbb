"""Takes away what is kept no longer, a batch at a time; each statement says how many rows it took."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, CursorResult, bindparam, select, text, update

from scheduler_core.db import trail
from scheduler_core.db.tables import Instant, booking, booking_change

#: What stands in a booking for somebody who is not named any more. Mail to such addresses goes nowhere
#: (RFC 2606 section 3).
ERASED_NAME, ERASED_EMAIL = "Erased", "nobody@example.com"

# Holds alone have no attendee. Rows that another transaction is busy with are left for the next time.
_HOLDS = """
    DELETE FROM booking WHERE uid IN (
        SELECT uid FROM booking WHERE attendee_email IS NULL AND hold_expires < :before
         LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
# The key of a booking to come still makes a repeated request harmless.
_REQUESTS = """
    DELETE FROM request WHERE (actor_kind, actor_id, key) IN (
        SELECT actor_kind, actor_id, key FROM request
         WHERE created_at < :before
           AND NOT EXISTS (SELECT FROM booking WHERE booking.uid = request.uid AND ends > :before)
         LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_MESSAGES = """
    DELETE FROM outbox WHERE id IN (
        SELECT id FROM outbox WHERE done_at < :before OR failed_at < :before
         ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_TICKETS = """
    DELETE FROM ticket WHERE id IN (
        SELECT id FROM ticket WHERE opened_at < :before
         ORDER BY opened_at LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_HOST_CHANGES = """
    DELETE FROM host_change WHERE id IN (
        SELECT id FROM host_change
         WHERE made_at < :before AND NOT EXISTS (SELECT FROM unnest(ends) AS one WHERE one > :before)
         ORDER BY made_at LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_CONVERSATIONS = """
    DELETE FROM conversation WHERE (channel, sender) IN (
        SELECT channel, sender FROM conversation WHERE updated_at < :before
         ORDER BY updated_at LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_DATA_REQUESTS = """
    DELETE FROM data_request WHERE id IN (
        SELECT id FROM data_request
         WHERE asked_at < :before AND (erase_asked_at IS NULL OR done_at IS NOT NULL)
         LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_CODES = """
    DELETE FROM identity_code WHERE id IN (
        SELECT id FROM identity_code WHERE asked_at < :before LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_PROOFS = """
    DELETE FROM identity_proof WHERE (channel, sender) IN (
        SELECT channel, sender FROM identity_proof WHERE expires_at < :before
         LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_DESK_SESSIONS = """
    DELETE FROM desk_session WHERE token_hash IN (
        SELECT token_hash FROM desk_session WHERE expires_at < :before
         LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_DESK_CHANGES = """
    DELETE FROM desk_change WHERE id IN (
        SELECT id FROM desk_change WHERE made_at < :before
         ORDER BY made_at LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
# Of whom nothing else is kept; a person of the calendar stays known. There are few rows.
_PREFERENCES = """
    DELETE FROM preference WHERE address IN (
        SELECT address FROM preference AS one
         WHERE updated_at < :before
           AND NOT EXISTS (SELECT FROM booking WHERE lower(attendee_email) = one.address)
           AND NOT EXISTS (SELECT FROM person WHERE lower(email) = one.address)
         LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_FEEDS = """
    DELETE FROM feed WHERE id IN (
        SELECT id FROM feed
         WHERE created_at < :before
           AND NOT EXISTS (SELECT FROM booking WHERE lower(attendee_email) = feed.address)
           AND address IS NOT NULL
         LIMIT :batch FOR UPDATE SKIP LOCKED)
"""
_NAMED = """
    SELECT uid FROM booking
     WHERE starts < :before AND ends < :before AND attendee_email <> :erased
     ORDER BY starts LIMIT :batch FOR UPDATE SKIP LOCKED
"""


def drop_holds(connection: Connection, before: datetime, batch: int) -> int:
    """Holds that nobody has confirmed."""
    return _run(connection, _HOLDS, before, batch)


def drop_requests(connection: Connection, before: datetime, batch: int) -> int:
    """The keys of requests about bookings that are over."""
    return _run(connection, _REQUESTS, before, batch)


def drop_messages(connection: Connection, before: datetime, batch: int) -> int:
    """Messages that were told or given up."""
    return _run(connection, _MESSAGES, before, batch)


def drop_tickets(connection: Connection, before: datetime, batch: int) -> int:
    """Requests for a person."""
    return _run(connection, _TICKETS, before, batch)


def drop_conversations(connection: Connection, before: datetime, batch: int) -> int:
    """What was about to be arranged in chats."""
    return _run(connection, _CONVERSATIONS, before, batch)


def drop_host_changes(connection: Connection, before: datetime, batch: int) -> int:
    """How persons came to their time off, once that is over; the time off itself stays."""
    return _run(connection, _HOST_CHANGES, before, batch)


def drop_data_requests(connection: Connection, before: datetime, batch: int) -> int:
    """Requests to see or erase what is kept, unless an erasure is on its way."""
    return _run(connection, _DATA_REQUESTS, before, batch)


def drop_codes(connection: Connection, before: datetime, batch: int) -> int:
    """One-time codes that were asked for."""
    return _run(connection, _CODES, before, batch)


def drop_proofs(connection: Connection, before: datetime, batch: int) -> int:
    """What somebody had proven."""
    return _run(connection, _PROOFS, before, batch)


def drop_desk_sessions(connection: Connection, before: datetime, batch: int) -> int:
    """Browsers that were signed in at the hosts' desk."""
    return _run(connection, _DESK_SESSIONS, before, batch)


def drop_desk_changes(connection: Connection, before: datetime, batch: int) -> int:
    """Who changed what at the hosts' desk."""
    return _run(connection, _DESK_CHANGES, before, batch)


def drop_preferences(connection: Connection, before: datetime, batch: int) -> int:
    """What those usually wanted for whom no booking is kept any more."""
    return _run(connection, _PREFERENCES, before, batch)


def drop_feeds(connection: Connection, before: datetime, batch: int) -> int:
    """Calendars of addresses for which no booking is kept any more."""
    return _run(connection, _FEEDS, before, batch)


def forget_attendees(connection: Connection, before: datetime, batch: int) -> int:
    """Who the bookings were made for that are over since then."""
    named = text(_NAMED).bindparams(bindparam("before", type_=Instant))
    rows = connection.execute(named, {"before": before, "erased": ERASED_EMAIL, "batch": batch})
    return anonymise(connection, booking.c.uid.in_(list(rows.scalars())))


def anonymise(connection: Connection, which: ColumnElement[bool]) -> int:
    """Takes everything out of those bookings that tells whom they were made for, and by whom.

    What is left (when, with whom of this system, which type) says nothing about anybody else.
    """
    trail.anonymise(connection, booking_change.c.uid.in_(select(booking.c.uid).where(which)))
    result = connection.execute(
        update(booking)
        .where(which)
        .values(
            attendee_name=ERASED_NAME,
            attendee_email=ERASED_EMAIL,
            attendee_zone="UTC",
            attendee_locale="en",
            phone="",
            note="",
            guests=[],
            uninvited=[],
            meeting_url=None,
            meeting_id=None,
            cancel_reason="",
            actor_kind="operator",
            actor_id="erased",
        )
    )
    return result.rowcount


def _run(connection: Connection, statement: str, before: datetime, batch: int) -> int:
    query = text(statement).bindparams(bindparam("before", type_=Instant))
    result: CursorResult[object] = connection.execute(query, {"before": before, "batch": batch})
    return result.rowcount
