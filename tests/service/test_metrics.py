"""What a worker shows to Prometheus, and that it says that it is there."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from deploy.local import ports
from scheduler_core import metrics
from scheduler_core.db import chores
from scheduler_core.db.store import Store
from scheduler_core.heartbeat import Heartbeat
from scheduler_core.metrics_server import MetricsServer
from scheduler_core.outbox import Topic
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import about, put, put_booking, working
from tests.service.practice import rows
from tests.service.processes import until

Sample = tuple[str, tuple[tuple[str, str], ...]]
PATIENCE = 20  # seconds; a deadline, not a wait


def counted() -> dict[Sample, float]:
    """Every sample of this process by name and labels."""
    families = text_string_to_metric_families(metrics.generate_latest(metrics.REGISTRY).decode())
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def of_tries(outcome: str) -> Sample:
    return "appointments_outbox_tries_total", (("outcome", outcome), ("topic", "mail_confirmed"))


def of_topic(name: str) -> Sample:
    return name, (("topic", "mail_confirmed"),)


async def test_tries_are_counted_by_what_came_of_them(store: Store, clock: MovableClock) -> None:
    bookings = [put_booking(store, number) for number in range(4)]
    put(store, *(about(booking, Topic.MAIL_CONFIRMED) for booking in bookings[:3]))
    put(store, about(bookings[3].cancelled(), Topic.MAIL_CONFIRMED))
    postbox = Postbox()
    postbox.answers["RCPT"].extend(["451 later", "550 no such mailbox"])
    before = counted()

    async with working(store, clock, postbox) as worker:
        await worker.drain()

    now = counted()
    wanted = [*(of_tries(one) for one in ("told", "failed", "given_up", "dropped"))]
    wanted += [
        of_topic("appointments_outbox_try_seconds_count"),
        of_topic("appointments_outbox_delay_seconds_count"),
    ]
    assert [now[sample] - before.get(sample, 0) for sample in wanted] == [1, 1, 1, 1, 3, 1]


@asynccontextmanager
async def serving_metrics(store: Store, clock: MovableClock, port: int) -> AsyncIterator[str]:
    stop = asyncio.Event()
    running = asyncio.create_task(MetricsServer(store, clock, port).run_until(stop))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        await asyncio.wait_for(running, PATIENCE)


async def test_worker_shows_its_metrics_on_its_port(store: Store, clock: MovableClock) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))

    async with serving_metrics(store, clock, ports.free_port()) as url, httpx.AsyncClient() as client:
        await _answers(url)
        content = (await client.get(f"{url}/metrics")).text
        refused = [
            await client.get(f"{url}/metrics", headers={"Host": "evil.example.org"}),
            await client.get(f"{url}/metrics", headers={"X-Forwarded-For": "203.0.113.7"}),
            await client.post(f"{url}/metrics"),
            await client.get(f"{url}/"),
        ]

    assert 'appointments_outbox_due{topic="mail_confirmed"} 1.0' in content.splitlines()
    assert "process_resident_memory_bytes" in content
    assert [answer.status_code for answer in refused] == [404] * 4


async def _answers(url: str) -> None:
    """Waits until somebody listens there."""
    port = int(url.rpartition(":")[2])
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            writer.close()
            return


async def test_worker_goes_on_where_the_port_is_taken(
    store: Store, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        await asyncio.wait_for(MetricsServer(store, clock, port).run_until(asyncio.Event()), PATIENCE)

    assert caplog.messages == [f"metrics: port {port}: Address already in use"]


async def test_worker_says_that_it_is_there_and_outlives_an_outage(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    for place in (store, Store("postgresql://127.0.0.1:1/nowhere")):
        stop = asyncio.Event()
        running = asyncio.create_task(Heartbeat(place).run_until(stop))
        await asyncio.sleep(0)
        stop.set()
        await asyncio.wait_for(running, PATIENCE)

    with store.reading() as connection:
        assert chores.age(connection, chores.WORKING) is not None
    assert any(message.startswith("heartbeat: ") for message in caplog.messages)


async def test_worker_of_the_command_line_is_seen_and_stops_when_asked(
    store: Store, database: str, tmp_path: Path
) -> None:
    port = ports.free_port()
    own = {"DATABASE_URL": database, "SECRET_KEY": "x" * 32, "MAIL_FOLDER": str(tmp_path / "mail")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "scheduler_core", "worker"),
        env={**os.environ, **own, "METRICS_PORT": str(port)},
    )
    try:
        await until(lambda: bool(rows(store, "SELECT FROM chore WHERE name = 'working'")))
        await _answers(f"http://127.0.0.1:{port}")
        async with httpx.AsyncClient() as client:
            content = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
        process.terminate()
        code = await asyncio.wait_for(process.wait(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

    assert code == 0
    assert "appointments_worker_seen_seconds" in content
    assert {row.name for row in rows(store, "SELECT name FROM chore")} == {"working", "reconciling"}
