from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from scheduler_core.bootstrap import Core
from tests.api.conftest import browser
from webchat.api.app import create_app

FOREIGN = ["evil.example.com", "127.0.0.1.evil.example.com", "evil.example.com:8080", "[::2]", "[", ""]


@pytest.fixture
def public_core(core: Core) -> Core:
    return replace(core, settings=replace(core.settings, public_url="https://book.example.org/practice"))


@pytest.mark.parametrize("path", ["/", "/mails", "/api/people", "/chat.js", "/assets/icon.svg", "/nothing"])
@pytest.mark.parametrize("host", FOREIGN)
async def test_nothing_is_told_under_a_foreign_name(client: httpx.AsyncClient, host: str, path: str) -> None:
    answer = await client.get(path, headers={"Host": host})

    assert (answer.status_code, answer.text) == (421, "There is nothing here under that name.\n")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["book.example.org", "BOOK.example.org:443", "127.0.0.1:8080", "localhost:8080", "[::1]:8080"]
)
async def test_names_of_our_own_are_answered(public_core: Core, build: Path, host: str) -> None:
    async with browser(create_app(public_core, build=build)) as client:
        answer = await client.get("/api/settings", headers={"Host": host})

    assert answer.status_code == 200


async def test_probes_may_ask_under_any_name(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health", headers={"Host": "10.0.0.7:8080"})

    assert (answer.status_code, answer.json()["database"]) == (200, True)
