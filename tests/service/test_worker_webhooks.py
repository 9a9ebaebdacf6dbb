"""Webhooks from the booking to the receiver that is told of it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from scheduler_core.db import webhooks as webhook_rows
from scheduler_core.db.outbox import Entry, State
from scheduler_core.db.store import Store
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.meetings.line import Patience
from scheduler_core.model import Booking, Details
from scheduler_core.outbox import LANES, WEBHOOK_TOPICS, Topic
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Smtp
from scheduler_core.webhook_calls import Calls
from scheduler_core.webhooks import Webhook, new_secret
from tests.adapters.receiver import CALL, Receiver
from tests.adapters.smtp_server import Postbox, serving
from tests.adapters.web_service import CUT, DONE_SILENTLY, LOST, SILENT, Answer, serving_web
from tests.conftest import MovableClock
from tests.service.outbox_samples import a_worker, entries, working
from tests.service.practice import ANN, CHAT, DAY, HOUR, MINUTE, at, book, new_key, open_practice, rows, slot


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


@pytest.fixture
async def postbox() -> Postbox:
    return Postbox()


def add(store: Store, clock: MovableClock, url: str, *, with_attendee: bool = False) -> Webhook:
    new = Webhook(uuid4(), url, new_secret(), with_attendee, clock.now())
    with store.transaction() as connection:
        assert webhook_rows.add(connection, new)
    return new


@contextmanager
def receiving(store: Store, clock: MovableClock, *, with_attendee: bool = False) -> Iterator[Receiver]:
    """A receiver that is called from now on."""
    receiver = Receiver(clock.now())
    with serving_web(receiver) as url:
        receiver.secret = add(store, clock, f"{url}/hook", with_attendee=with_attendee).secret
        yield receiver


async def told(store: Store, clock: MovableClock, *receivers: Receiver) -> None:
    """Lets a worker tell what is due."""
    for receiver in receivers:
        receiver.now = clock.now()
    async with working(store, clock, Postbox()) as worker:
        await worker.drain()


def call_to_make(store: Store) -> Entry:
    """The one call to a receiver that was to be made."""
    (entry,) = (one for one in entries(store) if one.message.topic in WEBHOOK_TOPICS)
    return entry


def reschedule(scheduler: Scheduler, booking: Booking, clock_time: str) -> Booking:
    return scheduler.reschedule(
        booking.uid, at(clock_time), version=booking.version, key=new_key(), actor=CHAT
    )


def cancel(scheduler: Scheduler, booking: Booking) -> Booking:
    return scheduler.cancel(booking.uid, version=booking.version, key=new_key(), actor=CHAT)


def calls(store: Store) -> list[tuple[str, str, str]]:
    """Every call with what became of it."""
    return [
        (entry.message.topic.value, entry.state.value, entry.last_error)
        for entry in entries(store)
        if entry.message.topic in WEBHOOK_TOPICS
    ]


async def test_receiver_is_told_what_was_booked_and_nothing_about_the_attendee(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as receiver:
        details = Details(phone="+81 3", note="a secret", guests=("bob@example.com",))
        booked = scheduler.book(slot("10:00"), ANN, details=details, key=new_key(), actor=CHAT)
        await told(store, clock, receiver)

    assert receiver.calls == [
        {
            "type": "booking.booked",
            "format": 1,
            "timestamp": clock.now().isoformat(),
            "data": {
                "id": str(booked.uid),
                "reference": booked.reference,
                "version": 1,
                "status": "CONFIRMED",
                "appointment_type": {"handle": "talk", "name": "Talk"},
                "people": [{"handle": "eva", "name": "Dr. Eva"}],
                "start": "2026-12-01T10:00:00+00:00",
                "end": "2026-12-01T10:30:00+00:00",
                "channel": "jitsi",
            },
        }
    ]


async def test_attendee_is_named_only_to_those_who_are_to_know(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as stranger, receiving(store, clock, with_attendee=True) as friend:
        book(scheduler, slot("10:00"))
        await told(store, clock, stranger, friend)

    (of_stranger,), (of_friend,) = stranger.calls, friend.calls
    assert of_friend["data"] == {
        **of_stranger["data"],
        "attendee": {"name": "Ann Lee", "email": "ann@example.com"},
    }
    assert "ann@example.com" not in str(rows(store, "SELECT content FROM outbox"))


async def test_hold_that_is_confirmed_then_moved_then_cancelled_is_told_step_by_step(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as receiver:
        held = scheduler.hold(slot("10:00"), key=new_key(), actor=CHAT)
        booked = scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT)
        moved = reschedule(scheduler, booked, "11:00")
        scheduler.invite(moved.uid, ["bob@example.com"], version=moved.version, key=new_key(), actor=CHAT)
        cancel(scheduler, dataclasses.replace(moved, version=moved.version + 1))
        await told(store, clock, receiver)

    assert receiver.told == [("booking.booked", 2), ("booking.moved", 3), ("booking.cancelled", 5)]
    assert [call["data"]["start"][11:16] for call in receiver.calls] == ["10:00", "11:00", "11:00"]
    assert [call["data"]["status"] for call in receiver.calls] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


async def test_order_is_kept_while_the_receiver_is_down_and_mails_go_on(
    store: Store, clock: MovableClock, scheduler: Scheduler, postbox: Postbox
) -> None:
    with receiving(store, clock) as receiver:
        receiver.fail(CALL, Answer(503), Answer(503))
        booked = book(scheduler, slot("10:00"))
        async with working(store, clock, postbox) as worker:
            await worker.drain()
        mailed = len(postbox.received)
        cancel(scheduler, reschedule(scheduler, booked, "11:00"))
        await told(store, clock, receiver)
        waiting = calls(store)
        for minutes in (1, 5):
            clock.move(minutes * MINUTE)
            await told(store, clock, receiver)

    assert mailed == 2
    assert waiting == [
        ("webhook_booked", "waiting", "the receiver 503: Service Unavailable"),
        ("webhook_moved", "waiting", ""),
        ("webhook_cancelled", "waiting", ""),
    ]
    assert receiver.told == [("booking.booked", 1), ("booking.moved", 2), ("booking.cancelled", 3)]


@pytest.mark.parametrize("fault", [CUT, LOST, SILENT, DONE_SILENTLY])
async def test_call_whose_answer_is_lost_is_repeated_under_the_same_identity_and_a_new_signature(
    store: Store, clock: MovableClock, scheduler: Scheduler, fault: str
) -> None:
    with receiving(store, clock) as receiver:
        receiver.fail(CALL, fault)
        book(scheduler, slot("10:00"))
        await told(store, clock, receiver)
        clock.move(10 * MINUTE)
        await told(store, clock, receiver)

    first, second = (asked.headers for asked in receiver.asked)
    assert first["Webhook-Id"] == second["Webhook-Id"]
    assert first["Webhook-Signature"] != second["Webhook-Signature"]
    assert receiver.told == [("booking.booked", 1)]


@pytest.mark.parametrize("status", [302, 400, 401, 404, 429, 500, 503])
async def test_any_answer_but_yes_is_tried_again(
    store: Store, clock: MovableClock, scheduler: Scheduler, status: int
) -> None:
    with receiving(store, clock) as receiver, receiving(store, clock) as elsewhere:
        with store.transaction() as connection:
            webhook_rows.remove(connection, rows(store, "SELECT url FROM webhook")[1][0])
        target = {"Location": "http://127.0.0.1/elsewhere"}
        receiver.fail(CALL, Answer(status, headers=target))
        book(scheduler, slot("10:00"))
        await told(store, clock, receiver)
        clock.move(MINUTE)
        await told(store, clock, receiver)

    assert receiver.told == [("booking.booked", 1)]
    assert elsewhere.asked == []


async def test_receiver_may_ask_for_time_but_not_for_ever(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as receiver:
        receiver.fail(CALL, Answer(429, headers={"Retry-After": "7200"}))
        receiver.fail(CALL, Answer(503, headers={"Retry-After": "9" * 30}))
        book(scheduler, slot("10:00", day=20))
        dues = []
        for _ in range(2):
            await told(store, clock, receiver)
            (waiting,) = (one for one in entries(store) if one.state is State.WAITING)
            dues.append(waiting.message.due - clock.now())
            clock.instant = waiting.message.due

    assert dues == [2 * HOUR, DAY]


async def test_receiver_that_stays_down_is_given_up_after_a_day(
    store: Store, clock: MovableClock, scheduler: Scheduler, caplog: pytest.LogCaptureFixture
) -> None:
    with receiving(store, clock) as receiver:
        receiver.fail(CALL, *[Answer(500)] * 40)
        book(scheduler, slot("10:00"))  # it begins long before
        began = clock.now()
        while (entry := call_to_make(store)).state is State.WAITING:
            clock.instant = max(entry.message.due, clock.now())
            with caplog.at_level(logging.ERROR):
                await told(store, clock, receiver)

    assert timedelta(hours=22) < clock.now() - began < timedelta(hours=26)
    assert (entry.state, entry.failures) == (State.FAILED, 28)


async def test_cancellation_is_told_after_the_appointment_would_have_begun(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as receiver:
        booked = book(scheduler, slot("10:00"))
        await told(store, clock, receiver)
        clock.instant = at("09:59")
        cancel(scheduler, booked)
        receiver.fail(CALL, Answer(500))
        await told(store, clock, receiver)
        clock.move(HOUR)
        await told(store, clock, receiver)

    assert receiver.told == [("booking.booked", 1), ("booking.cancelled", 2)]


async def test_receiver_that_is_gone_is_switched_off(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as receiver:
        receiver.fail(CALL, Answer(410))
        booked = book(scheduler, slot("10:00"))
        reschedule(scheduler, booked, "11:00")
        await told(store, clock, receiver)
        book(scheduler, slot("12:00"))
        await told(store, clock, receiver)

    assert calls(store) == [
        ("webhook_booked", "done", "dropped: it answered that it is gone, and is called no more"),
        ("webhook_moved", "done", "dropped: it is not called any more"),
    ]
    assert len(receiver.asked) == 1


async def test_each_receiver_is_told_whatever_the_others_do(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as down, receiving(store, clock) as well:
        down.fail(CALL, SILENT, SILENT)
        booked = book(scheduler, slot("10:00"))
        cancel(scheduler, booked)
        await told(store, clock, down, well)

    assert (down.told, well.told) == ([], [("booking.booked", 1), ("booking.cancelled", 2)])


async def test_removed_receiver_hears_nothing_of_what_was_waiting(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    with receiving(store, clock) as receiver:
        book(scheduler, slot("10:00"))
        with store.transaction() as connection:
            (webhook,) = webhook_rows.every(connection)
            assert webhook_rows.remove(connection, webhook.url)
        await told(store, clock, receiver)

    assert receiver.asked == []


def test_nobody_is_called_where_there_is_nobody_to_call(store: Store, scheduler: Scheduler) -> None:
    book(scheduler, slot("10:00"))

    assert calls(store) == []


def test_repeated_request_is_told_once(store: Store, clock: MovableClock, scheduler: Scheduler) -> None:
    add(store, clock, "https://hooks.example.org/")

    for _ in range(2):
        scheduler.book(slot("10:00"), ANN, key="the same", actor=CHAT)

    assert [topic for topic, _, _ in calls(store)] == ["webhook_booked"]


def test_every_topic_has_one_lane() -> None:
    assert sorted(topic for lane in LANES for topic in lane) == sorted(Topic)


async def test_silent_receiver_holds_up_no_mail(
    store: Store, clock: MovableClock, scheduler: Scheduler, postbox: Postbox
) -> None:
    patience = Patience(connecting=0.5, answer=20, whole=20)
    with receiving(store, clock) as receiver:
        receiver.fail(CALL, SILENT)
        book(scheduler, slot("10:00"))
        async with serving(postbox) as server:
            mails, calling = (
                a_worker(
                    store,
                    clock,
                    SmtpMailer(Smtp("127.0.0.1", server.port, "none")),
                    topics=topics,
                    calls=Calls(store, clock, patience=patience),
                )
                for topics in (LANES[0], WEBHOOK_TOPICS)
            )
            hanging = asyncio.create_task(calling.drain())
            await asyncio.to_thread(receiver.called.wait, 10)
            await mails.drain()
            was_hanging = not hanging.done()
            receiver.over.set()
            await hanging

    assert (was_hanging, len(postbox.received)) == (True, 2)


def test_content_is_json_that_is_kept_word_for_word(
    store: Store, clock: MovableClock, scheduler: Scheduler, people: People
) -> None:
    add(store, clock, "https://hooks.example.org/")
    people.add_person("zoe", 'Zoë "Q" O\'Neil\\', "zoe@example.org", "UTC")
    people.set_hours("zoe", people.calendar("eva").working_hours)
    people.offer("zoe", "talk")
    book(scheduler, slot("10:00", "zoe"))

    ((content, uid),) = rows(store, "SELECT content, uid FROM outbox WHERE content IS NOT NULL")
    assert json.loads(content)["data"]["people"] == [{"handle": "zoe", "name": 'Zoë "Q" O\'Neil\\'}]
    assert UUID(json.loads(content)["data"]["id"]) == uid
