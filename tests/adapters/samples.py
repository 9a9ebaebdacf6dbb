"""One practice, one booking; tests change what they are about."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import UUID

from scheduler_core.clock import FixedClock
from scheduler_core.links import Links
from scheduler_core.mail.compose import Composer
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
from scheduler_core.outbox import Message, Topic
from scheduler_core.ports import Mail
from scheduler_core.timerange import TimeRange

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
UID = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
EVA = Person(1, "eva-meyer", "Dr. Eva Meyer", "eva.meyer@example.org", "Europe/Berlin")
PRIYA = Person(4, "priya-nair", "Priya Nair", "priya.nair@example.org", "Asia/Kolkata")
ANN = Attendee("Ann Lee", "ann.lee@example.com", "America/New_York", "en-US")
CONSULTATION = AppointmentType(
    "consultation",
    "Consultation",
    (timedelta(minutes=30),),
    channels=(Channel.JITSI, Channel.PHONE, Channel.IN_PERSON),
    location="4 Linden Street, Berlin",
)
ROOM = Meeting(Channel.JITSI, "https://meet.example.org/appointment-abc", "appointment-abc")
LINKS = Links("a secret that only the tests know, long enough", "https://book.example.org")
COMPOSER = Composer("Example Practice", "appointments@example.org", LINKS, FixedClock(NOW))


def a_booking(**changes: Any) -> Booking:
    """Ann's consultation with Dr. Meyer on Tuesday 1 December 2026, 10:30 in Berlin."""
    booking = Booking(
        uid=UID,
        reference="K7QF2M",
        kind=CONSULTATION,
        people=(EVA,),
        time=TimeRange.starting(datetime(2026, 12, 1, 9, 30, tzinfo=UTC), timedelta(minutes=30)),
        status=Status.CONFIRMED,
        version=2,
        sequence=0,
        actor=Actor(ActorKind.OPERATOR, "test"),
        channel=Channel.JITSI,
        attendee=ANN,
        meeting=ROOM,
        created_at=NOW,
        updated_at=NOW,
    )
    return dataclasses.replace(booking, **changes)


def moved(booking: Booking, **by: float) -> Booking:
    """The booking so much later."""
    return booking.rescheduled(TimeRange.starting(booking.time.start + timedelta(**by), booking.time.length))


def a_message(topic: Topic = Topic.MAIL_CONFIRMED, recipient: str = "attendee", version: int = 2) -> Message:
    return Message(topic, UID, version, recipient, NOW)


def read(mail: Mail) -> EmailMessage:
    """The mail as a mail program understands it."""
    return message_from_bytes(mail.content.replace(b"\r\n", b"\n"), policy=default)
