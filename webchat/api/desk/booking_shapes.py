"""Bookings as the desk shows them: everything that their host knows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from scheduler_core import zones
from scheduler_core.bootstrap import Core
from scheduler_core.db.outbox import State
from scheduler_core.desk_bookings import Delivered
from scheduler_core.model import ActorKind, Booking, Channel, Status
from scheduler_core.outbox import Topic, Trouble
from webchat.api.desk.trail_shapes import TrailStep
from webchat.api.holds import CHANNEL
from webchat.api.schemas import Stretch

_WHAT = {
    Topic.MEETING_CREATE: "Video room",
    Topic.MEETING_MOVE: "Video room moved",
    Topic.MEETING_DELETE: "Video room closed",
    Topic.MAIL_CONFIRMED: "Invitation",
    Topic.MAIL_RESCHEDULED: "New time",
    Topic.MAIL_CANCELLED: "Cancellation",
    Topic.MAIL_LINK: "Where to meet",
    Topic.MAIL_LINK_CHANGED: "Where to meet, changed",
    Topic.MAIL_LINK_MISSING: "Video room missing",
    Topic.MAIL_GUESTS: "New guests",
    Topic.MAIL_UNINVITED: "No longer invited",
    Topic.MAIL_COPY: "Invitation, once more",
    Topic.MAIL_HOST_AWAY: "Called off, with other times",
    Topic.REMINDER: "Reminder",
}
_STATES: dict[State, Literal["waiting", "accepted", "failed"]] = {
    State.WAITING: "waiting",
    State.LEASED: "waiting",
    State.DONE: "accepted",
    State.FAILED: "failed",
}


class BookedType(BaseModel):
    """What was booked."""

    handle: str
    name: str


class WhoCame(BaseModel):
    """For whom it was booked."""

    name: str
    email: str
    phone: str | None
    zone: str
    minutes_ahead: int = Field(description="How far clocks there are ahead of UTC at the start.")


class DeskBooking(Stretch):
    """A booking, or a hold while it is TENTATIVE and has no attendee."""

    uid: UUID
    reference: str
    version: int
    status: Status
    type: BookedType
    people: list[str]
    attendee: WhoCame | None
    channel: Channel
    link: str | None
    note: str | None
    guests: list[str]
    no_show: bool
    cancel_reason: str | None
    source: str

    @classmethod
    def about(cls, booking: Booking) -> Self:
        """The booking in this shape."""
        return cls.model_validate(_values(booking))


class Delivery(BaseModel):
    """What became of one mail, text or video room."""

    id: str
    what: str
    to: str
    state: Literal["waiting", "accepted", "failed"]
    sentence: str
    at: datetime
    can_retry: bool


class BookingDetail(DeskBooking):
    """A booking, how it came to be what it is, the oldest step first, and what was told, the newest first."""

    trail: list[TrailStep]
    deliveries: list[Delivery]


def detail(core: Core, booking: Booking) -> BookingDetail:
    """The booking with its trail, and with what became of the mails about it."""
    told = core.desk.bookings.deliveries(booking)
    deliveries = [_delivery(one) for one in told if one.topic in _WHAT]
    trail = [TrailStep.of_step(step, booking) for step in core.desk.bookings.trail(booking)]
    return BookingDetail.model_validate({**_values(booking), "trail": trail, "deliveries": deliveries})


def _values(booking: Booking) -> dict[str, object]:
    attendee = booking.attendee
    who = attendee and WhoCame(
        name=attendee.name,
        email=attendee.email,
        phone=booking.phone or None,
        zone=attendee.zone,
        minutes_ahead=zones.offset(booking.time.start, attendee.zone) // timedelta(minutes=1),
    )
    return {
        "uid": booking.uid,
        "reference": booking.reference,
        "version": booking.version,
        "status": booking.status,
        "type": BookedType(handle=booking.kind.handle, name=booking.kind.name),
        "people": list(booking.slot.people),
        "start": booking.time.start,
        "end": booking.time.end,
        "attendee": who,
        "channel": booking.channel,
        "link": booking.meeting and booking.meeting.url,
        "note": booking.note or None,
        "guests": list(booking.guests),
        "no_show": booking.no_show,
        "cancel_reason": booking.cancel_reason or None,
        "source": _source(booking),
    }


def _source(booking: Booking) -> str:
    """By which way it was booked."""
    if booking.actor.kind is ActorKind.CONVERSATION and booking.actor.id.startswith(f"{CHANNEL}:"):
        return "web"
    return booking.actor.kind.value


def _delivery(one: Delivered) -> Delivery:
    state = _STATES[one.state]
    return Delivery(
        id=one.id,
        what=_WHAT[one.topic],
        to=one.to,
        state=state,
        sentence=_sentence(state, one.trouble),
        at=one.at,
        can_retry=state == "failed",
    )


def _sentence(state: str, trouble: Trouble | None) -> str:
    if trouble is None or state == "accepted":
        return ""
    if trouble is Trouble.REFUSED:
        return "It was refused: the address may be wrong."
    if state == "waiting":
        return "There was no answer yet. It is tried again."
    return "There was no answer, and it was given up."
