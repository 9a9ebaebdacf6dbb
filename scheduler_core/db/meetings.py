"""Where bookings are held online, as the worker finds out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, exists, false, func, select, true, update

from scheduler_core.announcements import ONLINE, everybody
from scheduler_core.chat_messages import recipient
from scheduler_core.db import booking_rows, bookings, chat_consents, outbox
from scheduler_core.db.tables import booking as booking_table
from scheduler_core.db.tables import outbox as outbox_table
from scheduler_core.links import ATTENDEE
from scheduler_core.model import Booking, Channel, Meeting, Status
from scheduler_core.outbox import MEETING_TOPICS, Message, Notice, Topic

_MEETINGS = [topic.value for topic in MEETING_TOPICS]
_TELLING_THE_PLACE = (Topic.MAIL_LINK, Topic.MAIL_LINK_CHANGED, Topic.CHAT_LINK)


def keep_meeting(connection: Connection, booking: Booking, meeting: Meeting, now: datetime) -> None:
    """Stores where the booking is held; readers who were told otherwise, or nothing, get another mail.

    The booking's version stays, as nothing that people agreed on has changed.
    """
    told, untold = _told_of_the_place(connection, booking)
    _write(connection, booking, now, url=meeting.url, identity=meeting.id)
    topic = Topic.MAIL_LINK if booking.meeting is None else Topic.MAIL_LINK_CHANGED
    if booking.meeting is not None:
        told = set(everybody(booking)) - untold
    aware = _to_be_told_where(connection, booking)
    uninformed = sorted(told - aware)
    outbox.enqueue(connection, [_anew(connection, topic, booking, one, now) for one in uninformed])
    if ATTENDEE in uninformed:
        chats = {recipient(hearer.id) for hearer in chat_consents.hearers(connection, booking.uid)} - aware
        told_there = [_anew(connection, Topic.CHAT_LINK, booking, one, now) for one in sorted(chats)]
        outbox.enqueue(connection, told_there)


def forget_meeting(connection: Connection, booking: Booking, now: datetime) -> None:
    """Stores that the booking is held nowhere any more."""
    _write(connection, booking, now, url=None, identity=None)


def settled(
    connection: Connection,
    ways: Collection[Channel],
    *,
    now: datetime,
    before: datetime,
    only: Collection[UUID] | None = None,
    limit: int,
) -> list[Booking]:
    """Online bookings to come, held those ways or cancelled, that nobody has changed since `before`.

    Those with messages about their meeting on the way are left out; of the others come the next ones.
    """
    column = booking_table.c
    on_the_way = exists().where(
        outbox_table.c.uid == column.uid,
        outbox_table.c.topic.in_(_MEETINGS),
        outbox_table.c.done_at.is_(None),
        outbox_table.c.failed_at.is_(None),
    )
    wanted = (
        select(column.uid)
        .where(column.starts > now, column.updated_at <= before, ~on_the_way)
        .where(column.status.in_([Status.CONFIRMED.value, Status.CANCELLED.value]))
        .where(column.channel.in_([channel.value for channel in ONLINE & frozenset(ways)]))
        .order_by(column.starts)
        .limit(limit)
    )
    if only is not None:
        wanted = wanted.where(column.uid.in_(only))
    return booking_rows.found(connection, column.uid.in_(wanted))


def align_again(connection: Connection, booking: Booking, topic: Topic, now: datetime) -> bool:
    """Has the booking's meeting brought in line once more; False where it has changed or is on the way.

    A message about it that was given up is revived, so that nothing stays given up that is mended.
    """
    bookings.lock(connection, booking.people)
    present = booking_rows.find(connection, booking.uid)
    waiting = outbox.unfinished(connection, booking.uid, booking.version)
    if present is None or present.version != booking.version:
        return False
    if any(message.topic in MEETING_TOPICS for message in waiting):
        return False
    given_up = outbox.listing(connection, states=[outbox.State.FAILED], booking=booking.uid)
    ids = [entry.id for entry in given_up if _is_about_meeting(entry.message, booking)]
    if ids:
        return outbox.revive(connection, now, ids=ids) > 0
    outbox.enqueue(connection, [_anew(connection, topic, booking, "", now)])
    return True


def _is_about_meeting(message: Message | Notice, booking: Booking) -> bool:
    return (
        isinstance(message, Message)
        and message.topic in MEETING_TOPICS
        and message.version == booking.version
    )


def _anew(connection: Connection, topic: Topic, booking: Booking, recipient: str, now: datetime) -> Message:
    """The message, under a key of its own if it was told before about this version."""
    last = connection.execute(
        select(func.max(outbox_table.c.copy))
        .where(outbox_table.c.uid == booking.uid, outbox_table.c.version == booking.version)
        .where(outbox_table.c.topic == topic.value, outbox_table.c.recipient == recipient)
    ).scalar()
    copy = 0 if last is None else last + 1
    return Message(topic, booking.uid, booking.version, recipient, now, copy=copy)


def _to_be_told_where(connection: Connection, booking: Booking) -> set[str]:
    """Who has a message about the place to come that nobody has taken on; it will name the present one."""
    waiting = connection.execute(
        select(outbox_table.c.recipient)
        .where(outbox_table.c.uid == booking.uid, outbox_table.c.version == booking.version)
        .where(outbox_table.c.topic.in_([topic.value for topic in _TELLING_THE_PLACE]))
        .where(outbox_table.c.done_at.is_(None), outbox_table.c.failed_at.is_(None))
        .where(func.coalesce(outbox_table.c.lease_until < func.clock_timestamp(), true()))
        .with_for_update()
    )
    return set(waiting.scalars())


def _told_of_the_place(connection: Connection, booking: Booking) -> tuple[set[str], set[str]]:
    """Whose mail about this version is out or on its way, and who has one to come.

    Their rows are locked first: a worker that is just taking one on has either committed, and the mail counts
    as on its way, or finds the row locked and leaves it until the link is there.
    """
    column = outbox_table.c
    rows = connection.execute(
        select(
            column.recipient,
            column.done_at.is_not(None).label("done"),
            column.failed_at.is_not(None).label("failed"),
            func.coalesce(column.lease_until > func.clock_timestamp(), false()).label("leased"),
        )
        .where(outbox_table.c.uid == booking.uid, outbox_table.c.version == booking.version)
        .where(outbox_table.c.topic.in_([topic.value for topic in outbox.NAMING_THE_PLACE]))
        .with_for_update()
    ).all()
    told = {row.recipient for row in rows if row.done or row.leased}
    return told, {row.recipient for row in rows if not (row.done or row.leased or row.failed)}


def why_missing(connection: Connection, booking: Booking) -> str:
    """In the words of the last try why the booking's meeting could not be made; empty where it was."""
    reason = connection.execute(
        select(outbox_table.c.last_error)
        .where(outbox_table.c.uid == booking.uid, outbox_table.c.version == booking.version)
        .where(outbox_table.c.topic.in_([topic.value for topic in outbox.MAKING_THE_PLACE]))
        .where(outbox_table.c.failed_at.is_not(None))
        .order_by(outbox_table.c.id.desc())
        .limit(1)
    ).scalar()
    return reason or ""


def _write(
    connection: Connection, booking: Booking, now: datetime, *, url: str | None, identity: str | None
) -> None:
    connection.execute(
        update(booking_table)
        .where(booking_table.c.uid == booking.uid)
        .values(meeting_url=url, meeting_id=identity, updated_at=now)
    )
