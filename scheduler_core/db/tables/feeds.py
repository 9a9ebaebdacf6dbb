"""Calendars that other programs read."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, Text, Uuid

from scheduler_core.db.tables.base import Instant, metadata

#: A calendar behind a secret address, of a person or of whoever has proven an address (in lower case). The
#: secret itself is nowhere: it follows from the id and the secret key.
feed = Table(
    "feed",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_number", ForeignKey("person.number", ondelete="CASCADE"), unique=True),
    Column("address", Text, unique=True),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("(person_number IS NULL) <> (address IS NULL)", name="feed_of_one"),
    CheckConstraint("address = lower(address)", name="feed_address"),
)
