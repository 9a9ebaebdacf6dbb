"""What chat services have said before."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from scheduler_core.db.tables.base import Instant, metadata

#: One row a message, under what the service itself calls it. It tells nothing of what was said or by whom.
heard = Table(
    "heard",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("identity", Text, primary_key=True),
    Column("heard_at", Instant, nullable=False),
    Index("heard_by_time", "heard_at"),
)
