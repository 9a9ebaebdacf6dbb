from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import httpx
from sqlalchemy import text

from scheduler_core.bootstrap import Core
from scheduler_core.db.engine import make_engine
from scheduler_core.model import Status
from tests.api.html_page import HtmlPage
from tests.api.practice import PUBLIC_URL, Practice, at, problem
from webchat.api.app import create_app


@contextmanager
def no_writing(database: str) -> Iterator[None]:
    """Bookings can be read but not written in the block, as when something holds a lock for too long."""
    engine = make_engine(database)
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE booking IN SHARE MODE"))
        yield
    engine.dispose()


async def test_change_without_an_answer_can_be_tried_again_and_happens_once(
    client: httpx.AsyncClient, practice: Practice, database: str
) -> None:
    booking = practice.book(at(1, 9, 30))
    path = practice.path(booking)
    form = HtmlPage(await client.get(f"{path}/reschedule?from=2026-12-01")).form("/reschedule")
    fields = form.fields | {"start": "2026-12-02T10:00:00+00:00"}

    with no_writing(database):
        page = HtmlPage(await client.post(form.action, data=fields))
    unchanged = practice.find(booking)
    again = page.form("/reschedule")
    answers = [await client.post(again.action, data=again.fields) for _ in range(2)]

    assert page.status == 503
    assert "Try again: it is safe to press the button, nothing happens twice." in page.text
    assert again.fields == fields
    assert unchanged == booking
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [
        (303, f"{path}?done=rescheduled")
    ] * 2
    moved = practice.find(booking)
    assert (moved.status, moved.time.start, moved.sequence) == (Status.CONFIRMED, at(2, 10), 1)


async def test_everything_says_so_when_the_database_is_gone(unreachable: Core) -> None:
    app = create_app(unreachable)
    token = unreachable.links.token(UUID(int=1), "attendee")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL) as client:
        public = await client.get("/api/people")
        health = await client.get("/health")
        pages = [HtmlPage(await client.get(path)) for path in ("/", f"/b/{token}")]
        chat = await client.post("/api/chat/session", json={})

    sentence = "The system cannot be reached right now. Nothing was changed."
    assert (public.status_code, public.json()) == (
        503,
        problem(503, "database_unavailable", sentence),
    )
    assert (health.status_code, health.json()) == (
        503,
        {
            "status": "down",
            "database": False,
            "tables": False,
            "worker_seen_seconds": None,
            "outbox": None,
        },
    )
    assert [(page.status, sentence.partition(".")[0] in page.text) for page in pages] == [(503, True)] * 2
    assert chat.status_code == 200
