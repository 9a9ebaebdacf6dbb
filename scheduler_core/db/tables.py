"""The tables, in the words of the model. The migrations make them; a test holds the two equal."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Interval,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import INT8RANGE, JSONB, ExcludeConstraint

metadata = MetaData()

Instant = DateTime(timezone=True)
Wall = DateTime(timezone=False)

#: Where a row takes a person's time: holds count like bookings.
TAKES_TIME = "status IN ('TENTATIVE', 'CONFIRMED')"

#: A range that is empty overlaps nothing and would walk past the guard, an endless one would block all time.
SENSIBLE = (
    "starts < ends AND starts >= '2000-01-01T00:00Z' AND ends < '2500-01-01T00:00Z' "
    "AND ends - starts <= interval '31 days'"
)

#: The person and the seconds in one number line, so that the guard needs no extension. Only operations that
#: PostgreSQL calls immutable: the difference of two instants is, the epoch of an instant is not.
BUSY = (
    "CASE WHEN starts IS NOT NULL THEN int8range("
    "(person_number << 36) + floor(extract(epoch FROM starts - timestamptz '2000-01-01T00:00Z'))::bigint, "
    "(person_number << 36) + ceil(extract(epoch FROM ends - timestamptz '2000-01-01T00:00Z'))::bigint) END"
)

#: By what somebody may act; the names are those of `ActorKind`.
ACTORS = "actor_kind IN ('conversation', 'link', 'operator', 'attendee', 'person')"

person = Table(
    "person",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("handle", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("zoom_user", Text, nullable=False, server_default=text("''")),
    Column("google_calendar", Text, nullable=False, server_default=text("''")),
    CheckConstraint("number BETWEEN 1 AND 67108863", name="person_number_fits_the_guard"),
    Index("person_by_address", text("lower(email)")),
)

working_hours = Table(
    "working_hours",
    metadata,
    Column("person_number", ForeignKey("person.number"), primary_key=True),
    Column("weekday", SmallInteger, primary_key=True),
    Column("starts", Time, primary_key=True),
    Column("ends", Time, nullable=False),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="working_hours_weekday"),
    CheckConstraint("starts < ends OR ends = '00:00'", name="working_hours_order"),
)

extra_hours = Table(
    "extra_hours",
    metadata,
    Column("person_number", ForeignKey("person.number"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("starts", Time, primary_key=True),
    Column("ends", Time, nullable=False),
    CheckConstraint("starts < ends OR ends = '00:00'", name="extra_hours_order"),
)

time_off = Table(
    "time_off",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("person_number", ForeignKey("person.number"), nullable=False, index=True),
    Column("starts", Wall, nullable=False),
    Column("ends", Wall, nullable=False),
    Column("rrule", Text),
    Column("made_by", ForeignKey("host_change.id", ondelete="SET NULL"), index=True),
    CheckConstraint("starts < ends", name="time_off_order"),
)

#: What a person has changed of their own days: local times in which they cannot be booked (kept here too, as
#: undoing takes the time off away), or so many minutes by which a version of one booking begins later.
#: `bookings` are those that were called off, or the late one.
host_change = Table(
    "host_change",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_number", ForeignKey("person.number"), nullable=False),
    Column("what", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("starts", ARRAY(Wall), nullable=False, server_default=text("'{}'")),
    Column("ends", ARRAY(Wall), nullable=False, server_default=text("'{}'")),
    Column("minutes", SmallInteger),
    Column("bookings", ARRAY(Uuid), nullable=False, server_default=text("'{}'")),
    Column("version", Integer),
    Column("made_at", Instant, nullable=False),
    Column("undone_at", Instant),
    UniqueConstraint("person_number", "key", name="host_change_key"),
    CheckConstraint("what IN ('block', 'illness', 'delay')", name="host_change_what"),
    CheckConstraint("cardinality(starts) = cardinality(ends)", name="host_change_times"),
    CheckConstraint(
        "(what = 'delay') = (minutes IS NOT NULL AND version IS NOT NULL AND cardinality(bookings) = 1)",
        name="host_change_delay",
    ),
    Index("host_change_by_time", "made_at"),
)

appointment_type = Table(
    "appointment_type",
    metadata,
    Column("handle", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("durations", ARRAY(Interval), nullable=False),
    Column("buffer_before", Interval, nullable=False),
    Column("buffer_after", Interval, nullable=False),
    Column("minimum_notice", Interval, nullable=False),
    Column("horizon", Interval, nullable=False),
    Column("interval", Interval, nullable=False),
    Column("daily_limit", Integer),
    Column("channels", ARRAY(Text), nullable=False),
    Column("location", Text, nullable=False),
    CheckConstraint(
        "cardinality(durations) > 0 AND cardinality(channels) > 0", name="appointment_type_choice"
    ),
    CheckConstraint("daily_limit > 0", name="appointment_type_daily_limit"),
)

#: Who offers what.
offer = Table(
    "offer",
    metadata,
    Column("person_number", ForeignKey("person.number"), primary_key=True),
    Column("kind", ForeignKey("appointment_type.handle"), primary_key=True),
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
    Column("meeting_url", Text),
    Column("meeting_id", Text),
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

#: One message is one outside effect for one recipient, due at a time: about a version of the booking `uid`,
#: or about something else, in which case it is of no use after `until`.
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
    Index("outbox_due", "due_at", postgresql_where=text("done_at IS NULL AND failed_at IS NULL")),
    Index("outbox_failed", "failed_at", postgresql_where=text("failed_at IS NOT NULL")),
    Index("outbox_by_booking", "uid", "id"),
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

#: One row with the number of the last change. Triggers raise it at commit, so no writer can forget to, and
#: none keeps it locked for longer than the commit itself.
change = Table(
    "change",
    metadata,
    Column("one", Boolean, primary_key=True, server_default=text("true")),
    Column("number", BigInteger, nullable=False),
    CheckConstraint("one", name="change_has_one_row"),
)
