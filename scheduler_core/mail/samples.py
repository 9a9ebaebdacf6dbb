"""Every kind of mail with invented facts, to be looked at and to try templates with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from scheduler_core.absences import Alternative, Delay
from scheduler_core.codes import Asked
from scheduler_core.deeds import Deed, Done
from scheduler_core.links import ATTENDEE, guest, person
from scheduler_core.mail.compose import Circumstances, Composer
from scheduler_core.model import (
    Actor,
    ActorKind,
    AppointmentType,
    Attendee,
    Booking,
    Channel,
    Meeting,
    Person,
    Status,
)
from scheduler_core.outbox import CHAT_TOPICS, Message, Notice, Topic
from scheduler_core.personal_data import DataRequest
from scheduler_core.ports import Mail
from scheduler_core.timerange import TimeRange
from scheduler_core.transcripts import Line, Speaker, Ticket

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_UID = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
_ANN = Attendee("Ann Lee", "ann.lee@example.com", "America/New_York", "en-US")
_BOB = "bob@example.com"
_EVA = Person(1, "eva-meyer", "Dr. Eva Meyer", "eva.meyer@example.org", "Europe/Berlin")
_BEN = Person(2, "ben-okafor", "Ben Okafor", "ben.okafor@example.org", "Europe/London")
_KIND = AppointmentType("consultation", "Consultation", (_HOUR / 2,), location="4 Linden Street, Berlin")
_LINK = Meeting(Channel.JITSI, "https://meet.example.org/appointment-7c9e66", "appointment-7c9e66")
_BOOKING = Booking(
    uid=_UID,
    reference="K7QF2M",
    kind=_KIND,
    people=(_EVA,),
    time=TimeRange.starting(datetime(2026, 12, 1, 14, 30, tzinfo=UTC), _HOUR / 2),
    status=Status.CONFIRMED,
    version=1,
    sequence=0,
    actor=Actor(ActorKind.OPERATOR, "preview"),
    channel=Channel.JITSI,
    attendee=_ANN,
    note="I would like to talk about the results.\nPlease have them at hand.",
    meeting=_LINK,
    created_at=NOW,
    updated_at=NOW,
)
_MOVED = _BOOKING.rescheduled(TimeRange.starting(_BOOKING.time.start + 24 * _HOUR, _HOUR / 2))
_INVITED = replace(_BOOKING, guests=(_BOB,))
_READERS = {"attendee": ATTENDEE, "person": person(_EVA.handle), "guest": guest(_UID, _BOB)}


@dataclass(frozen=True)
class Sample:
    """One mail that can be written."""

    name: str  #: such as `confirmed-attendee`
    write: Callable[[Composer], Mail]


def samples() -> Iterator[Sample]:
    """Every kind of mail to every kind of reader, in the order in which people meet them."""
    for topic, booking, readers, circumstances in _ABOUT_BOOKINGS:
        for reader in readers:
            yield _about(topic, booking, reader, circumstances)
    yield _about(Topic.MAIL_CONFIRMED, _BOOKING, "attendee", Circumstances(was_this_you=True), "was-this-you")
    yield _about(Topic.MAIL_CONFIRMED, replace(_BOOKING, meeting=None), "attendee", None, "link-follows")
    yield Sample("reminder-attendee", lambda composer: composer.reminder(_message(Topic.REMINDER), _BOOKING))
    yield Sample("running-late-attendee", lambda composer: composer.running_late(_late(), _delay()))
    yield Sample(
        "one-time-code", lambda composer: composer.one_time_code(_code(Topic.MAIL_ONE_TIME_CODE), _asked())
    )
    yield Sample("desk-code", lambda composer: composer.desk_code(_code(Topic.MAIL_DESK_CODE), _asked()))
    yield Sample(
        "was-this-you",
        lambda composer: composer.was_this_you(_notice(Topic.MAIL_WAS_THIS_YOU), _done(Deed.PROVED)),
    )
    yield Sample("denied", lambda composer: composer.denied(_notice(Topic.MAIL_DENIED), _DONE))
    yield Sample("ticket", lambda composer: composer.ticket(_notice(Topic.MAIL_TICKET), _ticket(), _SAID))
    yield Sample(
        "your-data", lambda composer: composer.your_data(_notice(Topic.MAIL_YOUR_DATA), _data_request())
    )


def texts(composer: Composer) -> str:
    """What a reminder says on a phone, and what chats of other services are told."""
    chats = [composer.chat_message(_message(topic), _BOOKING) for topic in sorted(CHAT_TOPICS)]
    return "\n\n".join([composer.reminding_text(_message(Topic.REMINDER), _BOOKING), *chats])


_ALL, _BOTH = ("attendee", "person", "guest"), ("attendee", "person")
_AWAY = Circumstances(
    alternatives=(
        Alternative(TimeRange.starting(datetime(2026, 12, 2, 14, tzinfo=UTC), _HOUR / 2), (_EVA,)),
        Alternative(TimeRange.starting(datetime(2026, 12, 2, 16, tzinfo=UTC), _HOUR / 2), (_BEN,)),
    )
)
_CALLED_OFF = _INVITED.cancelled()
_DONE = Done(Deed.CHANGED, _UID, _ANN.email, NOW, ActorKind.ATTENDEE, "web", _CALLED_OFF)
_NOT_ME = Circumstances(done=_DONE)
_TROUBLE = Circumstances(trouble="Zoom 401: the account is closed")
_ABOUT_BOOKINGS: tuple[tuple[Topic, Booking, tuple[str, ...], Circumstances | None], ...] = (
    (Topic.MAIL_CONFIRMED, _INVITED, _ALL, None),
    (Topic.MAIL_RESCHEDULED, replace(_MOVED, guests=(_BOB,)), _ALL, _NOT_ME),
    (Topic.MAIL_CANCELLED, _CALLED_OFF, _ALL, _NOT_ME),
    (Topic.MAIL_HOST_AWAY, _BOOKING.cancelled(), ("attendee",), _AWAY),
    (Topic.MAIL_LINK, _BOOKING, _BOTH, None),
    (Topic.MAIL_LINK_CHANGED, _BOOKING, _BOTH, None),
    (Topic.MAIL_LINK_MISSING, replace(_INVITED, meeting=None), _ALL, _TROUBLE),
    (Topic.MAIL_GUESTS, _INVITED, _BOTH, None),
    (Topic.MAIL_UNINVITED, replace(_BOOKING, uninvited=(_BOB,)), ("guest",), None),
    (Topic.MAIL_COPY, _BOOKING, ("attendee",), None),
)
_SAID = (
    Line(Speaker.WRITER, "Can I bring my dog?"),
    Line(Speaker.ASSISTANT, "I do not know that. Shall I ask somebody to write to you?"),
    Line(Speaker.WRITER, "Yes, please."),
)


def _about(
    topic: Topic, booking: Booking, reader: str, circumstances: Circumstances | None, variant: str = ""
) -> Sample:
    name = f"{topic.value.removeprefix('mail_').replace('_', '-')}-{variant or reader}"
    message = _message(topic, _READERS[reader])
    return Sample(name, lambda composer: composer.compose(message, booking, circumstances))


def _message(topic: Topic, recipient: str = ATTENDEE) -> Message:
    return Message(topic, _UID, 1, recipient, NOW)


def _notice(topic: Topic) -> Notice:
    return Notice(topic, _UID, "", due=NOW, until=NOW + 24 * _HOUR)


def _code(topic: Topic) -> Notice:
    return Notice(topic, _UID, "", due=NOW, until=NOW + _HOUR / 6)


def _asked() -> Asked:
    return Asked(_UID, _ANN.email, "web", "preview", NOW + _HOUR / 6)


def _done(deed: Deed) -> Done:
    return Done(deed, _UID, _ANN.email, NOW, ActorKind.CONVERSATION, "web")


def _delay() -> Delay:
    return Delay(_UID, _EVA, _BOOKING, 15)


def _late() -> Notice:
    return Notice(Topic.MAIL_RUNNING_LATE, _UID, ATTENDEE, due=NOW, until=NOW + _HOUR)


def _ticket() -> Ticket:
    quiet_until = NOW + 2 * _HOUR
    return Ticket(_UID, "T4XW9P", "web", "preview", _ANN.email, "help@example.org", NOW, quiet_until)


def _data_request() -> DataRequest:
    return DataRequest(_UID, _ANN.email, NOW, NOW + 24 * _HOUR)
