"""Mail servers that are slow, closing, or wary; a disk that is full; clocks that jump under the worker."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from scheduler_core.clock import Clock
from scheduler_core.db.outbox import State
from scheduler_core.db.store import Store
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.outbox import Topic
from scheduler_core.settings import Smtp
from tests.adapters.smtp_server import Postbox, serving
from tests.conftest import MovableClock
from tests.service.outbox_samples import a_worker, about, entries, put, put_booking, working

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PATIENCE = 30  # seconds; a deadline, not a wait


def put_mails(store: Store, count: int) -> None:
    put(store, *(about(put_booking(store, number), Topic.MAIL_CONFIRMED) for number in range(count)))


async def test_answer_after_the_final_dot_is_waited_for(store: Store, clock: MovableClock) -> None:
    put_mails(store, 1)
    postbox = Postbox(accepted=asyncio.Event(), silent_after_content=True)
    assert postbox.accepted is not None

    async with serving(postbox) as server:
        worker = a_worker(store, clock, SmtpMailer(Smtp("127.0.0.1", server.port, "none")))
        telling = asyncio.create_task(worker.drain())
        await asyncio.wait_for(postbox.accepted.wait(), PATIENCE)
        clock.move(5 * MINUTE)  # nobody's patience is measured by this clock
        postbox.speak()
        await asyncio.wait_for(telling, PATIENCE)

    assert len(postbox.received) == 1
    assert [(entry.state, entry.failures) for entry in entries(store)] == [(State.DONE, 0)]


@dataclass
class Closing(Postbox):
    """Says once, after a content, that it closes, and does."""

    has_closed: bool = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.has_closed:
            return await super().handle_DATA(server, session, envelope)
        self.has_closed = True
        asyncio.get_running_loop().call_soon(server.transport.close)  # once that is said
        return "421 closing, come back"


async def test_server_that_closes_in_the_middle_loses_nothing(store: Store, clock: MovableClock) -> None:
    put_mails(store, 3)
    postbox = Closing()

    async with working(store, clock, postbox) as worker:
        await worker.drain()
        at_once = len(postbox.received)
        clock.move(MINUTE)
        await worker.drain()

    assert (at_once, postbox.connections, len(postbox.received)) == (2, 3, 3)
    assert len({received.mail["Message-ID"] for received in postbox.received}) == 3
    assert {entry.state for entry in entries(store)} == {State.DONE}


@dataclass
class Greylist(Postbox):
    """Takes mail from those who come back after five minutes."""

    clock: Clock = field(default_factory=MovableClock)
    first: dict[str, datetime] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        since = self.clock.now() - self.first.setdefault(address, self.clock.now())
        if since < 5 * MINUTE:
            return "451 4.7.1 Greylisted, try again in 300 seconds"
        return await super().handle_RCPT(server, session, envelope, address, options)


async def test_greylisted_mail_arrives_within_minutes(store: Store, clock: MovableClock) -> None:
    put_mails(store, 1)
    postbox = Greylist(clock=clock)
    failures = []

    async with working(store, clock, postbox) as worker:
        for _ in range(7):
            await worker.drain()
            (entry,) = entries(store)
            failures.append(entry.failures)
            clock.move(MINUTE)

    assert failures == [1, 2, 2, 2, 2, 2, 2]
    assert entry.state is State.DONE
    assert len(postbox.received) == 1


async def test_clock_that_jumps_ahead_gives_no_message_to_a_second_worker(
    store: Store, clock: MovableClock
) -> None:
    put_mails(store, 1)
    postbox = Postbox(accepted=asyncio.Event(), silent_after_content=True)
    assert postbox.accepted is not None

    async with serving(postbox) as server:
        smtp = Smtp("127.0.0.1", server.port, "none")
        first, second = (a_worker(store, clock, SmtpMailer(smtp)) for _ in range(2))
        telling = asyncio.create_task(first.drain())
        await asyncio.wait_for(postbox.accepted.wait(), PATIENCE)
        clock.move(2 * HOUR)
        taken_on = await second.drain()
        postbox.speak()
        await asyncio.wait_for(telling, PATIENCE)

    assert taken_on == 0
    assert len(postbox.received) == 1


async def test_clock_that_jumps_back_delays_a_repetition_and_loses_nothing(
    store: Store, clock: MovableClock
) -> None:
    put_mails(store, 1)
    postbox = Postbox()
    postbox.answers["RCPT"].append("451 later")

    async with working(store, clock, postbox) as worker:
        await worker.drain()
        clock.move(-HOUR)
        early = await worker.drain()
        clock.move(HOUR + MINUTE)
        await worker.drain()

    assert early == 0
    assert len(postbox.received) == 1


def test_full_disk_is_a_failure_that_passes_when_there_is_room(tmp_path: Path) -> None:
    own_mounts = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*own_mounts, "true"], check=False).returncode:
        pytest.skip("this machine allows no mounts of one's own")
    small = 'mount -t tmpfs -o size=256k tmpfs "$0" && exec "$@"'
    program = [sys.executable, "-m", "tests.service.full_disk", str(tmp_path)]

    said = subprocess.run(
        [*own_mounts, "sh", "-c", small, str(tmp_path), *program], check=True, capture_output=True, text=True
    )

    assert said.stdout.splitlines() == [
        "full: [Errno 28] No space left on device",
        "files: 1",
        "then: 20261124T090000Z-mail-of-tests.eml",
    ]
