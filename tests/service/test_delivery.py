from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from scheduler_core.bootstrap import Core, build
from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Booking, Slot, WorkingHours
from scheduler_core.outbox import Topic
from scheduler_core.people import People
from scheduler_core.settings import read_settings
from scheduler_core.timerange import TimeRange
from scheduler_core.worker_bootstrap import build_worker
from tests.adapters.samples import ANN, CONSULTATION, EVA
from tests.service.outbox_samples import states

OPERATOR = Actor(ActorKind.OPERATOR, "test")
TUESDAY = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
ATTENDEE, PERSON = "ann.lee@example.com", "eva.meyer@example.org"


@pytest.fixture
def environment(store: Store, database: str, tmp_path: Path) -> dict[str, str]:
    people = People(store)
    people.add_person(EVA.handle, EVA.name, EVA.email, EVA.zone)
    people.set_hours(EVA.handle, [WorkingHours(1, time(9), time(17))])
    people.add_type(CONSULTATION)
    people.offer(EVA.handle, CONSULTATION.handle)
    return {
        "DATABASE_URL": database,
        "SECRET_KEY": "a secret that only the tests know, long enough",
        "PUBLIC_URL": "https://book.example.org",
        "MAIL_FOLDER": str(tmp_path / "mail"),
        "TESTING": "1",
        "TEST_NOW": "2026-11-24T09:00:00Z",
    }


@pytest.fixture
def core(environment: dict[str, str]) -> Iterator[Core]:
    core = build(read_settings(environment))
    yield core
    core.store.close()


def book(core: Core) -> Booking:
    slot = Slot(TimeRange.starting(TUESDAY, timedelta(minutes=30)), (EVA.handle,), CONSULTATION.handle)
    return core.scheduler.book(slot, ANN, key="booking", actor=OPERATOR)


def written(core: Core) -> list[EmailMessage]:
    files = core.settings.mail_folder.glob("*.eml")
    return [message_from_bytes(file.read_bytes(), policy=default) for file in files]


def event_of(mail: EmailMessage) -> tuple[str, Event]:
    """The method and the event of the invitation."""
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return str(calendar["METHOD"]), event


async def test_life_of_a_booking_replayed_from_its_mails_ends_in_an_empty_calendar(core: Core) -> None:
    worker = build_worker(core)
    booking = book(core)
    await worker.drain()
    for step in range(1, 4):
        booking = core.scheduler.reschedule(
            booking.uid,
            TUESDAY + step * timedelta(hours=1),
            version=booking.version,
            key=f"move {step}",
            actor=OPERATOR,
        )
        await worker.drain()
    core.scheduler.cancel(booking.uid, version=booking.version, key="cancel", actor=OPERATOR)
    await worker.drain()

    mails = written(core)
    assert len(mails) == 10
    for address in (ATTENDEE, PERSON):
        own = [event_of(mail) for mail in mails if mail["To"].addresses[0].addr_spec == address]
        own.sort(key=lambda invitation: invitation[1].sequence)
        assert {event.uid for _, event in own} == {str(booking.uid)}
        assert [(method, event.sequence, event.decoded("DTSTART")) for method, event in own] == [
            ("REQUEST", 0, TUESDAY),
            ("REQUEST", 1, TUESDAY + timedelta(hours=1)),
            ("REQUEST", 2, TUESDAY + timedelta(hours=2)),
            ("REQUEST", 3, TUESDAY + timedelta(hours=3)),
            ("CANCEL", 4, TUESDAY + timedelta(hours=3)),
        ]


async def test_changes_nobody_heard_of_yet_are_told_as_the_last_one_alone(core: Core) -> None:
    booking = book(core)
    moved = core.scheduler.reschedule(
        booking.uid, TUESDAY + timedelta(hours=1), version=booking.version, key="move", actor=OPERATOR
    )
    await build_worker(core).drain()

    mails = written(core)
    assert sorted(mail["Subject"].split(":")[0] for mail in mails) == ["New time", "New time"]
    links = {core.links.manage(moved.uid, who) for who in ("attendee", "person:eva-meyer")}
    assert all(any(link in _text(mail) for link in links) for mail in mails)
    assert core.scheduler.find(booking.uid, actor=OPERATOR).meeting is not None


async def test_worker_of_the_command_line_tells_a_booking(core: Core, environment: dict[str, str]) -> None:
    book(core)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "scheduler_core", "worker", env={**os.environ, **environment}
    )
    try:
        async with asyncio.timeout(120):
            while any(state != "done" for _, state in await asyncio.to_thread(states, core.store)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

    assert states(core.store) == [
        (Topic.MEETING_CREATE, "done"),
        (Topic.MAIL_CONFIRMED, "done"),
        (Topic.MAIL_CONFIRMED, "done"),
    ]
    assert len(written(core)) == 2


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
