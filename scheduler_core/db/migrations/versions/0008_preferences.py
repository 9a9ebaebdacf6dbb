"""What people have said they usually want, and a way to see what times they take."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE preference (
            address text PRIMARY KEY,
            zone text,
            channel text,
            reminders text NOT NULL DEFAULT 'mail',
            updated_at timestamptz NOT NULL,
            CONSTRAINT preference_address CHECK (address = lower(address)),
            CONSTRAINT preference_reminders CHECK (reminders IN ('mail', 'sms', 'none'))
        );
        CREATE INDEX booking_by_kind ON booking (kind, starts) INCLUDE (wall_start, attendee_email)
            WHERE status = 'CONFIRMED';
    """)


def downgrade() -> None:
    op.execute("DROP INDEX booking_by_kind; DROP TABLE preference")
