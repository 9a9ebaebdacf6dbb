"""Reminders from the booking to the mail or text that comes of them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from scheduler_core.clock import Clock
from scheduler_core.db.store import Store
from scheduler_core.db.tables import preference
from scheduler_core.mail.smtp import SmtpMailer
from scheduler_core.meetings.line import Patience
from scheduler_core.model import Booking, Channel, Details
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.settings import Smtp
from scheduler_core.twilio import TwilioMessenger
from tests.adapters.smtp_server import Postbox, serving
from tests.adapters.twilio_server import SEND, TwilioServer, twilio_account
from tests.adapters.web_service import Answer, serving_web
from tests.conftest import MovableClock
from tests.service.outbox_samples import a_worker, entries, working
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    TALK,
    at,
    book,
    new_key,
    open_practice,
    rows,
    slot,
)

PHONE = "+81 3-1234-5678"
NUMBER = "+81312345678"
#: Ten o'clock in the morning on the first of December.
START = at("10:00")


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", kind=replace(TALK, reminders=(DAY, HOUR)))


@pytest.fixture
async def postbox() -> Postbox:
    return Postbox()


@asynccontextmanager
async def working_with_texts(
    store: Store, clock: Clock, postbox: Postbox, server: TwilioServer
) -> AsyncIterator[None]:
    """Lets a worker tell all that is due, by mail and by text."""
    patience = Patience(connecting=0.5, answer=0.3, whole=1, pause=0)
    async with serving(postbox) as smtp:
        with serving_web(server) as url:
            messenger = TwilioMessenger(twilio_account(url), clock, patience)
            mailer = SmtpMailer(Smtp("127.0.0.1", smtp.port, "none"))
            await a_worker(store, clock, mailer, messenger=messenger).drain()
            yield


async def told(store: Store, clock: MovableClock, postbox: Postbox, when: datetime) -> list[str]:
    """The subjects of what is mailed when it is that time."""
    clock.instant, before = when, len(postbox.received)
    async with working(store, clock, postbox) as worker:
        await worker.drain()
    return postbox.subjects[before:]


async def texted(store: Store, clock: MovableClock, server: TwilioServer, when: datetime) -> list[str]:
    """The subjects of what is mailed when it is that time, where texts are sent, too."""
    clock.instant, postbox = when, Postbox()
    async with working_with_texts(store, clock, postbox, server):
        return postbox.subjects


def prefer(store: Store, reminders: str) -> None:
    with store.transaction() as connection:
        values = {"address": ANN.email, "reminders": reminders, "updated_at": at("09:00")}
        connection.execute(insert(preference).values(values))


def book_by_phone(scheduler: Scheduler, phone: str = PHONE) -> Booking:
    details = Details(Channel.PHONE, phone=phone)
    return scheduler.book(slot("10:00"), ANN, details=details, key=new_key(), actor=CHAT)


def remarks(store: Store) -> list[str]:
    """What became of the reminders."""
    return [entry.last_error for entry in entries(store) if entry.message.topic.value == "reminder"]


async def test_attendee_is_reminded_twice_and_nobody_else_is(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    details = Details(guests=("bob@example.com",))
    scheduler.book(slot("10:00"), ANN, details=details, key=new_key(), actor=CHAT)
    await told(store, clock, postbox, clock.now())
    first = len(postbox.received)

    assert await told(store, clock, postbox, START - DAY - MINUTE) == []
    assert await told(store, clock, postbox, START - DAY) == [
        "Reminder: Talk with Dr. Eva, Tuesday 1 December 2026, 19:00"
    ]
    assert await told(store, clock, postbox, START - HOUR - MINUTE) == []
    assert await told(store, clock, postbox, START - HOUR) == [
        "Reminder: Talk with Dr. Eva, Tuesday 1 December 2026, 19:00"
    ]
    assert await told(store, clock, postbox, START) == []
    assert {received.recipients for received in postbox.received[first:]} == {(ANN.email,)}
    assert len({received.mail["Message-ID"] for received in postbox.received[first:]}) == 2


async def test_reminder_says_when_where_and_how_to_change_it_and_invites_nobody(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    booked = book(scheduler, slot("10:00"))
    await told(store, clock, postbox, clock.now())
    await told(store, clock, postbox, START - DAY)

    mail = postbox.received[-1].mail
    body = mail.get_body(("plain",))
    assert body is not None
    words = body.get_content().replace("\r", "")
    room = rows(store, "SELECT meeting_url FROM booking")[0][0]
    for said in (
        "Hello Ann Lee,\n\nthis is a reminder of your appointment.",
        "Tuesday 1 December 2026, 19:00–19:30",
        "Asia/Tokyo, UTC+9",
        room,
        "https://book.example.org/b/",
        booked.reference,
    ):
        assert said in words
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
    ]
    assert mail["In-Reply-To"] == postbox.received[0].mail["Message-ID"]


async def test_reminder_of_a_booking_without_a_link_says_so(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler, people: People
) -> None:
    people.add_type(replace(TALK, channels=(Channel.ZOOM,), reminders=(DAY,)))
    book(scheduler, slot("10:00"))
    await told(store, clock, postbox, clock.now())
    await told(store, clock, postbox, START - DAY)

    body = postbox.received[-1].mail.get_body(("plain",))
    assert body is not None
    assert "The link follows in a mail of its own." in body.get_content()


async def test_moved_booking_is_reminded_of_at_its_new_time_alone(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    booked = book(scheduler, slot("10:00"))
    await told(store, clock, postbox, clock.now())
    scheduler.reschedule(booked.uid, at("10:00", day=3), version=1, key=new_key(), actor=CHAT)
    await told(store, clock, postbox, clock.now())

    assert await told(store, clock, postbox, START - DAY) == []
    assert await told(store, clock, postbox, START - HOUR) == []
    assert await told(store, clock, postbox, START + DAY) == [
        "Reminder: Talk with Dr. Eva, Thursday 3 December 2026, 19:00"
    ]
    assert remarks(store)[:2] == ["dropped: version 2 has messages of its own"] * 2


async def test_booking_moved_within_the_day_is_not_reminded_of_a_day_before(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    booked = book(scheduler, slot("10:00"))
    await told(store, clock, postbox, START - DAY)
    clock.move(2 * HOUR)
    scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)

    assert await told(store, clock, postbox, clock.now()) == [
        "New time: Talk with Dr. Eva, Tuesday 1 December 2026, 20:00",
        "New time: Talk with Ann Lee, Tuesday 1 December 2026, 11:00",
    ]
    assert await told(store, clock, postbox, START) == [
        "Reminder: Talk with Dr. Eva, Tuesday 1 December 2026, 20:00"
    ]


async def test_cancelled_booking_is_not_reminded_of(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    booked = book(scheduler, slot("10:00"))
    scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)
    await told(store, clock, postbox, clock.now())

    assert await told(store, clock, postbox, START - DAY) == []
    assert await told(store, clock, postbox, START - HOUR) == []


async def test_worker_that_was_down_sends_one_reminder_and_none_late(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    book(scheduler, slot("10:00"))
    await told(store, clock, postbox, clock.now())

    assert await told(store, clock, postbox, START - 2 * HOUR) == []
    assert len(await told(store, clock, postbox, START - HOUR + 14 * MINUTE)) == 1
    assert remarks(store) == ["dropped: it came too late to be of use", ""]


async def test_reminder_that_is_refused_is_tried_until_it_is_too_late(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    book(scheduler, slot("10:00"))
    await told(store, clock, postbox, START - DAY)
    postbox.answers["DATA"].extend(["451 later"] * 9)

    for minutes in (0, 1, 6, 15, 30):
        assert await told(store, clock, postbox, START - HOUR + minutes * MINUTE) == []

    (_, last) = (entry for entry in entries(store) if entry.message.topic.value == "reminder")
    assert (last.state.value, last.failures, last.last_error) == (
        "done",
        3,
        "dropped: it came too late to be of use",
    )


async def test_reminder_that_is_put_off_holds_up_no_other_mail(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    booked = book(scheduler, slot("10:00"))
    await told(store, clock, postbox, clock.now())
    postbox.answers["DATA"].append("451 later")
    await told(store, clock, postbox, START - DAY)

    scheduler.resend(booked.uid, key=new_key(), actor=CHAT)

    assert await told(store, clock, postbox, clock.now()) == [
        "Your appointment: Talk with Dr. Eva, Tuesday 1 December 2026, 19:00"
    ]


async def test_who_wants_no_reminders_gets_none(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    book(scheduler, slot("10:00"))
    await told(store, clock, postbox, clock.now())
    prefer(store, "none")

    assert await told(store, clock, postbox, START - DAY) == []
    assert remarks(store)[0] == "dropped: the attendee wants no reminders"


async def test_who_has_asked_for_texts_gets_one_instead_of_the_mail(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    book_by_phone(scheduler)
    await texted(store, clock, TwilioServer(), clock.now())
    prefer(store, "sms")
    server = TwilioServer()

    assert await texted(store, clock, server, START - DAY) == []
    ((to, words),) = server.sent
    link = words.rpartition(" ")[2]
    assert to == NUMBER
    assert words == (
        "Example Practice: Talk with Dr. Eva, Tuesday 1 December 2026, 19:00 (Asia/Tokyo). "
        f"By phone: Dr. Eva calls you at {PHONE}. Change or cancel: {link}"
    )
    assert link.startswith("https://book.example.org/b/")


@pytest.mark.parametrize("phone", ["030 1234567", NUMBER[:9]])
async def test_number_that_cannot_be_texted_gets_a_mail(
    store: Store, clock: MovableClock, scheduler: Scheduler, phone: str
) -> None:
    book_by_phone(scheduler, phone)
    await texted(store, clock, TwilioServer(), clock.now())
    prefer(store, "sms")
    server = TwilioServer()
    server.not_mobile.add(NUMBER[:9])

    assert len(await texted(store, clock, server, START - DAY)) == 1
    assert server.sent == []


async def test_stop_ends_all_texts_but_not_the_reminders(
    store: Store, clock: MovableClock, scheduler: Scheduler
) -> None:
    book_by_phone(scheduler)
    await texted(store, clock, TwilioServer(), clock.now())
    prefer(store, "sms")
    server = TwilioServer()
    server.stopped.add(NUMBER)

    assert len(await texted(store, clock, server, START - DAY)) == 1
    assert len(await texted(store, clock, server, START - HOUR)) == 1
    assert (server.count(SEND), server.sent) == (1, [])
    assert rows(store, "SELECT reminders FROM preference") == [("mail",)]


async def test_text_that_cannot_be_had_in_five_minutes_becomes_a_mail(
    store: Store, clock: MovableClock, scheduler: Scheduler, caplog: pytest.LogCaptureFixture
) -> None:
    book_by_phone(scheduler)
    await texted(store, clock, TwilioServer(), clock.now())
    prefer(store, "sms")
    server = TwilioServer()
    server.fail(SEND, *[Answer(503, None)] * 3)

    assert await texted(store, clock, server, START - DAY) == []
    assert await texted(store, clock, server, START - DAY + MINUTE) == []
    with caplog.at_level(logging.WARNING):
        assert len(await texted(store, clock, server, START - DAY + 6 * MINUTE)) == 1
    assert NUMBER not in caplog.text
    assert server.count(SEND) == 3


async def test_without_an_account_texts_become_mails(
    store: Store, clock: MovableClock, postbox: Postbox, scheduler: Scheduler
) -> None:
    book_by_phone(scheduler)
    await told(store, clock, postbox, clock.now())
    prefer(store, "sms")

    assert len(await told(store, clock, postbox, START - DAY)) == 1


def test_reminders_are_written_with_the_booking(store: Store, scheduler: Scheduler) -> None:
    booked = book(scheduler, slot("10:00"))

    found = rows(store, "SELECT key, due_at, lead FROM outbox WHERE topic = 'reminder' ORDER BY id")
    assert [tuple(row) for row in found] == [
        (f"{booked.uid}:1:reminder:attendee:1440", START - DAY, timedelta(days=1)),
        (f"{booked.uid}:1:reminder:attendee:60", START - HOUR, timedelta(hours=1)),
    ]
