from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
from sqlalchemy import make_url, text

from deploy.local.postgres import Server
from scheduler_core.db import migrate
from scheduler_core.db.engine import make_engine
from scheduler_core.db.store import Store
from scheduler_core.db.tables import metadata
from scheduler_core.demo import seed
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler

pytest_plugins = ["tests.stack"]

hypothesis.settings.register_profile("dev", max_examples=30, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=200, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

#: A Tuesday, ten o'clock in Berlin.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


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
    yield server
    server.stop()


@pytest.fixture(scope="session")
def make_database(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """Makes empty databases, on the server of TEST_DATABASE_URL or on one of our own."""
    admin = os.environ.get("TEST_DATABASE_URL") or request.getfixturevalue("postgres_server").url()
    engine = make_engine(admin).execution_options(isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make() -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        made.append(name)
        return make_url(admin).set(database=name).render_as_string(hide_password=False)

    yield make
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


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
    """Takes every row away, and lets numbers begin anew."""
    names = ", ".join(table.name for table in metadata.sorted_tables if table.name != "change")
    with store.transaction() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


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
