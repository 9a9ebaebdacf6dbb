"""What is kept of conversations beyond a session."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE conversation (
            channel text NOT NULL,
            sender text NOT NULL,
            address text NOT NULL,
            guests text[] NOT NULL,
            version smallint NOT NULL,
            content jsonb NOT NULL,
            updated_at timestamptz NOT NULL,
            PRIMARY KEY (channel, sender)
        );
        CREATE INDEX conversation_by_address ON conversation (lower(address));
        CREATE INDEX conversation_by_time ON conversation (updated_at);
    """)


def downgrade() -> None:
    op.execute("DROP TABLE conversation")
