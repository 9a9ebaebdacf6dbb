"""Requests to see or erase what is kept about an address."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE data_request (
            id uuid PRIMARY KEY,
            address text NOT NULL,
            key text NOT NULL,
            asked_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            erase_asked_at timestamptz,
            done_at timestamptz
        );
        CREATE INDEX data_request_by_address ON data_request (lower(address), asked_at);
    """)


def downgrade() -> None:
    op.execute("DROP TABLE data_request")
