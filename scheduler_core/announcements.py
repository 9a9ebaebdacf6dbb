"""Who has to hear of a change to a booking; pure."""

from __future__ import annotations

from datetime import datetime

from scheduler_core.links import ATTENDEE, person
from scheduler_core.model import Booking, Channel
from scheduler_core.outbox import Message, Topic

ONLINE = frozenset({Channel.ZOOM, Channel.GOOGLE_MEET, Channel.JITSI})


def of_confirmed(booking: Booking, now: datetime) -> list[Message]:
    """What a new booking calls for: a meeting if it is online, and a mail to everybody who takes part."""
    return _messages(booking, Topic.MEETING_CREATE, Topic.MAIL_CONFIRMED, now)


def of_rescheduled(booking: Booking, now: datetime) -> list[Message]:
    """What a new time calls for."""
    return _messages(booking, Topic.MEETING_MOVE, Topic.MAIL_RESCHEDULED, now)


def of_cancelled(booking: Booking, now: datetime) -> list[Message]:
    """What a cancellation calls for."""
    return _messages(booking, Topic.MEETING_DELETE, Topic.MAIL_CANCELLED, now)


def _messages(booking: Booking, meeting: Topic, mail: Topic, now: datetime) -> list[Message]:
    """The meeting first: mails that name it wait for it."""
    recipients = [ATTENDEE, *(person(one.handle) for one in booking.people)]
    wanted = [(mail, recipient) for recipient in recipients]
    if booking.channel in ONLINE:
        wanted.insert(0, (meeting, ""))
    return [Message(topic, booking.uid, booking.version, recipient, now) for topic, recipient in wanted]
