"""By which account each person hosts video meetings."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE person
            ADD COLUMN zoom_user text NOT NULL DEFAULT '',
            ADD COLUMN google_calendar text NOT NULL DEFAULT '';
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE person DROP COLUMN zoom_user, DROP COLUMN google_calendar;")
