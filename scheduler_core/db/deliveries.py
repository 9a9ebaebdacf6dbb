"""What has become of the mails about a booking, and mailing the last one again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import distinct_on

from scheduler_core import links
from scheduler_core.db import booking_rows, bookings, requests
from scheduler_core.db import outbox as outbox_rows
from scheduler_core.db.bookings import Change
from scheduler_core.db.tables import booking as booking_table
from scheduler_core.db.tables import outbox
from scheduler_core.model import Booking
from scheduler_core.outbox import Delivered, Delivery, Message, Topic, trouble_in

#: How often a day the attendee of a booking may be mailed what they were mailed before.
MOST_COPIES = 3
DAY = timedelta(days=1)


def resend(connection: Connection, same: Booking, change: Change) -> Booking:
    """Tells the attendee of the booking once more.

    Raises:
        TooOften: they were told often enough within a day.

    """
    bookings.lock(connection, same.people)
    copies = outbox_rows.told(connection, same.uid, [Topic.MAIL_COPY], links.ATTENDEE, since=change.now - DAY)
    copies.check(MOST_COPIES, DAY)
    again = Message(Topic.MAIL_COPY, same.uid, same.version, links.ATTENDEE, change.now, copy=copies.ever + 1)
    requests.keep(connection, change.request, same.uid, change.now)
    outbox_rows.enqueue(connection, [again])
    return same


def booking_named(connection: Connection, reference: str) -> Booking | None:
    """The booking of that reference, however it is written."""
    uid = connection.execute(
        select(booking_table.c.uid).where(booking_table.c.reference == reference.upper())
    ).scalar()
    return None if uid is None else booking_rows.find(connection, uid)


def of(connection: Connection, booking: Booking) -> list[Delivery]:
    """What became of the last mail to the attendee of the booking, and to each guest."""
    addresses = {links.guest(booking.uid, guest): guest for guest in booking.guests}
    if booking.attendee is not None:
        addresses = {links.ATTENDEE: booking.attendee.email} | addresses
    dropped = outbox.c.done_at.is_not(None) & outbox.c.last_error.is_not(None)
    rows = connection.execute(
        select(outbox)
        .ext(distinct_on(outbox.c.recipient))
        .where(outbox.c.uid == booking.uid, outbox.c.recipient.in_(addresses), ~dropped)
        .where(outbox.c.lead.is_(None))  # nobody asks whether a reminder to come has arrived
        .order_by(outbox.c.recipient, outbox.c.id.desc())
    )
    last = {row.recipient: row for row in rows}
    return [_delivery(last[name], address) for name, address in addresses.items() if name in last]


def link_awaited(connection: Connection, booking: Booking) -> bool:
    """Whether the link to where the booking is held is not there yet, but has not been given up either."""
    going_on = outbox.c.done_at.is_(None) & outbox.c.failed_at.is_(None)
    tried = connection.execute(
        select(outbox.c.id)
        .where(outbox.c.uid == booking.uid, outbox.c.version == booking.version, going_on)
        .where(outbox.c.topic.in_(outbox_rows.MAKING_THE_PLACE))
    )
    return booking.meeting is None and tried.first() is not None


def _delivery(row: Row[Any], address: str) -> Delivery:
    state = Delivered.SENT if row.done_at else Delivered.FAILED if row.failed_at else Delivered.WAITING
    trouble = trouble_in(row.last_error) if row.last_error else None
    return Delivery(address, Topic(row.topic), state, row.done_at or row.failed_at, trouble)
