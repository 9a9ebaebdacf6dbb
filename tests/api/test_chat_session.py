from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core import chat_tokens
from scheduler_core.chat_tokens import ChatSession
from tests.api.practice import PUBLIC_URL, WIDGET_ORIGIN, problem
from tests.conftest import MovableClock
from webchat.api.app import CHATS_A_MINUTE

SECRET = "the secret of the tests, long enough"


async def test_new_chat_gets_a_token_that_the_channel_can_read(
    client: httpx.AsyncClient, clock: MovableClock
) -> None:
    answer = await client.post("/api/chat/session", json={})

    given = answer.json()
    session = chat_tokens.read(given["token"], SECRET, clock.now())
    assert given == {
        "session_id": session.id,
        "token": given["token"],
        "expires_at": "2026-11-25T09:00:00Z",
        "chat_url": "https://chat.example.org",
    }


async def test_earlier_token_is_renewed_for_the_same_chat(
    client: httpx.AsyncClient, clock: MovableClock
) -> None:
    first = (await client.post("/api/chat/session", json={})).json()
    clock.move(timedelta(hours=23))

    second = (await client.post("/api/chat/session", json={"token": first["token"]})).json()

    session = ChatSession(first["session_id"], clock.now() + timedelta(hours=24))
    assert second == {
        "session_id": first["session_id"],
        "token": chat_tokens.sign(session, SECRET),
        "expires_at": "2026-11-26T08:00:00Z",
        "chat_url": "https://chat.example.org",
    }


async def test_expired_token_begins_a_new_chat(client: httpx.AsyncClient, clock: MovableClock) -> None:
    first = (await client.post("/api/chat/session", json={})).json()
    clock.move(timedelta(hours=24))

    second = (await client.post("/api/chat/session", json={"token": first["token"]})).json()

    assert second["session_id"] != first["session_id"]


async def test_forged_token_begins_a_new_chat(client: httpx.AsyncClient, clock: MovableClock) -> None:
    wanted = ChatSession("A" * 22, clock.now() + timedelta(hours=1))

    answer = await client.post("/api/chat/session", json={"token": chat_tokens.sign(wanted, SECRET + "!")})

    assert answer.json()["session_id"] != wanted.id


@pytest.mark.parametrize("body", [{"token": "x" * 101}, {"token": 7}, {"session_id": "A" * 22}, [], "x"])
async def test_request_of_another_form_is_refused(client: httpx.AsyncClient, body: object) -> None:
    answer = await client.post("/api/chat/session", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


async def test_chats_of_one_address_are_limited(client: httpx.AsyncClient) -> None:
    answers = [await client.post("/api/chat/session", json={}) for _ in range(CHATS_A_MINUTE + 1)]

    assert [answer.status_code for answer in answers] == [200] * CHATS_A_MINUTE + [429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert answers[-1].json() == problem(
        429, "too_many_requests", "That was too often. Please wait a minute."
    )


async def test_chats_of_another_address_are_not(app: FastAPI, client: httpx.AsyncClient) -> None:
    for _ in range(CHATS_A_MINUTE + 1):
        await client.post("/api/chat/session", json={})

    transport = httpx.ASGITransport(app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as other:
        answer = await other.post("/api/chat/session", json={})

    assert answer.status_code == 200


@pytest.mark.parametrize("origin", [WIDGET_ORIGIN, PUBLIC_URL])
async def test_allowed_origins_may_read_the_answer(client: httpx.AsyncClient, origin: str) -> None:
    answer = await client.post("/api/chat/session", json={}, headers={"Origin": origin})

    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://www.example.org.attacker.example.com",
        "https://attacker.example.com",
        "http://www.example.org",
        "https://www.example.org:8443",
        "https://WWW.example.org",
        "https://example.org",
        "null",
        "",
    ],
)
async def test_other_origins_may_neither_ask_nor_read(client: httpx.AsyncClient, origin: str) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }

    preflight = await client.options("/api/chat/session", headers=asked)
    answer = await client.post("/api/chat/session", json={}, headers={"Origin": origin})

    assert preflight.status_code == 400
    assert "Access-Control-Allow-Origin" not in preflight.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_preflight_of_an_allowed_origin_succeeds(client: httpx.AsyncClient) -> None:
    asked = {
        "Origin": WIDGET_ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }

    answer = await client.options("/api/chat/session", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == WIDGET_ORIGIN


async def test_other_addresses_are_not_open_to_other_origins(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/settings", headers={"Origin": WIDGET_ORIGIN})

    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_long_body_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/chat/session", json={"token": "x" * 20_000})

    assert answer.status_code == 413
