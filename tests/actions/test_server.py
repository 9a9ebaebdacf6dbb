"""`python -m actions` as a process of its own."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from deploy.local import ports
from deploy.local.processes import Process, wait_until
from tests.actions.talk import DOMAIN


@dataclass(frozen=True)
class Server:
    process: Process
    port: int
    secret: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def server(database: str, tmp_path: Path) -> Iterator[Server]:
    port = ports.free_port()
    secret = secrets.token_urlsafe(48)
    facts = {
        "DATABASE_URL": database,
        "SECRET_KEY": "k" * 32,
        "ACTIONS_PORT": str(port),
        "ACTIONS_SECRET": secret,
    }
    command = [sys.executable, "-m", "actions"]
    process = Process("actions", command, log=tmp_path / "log", environment={**os.environ, **facts})
    process.start()
    wait_until({process: lambda: ports.answers(port)}, seconds=60)
    yield Server(process, port, secret)
    process.stop()


def test_rasa_finds_every_action_and_a_page_in_a_browser_none(server: Server) -> None:
    rasa = {"Authorization": f"Bearer {server.secret}"}

    found = httpx.get(f"{server.url}/actions", headers=rasa)
    from_page = httpx.get(f"{server.url}/actions", headers={**rasa, "Origin": "https://example.org"})

    assert sorted(action["name"] for action in found.json()) == sorted(DOMAIN["actions"])
    assert (found.status_code, from_page.status_code) == (200, 403)


def test_what_a_channel_hears_is_new_once(server: Server) -> None:
    bodies = [{"channel": channel, "id": "Ev1"} for channel in ("slack", "slack", "telegram")]
    rasa = {"Authorization": f"Bearer {server.secret}"}

    answers = [httpx.post(f"{server.url}/chat/heard", json=body, headers=rasa) for body in bodies]

    assert [answer.json() for answer in answers] == [{"first": first} for first in (True, False, True)]


def test_who_does_not_know_the_secret_learns_only_that_it_is_there(server: Server) -> None:
    asked = [("GET", "/actions"), ("POST", "/webhook"), ("POST", "/chat/lines"), ("POST", "/chat/news")]
    strangers = [{}, {"Authorization": "Bearer guess"}, {"Authorization": f"Basic {server.secret}"}]

    answers = {
        httpx.request(method, server.url + path, headers=headers, json={}).status_code
        for method, path in asked
        for headers in strangers
    }

    assert answers == {403}
    assert httpx.get(f"{server.url}/health").json() == {"status": "ok"}


def test_it_listens_on_this_machine_only_and_stops_when_asked(server: Server) -> None:
    listening = {
        connection.laddr.ip
        for connection in psutil.Process(server.process.pid).net_connections(kind="tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    server.process.ask_to_stop()
    psutil.wait_procs([psutil.Process(server.process.pid)], timeout=10)

    assert listening == {"127.0.0.1"}
    assert not server.process.alive()


def test_a_broken_setting_is_named_and_nothing_is_served(tmp_path: Path) -> None:
    log = tmp_path / "log"
    environment = {**os.environ, "SECRET_KEY": "short", "DEFAULT_ZONE": "Mars/Olympus"}
    process = Process("actions", [sys.executable, "-m", "actions"], log=log, environment=environment)

    process.start()
    psutil.wait_procs([psutil.Process(process.pid)], timeout=60)

    lines = log.read_text(encoding="utf-8").splitlines()
    assert not process.alive()
    assert sorted(line.split(":")[0].split("=")[0] for line in lines) == ["DEFAULT_ZONE", "SECRET_KEY"]


def test_without_a_secret_nothing_is_served(database: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    environment = {**os.environ, "DATABASE_URL": database, "SECRET_KEY": "k" * 32, "ACTIONS_SECRET": ""}
    process = Process("actions", [sys.executable, "-m", "actions"], log=log, environment=environment)

    process.start()
    psutil.wait_procs([psutil.Process(process.pid)], timeout=60)

    assert not process.alive()
    assert log.read_text(encoding="utf-8").startswith("ACTIONS_SECRET: ")
