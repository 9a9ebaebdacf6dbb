"""The first tables, with the guard against double booking."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

PEOPLE = """
CREATE TABLE person (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handle text NOT NULL UNIQUE,
    name text NOT NULL,
    email text NOT NULL,
    zone text NOT NULL,
    locale text NOT NULL,
    CONSTRAINT person_number_fits_the_guard CHECK (number BETWEEN 1 AND 67108863)
);
CREATE TABLE working_hours (
    person_number bigint NOT NULL REFERENCES person,
    weekday smallint NOT NULL,
    starts time NOT NULL,
    ends time NOT NULL,
    PRIMARY KEY (person_number, weekday, starts),
    CONSTRAINT working_hours_weekday CHECK (weekday BETWEEN 0 AND 6),
    CONSTRAINT working_hours_order CHECK (starts < ends OR ends = '00:00')
);
CREATE TABLE extra_hours (
    person_number bigint NOT NULL REFERENCES person,
    day date NOT NULL,
    starts time NOT NULL,
    ends time NOT NULL,
    PRIMARY KEY (person_number, day, starts),
    CONSTRAINT extra_hours_order CHECK (starts < ends OR ends = '00:00')
);
CREATE TABLE time_off (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_number bigint NOT NULL REFERENCES person,
    starts timestamp NOT NULL,
    ends timestamp NOT NULL,
    rrule text,
    CONSTRAINT time_off_order CHECK (starts < ends)
);
CREATE INDEX ix_time_off_person_number ON time_off (person_number);
CREATE TABLE appointment_type (
    handle text PRIMARY KEY,
    name text NOT NULL,
    durations interval[] NOT NULL,
    buffer_before interval NOT NULL,
    buffer_after interval NOT NULL,
    minimum_notice interval NOT NULL,
    horizon interval NOT NULL,
    interval interval NOT NULL,
    daily_limit integer,
    channels text[] NOT NULL,
    location text NOT NULL,
    CONSTRAINT appointment_type_choice CHECK (cardinality(durations) > 0 AND cardinality(channels) > 0),
    CONSTRAINT appointment_type_daily_limit CHECK (daily_limit > 0)
);
CREATE TABLE offer (
    person_number bigint NOT NULL REFERENCES person,
    kind text NOT NULL REFERENCES appointment_type,
    PRIMARY KEY (person_number, kind)
);
"""

BOOKINGS = """
CREATE TABLE booking (
    uid uuid PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    kind text NOT NULL REFERENCES appointment_type,
    status text NOT NULL,
    starts timestamptz NOT NULL,
    ends timestamptz NOT NULL,
    wall_start timestamp NOT NULL,
    zone text NOT NULL,
    tzdata_version text NOT NULL,
    version integer NOT NULL,
    sequence integer NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    channel text NOT NULL,
    attendee_name text,
    attendee_email text,
    attendee_zone text,
    attendee_locale text,
    phone text NOT NULL,
    note text NOT NULL,
    hold_expires timestamptz,
    instead_of uuid,
    meeting_url text,
    meeting_id text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT booking_status CHECK (status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')),
    CONSTRAINT booking_time CHECK (
        starts < ends AND starts >= '2000-01-01T00:00Z' AND ends < '2500-01-01T00:00Z'
        AND ends - starts <= interval '31 days'
    ),
    CONSTRAINT booking_hold_expires CHECK (status <> 'TENTATIVE' OR hold_expires IS NOT NULL),
    CONSTRAINT booking_attendee CHECK (
        status <> 'CONFIRMED' OR (attendee_name IS NOT NULL AND attendee_email IS NOT NULL
        AND attendee_zone IS NOT NULL AND attendee_locale IS NOT NULL)
    )
);
CREATE INDEX booking_by_actor ON booking (actor_kind, actor_id, starts);
CREATE INDEX booking_by_start ON booking (starts);
CREATE INDEX booking_moves ON booking (instead_of) WHERE status = 'TENTATIVE' AND instead_of IS NOT NULL;
CREATE TABLE booking_person (
    uid uuid NOT NULL REFERENCES booking ON DELETE CASCADE,
    person_number bigint NOT NULL REFERENCES person,
    part smallint NOT NULL,
    position smallint NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    starts timestamptz,
    ends timestamptz,
    hold_expires timestamptz,
    busy int8range GENERATED ALWAYS AS (
        CASE WHEN starts IS NOT NULL THEN int8range(
            (person_number << 36)
            + floor(extract(epoch FROM starts - timestamptz '2000-01-01T00:00Z'))::bigint,
            (person_number << 36)
            + ceil(extract(epoch FROM ends - timestamptz '2000-01-01T00:00Z'))::bigint
        ) END
    ) STORED,
    PRIMARY KEY (uid, person_number, part),
    CONSTRAINT booking_person_number CHECK (person_number BETWEEN 1 AND 67108863),
    CONSTRAINT booking_person_status CHECK (status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')),
    CONSTRAINT booking_person_takes_time CHECK (status <> 'CONFIRMED' OR starts IS NOT NULL),
    CONSTRAINT booking_person_both_bounds CHECK ((starts IS NULL) = (ends IS NULL)),
    CONSTRAINT booking_person_time CHECK (
        starts < ends AND starts >= '2000-01-01T00:00Z' AND ends < '2500-01-01T00:00Z'
        AND ends - starts <= interval '31 days'
    ),
    CONSTRAINT booking_person_not_empty CHECK (NOT isempty(busy)),
    CONSTRAINT booking_person_no_overlap
        EXCLUDE USING gist (busy WITH &&) WHERE (status IN ('TENTATIVE', 'CONFIRMED'))
);
CREATE INDEX booking_person_reads ON booking_person (person_number, starts)
    INCLUDE (ends, kind, hold_expires, uid) WHERE status IN ('TENTATIVE', 'CONFIRMED');
CREATE INDEX booking_person_holds ON booking_person (person_number, hold_expires) WHERE status = 'TENTATIVE';
CREATE TABLE request (
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    key text NOT NULL,
    hash text NOT NULL,
    uid uuid NOT NULL REFERENCES booking ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (actor_kind, actor_id, key)
);
CREATE INDEX ix_request_uid ON request (uid);
"""

OUTBOX = """
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    topic text NOT NULL,
    uid uuid NOT NULL REFERENCES booking ON DELETE CASCADE,
    version integer NOT NULL,
    recipient text NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    lease_by uuid,
    done_at timestamptz,
    failed_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX outbox_by_booking ON outbox (uid, id);
"""

# The triggers wait for the commit: until then a writer would keep the one row locked and all others waiting.
CHANGE = """
CREATE TABLE change (
    one boolean PRIMARY KEY DEFAULT true,
    number bigint NOT NULL,
    CONSTRAINT change_has_one_row CHECK (one)
);
INSERT INTO change (number) VALUES (0);
CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE change SET number = number + 1;
    RETURN NULL;
END $$;
"""

COUNTED = ("person", "working_hours", "extra_hours", "time_off", "appointment_type", "offer", "booking")


def upgrade() -> None:
    for statements in (PEOPLE, BOOKINGS, OUTBOX, CHANGE):
        op.execute(statements)
    for table in COUNTED:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_change()"
        )


def downgrade() -> None:
    op.execute(
        "DROP TABLE outbox, request, booking_person, booking, offer, appointment_type, time_off, "
        "extra_hours, working_hours, person, change CASCADE"
    )
    op.execute("DROP FUNCTION count_change()")
