from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core.errors import DatabaseUnavailable
from tests.api.practice import problem
from webchat.api import changes
from webchat.api.changes import Changes

PATIENCE = 10.0
PAGE = "203.0.113.7"  # the address of whoever reads


@dataclass
class Source:
    """What the change row would say, and how often it was asked."""

    number: int = 7
    reachable: bool = True
    asked: int = 0
    asked_often: threading.Event = field(default_factory=threading.Event)

    def read(self) -> int:
        self.asked += 1
        if self.asked >= 5:
            self.asked_often.set()
        if not self.reachable:
            raise DatabaseUnavailable
        return self.number


@dataclass
class Reader:
    """An open stream."""

    events: AsyncIterator[str]

    async def next(self) -> str:
        return await asyncio.wait_for(anext(self.events), PATIENCE)

    async def numbers(self, count: int) -> list[str]:
        """The next events that are not comments."""
        found: list[str] = []
        while len(found) < count:
            event = await self.next()
            found += [] if event.startswith(":") else [event]
        return found

    async def rest(self) -> list[str]:
        return [event async for event in self.events]


def change(number: int) -> str:
    return f'event: change\ndata: {{"version": {number}}}\n\n'


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
async def polled(source: Source) -> AsyncIterator[Changes]:
    polled = Changes(source.read, pause=0.01)
    async with polled.polling():
        yield polled


async def test_stream_tells_the_present_number_at_once_and_then_each_new_one(
    polled: Changes, source: Source
) -> None:
    reader = Reader(polled.events(PAGE))

    assert await reader.numbers(1) == [change(7)]
    source.number = 8
    assert await reader.numbers(1) == [change(8)]
    source.number = 11
    assert await reader.numbers(1) == [change(11)]


async def test_stream_opened_after_a_quiet_time_tells_the_number_of_now(
    polled: Changes, source: Source
) -> None:
    first = polled.events(PAGE)
    await Reader(first).numbers(1)
    await first.aclose()  # type: ignore[attr-defined]  # a generator
    source.number = 9

    assert await Reader(polled.events(PAGE)).numbers(1) == [change(9)]


async def test_all_streams_share_one_poll_and_none_is_no_poll(polled: Changes, source: Source) -> None:
    await asyncio.sleep(0.05)
    assert source.asked == 0

    readers = [Reader(polled.events(PAGE)) for _ in range(50)]
    for reader in readers:
        assert await reader.numbers(1) == [change(7)]
    asked = source.asked
    source.number = 8
    for reader in readers:
        assert await reader.numbers(1) == [change(8)]

    assert source.asked - asked < 50


async def test_silent_stream_says_that_it_lives(source: Source) -> None:
    polled = Changes(source.read, pause=0.01, heartbeat=0.02)
    async with polled.polling():
        reader = Reader(polled.events(PAGE))

        assert [await reader.next() for _ in range(4)] == [
            ": welcome\n\n",
            change(7),
            ": still here\n\n",
            ": still here\n\n",
        ]


async def test_stream_outlives_a_database_that_cannot_be_reached(
    polled: Changes, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    source.reachable = False
    reader = Reader(polled.events(PAGE))
    assert await reader.next() == ": welcome\n\n"
    assert await asyncio.to_thread(source.asked_often.wait, PATIENCE)
    source.reachable = True

    assert await reader.numbers(1) == [change(7)]
    assert len(caplog.messages) == 1


async def test_streams_end_when_the_server_stops(source: Source) -> None:
    polled = Changes(source.read, pause=0.01)
    async with polled.polling():
        reader = Reader(polled.events(PAGE))
        await reader.numbers(1)
        waiting = asyncio.create_task(reader.rest())
        await asyncio.sleep(0)

    assert await asyncio.wait_for(waiting, PATIENCE) == []
    assert await Reader(polled.events(PAGE)).rest() == [": welcome\n\n"]


async def test_one_process_serves_only_so_many_streams(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "STREAM_LIMIT", 0)

    answer = await client.get("/api/changes")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.json() == problem(503, "service_unavailable", "Service Unavailable.")


async def test_one_address_leaves_streams_for_the_others(polled: Changes) -> None:
    readers = [Reader(polled.events(PAGE)) for _ in range(changes.STREAMS_OF_ONE)]
    for reader in readers:
        await reader.next()

    assert (polled.is_full_for(PAGE), polled.is_full_for("203.0.113.8")) == (True, False)
    await readers[0].events.aclose()  # type: ignore[attr-defined]  # a generator
    assert not polled.is_full_for(PAGE)


async def test_address_with_too_many_streams_gets_no_more(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "STREAMS_OF_ONE", 1)
    open_page = Reader(app.state.changes.events("127.0.0.1"))
    await open_page.next()

    answer = await client.get("/api/changes")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
