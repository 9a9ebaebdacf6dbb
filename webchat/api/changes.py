"""Live updates: one poll of the database for all the open pages of this process."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from scheduler_core.errors import SchedulerError

log = logging.getLogger(__name__)

PAUSE = 0.3  #: seconds between two looks at the database
HEARTBEAT = 15.0  #: seconds after which a silent stream says that it still lives
STREAM_LIMIT = 500  #: of one process, which may often open no more than 1024 files
STREAMS_OF_ONE = 20  #: address


class Changes:
    """The number of the last change, and who waits for the next one. Belongs to one event loop."""

    def __init__(
        self, read: Callable[[], int], *, pause: float = PAUSE, heartbeat: float = HEARTBEAT
    ) -> None:
        self._read = read
        self._pause = pause
        self._heartbeat = heartbeat
        self._number: int | None = None
        self._news = asyncio.Event()
        self._streams: Counter[str] = Counter()
        self._closed = False
        self._reachable = True

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[None]:
        """Looks for changes as long as the context lasts; streams end with it."""
        task = asyncio.create_task(self._poll())
        try:
            yield
        finally:
            self.close()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def close(self) -> None:
        """Ends all streams, and those that come later at once."""
        self._closed = True
        self._announce()

    def is_full_for(self, address: str) -> bool:
        """Whether the address, or all of them together, have as many streams as one process should serve."""
        return self._streams[address] >= STREAMS_OF_ONE or self._streams.total() >= STREAM_LIMIT

    async def events(self, address: str) -> AsyncIterator[str]:
        """Server-sent events: the present number, each later one, and a comment while nothing happens."""
        self._streams[address] += 1
        try:
            if self._streams.total() == 1:
                await self._look()  # nobody listened, so the number may be old
            yield ": welcome\n\n"
            async for event in self._numbers():
                yield event
        finally:
            self._streams -= Counter((address,))  # drops those who have none left

    async def _numbers(self) -> AsyncIterator[str]:
        sent = None
        while not self._closed:
            news = self._news
            if self._number != sent:
                sent = self._number
                yield f'event: change\ndata: {{"version": {sent}}}\n\n'
                continue
            try:
                await asyncio.wait_for(news.wait(), self._heartbeat)
            except TimeoutError:
                yield ": still here\n\n"

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(self._pause)
            if self._streams:
                await self._look()

    async def _look(self) -> None:
        try:
            number = await asyncio.to_thread(self._read)
        except SchedulerError as error:
            if self._reachable:
                log.warning("no news from the database: %s", error)
            self._reachable = False
            return
        self._reachable = True
        if number != self._number:
            self._number = number
            self._announce()

    def _announce(self) -> None:
        """Wakes every stream; whoever waits next waits for the next announcement."""
        self._news.set()
        self._news = asyncio.Event()
