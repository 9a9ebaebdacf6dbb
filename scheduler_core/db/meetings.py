"""Where bookings are held online, as the worker finds out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from scheduler_core.db import outbox
from scheduler_core.db.tables import booking as booking_table
from scheduler_core.db.tables import outbox as outbox_table
from scheduler_core.model import Booking, Meeting
from scheduler_core.outbox import Message, Topic


def keep_meeting(connection: Connection, booking: Booking, meeting: Meeting, now: datetime) -> None:
    """Stores where the booking is held; readers whose mail could not say so are told in another one.

    The booking's version stays, as nothing that people agreed on has changed.
    """
    uninformed = _mails_without_link(connection, booking)
    _write(connection, booking, now, url=meeting.url, identity=meeting.id)
    outbox.enqueue(
        connection,
        [Message(Topic.MAIL_LINK, row.uid, row.version, row.recipient, now) for row in uninformed],
    )


def forget_meeting(connection: Connection, booking: Booking, now: datetime) -> None:
    """Stores that the booking is held nowhere any more."""
    _write(connection, booking, now, url=None, identity=None)


def _mails_without_link(connection: Connection, booking: Booking) -> list[Row[Any]]:
    """The mails about this version that are out, or on their way.

    Their rows are locked first: a worker that is just taking one on has either committed, and the mail counts
    as on its way, or finds the row locked and leaves it until the link is there.
    """
    rows = connection.execute(
        select(outbox_table, (outbox_table.c.lease_until > func.clock_timestamp()).label("leased"))
        .where(outbox_table.c.uid == booking.uid, outbox_table.c.version == booking.version)
        .where(outbox_table.c.topic.in_([topic.value for topic in outbox.NAMING_THE_PLACE]))
        .with_for_update()
    )
    return [row for row in rows if row.done_at is not None or row.leased]


def _write(
    connection: Connection, booking: Booking, now: datetime, *, url: str | None, identity: str | None
) -> None:
    connection.execute(
        update(booking_table)
        .where(booking_table.c.uid == booking.uid)
        .values(meeting_url=url, meeting_id=identity, updated_at=now)
    )
