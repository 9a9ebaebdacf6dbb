"""Who is called by this system."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Table, Text, Uuid

from scheduler_core.db.tables.base import Instant, metadata

#: An address that is called when something is booked, moved or cancelled; the secret signs what it is told.
webhook = Table(
    "webhook",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("secret", Text, nullable=False),
    Column("with_attendee", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("switched_off_at", Instant),
)
