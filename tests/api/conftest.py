from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from scheduler_core import bootstrap
from scheduler_core.bootstrap import Core
from scheduler_core.clock import Clock
from scheduler_core.links import ATTENDEE
from scheduler_core.model import (
    Actor,
    ActorKind,
    AppointmentType,
    Attendee,
    Booking,
    Channel,
    Details,
    Slot,
    WorkingHours,
)
from scheduler_core.settings import read_settings
from scheduler_core.timerange import TimeRange
from webchat.api.app import create_app

PUBLIC_URL = "http://book.example.org"
WIDGET_ORIGIN = "https://www.example.org"
OPERATOR = Actor(ActorKind.OPERATOR, "tests")
ANN = Attendee("Ann Lee", "ann.lee@example.com", "Asia/Kolkata")

INTRO = AppointmentType("intro", "Intro", (timedelta(minutes=15),), channels=(Channel.JITSI, Channel.PHONE))
CONSULTATION = AppointmentType(
    "consultation",
    "Consultation",
    (timedelta(minutes=30), timedelta(minutes=60)),
    channels=(Channel.IN_PERSON, Channel.PHONE),
    location="4 Linden Street, Berlin",
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant in December 2026, when clocks in Berlin are an hour ahead."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Practice:
    """Dr. Meyer in Berlin, who offers everything, and Ben in London, who offers the intro."""

    core: Core

    def fill(self) -> None:
        people = self.core.people
        people.add_person("eva-meyer", "Dr. Eva Meyer", "eva.meyer@example.org", "Europe/Berlin")
        people.add_person("ben-okafor", "Ben Okafor", "ben.okafor@example.org", "Europe/London", "en-GB")
        people.set_hours("eva-meyer", [WorkingHours(day, time(9), time(17)) for day in range(5)])
        people.set_hours("ben-okafor", [WorkingHours(1, time(10), time(12))])
        for kind in (INTRO, CONSULTATION):
            people.add_type(kind)
            people.offer("eva-meyer", kind.handle)
        people.offer("ben-okafor", "intro")

    def book(
        self, start: datetime, *, kind: AppointmentType = CONSULTATION, attendee: Attendee = ANN
    ) -> Booking:
        """A confirmed booking with Dr. Meyer."""
        slot = Slot(TimeRange.starting(start, kind.duration), ("eva-meyer",), kind.handle)
        details = Details(note="It's about <b>my</b> tax return.")
        return self.core.scheduler.book(
            slot, attendee, details=details, key=f"{start} {kind.handle}", actor=OPERATOR
        )

    def find(self, booking: Booking) -> Booking:
        return self.core.scheduler.find(booking.uid, actor=OPERATOR)

    def path(self, booking: Booking, recipient: str = ATTENDEE) -> str:
        """Where the recipient manages the booking."""
        return "/b/" + self.core.links.token(booking.uid, recipient)


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
def build(tmp_path: Path) -> Path:
    """A built front end, as small as can be."""
    folder = tmp_path / "dist"
    for name, content in {
        "chat.js": "// the loader",
        "schedule.html": "<!doctype html><title>Schedule</title>",
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
