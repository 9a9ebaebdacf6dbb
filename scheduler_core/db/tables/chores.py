"""What the workers see to by themselves."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from scheduler_core.db.tables.base import Instant, metadata

#: One row for each, with the database's own time at which some worker last saw to it.
chore = Table(
    "chore",
    metadata,
    Column("name", Text, primary_key=True),
    Column("done_at", Instant, nullable=False),
)
