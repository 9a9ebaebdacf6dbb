"""What the outside must hear of, and when it is tried again; nothing here touches the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduler_core.errors import DeliveryError, PermanentFailure


class Topic(StrEnum):
    """What is to be told. The database keeps these names."""

    MEETING_CREATE = "meeting_create"
    MEETING_MOVE = "meeting_move"
    MEETING_DELETE = "meeting_delete"
    MAIL_CONFIRMED = "mail_confirmed"
    MAIL_RESCHEDULED = "mail_rescheduled"
    MAIL_CANCELLED = "mail_cancelled"
    MAIL_LINK = "mail_link"  #: where to meet, after a mail had to say that this follows
    MAIL_LINK_CHANGED = "mail_link_changed"  #: where to meet instead of where it was said before
    MAIL_LINK_MISSING = "mail_link_missing"  #: that the place to meet could not be made
    MAIL_GUESTS = "mail_guests"  #: others are invited now
    MAIL_UNINVITED = "mail_uninvited"  #: for those who are not any more
    MAIL_COPY = "mail_copy"  #: what was told before, on request
    MAIL_ONE_TIME_CODE = "mail_one_time_code"  #: a notice
    MAIL_DESK_CODE = "mail_desk_code"  #: the way into the hosts' desk; a notice
    REMINDER = "reminder"  #: by mail or by text, as the attendee wants it when it is due
    CHAT_REMINDER = "chat_reminder"  #: for a chat of another service, as are the next three
    CHAT_MOVED = "chat_moved"
    CHAT_CANCELLED = "chat_cancelled"
    CHAT_LINK = "chat_link"  #: where to meet, or where instead of what was said before
    WEBHOOK_BOOKED = "webhook_booked"  #: for others who build on us, as are the next two
    WEBHOOK_MOVED = "webhook_moved"
    WEBHOOK_CANCELLED = "webhook_cancelled"
    MAIL_HOST_AWAY = "mail_host_away"  #: called off by the person, with other times to choose from
    MAIL_RUNNING_LATE = "mail_running_late"  #: a notice
    MAIL_TICKET = "mail_ticket"  #: somebody in a chat wants a person; a notice
    MAIL_YOUR_DATA = "mail_your_data"  #: the way to what is kept about an address; a notice
    MAIL_WAS_THIS_YOU = "mail_was_this_you"  #: an address was proven in a chat; a notice
    MAIL_DENIED = "mail_denied"  #: somebody says that it was not them; a notice for those who help
    ERASURE = "erasure"  #: what names an address is to be taken out; a notice
    LATECOMERS = "latecomers"  #: what was booked into an illness while it was being entered; a notice


MEETING_TOPICS = frozenset({Topic.MEETING_CREATE, Topic.MEETING_MOVE, Topic.MEETING_DELETE})
WEBHOOK_TOPICS = frozenset({Topic.WEBHOOK_BOOKED, Topic.WEBHOOK_MOVED, Topic.WEBHOOK_CANCELLED})
CHAT_TOPICS = frozenset({Topic.CHAT_REMINDER, Topic.CHAT_MOVED, Topic.CHAT_CANCELLED, Topic.CHAT_LINK})
#: What is told side by side, so that a service that does not answer holds up only what it is to hear.
LANES = (
    frozenset(Topic) - WEBHOOK_TOPICS - CHAT_TOPICS - {Topic.REMINDER},
    frozenset({Topic.REMINDER}),
    CHAT_TOPICS,
    WEBHOOK_TOPICS,
)
#: What loses its worth within minutes, or holds others back, is tried again sooner.
_URGENT = MEETING_TOPICS | {
    Topic.MAIL_ONE_TIME_CODE,
    Topic.MAIL_DESK_CODE,
    Topic.MAIL_RUNNING_LATE,
    Topic.MAIL_YOUR_DATA,
    Topic.MAIL_WAS_THIS_YOU,
    Topic.ERASURE,
}
PATIENCE_WITH_MEETINGS = 3  #: so many failures of the meeting later a mail no longer waits for it
#: Nor does it where the service has asked for more time than this.
LONGEST_WAIT_FOR_MEETINGS = timedelta(minutes=1)

_URGENT_DELAYS = (10, 30, 60, 300, 900, 1800, 3600)  # seconds; the first two failures hold back the mail
_MAIL_DELAYS = (60, 300, 900, 1800, 3600)
_MOST_TRIES = 28  # about a day; counted in tries, so that a worker that stood still gives nothing up


@dataclass(frozen=True)
class Message:
    """One outside effect for one recipient, about one version of a booking."""

    topic: Topic
    booking: UUID
    version: int
    recipient: str  #: `attendee`, `person:…`, `guest:…`, `webhook:<id>`, `chat:<id>`; empty for meetings
    due: datetime  #: not before this instant
    copy: int = 0  #: so many times it was told before, and is asked for again
    lead: timedelta | None = None  #: of a reminder: how long before the start it is due
    content: str = ""  #: of a call to others: what it tells, as it was when it happened

    @property
    def key(self) -> str:
        """What must happen only once; two messages of the same key are one."""
        key = f"{self.booking}:{self.version}:{self.topic.value}:{self.recipient}"
        if self.lead is not None:
            return f"{key}:{self.lead // timedelta(minutes=1)}"
        return f"{key}:{self.copy}" if self.copy else key


@dataclass(frozen=True)
class Notice:
    """One outside effect that is about no booking but about something else of this system."""

    topic: Topic
    about: UUID  #: of what it tells: a code that was asked for, for instance
    recipient: str  #: who among several; never an address, as keys are logged
    due: datetime  #: not before this instant
    until: datetime  #: of no use from this instant on

    @property
    def key(self) -> str:
        """What must happen only once; two notices of the same key are one."""
        return f"{self.about}:{self.topic.value}:{self.recipient}"


class Dropped(Exception):
    """There is nothing to be told any more, for the reason given. It never leaves the worker."""


class Delivered(StrEnum):
    """What became of a mail."""

    WAITING = "waiting"
    SENT = "sent"  #: the next mail server took it
    FAILED = "failed"  #: it was given up


class Trouble(StrEnum):
    """What has kept a mail from being taken."""

    REFUSED = "refused"  #: the mail server will not have it: the address is wrong, or the mail unwelcome
    UNREACHABLE = "unreachable"  #: there was no answer, or one that asks for patience


@dataclass(frozen=True)
class Delivery:
    """What became of the last mail to one address."""

    address: str
    topic: Topic
    state: Delivered
    at: datetime | None  #: when it was taken or given up; None while it waits
    trouble: Trouble | None  #: of the last try, if it failed


def trouble_in(error: str) -> Trouble:
    """What kind of failure the kept words of an error tell of: a 5yz answer is final (RFC 5321 4.2.1)."""
    return Trouble.REFUSED if re.match(r"5\d\d\b", error) else Trouble.UNREACHABLE


def next_try(
    topic: Topic, tries: int, error: DeliveryError, *, now: datetime, deadline: datetime
) -> datetime | None:
    """When to try again what has failed `tries` times, the last time right now; None to give up.

    A permanent refusal is final. Otherwise the delays grow (for mail 1, 5, 15, 30, 60, 60 … minutes; never
    less than the service asks for) for about a day, but not past the deadline, at which the last try
    falls: the start of the appointment, or the end of a notice's use.
    """
    if isinstance(error, PermanentFailure) or tries >= _MOST_TRIES or now >= deadline:
        return None
    delays = _URGENT_DELAYS if topic in _URGENT else _MAIL_DELAYS
    asked_for = float(error.details.get("retry_after") or 0)
    wait = max(delays[min(tries, len(delays)) - 1], asked_for)
    return min(now + timedelta(seconds=wait), deadline)
