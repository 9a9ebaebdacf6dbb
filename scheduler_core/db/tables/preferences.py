"""What people have said they usually want."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Table, Text

from scheduler_core.db.tables.base import Instant, metadata

#: What whoever has proven an address, in lower case, has said they usually want; nothing is inferred.
preference = Table(
    "preference",
    metadata,
    Column("address", Text, primary_key=True),
    Column("zone", Text),
    Column("channel", Text),
    Column("reminders", Text, nullable=False, server_default="mail"),
    Column("updated_at", Instant, nullable=False),
    CheckConstraint("address = lower(address)", name="preference_address"),
    CheckConstraint("reminders IN ('mail', 'sms', 'none')", name="preference_reminders"),
)
