"""What was said in the chats of web pages, so that a page that was away can catch up."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE chat_line (
            number bigint GENERATED ALWAYS AS IDENTITY,
            chat text NOT NULL,
            id text NOT NULL,
            speaker text NOT NULL,
            content jsonb NOT NULL,
            said_at timestamptz NOT NULL,
            PRIMARY KEY (chat, number),
            CONSTRAINT chat_line_once UNIQUE (chat, id),
            CONSTRAINT chat_line_speaker CHECK (speaker IN ('writer', 'assistant', 'notice'))
        );
        CREATE INDEX chat_line_by_time ON chat_line (said_at);
        CREATE INDEX chat_line_untold ON chat_line (chat) WHERE speaker = 'notice';
    """)


def downgrade() -> None:
    op.execute("DROP TABLE chat_line")
