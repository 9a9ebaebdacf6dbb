"""What persons change of their own days in words: time off that can be undone, delays."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE host_change (
            id uuid PRIMARY KEY,
            person_number bigint NOT NULL REFERENCES person,
            what text NOT NULL,
            key text NOT NULL,
            hash text NOT NULL,
            reason text NOT NULL DEFAULT '',
            starts timestamp[] NOT NULL DEFAULT '{}',
            ends timestamp[] NOT NULL DEFAULT '{}',
            minutes smallint,
            bookings uuid[] NOT NULL DEFAULT '{}',
            version integer,
            made_at timestamptz NOT NULL,
            undone_at timestamptz,
            CONSTRAINT host_change_key UNIQUE (person_number, key),
            CONSTRAINT host_change_what CHECK (what IN ('block', 'illness', 'delay')),
            CONSTRAINT host_change_times CHECK (cardinality(starts) = cardinality(ends)),
            CONSTRAINT host_change_delay CHECK (
                (what = 'delay') = (minutes IS NOT NULL AND version IS NOT NULL
                                    AND cardinality(bookings) = 1))
        );
        CREATE INDEX host_change_by_time ON host_change (made_at);
        ALTER TABLE time_off ADD COLUMN made_by uuid REFERENCES host_change ON DELETE SET NULL;
        CREATE INDEX ix_time_off_made_by ON time_off (made_by);
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE time_off DROP COLUMN made_by;
        DROP TABLE host_change;
    """)
