from __future__ import annotations

import asyncio
import signal
from collections import Counter
from functools import partial

import pytest
from sqlalchemy import make_url

from scheduler_core.db.outbox import State
from scheduler_core.db.store import Store
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.outbox import Topic
from scheduler_core.settings import Smtp
from tests.adapters.smtp_server import Postbox, serving
from tests.conftest import MovableClock
from tests.service.outbox_samples import a_worker, about, entries, put, put_booking
from tests.service.processes import PATIENCE, all_done, delivered_despite, until, worker_process


async def test_worker_killed_between_sending_and_marking_loses_nothing(store: Store, database: str) -> None:
    mails, kills = 12, 3
    put(store, *(about(put_booking(store, number), Topic.MAIL_CONFIRMED) for number in range(mails)))

    postbox = await delivered_despite(kills, store, database)

    copies = Counter(received.mail["Message-ID"] for received in postbox.received)
    assert len(copies) == mails
    assert len(postbox.received) <= mails + kills
    recipients_of = {received.mail["Message-ID"]: received.recipients for received in postbox.received}
    assert all(
        recipients_of[received.mail["Message-ID"]] == received.recipients for received in postbox.received
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_worker_that_is_asked_to_end_leaves_nothing_behind(
    store: Store, database: str, number: signal.Signals
) -> None:
    put(store, *(about(put_booking(store, booking), Topic.MAIL_CONFIRMED) for booking in range(40)))
    postbox = Postbox(accepted=asyncio.Event())
    assert postbox.accepted is not None

    async with serving(postbox) as server, worker_process(database, server.port) as process:
        await asyncio.wait_for(postbox.accepted.wait(), PATIENCE)
        process.send_signal(number)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0

    states = Counter(entry.state for entry in entries(store))
    assert states == {State.DONE: len(postbox.received), State.WAITING: 40 - len(postbox.received)}


class Gate:
    """A way to the database that can be shut."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self._server: asyncio.Server | None = None
        self._passing: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def shut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._passing:
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward_reader, onward_writer = await asyncio.open_connection(*self._there)
        self._passing |= {writer, onward_writer}
        await asyncio.gather(_pump(reader, onward_writer), _pump(onward_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def test_worker_outlives_an_outage_of_the_database(
    store: Store, database: str, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    url = make_url(database)
    gate = Gate(url.host or "127.0.0.1", url.port or 5432)
    await gate.open()
    through_the_gate = Store(url.set(host="127.0.0.1", port=gate.port))
    postbox, stop = Postbox(accepted=asyncio.Event(), silent_after_content=True), asyncio.Event()
    assert postbox.accepted is not None
    put(store, *(about(put_booking(store, number), Topic.MAIL_CONFIRMED) for number in range(3)))

    async with serving(postbox) as server:
        mailer = SmtpMailer(Smtp("127.0.0.1", server.port, "none"))
        running = asyncio.create_task(a_worker(through_the_gate, clock, mailer).run_until(stop))
        await asyncio.wait_for(postbox.accepted.wait(), PATIENCE)
        gate.shut()
        postbox.speak()
        await until(lambda: any("database" in record.getMessage() for record in caplog.records))
        await gate.open()
        await until(partial(all_done, store))
        stop.set()
        await asyncio.wait_for(running, PATIENCE)
    through_the_gate.close()
    gate.shut()

    assert len(postbox.received) == 3
