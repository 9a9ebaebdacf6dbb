"""Calendars that other programs read by a secret address: one per person, one per attendee."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE feed (
            id uuid PRIMARY KEY,
            person_number bigint UNIQUE REFERENCES person (number) ON DELETE CASCADE,
            address text UNIQUE,
            created_at timestamptz NOT NULL,
            CONSTRAINT feed_of_one CHECK ((person_number IS NULL) <> (address IS NULL)),
            CONSTRAINT feed_address CHECK (address = lower(address))
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE feed")
