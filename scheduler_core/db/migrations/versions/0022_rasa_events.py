"""What Rasa keeps of conversations, in a schema of its own, so that they go on after it was started anew."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE SCHEMA rasa;
        CREATE TABLE rasa.event (
            sender text NOT NULL,
            number integer NOT NULL,
            begins_session boolean NOT NULL,
            data text NOT NULL,
            kept_at timestamptz NOT NULL,
            PRIMARY KEY (sender, number)
        );
        CREATE INDEX event_by_time ON rasa.event (kept_at);
    """)


def downgrade() -> None:
    op.execute("DROP SCHEMA rasa CASCADE")
