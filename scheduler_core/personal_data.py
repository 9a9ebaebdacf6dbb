"""What is kept about one address, and how it is handed to whom it concerns; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from scheduler_core.model import Booking, Status
from scheduler_core.transcripts import ChatLine, Ticket


@dataclass(frozen=True)
class DataRequest:
    """Somebody's request to see or erase what is kept about their address."""

    id: UUID
    address: str
    asked_at: datetime
    expires_at: datetime  #: of the link
    erase_asked_at: datetime | None = None
    done_at: datetime | None = None  #: when everything was erased


#: The channel of somebody who wants to see the other side, by whichever of the ways there are.
ANY_VIDEO = "video"


class Reminders(StrEnum):
    """How somebody wants to be reminded."""

    MAIL = "mail"
    SMS = "sms"
    NONE = "none"


@dataclass(frozen=True)
class Preference:
    """What somebody has said they usually want; empty where they have not."""

    zone: str = ""
    channel: str = ""  #: value of a `Channel`, or `video`
    reminders: Reminders | None = None


@dataclass(frozen=True)
class KeptConversation:
    """What outlives a session of a conversation; what its content means is known to who wrote it."""

    channel: str
    sender: str
    address: str  #: the writer's, as they gave it; empty where they have not
    guests: tuple[str, ...]  #: addresses of those to be invited, in lower case
    version: int  #: of the content's shape
    content: Mapping[str, Any]  #: plain JSON
    updated_at: datetime


@dataclass(frozen=True)
class ChatConsent:
    """What a chat of another service has said to being told of the bookings for an address."""

    channel: str
    sender: str
    wanted: bool | None  #: None where it was asked and has not answered
    said_at: datetime


@dataclass(frozen=True)
class DeskChange:
    """What somebody changed at the hosts' desk, or of a booking."""

    what: str
    about: str  #: the uid of a booking, the handle of a type, a time
    made_at: datetime


@dataclass(frozen=True)
class PersonalData:
    """Everything that names an address."""

    address: str
    bookings: tuple[Booking, ...]  #: made for it, cancelled ones too, by start
    invitations: tuple[Booking, ...]  #: that it is or was a guest of, by start
    tickets: tuple[Ticket, ...]  #: by which it asked for a person
    proofs: int  #: chats in which it is proven at present
    codes: int  #: one-time codes that were asked for lately
    conversations: tuple[KeptConversation, ...]  #: of writers who gave it as theirs, by last change
    chat_lines: tuple[ChatLine, ...]  #: lately said in their chats of web pages, or naming it, as it was said
    preference: Preference | None = None
    chat_consents: tuple[ChatConsent, ...] = ()  #: of chats of other services
    desk_changes: tuple[DeskChange, ...] = ()  #: that it made at the hosts' desk, the oldest first
    booking_changes: tuple[DeskChange, ...] = ()  #: that it made by a proof of it, the oldest first
    desk_sessions: int = 0  #: browsers in which it is signed in at the desk
    feed_since: datetime | None = None  #: since when its appointments can be read by a secret address

    def to_come(self, now: datetime) -> tuple[Booking, ...]:
        """The bookings that have not begun."""
        return tuple(one for one in self.bookings if one.status is Status.CONFIRMED and one.time.start > now)

    def as_json(self) -> str:
        """All of it, for programs; times in UTC. Of an invitation what its guest was told."""
        content = {
            "address": self.address,
            "appointments": [_appointment(booking) for booking in self.bookings],
            "invitations": [_invitation(booking) for booking in self.invitations],
            "requests_for_a_person": [_request(ticket) for ticket in self.tickets],
            "proven_in_chats": self.proofs,
            "codes_asked_for": self.codes,
            "conversations": [_conversation(kept) for kept in self.conversations],
            "said_in_chats": [_line(line) for line in self.chat_lines],
            "preferences": None if self.preference is None else asdict(self.preference),
            "told_in_chats": [_consent(consent) for consent in self.chat_consents],
            "changed_at_the_desk": [_desk_change(change) for change in self.desk_changes],
            "appointments_changed": [_desk_change(change) for change in self.booking_changes],
            "signed_in_at_the_desk": self.desk_sessions,
            "calendar_feed_since": self.feed_since and self.feed_since.isoformat(),
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _appointment(booking: Booking) -> dict[str, Any]:
    attendee = booking.attendee
    return _invitation(booking) | {
        "reference": booking.reference,
        "name": attendee and attendee.name,
        "email": attendee and attendee.email,
        "zone": attendee and attendee.zone,
        "language": attendee and attendee.locale,
        "channel": booking.channel.value,
        "phone": booking.phone,
        "note": booking.note,
        "called_off_because": booking.cancel_reason,
        "guests": list(booking.guests),
        "guests_before": list(booking.uninvited),
        "booked_at": booking.created_at and booking.created_at.isoformat(),
        "changed_at": booking.updated_at and booking.updated_at.isoformat(),
    }


def _invitation(booking: Booking) -> dict[str, Any]:
    return {
        "id": str(booking.uid),
        "status": booking.status.value,
        "type": booking.kind.name,
        "with": [person.name for person in booking.people],
        "start": booking.time.start.isoformat(),
        "end": booking.time.end.isoformat(),
    }


def _conversation(kept: KeptConversation) -> dict[str, Any]:
    return {
        "channel": kept.channel,
        "changed_at": kept.updated_at.isoformat(),
        "content": dict(kept.content),
    }


def _line(line: ChatLine) -> dict[str, Any]:
    return {
        "speaker": line.speaker.value,
        "said_at": line.said_at.isoformat(),
        "content": dict(line.content),
    }


def _consent(consent: ChatConsent) -> dict[str, Any]:
    return {
        "channel": consent.channel,
        "sender": consent.sender,
        "wanted": consent.wanted,
        "said_at": consent.said_at.isoformat(),
    }


def _desk_change(change: DeskChange) -> dict[str, Any]:
    return {"what": change.what, "about": change.about, "at": change.made_at.isoformat()}


def _request(ticket: Ticket) -> dict[str, Any]:
    return {
        "reference": ticket.reference,
        "channel": ticket.channel,
        "contact": ticket.contact,
        "asked_at": ticket.opened_at.isoformat(),
    }
