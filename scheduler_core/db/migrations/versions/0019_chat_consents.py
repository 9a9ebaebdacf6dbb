"""Whether chats on other services want reminders and changes told in them."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE chat_consent (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            channel text NOT NULL,
            sender text NOT NULL,
            address text NOT NULL,
            wanted boolean,
            proven_at timestamptz,
            linked uuid[] NOT NULL DEFAULT '{}',
            updated_at timestamptz NOT NULL,
            CONSTRAINT chat_consent_once UNIQUE (channel, sender, address),
            CONSTRAINT chat_consent_address CHECK (address = lower(address))
        );
        CREATE INDEX chat_consent_by_address ON chat_consent (address);
    """)


def downgrade() -> None:
    op.execute("DROP TABLE chat_consent")
