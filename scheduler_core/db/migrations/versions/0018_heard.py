"""Which messages of chat services were heard before, since they repeat what they are in doubt about."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE heard (
            channel text NOT NULL,
            identity text NOT NULL,
            heard_at timestamptz NOT NULL,
            PRIMARY KEY (channel, identity)
        );
        CREATE INDEX heard_by_time ON heard (heard_at);
    """)


def downgrade() -> None:
    op.execute("DROP TABLE heard")
