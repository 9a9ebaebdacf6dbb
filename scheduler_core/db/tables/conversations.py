"""What outlives a session of a conversation."""

from __future__ import annotations

from sqlalchemy import ARRAY, Column, Index, SmallInteger, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from scheduler_core.db.tables.base import Instant, metadata

#: What a sender on a channel was about to arrange, one row each; its content is a matter of the face. The
#: addresses of the writer and of those to be invited stand beside it, so that they are found.
conversation = Table(
    "conversation",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("sender", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("guests", ARRAY(Text), nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("content", JSONB(none_as_null=True), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("conversation_by_address", text("lower(address)")),
    Index("conversation_by_time", "updated_at"),
)
