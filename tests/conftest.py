from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
from sqlalchemy import Connection, make_url, text

from deploy.local.postgres import Server
from scheduler_core.db import migrate
from scheduler_core.db.engine import make_engine
from scheduler_core.db.store import Store
from scheduler_core.db.tables import metadata
from scheduler_core.demo import seed
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler

pytest_plugins = ["tests.stack"]

#: On a busy machine an example may take long, be it to make or to check.
NO_HASTE = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("dev", max_examples=30, **NO_HASTE)
hypothesis.settings.register_profile("ci", max_examples=200, **NO_HASTE)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

#: A Tuesday, ten o'clock in Berlin.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

NUMBERS_ANEW = """
    SELECT setval(format('%I', sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE schemaname = current_schema()
"""


@dataclass
class MovableClock:
    """A clock that stands still until a test moves it."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant

    def move(self, by: timedelta) -> None:
        self.instant += by


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL of this test run alone."""
    folder = tmp_path_factory.mktemp("postgres")
    server = Server(folder / "data", folder / "postgres.log")
    server.start()
    with autocommitting(server.url()) as connection:
        # No test cuts the power, and nobody else needs this data: the disk need not have it.
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    yield server
    server.stop()


@contextmanager
def autocommitting(url: str) -> Iterator[Connection]:
    """A connection of which every statement is a transaction of its own."""
    engine = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def make_database(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Makes empty databases, on the server of TEST_DATABASE_URL or on one of our own."""
    admin = os.environ.get("TEST_DATABASE_URL") or request.getfixturevalue("postgres_server").url()
    made: list[str] = []

    def make() -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        with autocommitting(admin) as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        made.append(name)
        return make_url(admin).set(database=name).render_as_string(hide_password=False)

    yield make
    with autocommitting(admin) as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def migrated_database(make_database: Callable[[], str]) -> str:
    url = make_database()
    migrate.upgrade(url)
    return url


@pytest.fixture(scope="session")
def shared_store(migrated_database: str) -> Iterator[Store]:
    store = Store(migrated_database, pool_size=40)
    yield store
    store.close()


def empty(store: Store) -> None:
    """Takes every row away, and lets numbers begin anew.

    TRUNCATE would make every table and index anew, which takes many times as long where they hold a few rows.
    """
    deletions = [table.delete() for table in reversed(metadata.sorted_tables) if table.name != "change"]
    with store.transaction() as connection:
        connection.execute(text("; ".join(map(str, deletions))))
        connection.execute(text(NUMBERS_ANEW))


@pytest.fixture
def store(shared_store: Store) -> Store:
    """The migrated database, without any row."""
    empty(shared_store)
    return shared_store


@pytest.fixture
def database(store: Store) -> str:
    """The address of the same empty database, for processes of their own."""
    return store.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def people(store: Store) -> People:
    return People(store)


@pytest.fixture
def scheduler(store: Store, clock: MovableClock) -> Scheduler:
    return Scheduler(store, clock)


@pytest.fixture
def demo(store: Store, clock: MovableClock) -> None:
    """The demo organisation, seeded at the clock's time."""
    seed(store, clock)
