"""Brings the tables to the state this version of the code needs."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from scheduler_core.db.engine import make_engine, patience
from scheduler_core.db.store import Store

#: Seconds for one step of a migration.
PATIENCE = 900.0
#: Any number; who migrates holds this lock, so that two processes never do at once.
LOCK = 727_001


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(url: str) -> None:
    """Runs the migrations that are missing; waits for another process that is doing so."""
    engine = make_engine(url, limits={})
    config = _config()
    with patience(PATIENCE), engine.connect() as guard, engine.connect() as connection:
        guard.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    engine.dispose()


def head() -> str:
    """The newest revision that this code knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(store: Store) -> str | None:
    """The revision that the database is at; None where there are no tables yet."""
    with store.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()
