"""Meetings that are not as their bookings say are found once a day, and set right by messages."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from scheduler_core import reconcile
from scheduler_core.bootstrap import Core, build
from scheduler_core.clock import Clock
from scheduler_core.db.store import Store
from scheduler_core.db.tables import booking as booking_table
from scheduler_core.host_accounts import set_accounts
from scheduler_core.model import Booking, Channel, Details
from scheduler_core.people import People
from scheduler_core.reconcile import Fault, Findings, Reconciliation
from scheduler_core.settings import read_settings
from scheduler_core.worker_bootstrap import build_reconciliation, build_worker
from tests.adapters import zoom_server
from tests.adapters.web_service import Answer, serving_web
from tests.adapters.zoom_server import ZoomServer
from tests.conftest import MovableClock
from tests.service.conftest import Terminal
from tests.service.practice import ANN, DAY, OPERATOR, TALK, new_key, open_practice, rows, slot

CALL = dataclasses.replace(TALK, channels=(Channel.ZOOM, Channel.JITSI))
FIRST = 81_000_000_001  # the number of the first meeting that the server makes
ZOOM = {
    "ZOOM_ACCOUNT_ID": zoom_server.ACCOUNT,
    "ZOOM_CLIENT_ID": zoom_server.CLIENT,
    "ZOOM_CLIENT_SECRET": zoom_server.SECRET,
}
DOWN = Answer(503, {"code": 1, "message": "down"})


@dataclass
class Practice:
    """A practice whose talks are on Zoom, and its worker."""

    core: Core
    server: ZoomServer
    url: str
    mails: Path

    def book(self, clock: str = "10:00", person: str = "eva", channel: Channel = Channel.ZOOM) -> Booking:
        details = Details(channel=channel)
        return self.core.scheduler.book(
            slot(clock, person), ANN, details=details, key=new_key(), actor=OPERATOR
        )

    def cancel(self, booking: Booking) -> None:
        self.core.scheduler.cancel(booking.uid, version=booking.version, key=new_key(), actor=OPERATOR)

    def now(self, booking: Booking) -> Booking:
        return self.core.scheduler.find(booking.uid, actor=OPERATOR)

    async def tell(self) -> None:
        await build_worker(self.core).drain()

    @property
    def reconciliation(self) -> Reconciliation:
        return build_reconciliation(self.core)

    async def look(self) -> list[tuple[str, Fault]]:
        found = (await self.reconciliation.look()).differences
        return [(one.booking.reference, one.fault) for one in found]

    async def set_right(self) -> int:
        """Repairs what differs and tells it; how many messages it took."""
        reconciliation = self.reconciliation
        repaired = reconciliation.repair((await reconciliation.look()).differences)
        await self.tell()
        return repaired

    @property
    def subjects(self) -> list[str]:
        """How the mails to the attendee begin, in the order in which they were written."""
        files = sorted(self.mails.glob("*.eml"), key=lambda mail: mail.stat().st_mtime_ns)
        mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        theirs = [mail for mail in mails if mail["To"].addresses[0].addr_spec == ANN.email]
        return [mail["Subject"].partition(":")[0] for mail in theirs]


@pytest.fixture
def environment(database: str, tmp_path: Path) -> dict[str, str]:
    own = {"DATABASE_URL": database, "SECRET_KEY": "x" * 32, "MAIL_FOLDER": str(tmp_path / "mail")}
    return {**own, **ZOOM}


@pytest.fixture
def practice(
    environment: dict[str, str], people: People, store: Store, clock: Clock, tmp_path: Path
) -> Iterator[Practice]:
    open_practice(people, "eva", "ben", kind=CALL)
    set_accounts(store, "eva", zoom_user="eva.meyer@example.org")
    set_accounts(store, "ben", zoom_user="Eva_Own-Id.1")
    server = ZoomServer()
    with serving_web(server) as url:
        core = build(replace(read_settings({**environment, "ZOOM_URL": url}), clock=clock))
        yield Practice(core, server, url, tmp_path / "mail")
        core.store.close()


async def test_meetings_as_they_should_be_call_for_nothing(practice: Practice) -> None:
    cancelled = practice.book("10:00")
    practice.book("11:00")
    practice.book("12:00", channel=Channel.JITSI)
    await practice.tell()
    practice.cancel(cancelled)
    await practice.tell()

    assert await practice.reconciliation.look() == Findings((), ())
    assert await practice.set_right() == 0


async def test_link_that_never_came_comes_and_is_told(practice: Practice, clock: MovableClock) -> None:
    booking = practice.book()
    refused = Answer(400, {"code": 300, "message": "Invalid settings."})
    practice.server.fail("POST /v2/users", refused)
    await practice.tell()
    given_up = rows(practice.core.store, "SELECT topic FROM outbox WHERE failed_at IS NOT NULL")
    clock.move(DAY)

    assert await practice.look() == [(booking.reference, Fault.NO_LINK)]
    assert await practice.set_right() == 1

    meeting = practice.now(booking).meeting
    assert [row.topic for row in given_up] == ["meeting_create"]
    assert meeting is not None
    assert meeting.id == str(FIRST)
    assert rows(practice.core.store, "SELECT topic FROM outbox WHERE failed_at IS NOT NULL") == []
    assert practice.subjects == ["Confirmed", "No link yet", "Where to meet"]
    assert await practice.look() == []


async def test_room_that_was_never_given_is_given(practice: Practice) -> None:
    booking = practice.book(channel=Channel.JITSI)
    await practice.tell()
    with practice.core.store.transaction() as connection:
        connection.execute(booking_table.update().values(meeting_url=None, meeting_id=None))

    assert await practice.look() == [(booking.reference, Fault.NO_LINK)]
    assert await practice.set_right() == 1
    assert practice.now(booking).meeting is not None


async def test_meeting_that_the_host_deletes_is_made_anew_as_often_as_it_takes(practice: Practice) -> None:
    booking = practice.book()
    await practice.tell()
    links = []
    for _ in range(2):
        practice.server.meetings.clear()
        assert await practice.look() == [(booking.reference, Fault.MISSING)]
        assert await practice.set_right() == 1
        links.append(practice.now(booking).meeting)

    assert [link.id for link in links if link] == [str(FIRST + 1), str(FIRST + 2)]
    assert practice.subjects == ["Confirmed", "New link", "New link"]


async def test_meeting_that_was_moved_by_hand_is_moved_back(practice: Practice) -> None:
    booking = practice.book()
    await practice.tell()
    practice.server.meetings[FIRST]["start_time"] = "2026-12-02T08:00:00Z"

    assert await practice.look() == [(booking.reference, Fault.WRONG_TIME)]
    assert await practice.set_right() == 1

    assert practice.server.meetings[FIRST]["start_time"] == "2026-12-01T10:00:00Z"
    assert practice.subjects == ["Confirmed"]


async def test_meeting_that_is_left_over_is_deleted(practice: Practice) -> None:
    booking = practice.book()
    await practice.tell()
    practice.cancel(booking)
    practice.server.fail("DELETE /v2", Answer(400, {"code": 300, "message": "not now"}))
    await practice.tell()

    assert await practice.look() == [(booking.reference, Fault.LEFT_OVER)]
    assert await practice.set_right() == 1
    assert practice.server.meetings == {}


async def test_meeting_of_a_booking_that_is_not_ours_is_left_alone(practice: Practice) -> None:
    practice.book()
    await practice.tell()
    strange = {**practice.server.meetings[FIRST], "agenda": f"Booking {'0' * 8}-0000-4000-8000-{'0' * 12}"}
    practice.server.meetings[7] = strange

    assert await practice.set_right() == 0
    assert practice.server.meetings[7] == strange


async def test_what_messages_on_the_way_will_set_right_is_left_to_them(practice: Practice) -> None:
    booking = practice.book()
    await practice.tell()
    practice.server.meetings.clear()
    (found,) = (await practice.reconciliation.look()).differences
    practice.cancel(booking)

    assert await practice.look() == []
    assert practice.reconciliation.repair([found]) == 0


async def test_repair_that_is_asked_for_twice_is_one(practice: Practice) -> None:
    practice.book()
    await practice.tell()
    practice.server.meetings.clear()
    found = (await practice.reconciliation.look()).differences

    assert [practice.reconciliation.repair(found) for _ in range(2)] == [1, 0]


async def test_host_who_cannot_be_looked_at_keeps_nobody_else_from_it(practice: Practice) -> None:
    booking = practice.book("10:00", "ben")
    practice.book("11:00", "eva")
    await practice.tell()
    practice.server.meetings.clear()
    practice.server.fail("GET /v2/users/eva", DOWN)

    findings = await practice.reconciliation.look()

    assert [one.booking.reference for one in findings.differences] == [booking.reference]
    assert findings.unseen == ("zoom of eva: Zoom 503: 1 down",)


async def test_one_run_repairs_no_more_than_it_may(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "MOST_REPAIRS", 2)
    for clock in ("10:00", "11:00", "12:00"):
        practice.book(clock)
    await practice.tell()
    practice.server.meetings.clear()

    assert [await practice.set_right() for _ in range(3)] == [2, 1, 0]


async def test_workers_reconcile_once_a_day_between_them(
    practice: Practice, caplog: pytest.LogCaptureFixture
) -> None:
    booking = practice.book()
    await practice.tell()
    practice.server.meetings.clear()
    caplog.set_level(logging.INFO, logger=reconcile.log.name)

    await one_round(practice)
    first = list(caplog.messages)
    caplog.clear()
    await one_round(practice)
    second = len(caplog.records)
    with practice.core.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE chore SET done_at = done_at - interval '1 day'")
    await practice.tell()
    await one_round(practice)

    assert first == [
        f"reconcile: the meeting of {booking.uid} is not held any more",
        "reconcile: 1 meetings differ, 1 are set right",
    ]
    assert second == 0
    assert [record.getMessage() for record in caplog.records] == [
        "reconcile: 0 meetings differ, 0 are set right"
    ]


async def one_round(practice: Practice) -> None:
    """Lets two workers start and stop, each of which looks whether it is due."""
    stop = asyncio.Event()
    running = [asyncio.create_task(practice.reconciliation.run_until(stop)) for _ in range(2)]
    await asyncio.sleep(0)  # both have begun, and finish what they are at
    stop.set()
    await asyncio.wait_for(asyncio.gather(*running), 30)


async def test_outage_of_the_database_ends_nothing(
    practice: Practice, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = Store("postgresql://127.0.0.1:1/nowhere")
    stop = asyncio.Event()
    lost = Reconciliation(nowhere, practice.core.settings.clock, frozenset(Channel), {})

    running = asyncio.create_task(lost.run_until(stop))
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(running, 30)

    assert any(record.getMessage().startswith("reconcile: ") for record in caplog.records)


def test_command_says_what_differs_and_sets_it_right(
    terminal: Terminal, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = practice.book()
    asyncio.run(practice.tell())
    practice.server.meetings.clear()
    for name, value in {**ZOOM, "ZOOM_URL": practice.url}.items():
        monkeypatch.setenv(name, value)
    table = [
        "booking  channel  its meeting",
        f"{booking.reference}   zoom     is not held any more",
    ]

    assert terminal.run("meetings", "reconcile", "--dry-run") == (
        0,
        [*table, "meetings that differ: 1; on their way to being set right: 0"],
    )
    assert terminal.run("meetings", "reconcile") == (
        0,
        [*table, "meetings that differ: 1; on their way to being set right: 1"],
    )
    asyncio.run(practice.tell())
    practice.server.fail("GET /v2/users", DOWN)
    assert terminal.run("meetings", "reconcile") == (
        1,
        [
            "meetings that differ: 0; on their way to being set right: 0",
            "not looked at: zoom of eva: Zoom 503: 1 down",
        ],
    )
