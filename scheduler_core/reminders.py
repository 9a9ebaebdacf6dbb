"""When attendees are reminded, and until when that is of use; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from scheduler_core.links import ATTENDEE
from scheduler_core.model import Booking
from scheduler_core.outbox import Message, Topic

#: What a new appointment type has unless it is told otherwise.
USUAL = (timedelta(hours=24), timedelta(hours=1))
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=30)
MOST = 5  #: for one appointment
#: So much of its lead a reminder may be late; after that it would surprise more than it helps.
_LATE = 1 / 4


def are_sensible(leads: Iterable[timedelta]) -> bool:
    """Whether these can be an appointment type's reminders: each once, in whole minutes, not too many."""
    leads = list(leads)
    whole = all(SHORTEST <= one <= LONGEST and not one % timedelta(minutes=1) for one in leads)
    return whole and len(set(leads)) == len(leads) <= MOST


def of(booking: Booking, now: datetime) -> list[Message]:
    """The reminders to come; those whose time has passed are none, as the reader has just heard of it all.

    They go to the attendee alone: the people see their calendars, and guests have not asked for any mail.
    """
    return [
        Message(Topic.REMINDER, booking.uid, booking.version, ATTENDEE, booking.time.start - lead, lead=lead)
        for lead in sorted(booking.kind.reminders, reverse=True)
        if booking.time.start - lead > now
    ]


def useful_until(booking: Booking, lead: timedelta) -> datetime:
    """From when on the reminder of that lead is not sent any more: late, or at the time of the next one."""
    due = booking.time.start - lead
    following = max((one for one in booking.kind.reminders if one < lead), default=timedelta())
    return min(due + lead * _LATE, booking.time.start - following)
