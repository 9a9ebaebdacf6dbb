"""The tables, in the words of the model. The migrations make them; a test holds the two equal."""

from __future__ import annotations

from scheduler_core.db.tables.base import ACTORS, SENSIBLE, TAKES_TIME, Instant, Wall, metadata
from scheduler_core.db.tables.bookings import BUSY, booking, booking_change, booking_person, change, request
from scheduler_core.db.tables.calendars import (
    appointment_type,
    extra_hours,
    holiday_choice,
    host_change,
    offer,
    person,
    time_off,
    working_hours,
)
from scheduler_core.db.tables.chats import chat_consent, chat_line
from scheduler_core.db.tables.chores import chore
from scheduler_core.db.tables.conversations import conversation
from scheduler_core.db.tables.desk import desk_change, desk_session, funnel
from scheduler_core.db.tables.feeds import feed
from scheduler_core.db.tables.heard import heard
from scheduler_core.db.tables.preferences import preference
from scheduler_core.db.tables.rasa import rasa_event
from scheduler_core.db.tables.telling import outbox
from scheduler_core.db.tables.visitors import data_request, identity_code, identity_proof, ticket
from scheduler_core.db.tables.webhooks import webhook

__all__ = [
    "ACTORS",
    "BUSY",
    "SENSIBLE",
    "TAKES_TIME",
    "Instant",
    "Wall",
    "appointment_type",
    "booking",
    "booking_change",
    "booking_person",
    "change",
    "chat_consent",
    "chat_line",
    "chore",
    "conversation",
    "data_request",
    "desk_change",
    "desk_session",
    "extra_hours",
    "feed",
    "funnel",
    "heard",
    "holiday_choice",
    "host_change",
    "identity_code",
    "identity_proof",
    "metadata",
    "offer",
    "outbox",
    "person",
    "preference",
    "rasa_event",
    "request",
    "ticket",
    "time_off",
    "webhook",
    "working_hours",
]
