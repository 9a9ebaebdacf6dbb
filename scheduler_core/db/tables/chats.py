"""What was said in the chats of web pages."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Identity,
    Index,
    Table,
    Text,
    UniqueConstraint,
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
