"""The hosts' desk: who is signed in, what was changed there, public holidays, who came, how far chats get."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE desk_session (
            token_hash text PRIMARY KEY,
            address text NOT NULL,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL
        );
        CREATE INDEX desk_session_by_address ON desk_session (lower(address));
        CREATE INDEX desk_session_by_expiry ON desk_session (expires_at);
        CREATE TABLE desk_change (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            address text NOT NULL,
            person_number bigint REFERENCES person (number),
            what text NOT NULL,
            about text NOT NULL DEFAULT '',
            made_at timestamptz NOT NULL
        );
        CREATE INDEX desk_change_by_address ON desk_change (lower(address));
        CREATE INDEX desk_change_by_time ON desk_change (made_at);
        CREATE TABLE holiday_choice (
            person_number bigint PRIMARY KEY REFERENCES person (number),
            country text NOT NULL,
            region text NOT NULL DEFAULT '',
            worked date[] NOT NULL DEFAULT '{}'
        );
        CREATE CONSTRAINT TRIGGER holiday_choice_changed AFTER INSERT OR UPDATE OR DELETE ON holiday_choice
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_change();
        CREATE TABLE funnel (
            week date,
            step text,
            question text,
            count integer NOT NULL,
            PRIMARY KEY (week, step, question),
            CONSTRAINT funnel_week CHECK (extract(isodow FROM week) = 1),
            CONSTRAINT funnel_step CHECK (step IN ('started', 'offered', 'confirmed', 'asked'))
        );
        ALTER TABLE booking ADD COLUMN no_show boolean NOT NULL DEFAULT false;
        ALTER TABLE booking ADD COLUMN cancel_reason text NOT NULL DEFAULT '';
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE booking DROP COLUMN cancel_reason;
        ALTER TABLE booking DROP COLUMN no_show;
        DROP TABLE funnel, holiday_choice, desk_change, desk_session
    """)
