"""What the hosts' desk keeps."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from scheduler_core.db.tables.base import Instant, metadata

#: Browsers that are signed in; of what they hold only a hash, so that a copy of the table opens nothing.
desk_session = Table(
    "desk_session",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("address", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("desk_session_by_address", text("lower(address)")),
    Index("desk_session_by_expiry", "expires_at"),
)

#: Who changed what at the desk, and in whose calendar.
desk_change = Table(
    "desk_change",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("address", Text, nullable=False),
    Column("person_number", ForeignKey("person.number")),
    Column("what", Text, nullable=False),
    Column("about", Text, nullable=False, server_default=text("''")),
    Column("made_at", Instant, nullable=False),
    Index("desk_change_by_address", text("lower(address)")),
    Index("desk_change_by_time", "made_at"),
)

#: How far the conversations of a week (its Monday) have come: so many began, were offered times and booked.
#: `asked` counts those that stand at a question; nothing tells whose they are.
funnel = Table(
    "funnel",
    metadata,
    Column("week", Date, primary_key=True),
    Column("step", Text, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    CheckConstraint("extract(isodow FROM week) = 1", name="funnel_week"),
    CheckConstraint("step IN ('started', 'offered', 'confirmed', 'asked')", name="funnel_step"),
)
