"""Who has to hear of a change to a booking; pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from scheduler_core.absences import Delay
from scheduler_core.links import ATTENDEE, person
from scheduler_core.model import Booking, Channel
from scheduler_core.outbox import Message, Notice, Topic

ONLINE = frozenset({Channel.ZOOM, Channel.GOOGLE_MEET, Channel.JITSI})

#: Who has read a calendar before it was blocked may book after it, but no request takes so long.
AFTERTHOUGHT = timedelta(seconds=15)


def of_confirmed(booking: Booking, now: datetime) -> list[Message]:
    """What a new booking calls for: a meeting if it is online, and a mail to everybody who takes part."""
    return _messages(booking, Topic.MEETING_CREATE, Topic.MAIL_CONFIRMED, now)


def of_rescheduled(booking: Booking, now: datetime) -> list[Message]:
    """What a new time calls for."""
    return _messages(booking, Topic.MEETING_MOVE, Topic.MAIL_RESCHEDULED, now)


def of_cancelled(booking: Booking, now: datetime) -> list[Message]:
    """What a cancellation calls for."""
    return _messages(booking, Topic.MEETING_DELETE, Topic.MAIL_CANCELLED, now)


def of_called_off(booking: Booking, now: datetime) -> list[Message]:
    """What a cancellation by a person calls for who cannot be there: the attendee is offered other times."""
    away = Message(Topic.MAIL_HOST_AWAY, booking.uid, booking.version, ATTENDEE, now)
    others = [message for message in of_cancelled(booking, now) if message.recipient != ATTENDEE]
    return [away, *others]


def of_illness(absence: UUID, end: datetime, now: datetime) -> Notice:
    """What an illness calls for once nobody can be about to book by the calendar as it was before."""
    return Notice(Topic.LATECOMERS, absence, "", now + AFTERTHOUGHT, end)


def of_delay(delay: Delay, now: datetime) -> list[Notice]:
    """What a delay calls for: everybody who takes part hears of it, but for the one who is late."""
    others = [person(one.handle) for one in delay.booking.people if one != delay.person]
    return [
        Notice(Topic.MAIL_RUNNING_LATE, delay.id, recipient, now, delay.start)
        for recipient in (ATTENDEE, *others)
    ]


def _messages(booking: Booking, meeting: Topic, mail: Topic, now: datetime) -> list[Message]:
    """The meeting first: mails that name it wait for it."""
    recipients = [ATTENDEE, *(person(one.handle) for one in booking.people)]
    wanted = [(mail, recipient) for recipient in recipients]
    if booking.channel in ONLINE:
        wanted.insert(0, (meeting, ""))
    return [Message(topic, booking.uid, booking.version, recipient, now) for topic, recipient in wanted]
