"""What each booking was before it was changed, and by whom; from which network a code was asked for."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE identity_code ADD COLUMN network text NOT NULL DEFAULT '';
        CREATE TABLE booking_change (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            uid uuid NOT NULL REFERENCES booking ON DELETE CASCADE,
            made_at timestamptz NOT NULL,
            actor_kind text NOT NULL,
            actor_id text NOT NULL,
            via text NOT NULL,
            address text NOT NULL,
            status text NOT NULL,
            starts timestamptz NOT NULL,
            ends timestamptz NOT NULL,
            guests smallint NOT NULL,
            no_show boolean NOT NULL,
            CONSTRAINT booking_change_actor_kind
                CHECK (actor_kind IN ('conversation', 'link', 'attendee', 'person', 'operator'))
        );
        CREATE INDEX booking_change_by_booking ON booking_change (uid, id);
        CREATE INDEX booking_change_by_address ON booking_change (lower(address)) WHERE address <> '';
        CREATE INDEX booking_change_by_actor ON booking_change (actor_id) WHERE actor_kind = 'attendee';
        CREATE INDEX booking_change_by_time ON booking_change (made_at);
    """)


def downgrade() -> None:
    op.execute("DROP TABLE booking_change; ALTER TABLE identity_code DROP COLUMN network")
