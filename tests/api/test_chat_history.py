from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from scheduler_core.bootstrap import Core
from scheduler_core.transcripts import ChatLine, Speaker
from tests.api.practice import WIDGET_ORIGIN
from tests.conftest import MovableClock


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Origin": WIDGET_ORIGIN}


async def test_a_chat_reads_its_own_lines(client: httpx.AsyncClient, core: Core, clock: MovableClock) -> None:
    session = (await client.post("/api/chat/session", json={})).json()
    asked = {"text": "The second", "payload": '/pick{"option":"k3f9"}'}
    answer = {"text": "Which one?", "quick_replies": []}
    core.chat_lines.keep(
        [
            ChatLine(session["session_id"], "one", Speaker.WRITER, asked, clock.now()),
            ChatLine("B" * 22, "two", Speaker.WRITER, {"text": "mine"}, clock.now()),
            ChatLine(session["session_id"], "three", Speaker.ASSISTANT, answer, clock.now()),
        ]
    )

    got = await client.get("/api/chat/history", headers=bearer(session["token"]))

    said_at = "2026-11-24T09:00:00Z"
    assert got.json() == {
        "lines": [
            {"id": "one", "speaker": "writer", "content": asked, "said_at": said_at},
            {"id": "three", "speaker": "assistant", "content": answer, "said_at": said_at},
        ]
    }
    assert got.headers["Access-Control-Allow-Origin"] == WIDGET_ORIGIN
    assert got.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("headers", [{}, bearer(""), bearer("nonsense"), {"Authorization": "Basic Og=="}])
async def test_nobody_reads_a_chat_without_its_token(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    got = await client.get("/api/chat/history", headers=headers)

    assert got.status_code == 404


async def test_a_token_that_has_expired_reads_nothing(client: httpx.AsyncClient, clock: MovableClock) -> None:
    token = (await client.post("/api/chat/session", json={})).json()["token"]
    clock.move(timedelta(hours=24))

    got = await client.get("/api/chat/history", headers=bearer(token))

    assert got.status_code == 404
