"""What Rasa keeps of conversations. It alone writes here; the core takes away what is old or to be erased."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from scheduler_core.db.tables.base import Instant, metadata

#: One row an event, numbered within a sender's conversation; `data` is Rasa's JSON.
rasa_event = Table(
    "event",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("begins_session", Boolean, nullable=False),
    Column("data", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Index("event_by_time", "kept_at"),
    schema="rasa",
)
