"""The bookings, the time they take, and the requests that made them."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import INT8RANGE, ExcludeConstraint

from scheduler_core.db.tables.base import ACTORS, SENSIBLE, TAKES_TIME, Instant, Wall, metadata

#: The person and the seconds in one number line, so that the guard needs no extension. Only operations that
#: PostgreSQL calls immutable: the difference of two instants is, the epoch of an instant is not.
BUSY = (
    "CASE WHEN starts IS NOT NULL THEN int8range("
    "(person_number << 36) + floor(extract(epoch FROM starts - timestamptz '2000-01-01T00:00Z'))::bigint, "
    "(person_number << 36) + ceil(extract(epoch FROM ends - timestamptz '2000-01-01T00:00Z'))::bigint) END"
)

#: `starts` and `ends` are the truth for conflicts; the wall-clock start is what was agreed, with the zone and
#: the version of the zone data by which it became an instant.
booking = Table(
    "booking",
    metadata,
    Column("uid", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("kind", ForeignKey("appointment_type.handle"), nullable=False),
    Column("status", Text, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("wall_start", Wall, nullable=False),
    Column("zone", Text, nullable=False),
    Column("tzdata_version", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("attendee_name", Text),
    Column("attendee_email", Text),
    Column("attendee_zone", Text),
    Column("attendee_locale", Text),
    Column("phone", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("guests", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("uninvited", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("hold_expires", Instant),
    Column("instead_of", Uuid),
    Column("moved_from", Instant),
    Column("meeting_url", Text),
    Column("meeting_id", Text),
    Column("no_show", Boolean, nullable=False, server_default=text("false")),
    Column("cancel_reason", Text, nullable=False, server_default=text("''")),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    CheckConstraint("status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')", name="booking_status"),
    CheckConstraint(SENSIBLE, name="booking_time"),
    CheckConstraint("status <> 'TENTATIVE' OR hold_expires IS NOT NULL", name="booking_hold_expires"),
    CheckConstraint(
        "status <> 'CONFIRMED' OR (attendee_name IS NOT NULL AND attendee_email IS NOT NULL "
        "AND attendee_zone IS NOT NULL AND attendee_locale IS NOT NULL)",
        name="booking_attendee",
    ),
    CheckConstraint(ACTORS, name="booking_actor_kind"),
    CheckConstraint("cardinality(guests) <= 10", name="booking_guests"),
    Index("booking_by_actor", "actor_kind", "actor_id", "starts"),
    Index("booking_by_start", "starts"),
    Index(
        "booking_by_kind",
        "kind",
        "starts",
        postgresql_include=["wall_start", "attendee_email"],
        postgresql_where=text("status = 'CONFIRMED'"),
    ),
    Index(
        "booking_by_address",
        text("lower(attendee_email)"),
        "starts",
        postgresql_where=text("attendee_email IS NOT NULL"),
    ),
    Index(
        "booking_moves",
        "instead_of",
        postgresql_where=text("status = 'TENTATIVE' AND instead_of IS NOT NULL"),
    ),
)

#: A row per person and stretch of time taken. There is one stretch, except for a hold that would move a
#: booking: it takes only what lies outside the old time, which is up to two stretches or none (no `starts`).
booking_person = Table(
    "booking_person",
    metadata,
    Column("uid", ForeignKey("booking.uid", ondelete="CASCADE"), primary_key=True),
    Column("person_number", ForeignKey("person.number"), primary_key=True),
    Column("part", SmallInteger, primary_key=True),
    Column("position", SmallInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts", Instant),
    Column("ends", Instant),
    Column("hold_expires", Instant),
    Column("busy", INT8RANGE, Computed(BUSY, persisted=True)),
    CheckConstraint("person_number BETWEEN 1 AND 67108863", name="booking_person_number"),
    CheckConstraint("status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')", name="booking_person_status"),
    CheckConstraint("status <> 'CONFIRMED' OR starts IS NOT NULL", name="booking_person_takes_time"),
    CheckConstraint("(starts IS NULL) = (ends IS NULL)", name="booking_person_both_bounds"),
    CheckConstraint(SENSIBLE, name="booking_person_time"),
    CheckConstraint("NOT isempty(busy)", name="booking_person_not_empty"),
    ExcludeConstraint(("busy", "&&"), name="booking_person_no_overlap", where=text(TAKES_TIME)),
    # The guard answers slowly over many people; this index answers the reads.
    Index(
        "booking_person_reads",
        "person_number",
        "starts",
        postgresql_include=["ends", "kind", "hold_expires", "uid"],
        postgresql_where=text(TAKES_TIME),
    ),
    Index(
        "booking_person_holds",
        "person_number",
        "hold_expires",
        postgresql_where=text("status = 'TENTATIVE'"),
    ),
)

#: What a repeated request gets back.
request = Table(
    "request",
    metadata,
    Column("actor_kind", Text, primary_key=True),
    Column("actor_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("uid", ForeignKey("booking.uid", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    CheckConstraint(ACTORS, name="request_actor_kind"),
)

#: What a booking was until somebody changed it; what it is now stands in `booking`. `via` and `address` say
#: more of who that was: by which face they came, and under which address they had signed in.
booking_change = Table(
    "booking_change",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("uid", ForeignKey("booking.uid", ondelete="CASCADE"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("guests", SmallInteger, nullable=False),
    Column("no_show", Boolean, nullable=False),
    CheckConstraint(ACTORS, name="booking_change_actor_kind"),
    Index("booking_change_by_booking", "uid", "id"),
    Index(
        "booking_change_by_address",
        text("lower(address)"),
        postgresql_where=text("address <> ''"),
    ),
    Index(
        "booking_change_by_actor",
        "actor_id",
        postgresql_where=text("actor_kind = 'attendee'"),
    ),
    Index("booking_change_by_time", "made_at"),
)

#: One row with the number of the last change. Triggers raise it at commit, so no writer can forget to, and
#: none keeps it locked for longer than the commit itself.
change = Table(
    "change",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("number", BigInteger, nullable=False),
    CheckConstraint("one", name="change_has_one_row"),
)
