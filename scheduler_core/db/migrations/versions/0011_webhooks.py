"""Who is called when something is booked, moved or cancelled, and what they are told."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE webhook (
            id uuid PRIMARY KEY,
            url text NOT NULL UNIQUE,
            secret text NOT NULL,
            with_attendee boolean NOT NULL,
            created_at timestamptz NOT NULL,
            switched_off_at timestamptz
        );
        ALTER TABLE outbox ADD COLUMN content text;
        ALTER TABLE outbox ADD CONSTRAINT outbox_content CHECK (content IS NULL OR uid IS NOT NULL);
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE outbox DROP COLUMN content;
        DROP TABLE webhook;
    """)
