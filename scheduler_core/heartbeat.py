"""By which others know that a worker is there."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from scheduler_core.db import chores
from scheduler_core.db.store import Store
from scheduler_core.errors import DatabaseUnavailable, OutcomeUnknown

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=10)
#: After so long a silence no worker is there, or none that gets anything done.
SILENCE = timedelta(minutes=1)


class Heartbeat:
    """Says now and then that this worker is there; its event loop has to turn for that."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run_until(self, stop: asyncio.Event) -> None:
        """Says so until the event is set; an outage of the database ends nothing."""
        while not stop.is_set():
            try:
                await asyncio.to_thread(self._beat)
            except (DatabaseUnavailable, OutcomeUnknown) as error:
                log.warning("heartbeat: %s", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE.total_seconds())

    def _beat(self) -> None:
        with self._store.transaction() as connection:
            chores.take_on(connection, chores.WORKING, timedelta())
