"""Who has proven what; guests; messages that are about no booking."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ACTORS = "actor_kind IN ('conversation', 'link', 'operator', 'attendee', 'person')"

BOOKINGS = f"""
ALTER TABLE booking
    ADD COLUMN guests text[] NOT NULL DEFAULT '{{}}',
    ADD COLUMN uninvited text[] NOT NULL DEFAULT '{{}}',
    ADD CONSTRAINT booking_actor_kind CHECK ({ACTORS}),
    ADD CONSTRAINT booking_guests CHECK (cardinality(guests) <= 10);
ALTER TABLE request ADD CONSTRAINT request_actor_kind CHECK ({ACTORS});
DROP INDEX booking_by_address;
CREATE INDEX booking_by_address ON booking (lower(attendee_email), starts) WHERE attendee_email IS NOT NULL;
CREATE INDEX person_by_address ON person (lower(email));
"""

OUTBOX = """
ALTER TABLE outbox
    ALTER COLUMN uid DROP NOT NULL,
    ADD COLUMN copy smallint NOT NULL DEFAULT 0,
    ADD COLUMN about uuid,
    ADD COLUMN until timestamptz,
    ADD CONSTRAINT outbox_subject CHECK ((uid IS NULL) <> (about IS NULL)),
    ADD CONSTRAINT outbox_until CHECK ((about IS NULL) = (until IS NULL));
"""

IDENTITY = """
CREATE TABLE identity_code (
    id uuid PRIMARY KEY,
    address text NOT NULL,
    channel text NOT NULL,
    sender text NOT NULL,
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    tries smallint NOT NULL DEFAULT 0,
    ended_at timestamptz,
    CONSTRAINT identity_code_tries CHECK (tries BETWEEN 0 AND 5)
);
CREATE INDEX identity_code_by_sender ON identity_code (channel, sender, asked_at);
CREATE INDEX identity_code_by_address ON identity_code (lower(address), asked_at);
CREATE INDEX identity_code_by_time ON identity_code (asked_at);
CREATE TABLE identity_proof (
    channel text NOT NULL,
    sender text NOT NULL,
    address text,
    uid uuid REFERENCES booking ON DELETE CASCADE,
    proven_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (channel, sender),
    CONSTRAINT identity_proof_of_one_thing CHECK ((address IS NULL) <> (uid IS NULL))
);
CREATE INDEX ix_identity_proof_uid ON identity_proof (uid);
CREATE INDEX identity_proof_by_expiry ON identity_proof (expires_at);
"""


def upgrade() -> None:
    for statements in (BOOKINGS, OUTBOX, IDENTITY):
        op.execute(statements)


def downgrade() -> None:
    op.execute("""
        DROP TABLE identity_code, identity_proof;
        DELETE FROM outbox WHERE uid IS NULL;
        ALTER TABLE outbox DROP COLUMN copy, DROP COLUMN about, DROP COLUMN until,
            ALTER COLUMN uid SET NOT NULL;
        DROP INDEX person_by_address, booking_by_address;
        CREATE INDEX booking_by_address ON booking (lower(attendee_email), starts)
            WHERE status = 'CONFIRMED';
        ALTER TABLE request DROP CONSTRAINT request_actor_kind;
        ALTER TABLE booking DROP CONSTRAINT booking_actor_kind, DROP COLUMN guests, DROP COLUMN uninvited;
    """)
