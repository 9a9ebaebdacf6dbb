from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from deploy.local import ports
from scheduler_core import bootstrap
from scheduler_core.bootstrap import Core
from scheduler_core.clock import Clock
from scheduler_core.model import Booking
from scheduler_core.settings import read_settings
from tests.api.practice import PUBLIC_URL, WIDGET_ORIGIN, Practice, at
from webchat.api.app import create_app


@pytest.fixture
def mail_folder(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def environment(database: str, mail_folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "SECRET_KEY": "the secret of the tests, long enough",
        "ORGANISATION_NAME": "Example Practice",
        "PUBLIC_URL": PUBLIC_URL,
        "CHAT_URL": "https://chat.example.org",
        "CHAT_ALLOWED_ORIGINS": WIDGET_ORIGIN,
        "MAIL_FOLDER": str(mail_folder),
    }


@pytest.fixture
def core(environment: dict[str, str], clock: Clock) -> Iterator[Core]:
    core = bootstrap.build(replace(read_settings(environment), clock=clock))
    yield core
    core.store.close()


@pytest.fixture
def practice(core: Core) -> Practice:
    practice = Practice(core)
    practice.fill()
    return practice


@pytest.fixture
def booking(practice: Practice) -> Booking:
    """Ann, who is in Kolkata, has a consultation with Dr. Meyer at half past ten in Berlin."""
    return practice.book(at(1, 9, 30))


@pytest.fixture
def path(practice: Practice, booking: Booking) -> str:
    """Where Ann manages it."""
    return practice.path(booking)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A built front end, as small as can be."""
    folder = tmp_path / "dist"
    for name, content in {
        "chat.js": "// the loader",
        "schedule.html": "<!doctype html><title>Schedule</title>",
        "desk.html": "<!doctype html><title>Host desk</title>",
        "w/abc123/widget.mjs": "// the widget",
        "assets/schedule-a1B2c3D4.js": "// the schedule",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def app(core: Core, build: Path) -> FastAPI:
    return create_app(core, build=build)


def browser(app: FastAPI) -> httpx.AsyncClient:
    """Something that asks the app over HTTP and keeps cookies."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client


@pytest.fixture
def unreachable(core: Core) -> Iterator[Core]:
    """A core whose database does not answer."""
    address = f"postgresql://127.0.0.1:{ports.free_port()}/appointments"
    settings = replace(core.settings, database_url=address)
    lonely = bootstrap.build(settings)
    yield lonely
    lonely.store.close()
