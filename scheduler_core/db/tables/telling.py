"""What the outside is yet to be told."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Interval,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from scheduler_core.db.tables.base import Instant, metadata

#: One message is one outside effect for one recipient, due at a time: about a version of the booking `uid`,
#: or about something else, in which case it is of no use after `until`. A reminder is due a `lead` before the
#: booking starts; what others are called with stands in `content`, as it was when it happened.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("topic", Text, nullable=False),
    Column("uid", ForeignKey("booking.uid", ondelete="CASCADE")),
    Column("version", Integer, nullable=False),
    Column("copy", SmallInteger, nullable=False, server_default=text("0")),
    Column("about", Uuid),
    Column("until", Instant),
    Column("lead", Interval),
    Column("content", Text),
    Column("recipient", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("lease_until", Instant),
    Column("lease_by", Uuid),
    Column("done_at", Instant),
    Column("failed_at", Instant),
    Column("last_error", Text),
    Column("created_at", Instant, nullable=False, server_default=func.now()),
    CheckConstraint("(uid IS NULL) <> (about IS NULL)", name="outbox_subject"),
    CheckConstraint("(about IS NULL) = (until IS NULL)", name="outbox_until"),
    CheckConstraint("lead IS NULL OR uid IS NOT NULL", name="outbox_lead"),
    CheckConstraint("content IS NULL OR uid IS NOT NULL", name="outbox_content"),
    Index("outbox_due", "due_at", "id", postgresql_where=text("done_at IS NULL AND failed_at IS NULL")),
    Index("outbox_failed", "failed_at", postgresql_where=text("failed_at IS NOT NULL")),
    Index("outbox_by_booking", "uid", "id"),
)
