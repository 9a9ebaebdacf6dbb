"""What is due is read in order, so that a batch costs the same however much waits."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_PENDING = "WHERE done_at IS NULL AND failed_at IS NULL"


def upgrade() -> None:
    op.execute(f"DROP INDEX outbox_due; CREATE INDEX outbox_due ON outbox (due_at, id) {_PENDING}")


def downgrade() -> None:
    op.execute(f"DROP INDEX outbox_due; CREATE INDEX outbox_due ON outbox (due_at) {_PENDING}")
