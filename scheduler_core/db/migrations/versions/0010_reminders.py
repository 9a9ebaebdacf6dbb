"""When attendees are reminded, and what is of that kind in the outbox."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE appointment_type
            ADD COLUMN reminders interval[] NOT NULL DEFAULT '{24:00:00,01:00:00}';
        ALTER TABLE outbox ADD COLUMN lead interval;
        ALTER TABLE outbox ADD CONSTRAINT outbox_lead CHECK (lead IS NULL OR uid IS NOT NULL);
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE outbox DROP COLUMN lead;
        ALTER TABLE appointment_type DROP COLUMN reminders;
    """)
