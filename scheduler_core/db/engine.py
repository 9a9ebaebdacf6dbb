"""The connection pool, and a deadline on our side of every call to the database.

A server that stops answering, or a network that swallows packets, would otherwise block psycopg2 for ever:
the server's own time limits and TCP keepalives do not help there. psycopg2 hands its waiting to a callback,
which is one for the whole process; with it COPY and large objects are refused, and neither is used here.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, POLL_WRITE, connection, set_wait_callback
from sqlalchemy.engine import URL, Engine, create_engine, make_url

#: Seconds that one call may take, connecting included.
DEADLINE = 4.0
#: Seconds to wait for a free connection; then the caller hears that the database is not available.
POOL_PATIENCE = 2.0
#: Milliseconds after which the server itself gives up. The first two are shorter than our own deadline, so
#: that it is the server who ends a slow statement and the connection stays usable. The last frees the locks
#: of a client that was cut off.
SERVER_LIMITS = {
    "statement_timeout": 3500,
    "lock_timeout": 3000,
    "idle_in_transaction_session_timeout": 5000,
}

_local = threading.local()


class DeadlineExceeded(psycopg2.OperationalError):
    """The database did not answer in time; the connection is closed."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Lets each call of this thread take that long, for migrations and other long work."""
    before = getattr(_local, "seconds", DEADLINE)
    _local.seconds = seconds
    try:
        yield
    finally:
        _local.seconds = before


def _wait(waiting: connection) -> None:
    """Waits for the server's answer, no longer than the deadline."""
    deadline = time.monotonic() + getattr(_local, "seconds", DEADLINE)
    while (state := waiting.poll()) != POLL_OK:
        if state not in {POLL_READ, POLL_WRITE}:
            raise psycopg2.OperationalError(f"unexpected state of the connection: {state}")
        poller = select.poll()
        poller.register(waiting.fileno(), select.POLLIN if state == POLL_READ else select.POLLOUT)
        if not poller.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise DeadlineExceeded("the database did not answer in time")


def make_engine(url: str | URL, *, pool_size: int = 10, limits: dict[str, int] | None = None) -> Engine:
    """A pool of connections in UTC; nothing is connected yet."""
    set_wait_callback(_wait)
    session = {
        "timezone": "UTC",
        "client_encoding": "UTF8",
        "jit": "off",  # compiling takes longer than we do
        "plan_cache_mode": "force_generic_plan",  # what is prepared needs no plan for each set of values
    }
    settings = session | (SERVER_LIMITS if limits is None else limits)
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg2"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_PATIENCE,
        pool_pre_ping=True,
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            "application_name": "scheduler",
        },
    )
