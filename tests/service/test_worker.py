from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from scheduler_core.clock import FixedClock
from scheduler_core.db import outbox
from scheduler_core.db.outbox import State
from scheduler_core.db.store import Store
from scheduler_core.mail.smtp import Patience, SmtpMailer
from scheduler_core.outbox import Topic
from scheduler_core.settings import Smtp
from tests.adapters.samples import NOW
from tests.adapters.smtp_server import Postbox, serving
from tests.conftest import MovableClock
from tests.service.outbox_samples import (
    Rooms,
    a_worker,
    about,
    change,
    confirmation_of,
    end_leases,
    entries,
    meeting_of,
    put,
    put_booking,
    states,
    working,
)

ATTENDEE, PERSON = "ann.lee@example.com", "eva.meyer@example.org"


@pytest.fixture
async def postbox() -> Postbox:
    return Postbox()


async def test_nothing_due_is_nothing_to_do(store: Store, clock: MovableClock, postbox: Postbox) -> None:
    async with working(store, clock, postbox) as worker:
        assert await worker.drain() == 0


async def test_mail_arrives_when_the_mail_server_is_back(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    async with serving(postbox) as server:
        port = server.port
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    worker = a_worker(store, clock, SmtpMailer(Smtp("127.0.0.1", port, "none")))

    await worker.drain()
    clock.move(timedelta(minutes=1))
    await worker.drain()

    (waiting,) = entries(store)
    assert (waiting.state, waiting.failures) == (State.WAITING, 2)
    assert waiting.message.due == clock.now() + timedelta(minutes=5)
    async with serving(postbox, port=port):
        await worker.drain()
        assert postbox.received == []
        clock.move(timedelta(minutes=5))
        await worker.drain()
    assert [received.recipients for received in postbox.received] == [(ATTENDEE,)]
    assert [entry.state for entry in entries(store)] == [State.DONE]


async def test_temporary_refusal_is_tried_again(store: Store, clock: MovableClock, postbox: Postbox) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    postbox.answers["DATA"].append("451 try later")

    async with working(store, clock, postbox) as worker:
        await worker.drain()
        (entry,) = entries(store)
        clock.move(timedelta(minutes=1))
        await worker.drain()

    assert (entry.state, entry.failures, entry.last_error) == (State.WAITING, 1, "451 try later")
    assert len(postbox.received) == 1


async def test_permanent_refusal_is_given_up_and_holds_up_nobody_else(
    store: Store, clock: MovableClock, postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    booking = put_booking(store)
    put(store, *confirmation_of(booking))
    postbox.answers["RCPT"].append("550 no such mailbox")

    async with working(store, clock, postbox) as worker:
        await worker.drain()
        clock.move(timedelta(days=1))
        await worker.drain()

    assert [received.recipients for received in postbox.received] == [(PERSON,)]
    assert states(store) == [
        ("meeting_create", "done"),
        ("mail_confirmed", "failed"),
        ("mail_confirmed", "done"),
    ]
    assert [record.levelname for record in caplog.records if "550" in record.getMessage()] == ["ERROR"]


async def test_mail_whose_acceptance_was_not_heard_is_repeated_under_the_same_id(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    postbox.silent_after_content = True

    async with working(store, clock, postbox, acceptance=2.0) as worker:
        await worker.drain()
        postbox.silent_after_content = False
        clock.move(timedelta(minutes=1))
        await worker.drain()

    first, second = (received.mail["Message-ID"] for received in postbox.received)
    assert first == second


async def test_mail_is_given_up_when_the_appointment_begins(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    booking = put_booking(store)
    put(store, about(booking, Topic.MAIL_CONFIRMED))
    clock.instant = booking.time.start - timedelta(seconds=30)
    postbox.answers["DATA"].extend(["451 later"] * 2)

    async with working(store, clock, postbox) as worker:
        await worker.drain()
        (waiting,) = entries(store)
        clock.move(timedelta(seconds=30))
        await worker.drain()

    assert waiting.message.due == booking.time.start
    assert [(entry.state, entry.failures) for entry in entries(store)] == [(State.FAILED, 2)]


async def test_messages_of_an_old_version_are_dropped(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    booking = put_booking(store)
    put(store, *confirmation_of(booking))
    cancelled = booking.cancelled()
    change(store, cancelled)
    put(
        store,
        about(cancelled, Topic.MEETING_DELETE, ""),
        about(cancelled, Topic.MAIL_CANCELLED),
        about(cancelled, Topic.MAIL_CANCELLED, "person:eva-meyer"),
    )

    async with working(store, clock, postbox) as worker:
        await worker.drain()

    assert [subject.split(":")[0] for subject in postbox.subjects] == ["Cancelled", "Cancelled"]
    assert meeting_of(store, booking.uid) == (None, 3)
    assert [entry.last_error for entry in entries(store)] == [
        "dropped: version 3 has messages of its own",
        "dropped: version 3 has messages of its own",
        "dropped: version 3 has messages of its own",
        "",
        "",
        "",
    ]


async def test_error_that_nobody_foresaw_is_logged_once_and_tried_again(
    store: Store, clock: MovableClock, postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    put(store, about(put_booking(store), Topic.MEETING_CREATE, ""))
    rooms = Rooms(failures=[KeyError("join_url"), KeyError("join_url")])

    async with working(store, clock, postbox, rooms) as worker:
        for seconds in (0, 10, 30):
            clock.move(timedelta(seconds=seconds))
            await worker.drain()

    assert [record.exc_info is not None for record in caplog.records if record.levelno == logging.ERROR] == [
        True
    ]
    assert [(entry.state, entry.failures) for entry in entries(store)] == [(State.DONE, 2)]


async def test_messages_of_a_worker_that_died_are_told_by_another(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    with store.transaction() as connection:
        assert len(outbox.claim(connection, lease_by=uuid4(), now=NOW, limit=20)) == 1

    async with working(store, clock, postbox) as worker:
        await worker.drain()
        assert postbox.received == []
        end_leases(store)
        await worker.drain()

    assert len(postbox.received) == 1


async def test_worker_told_to_stop_finishes_one_message_and_gives_the_others_back(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    put(store, *(about(put_booking(store, number), Topic.MAIL_CONFIRMED) for number in range(5)))
    stop = postbox.accepted = asyncio.Event()

    async with working(store, clock, postbox) as worker:
        await asyncio.wait_for(worker.run_until(stop), timeout=10)

    assert len(postbox.received) == 1
    assert [entry.state for entry in entries(store)] == [State.DONE] + [State.WAITING] * 4


async def test_worker_looks_again_by_itself(store: Store, clock: MovableClock, postbox: Postbox) -> None:
    stop, postbox.accepted = asyncio.Event(), asyncio.Event()

    async with working(store, clock, postbox) as worker:
        running = asyncio.create_task(worker.run_until(stop))
        await asyncio.sleep(0)
        put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
        await asyncio.wait_for(postbox.accepted.wait(), timeout=10)
        stop.set()
        await asyncio.wait_for(running, timeout=10)

    assert [entry.state for entry in entries(store)] == [State.DONE]


async def test_leases_are_renewed_while_a_server_takes_its_time(
    store: Store, clock: MovableClock, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=1))
    put(store, about(put_booking(store), Topic.MAIL_CONFIRMED))
    postbox.silent_after_content, postbox.accepted = True, asyncio.Event()
    another = a_worker(store, FixedClock(NOW), SmtpMailer(Smtp("127.0.0.1", 1, "none")))

    async with serving(postbox) as server:
        mailer = SmtpMailer(Smtp("127.0.0.1", server.port, "none"), Patience(acceptance=2.0))
        slow = asyncio.create_task(a_worker(store, clock, mailer).drain())
        await asyncio.wait_for(postbox.accepted.wait(), timeout=10)
        stolen = 0
        while not (await asyncio.wait({slow}, timeout=0.2))[0]:
            stolen += await another.drain()
        await slow

    assert stolen == 0
    assert [entry.failures for entry in entries(store)] == [1]


async def test_mail_written_before_its_booking_changed_is_written_anew_or_dropped(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    first, second = put_booking(store, 0), put_booking(store, 1)
    put(store, about(first, Topic.MAIL_CONFIRMED), about(second, Topic.MAIL_CONFIRMED))
    postbox.silent_after_content, postbox.accepted = True, asyncio.Event()

    async with serving(postbox) as server:
        mailer = SmtpMailer(Smtp("127.0.0.1", server.port, "none"), Patience(acceptance=10))
        telling = asyncio.create_task(a_worker(store, clock, mailer).drain())
        await asyncio.wait_for(postbox.accepted.wait(), timeout=10)
        await asyncio.to_thread(change, store, second.cancelled())
        postbox.speak()
        await telling

    assert len(postbox.received) == 1
    assert [entry.last_error for entry in entries(store)] == [
        "",
        "dropped: version 3 has messages of its own",
    ]


async def test_mail_that_follows_a_refused_one_says_how_its_booking_is_now(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    first, second = put_booking(store, 0), put_booking(store, 1, note="old")
    put(store, about(first, Topic.MAIL_CONFIRMED), about(second, Topic.MAIL_CONFIRMED))
    postbox.answers["RCPT"].append("550 no such mailbox")
    postbox.before_first_answer = lambda: change(store, replace(second, note="new"))

    async with working(store, clock, postbox) as worker:
        await worker.drain()

    (received,) = postbox.received
    body = received.mail.get_body(("plain",))
    assert body is not None
    assert "Note       new" in body.get_content()
