"""Those who write: what they have proven and what they have asked for."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from scheduler_core.db.tables.base import Instant, metadata

#: A code that somebody has asked for. The code itself is nowhere: it follows from the row and the secret key.
identity_code = Table(
    "identity_code",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("address", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default=text("0")),
    Column("ended_at", Instant),
    Column("network", Text, nullable=False, server_default=text("''")),
    CheckConstraint("tries BETWEEN 0 AND 5", name="identity_code_tries"),
    Index("identity_code_by_sender", "channel", "sender", "asked_at"),
    Index("identity_code_by_address", text("lower(address)"), "asked_at"),
    Index("identity_code_by_time", "asked_at"),
)

#: What a sender on a channel has proven last: that an address is theirs, or that they may reach one booking.
identity_proof = Table(
    "identity_proof",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("sender", Text, primary_key=True),
    Column("address", Text),
    Column("uid", ForeignKey("booking.uid", ondelete="CASCADE"), index=True),
    Column("proven_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    CheckConstraint("(address IS NULL) <> (uid IS NULL)", name="identity_proof_of_one_thing"),
    Index("identity_proof_by_expiry", "expires_at"),
)

#: Somebody in a chat who wants a person. What was said is kept until it stands in a mail, and no longer.
ticket = Table(
    "ticket",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("transcript", JSONB(none_as_null=True)),
    Column("opened_at", Instant, nullable=False),
    Column("quiet_until", Instant, nullable=False),
    Column("released_at", Instant),
    UniqueConstraint("channel", "sender", "key", name="ticket_key"),
    Index("ticket_by_time", "opened_at"),
)

#: Who wants to see or erase what is kept about an address; once that is erased the address is empty.
data_request = Table(
    "data_request",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("address", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("erase_asked_at", Instant),
    Column("done_at", Instant),
    Index("data_request_by_address", text("lower(address)"), "asked_at"),
)
