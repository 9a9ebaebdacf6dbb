"""Reminders and calls to others, when the worker is killed or the names behind them are erased."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from scheduler_core.db.outbox import State
from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Status
from scheduler_core.outbox import Message, Topic
from scheduler_core.people import People
from scheduler_core.privacy import Privacy
from scheduler_core.scheduler import Scheduler
from tests.adapters.receiver import CALL
from tests.adapters.samples import NOW
from tests.adapters.smtp_server import Postbox
from tests.adapters.web_service import Answer
from tests.conftest import MovableClock
from tests.service.outbox_samples import entries, put, put_booking, working
from tests.service.practice import ANN, DAY, HOUR, TALK, at, book, open_practice, rows, slot
from tests.service.processes import delivered_despite
from tests.service.test_privacy import LINKS, everything_that_names
from tests.service.test_retention import KEEP
from tests.service.test_worker_webhooks import receiving, told


async def test_worker_killed_while_it_reminds_loses_no_reminder(store: Store, database: str) -> None:
    reminders, kills = 8, 3
    for booking in (put_booking(store, number) for number in range(reminders)):
        lead = booking.time.start - NOW
        put(store, Message(Topic.REMINDER, booking.uid, booking.version, "attendee", NOW, lead=lead))

    postbox = await delivered_despite(kills, store, database)

    copies = Counter(received.mail["Message-ID"] for received in postbox.received)
    assert len(copies) == reminders
    assert len(postbox.received) <= reminders + kills


@pytest.fixture
def reminded(people: People) -> None:
    open_practice(people, "eva", kind=replace(TALK, reminders=(DAY, HOUR)))


@pytest.mark.usefixtures("reminded")
async def test_erasure_waits_for_calls_but_not_for_reminders_that_will_never_be_sent(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    privacy = Privacy(store, clock, LINKS, KEEP)
    with receiving(store, clock, with_attendee=True) as receiver:
        booked = book(scheduler, slot("10:00"))
        await told(store, clock, receiver)
        wanted = privacy.request(key="ask", actor=Actor(ActorKind.ATTENDEE, ANN.email))
        privacy.erase(LINKS.data(wanted.id).rpartition("/")[2], cancelling=frozenset({booked.uid}))
        receiver.fail(CALL, Answer(503))
        await told(store, clock, receiver)
        before = everything_that_names(store, ANN.email)
        for _ in range(3):
            clock.move(HOUR)
            await told(store, clock, receiver)

    assert before != []
    assert everything_that_names(store, ANN.email) == []
    assert receiver.calls[-1]["data"]["status"] == Status.CANCELLED.value
    assert receiver.calls[-1]["data"]["attendee"]["email"] == ANN.email


@pytest.mark.usefixtures("reminded")
async def test_reminders_that_wait_are_no_backlog_and_go_with_their_booking(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    booked = book(scheduler, slot("10:00"))
    async with working(store, clock, Postbox()) as worker:
        await worker.drain()
    assert Counter(entry.state for entry in entries(store)) == {State.DONE: 3, State.WAITING: 2}

    with store.transaction() as connection:
        connection.exec_driver_sql(f"DELETE FROM booking WHERE uid = '{booked.uid}'")  # noqa: S608
    clock.instant = at("10:00")
    async with working(store, clock, Postbox()) as worker:
        assert await worker.drain() == 0
    assert rows(store, "SELECT * FROM outbox") == []
