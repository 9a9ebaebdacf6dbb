from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest

from deploy.local import ports
from tests.api.practice import Practice, at

PATIENCE = 30.0


@dataclass
class Serving:
    """`python -m webchat.api`, a process of its own."""

    process: subprocess.Popen[str]
    url: str

    async def wait_until_healthy(self) -> None:
        async with httpx.AsyncClient() as client, asyncio.timeout(PATIENCE):
            while self.process.poll() is None:
                try:
                    await client.get(f"{self.url}/health")
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                else:
                    return
        pytest.fail(f"the server has ended: {self.process.communicate()}")


@pytest.fixture
def serving(environment: dict[str, str]) -> Iterator[Serving]:
    port = ports.free_port()
    settings = {"TESTING": "1", "TEST_NOW": "2026-11-24T09:00:00Z", "API_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "webchat.api"],
        env=os.environ | environment | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield Serving(process, f"http://127.0.0.1:{port}")
    process.kill()
    process.communicate()


@asynccontextmanager
async def stream(url: str) -> AsyncIterator[AsyncIterator[str]]:
    """The lines of the live stream."""
    async with (
        httpx.AsyncClient(timeout=PATIENCE) as client,
        client.stream("GET", f"{url}/api/changes") as answer,
    ):
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        yield answer.aiter_lines()


async def test_open_pages_hear_of_a_booking_within_a_second(serving: Serving, practice: Practice) -> None:
    await serving.wait_until_healthy()
    async with stream(serving.url) as lines:
        before = await anext(line async for line in lines if line.startswith("data:"))
        practice.book(at(1, 9, 30))
        async with asyncio.timeout(1.0):
            after = await anext(line async for line in lines if line.startswith("data:"))

    assert before != after == f'data: {{"version": {practice.core.scheduler.change()}}}'


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_server_stops_at_once_although_streams_are_open(
    serving: Serving, number: signal.Signals
) -> None:
    await serving.wait_until_healthy()
    async with stream(serving.url) as lines:
        await anext(line async for line in lines if line.startswith("data:"))
        serving.process.send_signal(number)
        rest = [line async for line in lines]
        output, _ = await asyncio.to_thread(serving.process.communicate, timeout=4)

    assert rest == [""]
    assert "Traceback" not in output
    assert serving.process.returncode == (0 if number is signal.SIGINT else -signal.SIGTERM)


async def test_tokens_of_links_stay_out_of_the_log(serving: Serving, practice: Practice) -> None:
    await serving.wait_until_healthy()
    path = practice.path(practice.book(at(1, 9, 30)))
    async with httpx.AsyncClient(base_url=serving.url) as client:
        answers = [await client.get(path), await client.get(path + "x"), await client.post(path + "/cancel")]
    serving.process.terminate()
    output, _ = await asyncio.to_thread(serving.process.communicate, timeout=4)

    assert [answer.status_code for answer in answers] == [200, 404, 422]
    assert path.removeprefix("/b/")[:20] not in output


def test_faults_of_the_settings_are_said_together() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}

    done = subprocess.run(
        [sys.executable, "-m", "webchat.api"],
        env=environment | {"API_PORT": "70000", "DEFAULT_ZONE": "Mars/Olympus"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert [line.split("=")[0].split(":")[0] for line in done.stderr.splitlines()] == [
        "API_PORT",
        "SECRET_KEY",
        "DEFAULT_ZONE",
    ]
