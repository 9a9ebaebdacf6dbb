from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Connection, bindparam, func, select, text

from scheduler_core.db.prepared import PLANS_LAST, Prepared
from scheduler_core.db.store import Store
from scheduler_core.db.tables import person
from scheduler_core.errors import DatabaseUnavailable
from scheduler_core.people import People
from tests.service.practice import open_practice

_DIVISION = Prepared("division", "SELECT 12 / :by, :by::text", bindparam("by", type_=BigInteger))
_NAMED = Prepared.of("named", select(person).where(person.c.handle == bindparam("wanted")))


def known(connection: Connection) -> list[tuple[int, int]]:
    """How often the connection has carried out the division, by any plan and by a new; empty if never."""
    statement = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = 'division'"
    return [(generic, custom) for generic, custom in connection.execute(text(statement))]


def test_prepared_statement_is_read_once_for_each_connection(store: Store) -> None:
    with store.transaction() as connection, store.transaction() as other:
        answers = [_DIVISION.execute(connection, {"by": by}).one() for by in (2, 3, 4)]
        answers += [_DIVISION.execute(other, {"by": 6}).one()]
        counted = (known(connection), known(other))

    assert answers == [(6, "2"), (4, "3"), (3, "4"), (2, "6")]
    assert counted == ([(3, 0)], [(1, 0)])


def test_prepared_statement_outlives_a_transaction_that_fails(store: Store) -> None:
    with store.transaction() as connection:
        number = connection.execute(select(func.pg_backend_pid())).scalar_one()
    with pytest.raises(DatabaseUnavailable), store.transaction() as connection:
        _DIVISION.execute(connection, {"by": 0})

    with store.transaction() as connection:
        answer = _DIVISION.execute(connection, {"by": 1}).one()
        same = connection.execute(select(func.pg_backend_pid())).scalar_one() == number

    assert (answer, same) == ((12, "1"), True)


def test_prepared_statement_is_learnt_again_after_a_lost_connection(store: Store, database: str) -> None:
    another = Store(database)
    with store.transaction() as connection:
        _DIVISION.execute(connection, {"by": 1})
        number = connection.execute(select(func.pg_backend_pid())).scalar_one()
    with another.transaction() as connection:
        connection.execute(select(func.pg_terminate_backend(number)))
    another.close()

    with store.transaction() as connection:
        assert _DIVISION.execute(connection, {"by": 3}).one() == (4, "3")


def test_connection_that_has_forgotten_what_it_prepared_is_given_up(store: Store) -> None:
    with store.transaction() as connection:
        _DIVISION.execute(connection, {"by": 1})
        connection.exec_driver_sql("DEALLOCATE ALL")
    with pytest.raises(DatabaseUnavailable), store.transaction() as connection:
        _DIVISION.execute(connection, {"by": 2})

    with store.transaction() as connection:
        assert _DIVISION.execute(connection, {"by": 4}).one() == (3, "4")


def test_rows_of_a_prepared_query_are_read_by_their_columns(store: Store, people: People) -> None:
    open_practice(people, "eva", "ben")

    with store.transaction() as connection:
        found = [_NAMED.rows(connection, {"wanted": "ben"}) for _ in range(PLANS_LAST + 1)]

    assert {(row[person.c.handle], row[person.c.email]) for (row,) in found} == {("ben", "ben@example.org")}
