"""What one address has booked is found at once."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX booking_by_address ON booking (lower(attendee_email), starts) "
        "WHERE status = 'CONFIRMED'"
    )


def downgrade() -> None:
    op.execute("DROP INDEX booking_by_address")
