"""When a booking was before it moved, so that the mail can say so."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE booking ADD COLUMN moved_from timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE booking DROP COLUMN moved_from")
