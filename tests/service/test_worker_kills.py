"""A worker that is killed again and again while it has a lot to tell."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from scheduler_core.db.store import Store
from scheduler_core.outbox import Topic
from tests.adapters.smtp_server import Postbox, serving
from tests.service.outbox_samples import about, end_leases, put, put_booking
from tests.service.practice import rows
from tests.service.processes import worker_process

MAILS, KILLS = 3000, 12
PATIENCE = 400  # seconds; a deadline, not a wait


@pytest.mark.slow
@pytest.mark.timeout(1200)
async def test_worker_killed_twelve_times_under_three_thousand_mails_loses_none(
    store: Store, database: str
) -> None:
    put(store, *(about(put_booking(store, number), Topic.MAIL_CONFIRMED) for number in range(MAILS)))
    postbox = Postbox()

    async with serving(postbox) as server:
        for kill in range(1, KILLS + 1):
            async with worker_process(database, server.port) as process:
                await _taken(postbox, kill * MAILS // (KILLS + 1))
                process.kill()
            end_leases(store)
        async with worker_process(database, server.port):
            await _told(store)

    copies = Counter(received.mail["Message-ID"] for received in postbox.received)
    assert len(copies) == MAILS
    assert len(postbox.received) <= MAILS + KILLS


async def _taken(postbox: Postbox, mails: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(postbox.received) < mails:
            await postbox.named.get()


async def _told(store: Store) -> None:
    waiting = "SELECT count(*) FROM outbox WHERE done_at IS NULL"
    async with asyncio.timeout(PATIENCE):
        while (await asyncio.to_thread(rows, store, waiting))[0][0]:  # noqa: ASYNC110  (it happens elsewhere)
            await asyncio.sleep(0.2)
