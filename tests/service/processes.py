"""Workers in processes of their own, for tests that kill them or take their database away."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from scheduler_core.db.outbox import State
from scheduler_core.db.store import Store
from tests.service.outbox_samples import entries

PATIENCE = 60  # seconds; a deadline, not a wait


@asynccontextmanager
async def worker_process(database: str, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker of its own, which is killed at the end of the block if it is still there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.service.worker_process", database, str(port)
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Waits for what happens in another process."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  (it happens elsewhere)
            await asyncio.sleep(0.05)


def all_done(store: Store) -> bool:
    return all(entry.state is State.DONE for entry in entries(store))
