"""A database that fails is reported as what it is, in time, and never by an error of its own."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import psycopg2
import pytest
from sqlalchemy import URL, event, make_url, text

from scheduler_core.db.engine import DEADLINE, POOL_PATIENCE, SERVER_LIMITS, patience
from scheduler_core.db.store import Line, Store
from scheduler_core.errors import DatabaseUnavailable, OutcomeUnknown, SlotUnavailable
from scheduler_core.model import Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import MovableClock
from tests.service.practice import ANN, CHAT, book, everything, open_practice, rows, slot
from tests.service.proxy import Wire, wire_to

SLACK = 1.5  # seconds, for a busy machine
COMMIT = b"COMMIT\0"  # as it goes over the wire; READ COMMITTED is something else


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


@pytest.fixture
def wire(store: Store) -> Iterator[tuple[Wire, URL]]:
    with wire_to(store.engine.url) as made:
        yield made


@pytest.fixture
def distant(wire: tuple[Wire, URL]) -> Iterator[Scheduler]:
    """A scheduler at the far end of the wire, which has been used once."""
    far = Store(wire[1], pool_size=2)
    scheduler = Scheduler(far, MovableClock())
    scheduler.change()
    yield scheduler
    far.close()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails if the block takes longer."""
    begin = time.monotonic()
    yield
    assert time.monotonic() - begin < seconds


def test_deadlines_are_short_and_in_order() -> None:
    assert SERVER_LIMITS["lock_timeout"] < SERVER_LIMITS["statement_timeout"] < DEADLINE * 1000 <= 5000
    assert POOL_PATIENCE <= 2


def test_nothing_is_connected_before_it_is_used() -> None:
    Store("postgresql://127.0.0.1:1/nowhere").close()


@pytest.mark.parametrize(
    "use",
    [
        lambda scheduler: scheduler.change(),
        lambda scheduler: scheduler.open_slots(kind="talk", wish=Wish()),
        lambda scheduler: book(scheduler, slot("10:00")),
    ],
)
def test_database_that_is_not_there_is_unavailable(use: Callable[[Scheduler], object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    scheduler = Scheduler(Store(f"postgresql://127.0.0.1:{port}/nowhere"), MovableClock())

    with within(SLACK), pytest.raises(DatabaseUnavailable) as refused:
        use(scheduler)

    assert refused.value.details == {"reason": "no connection"}


def test_database_that_does_not_answer_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = Store(f"postgresql://127.0.0.1:{silent.getsockname()[1]}/nowhere")

        with patience(0.3), within(0.3 + SLACK), pytest.raises(DatabaseUnavailable):
            Scheduler(store, MovableClock()).change()


def test_connection_that_falls_silent_is_noticed_in_time(
    wire: tuple[Wire, URL], distant: Scheduler, store: Store
) -> None:
    before = everything(store)
    wire[0].swallow = b"pg_advisory_xact_lock"

    with patience(0.3), within(4 * 0.3 + SLACK), pytest.raises(DatabaseUnavailable):
        book(distant, slot("10:00"))

    wire[0].mend()
    assert everything(store) == before
    assert book(distant, slot("10:00")).time == slot("10:00").time


def test_commit_without_an_answer_is_unknown_and_the_key_tells(
    wire: tuple[Wire, URL], distant: Scheduler, store: Store
) -> None:
    wire[0].mute_after = COMMIT  # it arrives, but the answer is lost
    with patience(0.3), pytest.raises(OutcomeUnknown):
        distant.book(slot("10:00"), ANN, key="one", actor=CHAT)
    wire[0].mend()

    booked = distant.book(slot("10:00"), ANN, key="one", actor=CHAT)

    assert [(row.uid, row.status) for row in rows(store, "SELECT uid, status FROM booking")] == [
        (booked.uid, "CONFIRMED")
    ]


def test_commit_that_never_arrived_is_unknown_and_the_key_tells(
    wire: tuple[Wire, URL], distant: Scheduler, store: Store
) -> None:
    wire[0].swallow = COMMIT
    with patience(0.3), pytest.raises(OutcomeUnknown):
        distant.book(slot("10:00"), ANN, key="one", actor=CHAT)
    wire[0].mend()
    _end_idle(store)
    assert rows(store, "SELECT uid FROM booking") == []

    booked = distant.book(slot("10:00"), ANN, key="one", actor=CHAT)

    assert [row.uid for row in rows(store, "SELECT uid FROM booking")] == [booked.uid]


def _end_idle(store: Store) -> None:
    """Ends transactions that wait for a client who has gone, as the server's time limit would."""
    with store.transaction() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE state = 'idle in transaction' AND datname = current_database() "
                "AND pid <> pg_backend_pid()"
            )
        )


def test_every_connection_in_use_is_unavailable_in_two_seconds(store: Store) -> None:
    small = Store(store.engine.url, pool_size=2)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(small.reading()).execute(text("SELECT 1"))

        with within(POOL_PATIENCE + SLACK), pytest.raises(DatabaseUnavailable) as refused:
            Scheduler(small, MovableClock()).change()

    assert refused.value.details == {"reason": "busy"}
    assert Scheduler(small, MovableClock()).change() > 0
    small.close()


def test_lock_that_is_kept_by_another_is_not_waited_for_long(
    scheduler: Scheduler, store: Store, people: People
) -> None:
    before = everything(store)
    with store.transaction() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(1, :number)"), {"number": people.get("eva").number})

        with within(DEADLINE + SLACK), pytest.raises(DatabaseUnavailable) as refused:
            book(scheduler, slot("10:00"))

    assert refused.value.details == {"reason": "55P03"}
    assert everything(store) == before
    assert book(scheduler, slot("10:00")).time == slot("10:00").time


def test_connections_that_the_server_ended_are_replaced(store: Store) -> None:
    other = Store(store.engine.url, pool_size=4)
    scheduler = Scheduler(other, MovableClock())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: scheduler.change(), range(8)))
    with store.transaction() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'"
            )
        )

    assert book(scheduler, slot("10:00")).time == slot("10:00").time
    other.close()


def test_missing_tables_are_named(make_database: Callable[[], str]) -> None:
    store = Store(make_url(make_database()))

    with pytest.raises(DatabaseUnavailable) as refused:
        Scheduler(store, MovableClock()).change()

    assert refused.value.details == {"reason": "the tables are missing, run migrate"}
    store.close()


def test_slow_network_is_only_slow(wire: tuple[Wire, URL], distant: Scheduler, store: Store) -> None:
    wire[0].delay = 0.1
    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(distant.book, slot("10:00"), ANN, key=key, actor=CHAT) for key in ("one", "two")]
        booked = [one.result() for one in tries if one.exception() is None]
        refused = [one.exception() for one in tries if one.exception() is not None]

    assert [(row.uid, row.status) for row in rows(store, "SELECT uid, status FROM booking")] == [
        (booked[0].uid, "CONFIRMED")
    ]
    assert [type(error) for error in refused] == [SlotUnavailable]


def test_error_that_sqlalchemy_lets_through_is_an_outage_like_any_other(store: Store) -> None:
    far = Store(store.engine.url)

    def lose(*_: object) -> None:
        raise psycopg2.OperationalError("server closed the connection unexpectedly")

    event.listen(far.engine, "checkout", lose)
    for use in (far.reading, far.transaction, far.statement):
        with pytest.raises(DatabaseUnavailable) as refused, use():
            pass
        assert refused.value.details == {"reason": "no connection"}
    far.close()


def test_line_that_died_while_it_was_not_used_is_put_down_without_a_word(store: Store, database: str) -> None:
    line, another = Line(store), Store(database)
    for _ in range(2):  # only from its second use on is there something to set back
        line.close()
        with line.statement() as connection:
            number = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with another.transaction() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:number, 10000)"), {"number": number})
    another.close()

    line.close()

    with line.statement() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != number
    line.close()
