"""What the workers see to by themselves, and when it was last seen to."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE chore (name text PRIMARY KEY, done_at timestamptz NOT NULL)")


def downgrade() -> None:
    op.execute("DROP TABLE chore")
