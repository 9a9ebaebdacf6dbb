"""The people, what they offer and when they can."""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Interval,
    SmallInteger,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    text,
)

from scheduler_core.db.tables.base import Instant, Wall, metadata

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

#: Whose public holidays a person keeps, and on which of them they work all the same.
holiday_choice = Table(
    "holiday_choice",
    metadata,
    Column("person_number", ForeignKey("person.number"), primary_key=True),
    Column("country", Text, nullable=False),
    Column("region", Text, nullable=False, server_default=text("''")),
    Column("worked", ARRAY(Date), nullable=False, server_default=text("'{}'")),
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
    Column("reminders", ARRAY(Interval), nullable=False, server_default=text("'{24:00:00,01:00:00}'")),
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
