"""The whole PostgreSQL is killed under load; what was acknowledged is there afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest

from deploy.local.postgres import Server
from scheduler_core.db import migrate
from scheduler_core.db.store import Store
from scheduler_core.errors import DatabaseUnavailable, OutcomeUnknown
from scheduler_core.model import Slot
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.conftest import MovableClock
from tests.service.practice import ANN, OPERATOR, open_practice, rows, slot

CLIENTS = 6
SLOTS = 50 * 16  # of each client's own person
KILLS = 3
BETWEEN = 1.5  # seconds of work between two kills


@dataclass
class Load:
    """Clients who book one slot after the other, and try again under the same key until they know."""

    scheduler: Scheduler
    stop: Event = field(default_factory=Event)
    unknown: int = 0
    unavailable: int = 0

    def work(self, client: int) -> dict[str, UUID]:
        """Keys and uids of all bookings that were acknowledged to this client."""
        acknowledged: dict[str, UUID] = {}
        for number in range(SLOTS):  # more than there is time for, and each another one
            if self.stop.is_set():
                break
            hour, half = 9 + number % 8, number // 8 % 2 * 30
            wanted = slot(f"{hour:02}:{half:02}", f"p{client}", day=1 + number // 16)
            uid = self._book(wanted, key=f"{client} {number}")
            if uid is not None:
                acknowledged[f"{client} {number}"] = uid
        return acknowledged

    def _book(self, wanted: Slot, key: str) -> UUID | None:
        while True:
            try:
                return self.scheduler.book(wanted, ANN, key=key, actor=OPERATOR).uid
            except OutcomeUnknown:
                self.unknown += 1
            except DatabaseUnavailable:
                self.unavailable += 1
                if self.stop.is_set():
                    return None
                time.sleep(0.05)  # as a caller would


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data", tmp_path / "postgres.log")
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
def test_every_acknowledged_booking_survives_the_death_of_the_database(server: Server) -> None:
    migrate.upgrade(server.url())
    store = Store(server.url())
    open_practice(People(store), *(f"p{client}" for client in range(CLIENTS)))
    load = Load(Scheduler(store, MovableClock()))

    with ThreadPoolExecutor(CLIENTS) as pool:
        clients: list[Future[dict[str, UUID]]] = [pool.submit(load.work, n) for n in range(CLIENTS)]
        for _ in range(KILLS):
            load.stop.wait(BETWEEN)
            server.kill()
            server.start()
        load.stop.wait(BETWEEN)
        load.stop.set()
        acknowledged = {key: uid for client in clients for key, uid in client.result().items()}

    stored = {row.key: row.uid for row in rows(store, "SELECT key, uid FROM request")}
    booked = {row.uid for row in rows(store, "SELECT uid FROM booking WHERE status = 'CONFIRMED'")}
    announced = {row.uid for row in rows(store, "SELECT uid FROM outbox WHERE recipient = 'attendee'")}
    store.close()
    assert acknowledged.items() <= stored.items()
    assert set(stored.values()) == booked == announced
    assert len(booked) == len(stored)
    assert len(acknowledged) > CLIENTS * KILLS
    assert load.unavailable + load.unknown >= KILLS  # the kills were felt
