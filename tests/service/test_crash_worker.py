"""The worker is killed under load, and its database goes away under it; everybody is told."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import insert

from deploy.local.postgres import Server
from scheduler_core.db import migrate, outbox
from scheduler_core.db.booking_rows import booking_values, person_values
from scheduler_core.db.store import Store
from scheduler_core.db.tables import booking as booking_table
from scheduler_core.db.tables import booking_person
from scheduler_core.model import Booking
from scheduler_core.outbox import Topic
from scheduler_core.timerange import TimeRange
from tests.adapters.samples import NOW
from tests.adapters.smtp_server import Postbox, serving
from tests.service.outbox_samples import START, about, put, put_booking
from tests.service.practice import rows
from tests.service.processes import PATIENCE, until, worker_process

MAILS, KILLS = 3000, 12
BETWEEN = 200  # mails that are taken between two kills
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class CountingPostbox(Postbox):
    """A postbox at which one can wait for so many mails."""

    awaited: int = 0

    def __post_init__(self) -> None:
        self.enough = asyncio.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = await super().handle_DATA(server, session, envelope)
        if len(self.received) >= self.awaited:
            self.enough.set()
        return said

    @property
    def subjects(self) -> list[str]:
        """Nothing: the server looks at each property at every connection, which takes long for thousands."""
        return []

    async def holds(self, count: int) -> None:
        """Waits until it holds so many."""
        self.awaited = count
        self.enough.clear()
        if len(self.received) < count:
            await asyncio.wait_for(self.enough.wait(), 2 * PATIENCE)

    def copies(self) -> Counter[tuple[str, tuple[str, ...]]]:
        """How often each mail came, by its Message-ID and recipients."""
        return Counter((one.mail["Message-ID"], one.recipients) for one in self.received)


def put_bookings(store: Store, count: int) -> None:
    """So many bookings, with a mail to each attendee."""
    first = put_booking(store)
    bookings = [first, *(_another(first, number) for number in range(1, count))]
    with store.transaction() as connection:
        connection.execute(insert(booking_table), [booking_values(one) for one in bookings[1:]])
        people = [row for one in bookings[1:] for row in person_values(one)]
        connection.execute(insert(booking_person), people)
    put(store, *(about(booking, Topic.MAIL_CONFIRMED) for booking in bookings))


def _another(booking: Booking, number: int) -> Booking:
    time = TimeRange.starting(START + number * HALF_AN_HOUR, HALF_AN_HOUR)
    return replace(booking, uid=uuid4(), reference=f"REF{number}", time=time)


@pytest.mark.parametrize("stays", ["FALSE", "id = (SELECT max(id) FROM outbox)"])
def test_backlog_is_taken_on_at_once_by_what_was_known_of_a_quiet_day(store: Store, stays: str) -> None:
    """A table of next to no rows, as new or in as many pages as those that were deleted have left."""
    put_bookings(store, MAILS)
    with store.statement() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE backlog AS SELECT * FROM outbox ORDER BY id LIMIT 2000")
        connection.exec_driver_sql(f"DELETE FROM outbox WHERE NOT ({stays})")  # noqa: S608  # one of those above
        connection.exec_driver_sql("UPDATE outbox SET done_at = due_at")
        connection.exec_driver_sql("VACUUM ANALYZE outbox")
        connection.exec_driver_sql("INSERT INTO outbox OVERRIDING SYSTEM VALUE SELECT * FROM backlog")
        connection.exec_driver_sql("DROP TABLE backlog")
    worker = uuid4()
    begun = time.monotonic()

    with store.transaction() as connection:
        first = outbox.claim(connection, lease_by=worker, now=NOW, limit=20)

    assert len(first) == 20
    assert time.monotonic() - begun < 1


@pytest.mark.slow
@pytest.mark.timeout(900)  # each worker takes seconds to start, and many on a busy machine
async def test_workers_killed_twelve_times_under_load_lose_nothing(store: Store, database: str) -> None:
    put_bookings(store, MAILS)
    postbox = CountingPostbox()

    async with serving(postbox) as server, AsyncExitStack() as workers:
        alive = [await workers.enter_async_context(worker_process(database, server.port)) for _ in range(2)]
        for _ in range(KILLS):
            await postbox.holds(len(postbox.received) + BETWEEN)
            alive.pop(0).kill()  # the one that has been at work for longer
            alive.append(await workers.enter_async_context(worker_process(database, server.port)))
        await until(lambda: not rows(store, "SELECT FROM outbox WHERE done_at IS NULL"), 4 * PATIENCE)

    copies = postbox.copies()
    assert len(copies) == len({message_id for message_id, _ in copies}) == MAILS
    assert MAILS <= len(postbox.received) <= MAILS + KILLS
    assert max(copies.values()) <= 2


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data", tmp_path / "postgres.log")
    server.start()
    yield server
    server.stop()


@asynccontextmanager
async def half_told(server: Server, store: Store, mails: int) -> AsyncIterator[CountingPostbox]:
    """A worker of its own that has told half of the mails; afterwards all of them."""
    put_bookings(store, mails)
    postbox = CountingPostbox()
    async with serving(postbox) as endpoint, worker_process(server.url(), endpoint.port):
        await postbox.holds(mails // 2)
        yield postbox
        await until(lambda: not rows(store, "SELECT FROM outbox WHERE done_at IS NULL"))


@pytest.mark.slow
@pytest.mark.parametrize("way", ["stop", "kill"])
async def test_worker_goes_on_when_its_database_comes_back(server: Server, way: str) -> None:
    mails = 200
    migrate.upgrade(server.url())
    store = Store(server.url())

    async with half_told(server, store, mails) as postbox:
        await asyncio.to_thread(server.stop if way == "stop" else server.kill)
        await asyncio.sleep(2)  # it finds nobody, again and again
        await asyncio.to_thread(server.start)

    store.close()
    assert len(postbox.copies()) == mails
    assert len(postbox.received) == mails
