"""The way into the database: transactions, and the promise that no SQL error leaves the core."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import psycopg2
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from scheduler_core.db.engine import make_engine
from scheduler_core.errors import DatabaseUnavailable, OutcomeUnknown

log = logging.getLogger(__name__)

#: Two transactions met: overlapping time, the same key, deadlock, serialization. Looking again decides.
_COLLISIONS = {"23P01", "23505", "40P01", "40001"}
_UNDEFINED_TABLE = "42P01"


class Collision(DatabaseUnavailable):
    """Another transaction was there first; nothing was written, and another try may succeed."""


class Store:
    """The database of the scheduler; it connects when it is first used."""

    def __init__(self, url: str | URL, *, pool_size: int = 10) -> None:
        self.engine: Engine = make_engine(url, pool_size=pool_size)
        self._reading = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._single = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def close(self) -> None:
        """Closes the pooled connections; the store can be used again afterwards."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction, committed at the end of the block and rolled back when it raises.

        Raises:
            DatabaseUnavailable: the database cannot be used right now; nothing was written.
            OutcomeUnknown: the answer to the commit was lost.
            Collision: another transaction was there first; nothing was written.

        """
        with _translated(), self.engine.connect() as connection:
            yield connection
            _commit(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One read-only transaction over a single snapshot.

        Raises:
            DatabaseUnavailable: the database cannot be used right now.

        """
        with _translated(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def statement(self) -> Iterator[Connection]:
        """For one statement, which is a transaction by itself: it saves the trips for BEGIN and COMMIT.

        Raises:
            DatabaseUnavailable: the database cannot be used right now; a lost answer may hide that it worked.

        """
        with _translated(), self._single.connect() as connection:
            yield connection


class Line:
    """A connection kept for single statements, as for `Store.statement`; for one thread at a time.

    To take one from the pool and to ask whether it still works takes longer than a short statement. One that
    fails is let go, and the next statement has a new one.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = ExitStack()
        self._connection: Connection | None = None

    @contextmanager
    def statement(self) -> Iterator[Connection]:
        """For one statement, which is a transaction by itself.

        Raises:
            DatabaseUnavailable: the database cannot be used right now; a lost answer may hide that it worked.

        """
        try:
            if self._connection is None:
                self._connection = self._kept.enter_context(self._store.statement())
            with _translated():
                yield self._connection
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Gives the connection back to the pool; the next statement takes one again.

        One that died meanwhile is thrown away by the pool: nothing is lost with it, and nobody is told.
        """
        self._connection = None
        with suppress(DatabaseUnavailable):
            self._kept.close()


def _commit(connection: Connection) -> None:
    """Commits; a lost answer is reported as such, never as a failure."""
    try:
        connection.commit()
    except DBAPIError as error:
        if error.connection_invalidated or _code(error) is None:
            raise OutcomeUnknown from error
        raise


@contextmanager
def _translated() -> Iterator[None]:
    """Turns what SQLAlchemy raises into errors of the core."""
    try:
        yield
    except DBAPIError as error:
        if _code(error) in _COLLISIONS:
            raise Collision(reason=_code(error)) from error
        log.warning("database: %s", str(error.orig).strip().partition("\n")[0])
        raise DatabaseUnavailable(reason=_reason(error)) from error
    except psycopg2.Error as error:
        # SQLAlchemy lets those through that come while it sets up a connection or puts it back.
        log.warning("database: %s", str(error).strip().partition("\n")[0])
        raise DatabaseUnavailable(reason="no connection") from error
    except PoolExhausted as error:
        log.warning("database: no free connection")
        raise DatabaseUnavailable(reason="busy") from error
    except SQLAlchemyError as error:
        log.exception("database")
        raise DatabaseUnavailable(reason="error") from error


def _reason(error: DBAPIError) -> str:
    """In a few words why the database cannot be used."""
    code = _code(error)
    if code == _UNDEFINED_TABLE:
        return "the tables are missing, run migrate"
    return code or "no connection"


def _code(error: DBAPIError) -> str | None:
    """The SQLSTATE that the server gave; None where it gave none."""
    return getattr(error.orig, "pgcode", None)
