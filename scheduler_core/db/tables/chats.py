"""What was said in the chats of web pages, and what other chats want to be told."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Identity,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from scheduler_core.db.tables.base import Instant, metadata

#: One row a line, in the order in which they were said; `id` is what the page knows the line by. A notice is
#: what the chat has still to be told: its content names a booking, and becomes words when it is said.
chat_line = Table(
    "chat_line",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Text, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("content", JSONB(none_as_null=True), nullable=False),
    Column("said_at", Instant, nullable=False),
    UniqueConstraint("chat", "id", name="chat_line_once"),
    CheckConstraint("speaker IN ('writer', 'assistant', 'notice')", name="chat_line_speaker"),
    Index("chat_line_by_time", "said_at"),
    Index("chat_line_untold", "chat", postgresql_where=text("speaker = 'notice'")),
)

#: Whether reminders and changes for an address, in lower case, are to be told in a chat of another service:
#: null where that was asked and not answered. Without more it is told of what was booked in that chat; of all
#: that is booked for the address once the chat has proven it, and of the bookings whose mail's link it had.
chat_consent = Table(
    "chat_consent",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("channel", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("wanted", Boolean),
    Column("proven_at", Instant),
    Column("linked", ARRAY(Uuid), nullable=False, server_default=text("'{}'")),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("channel", "sender", "address", name="chat_consent_once"),
    CheckConstraint("address = lower(address)", name="chat_consent_address"),
    Index("chat_consent_by_address", "address"),
)
