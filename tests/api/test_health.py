from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from scheduler_core import bootstrap, heartbeat
from scheduler_core.bootstrap import Core
from scheduler_core.db import chores
from scheduler_core.db.migrate import head as head_of_migrations
from scheduler_core.db.revision import head
from tests.api.practice import PUBLIC_URL, Practice, at
from tests.conftest import MovableClock
from webchat.api.app import create_app
from webchat.api.health import LATE

WELL = {
    "status": "ok",
    "database": True,
    "tables": True,
    "worker_seen_seconds": 0,
    "outbox": {"due": 0, "oldest_seconds": 0, "failed": 0},
}
SECOND = timedelta(seconds=1)


def a_worker_is_there(core: Core, ago: timedelta = timedelta()) -> None:
    with core.store.transaction() as connection:
        chores.take_on(connection, chores.WORKING, timedelta())
        connection.execute(text("UPDATE chore SET done_at = done_at - :ago"), {"ago": ago})


async def asked(client: httpx.AsyncClient, path: str = "/health") -> tuple[int, object]:
    answer = await client.get(path)
    return answer.status_code, answer.json()


async def test_health_is_good_while_a_worker_tells_everybody(client: httpx.AsyncClient, core: Core) -> None:
    a_worker_is_there(core)

    assert await asked(client) == (200, WELL)


async def test_health_counts_what_nobody_has_heard_yet(
    client: httpx.AsyncClient, practice: Practice, core: Core, clock: MovableClock
) -> None:
    practice.book(at(1, 9, 30))
    a_worker_is_there(core)
    clock.move(LATE)
    in_time = await asked(client)
    clock.move(SECOND)
    late = await asked(client)

    backlog = {"due": 2, "oldest_seconds": LATE.seconds, "failed": 0}
    assert in_time == (200, {**WELL, "outbox": backlog})
    assert late == (
        200,
        {**WELL, "status": "degraded", "outbox": {**backlog, "oldest_seconds": LATE.seconds + 1}},
    )


async def test_health_is_degraded_by_a_message_that_was_given_up(
    client: httpx.AsyncClient, practice: Practice, core: Core
) -> None:
    practice.book(at(1, 9, 30))
    a_worker_is_there(core)
    with core.store.transaction() as connection:
        connection.execute(text("UPDATE outbox SET failed_at = now() WHERE recipient = 'attendee'"))

    assert await asked(client) == (
        200,
        {**WELL, "status": "degraded", "outbox": {"due": 1, "oldest_seconds": 0, "failed": 1}},
    )


async def test_health_is_degraded_while_no_worker_is_there(client: httpx.AsyncClient, core: Core) -> None:
    never = await asked(client)
    a_worker_is_there(core, heartbeat.SILENCE + SECOND)
    gone = await asked(client)

    assert never == (200, {**WELL, "status": "degraded", "worker_seen_seconds": None})
    assert gone == (200, {**WELL, "status": "degraded", "worker_seen_seconds": heartbeat.SILENCE.seconds + 1})


async def test_health_is_down_while_tables_are_old_or_missing(
    client: httpx.AsyncClient, core: Core, make_database: Callable[[], str]
) -> None:
    a_worker_is_there(core)
    with core.store.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    old = await asked(client)
    with core.store.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head()})
    empty = bootstrap.build(replace(core.settings, database_url=make_database()))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(empty)), base_url=PUBLIC_URL
    ) as other:
        missing = await asked(other)
    empty.store.close()

    assert old == (503, {**WELL, "status": "down", "tables": False})
    assert missing[0] == 503
    assert await asked(client) == (200, WELL)


def test_newest_migration_is_found_by_its_file() -> None:
    assert head() == head_of_migrations()


@pytest.mark.parametrize("host", ["book.example.org", "10.0.0.7:8080"])
async def test_process_lives_while_it_answers(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/health/live", headers={"Host": host})

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
