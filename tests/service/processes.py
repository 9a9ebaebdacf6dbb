"""Workers in processes of their own, for tests that kill them or take their database away."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from scheduler_core.db.outbox import State
from scheduler_core.db.store import Store
from tests.adapters.smtp_server import Postbox, serving
from tests.service.outbox_samples import end_leases, entries

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


async def delivered_despite(kills: int, store: Store, database: str) -> Postbox:
    """What comes of all that is due if workers are killed, each between an acceptance and its mark."""
    postbox = Postbox(silent_after_content=True)
    async with serving(postbox) as server:
        for _ in range(kills):
            postbox.accepted = asyncio.Event()
            async with worker_process(database, server.port) as process:
                await asyncio.wait_for(postbox.accepted.wait(), PATIENCE)
                process.kill()
            end_leases(store)
        postbox.silent_after_content = False
        async with worker_process(database, server.port):
            await until(partial(all_done, store))
    return postbox
