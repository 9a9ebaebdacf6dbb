"""Who has to hear of a change to a booking; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from scheduler_core import reminders
from scheduler_core.absences import Delay
from scheduler_core.links import ATTENDEE, guest, person
from scheduler_core.model import Booking, Channel
from scheduler_core.outbox import MEETING_TOPICS, WEBHOOK_TOPICS, Message, Notice, Topic

ONLINE = frozenset({Channel.ZOOM, Channel.GOOGLE_MEET, Channel.JITSI})
#: Mails that say all there is to say about a booking.
_WHOLE = frozenset({Topic.MAIL_CONFIRMED, Topic.MAIL_RESCHEDULED, Topic.MAIL_GUESTS})
#: What is told whatever comes after it, so that it need not go on under a new version.
_OF_ALL_TIMES = WEBHOOK_TOPICS | {Topic.MAIL_UNINVITED}

#: Who has read a calendar before it was blocked may book after it, but no request takes so long.
AFTERTHOUGHT = timedelta(seconds=15)
#: So long before the start those who meet hear that there is no link, to agree on another way.
TIME_TO_AGREE = timedelta(minutes=15)


def of_confirmed(booking: Booking, now: datetime) -> list[Message]:
    """What a new booking calls for: a meeting if it is online, mails to everybody, and reminders."""
    told = _messages(booking, Topic.MEETING_CREATE, Topic.MAIL_CONFIRMED, now)
    return [*told, *reminders.of(booking, now)]


def of_rescheduled(booking: Booking, now: datetime) -> list[Message]:
    """What a new time calls for."""
    told = _messages(booking, Topic.MEETING_MOVE, Topic.MAIL_RESCHEDULED, now)
    return [*told, *reminders.of(booking, now)]


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
    who = [one for one in everybody(delay.booking) if one != person(delay.person.handle)]
    return [Notice(Topic.MAIL_RUNNING_LATE, delay.id, recipient, now, delay.start) for recipient in who]


def of_guests(before: Booking, after: Booking, waiting: Sequence[Message], now: datetime) -> list[Message]:
    """What it calls for that others are invited than before, while that much was still to be told.

    What waits goes on under the new version, or it would be dropped. The attendee and the people hear of the
    guests, who know nothing of each other; a guest who has not been invited yet need not be told of the end.
    """
    guests = [guest(after.uid, address) for address in after.guests]
    gone = {guest(before.uid, address) for address in before.guests} - set(guests)
    kept = [
        replace(one, version=after.version, due=_due(one, after, now))
        for one in waiting
        if one.recipient not in gone and one.topic not in _OF_ALL_TIMES
    ]
    unaware = {one.recipient for one in waiting if one.topic is Topic.MAIL_CONFIRMED}
    told_anyway = {one.recipient for one in waiting if one.topic in _WHOLE}
    known = {guest(before.uid, address) for address in before.guests}
    wanted = [
        *((Topic.MAIL_GUESTS, who) for who in _those_who_meet(after) if who not in told_anyway),
        *((Topic.MAIL_CONFIRMED, who) for who in guests if who not in known),
        *((Topic.MAIL_UNINVITED, who) for who in sorted(gone - unaware)),
    ]
    return [*kept, *(Message(topic, after.uid, after.version, who, now) for topic, who in wanted)]


def of_missing_link(booking: Booking, now: datetime) -> list[Message]:
    """What it calls for that no place to meet could be made; where an old one is left the people hear."""
    who = everybody(booking) if booking.meeting is None else [person(one.handle) for one in booking.people]
    return [
        Message(Topic.MAIL_LINK_MISSING, booking.uid, booking.version, recipient, now) for recipient in who
    ]


def outdated(message: Message, booking: Booking) -> bool:
    """Whether the booking, as it is now, is told of by messages of its own.

    Who was a guest hears of the end whatever comes after it, except for a new invitation.
    """
    if message.topic in WEBHOOK_TOPICS:
        return False  # others are told of every step, in order
    if message.topic is Topic.MAIL_UNINVITED:
        return message.recipient not in {guest(booking.uid, address) for address in booking.uninvited}
    return message.version != booking.version


def useful_until(message: Message, booking: Booking) -> datetime:
    """When the message is worth nothing any more; what others are called with never is."""
    if message.topic in WEBHOOK_TOPICS:
        return datetime.max.replace(tzinfo=UTC)
    if message.lead is not None:
        return reminders.useful_until(booking, message.lead)
    start = booking.time.start
    if message.topic in MEETING_TOPICS and booking.updated_at and booking.updated_at < start - TIME_TO_AGREE:
        return start - TIME_TO_AGREE
    return start


def _due(waiting: Message, booking: Booking, now: datetime) -> datetime:
    """When what waits is to be told under a new version: at once, unless it is a reminder."""
    return now if waiting.lead is None else max(now, booking.time.start - waiting.lead)


def _those_who_meet(booking: Booking) -> list[str]:
    """The attendee and the people, as recipients."""
    return [ATTENDEE, *(person(one.handle) for one in booking.people)]


def everybody(booking: Booking) -> list[str]:
    """Everybody who takes part, as recipients."""
    return [*_those_who_meet(booking), *(guest(booking.uid, address) for address in booking.guests)]


def _messages(booking: Booking, meeting: Topic, mail: Topic, now: datetime) -> list[Message]:
    """The meeting first: mails that name it wait for it."""
    wanted = [(mail, recipient) for recipient in everybody(booking)]
    if booking.channel in ONLINE:
        wanted.insert(0, (meeting, ""))
    return [Message(topic, booking.uid, booking.version, recipient, now) for topic, recipient in wanted]
