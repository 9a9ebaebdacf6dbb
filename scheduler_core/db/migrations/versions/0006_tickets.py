"""Requests for a person."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE ticket (
            id uuid PRIMARY KEY,
            reference text NOT NULL,
            channel text NOT NULL,
            sender text NOT NULL,
            key text NOT NULL,
            contact text NOT NULL,
            desk text NOT NULL,
            transcript jsonb,
            opened_at timestamptz NOT NULL,
            quiet_until timestamptz NOT NULL,
            released_at timestamptz,
            CONSTRAINT ticket_key UNIQUE (channel, sender, key)
        );
        CREATE INDEX ticket_by_time ON ticket (opened_at);
    """)


def downgrade() -> None:
    op.execute("DROP TABLE ticket")
