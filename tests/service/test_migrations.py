from __future__ import annotations

from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from scheduler_core.db import migrate
from scheduler_core.db.store import Store
from scheduler_core.db.tables import metadata


def test_migrations_make_the_tables_that_the_code_describes(store: Store) -> None:
    with store.reading() as connection:
        differences = compare_metadata(
            MigrationContext.configure(
                connection, opts={"compare_server_default": True, "include_schemas": True}
            ),
            metadata,
        )

    assert differences == []


def test_migrations_run_twice_change_nothing(database: str, store: Store) -> None:
    migrate.upgrade(database)

    assert migrate.current(store) == migrate.head()


def test_migrations_are_missing_in_a_new_database(make_database: Callable[[], str]) -> None:
    store = Store(make_database())

    assert migrate.current(store) is None
    store.close()
