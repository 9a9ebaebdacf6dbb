from __future__ import annotations

import dataclasses
from datetime import timedelta
from email.message import EmailMessage

import pytest

from scheduler_core.db import outbox
from scheduler_core.db.outbox import State
from scheduler_core.db.store import Store
from scheduler_core.errors import PermanentFailure, TemporaryFailure
from scheduler_core.model import Booking, Channel, Meeting
from scheduler_core.outbox import Topic
from scheduler_core.timerange import TimeRange
from tests.adapters.mails import event_of
from tests.adapters.smtp_server import Postbox
from tests.conftest import MovableClock
from tests.service.outbox_samples import (
    Rooms,
    about,
    change,
    confirmation_of,
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


async def test_booking_gets_its_room_and_both_sides_their_invitation(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    booking = put_booking(store)
    put(store, *confirmation_of(booking))

    async with working(store, clock, postbox) as worker:
        assert await worker.drain() == 3

    link, version = meeting_of(store, booking.uid)
    assert link is not None
    assert link.startswith("https://meet.example.org/appointment-")
    assert version == booking.version
    assert [received.recipients for received in postbox.received] == [(ATTENDEE,), (PERSON,)]
    assert all(link in received.content.decode() for received in postbox.received)
    assert {entry.state for entry in entries(store)} == {State.DONE}


async def test_confirmed_moved_and_cancelled_reach_each_side_in_that_order(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    rooms = Rooms()
    booking = put_booking(store)
    put(store, *confirmation_of(booking))
    moved = booking.rescheduled(TimeRange.starting(booking.time.end, timedelta(minutes=30)))
    cancelled = moved.cancelled()

    async with working(store, clock, postbox, rooms) as worker:
        await worker.drain()
        for step, meeting, mail in (
            (moved, Topic.MEETING_MOVE, Topic.MAIL_RESCHEDULED),
            (cancelled, Topic.MEETING_DELETE, Topic.MAIL_CANCELLED),
        ):
            link, _ = meeting_of(store, booking.uid)
            change(store, _with_room(step, link))
            put(store, about(step, meeting, ""), about(step, mail), about(step, mail, "person:eva-meyer"))
            await worker.drain()

    for address in (ATTENDEE, PERSON):
        mails = [received.mail for received in postbox.received if received.recipients == (address,)]
        assert [mail["Subject"].split(":")[0] for mail in mails] == ["Confirmed", "New time", "Cancelled"]
        assert [mail["References"] for mail in mails[1:]] == [mails[0]["Message-ID"]] * 2
    assert rooms.asked == ["create", "move", "delete REF0"]
    assert meeting_of(store, booking.uid) == (None, 4)


async def test_mail_goes_without_the_link_after_three_failures_and_the_link_follows(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    rooms = Rooms(failures=[TemporaryFailure(reason="down") for _ in range(3)])
    booking = put_booking(store)
    put(store, *confirmation_of(booking))

    async with working(store, clock, postbox, rooms) as worker:
        await worker.drain()
        assert postbox.received == []
        for seconds in (10, 30):
            clock.move(timedelta(seconds=seconds))
            await worker.drain()
        without = [received.mail.get_body(("plain",)) for received in postbox.received]
        clock.move(timedelta(seconds=60))
        await worker.drain()

    assert [body is not None and "The link follows" in body.get_content() for body in without] == [True, True]
    assert [subject.split(":")[0] for subject in postbox.subjects] == ["Confirmed"] * 2 + [
        "Where to meet"
    ] * 2
    assert all(b"https://rooms.example.org/REF0" in received.content for received in postbox.received[2:])
    assert {entry.state for entry in entries(store)} == {State.DONE}


async def test_mail_does_not_wait_until_the_limit_of_a_day_is_lifted(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    rooms = Rooms(failures=[TemporaryFailure(reason="100 a day", retry_after=15 * 3600.0)])
    booking = put_booking(store)
    put(store, *confirmation_of(booking))

    async with working(store, clock, postbox, rooms) as worker:
        await worker.drain()
        at_once = [subject.split(":")[0] for subject in postbox.subjects]
        clock.move(timedelta(hours=15, seconds=-1))
        await worker.drain()
        tries_before = len(rooms.asked)
        clock.move(timedelta(seconds=1))
        await worker.drain()

    assert at_once == ["Confirmed"] * 2
    assert (tries_before, len(rooms.asked)) == (1, 2)
    assert [subject.split(":")[0] for subject in postbox.subjects[2:]] == ["Where to meet"] * 2


async def test_mail_does_not_wait_for_a_meeting_that_can_never_be(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    put(store, *confirmation_of(put_booking(store)))

    async with working(
        store, clock, postbox, Rooms(failures=[PermanentFailure(reason="no account")])
    ) as worker:
        await worker.drain()

    assert states(store) == [
        ("meeting_create", "failed"),
        ("mail_confirmed", "done"),
        ("mail_confirmed", "done"),
        ("mail_link_missing", "done"),
        ("mail_link_missing", "done"),
    ]


async def test_channel_that_nobody_provides_is_a_permanent_failure(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    put(store, about(put_booking(store, channel=Channel.ZOOM), Topic.MEETING_CREATE, ""))

    async with working(store, clock, postbox) as worker:
        await worker.drain()

    first = entries(store)[0]
    assert (first.state, first.last_error) == (State.FAILED, "no account is set up for zoom")


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.IN_PERSON])
async def test_booking_that_needs_no_room_gets_none(
    store: Store, clock: MovableClock, postbox: Postbox, channel: Channel
) -> None:
    booking = put_booking(store, channel=channel, phone="+49 30 1234567")
    put(store, *confirmation_of(booking))

    async with working(store, clock, postbox) as worker:
        await worker.drain()

    assert meeting_of(store, booking.uid) == (None, 2)
    assert len(postbox.received) == 2


def _with_room(booking: Booking, link: str | None) -> Booking:
    """The booking as it is stored once it has its room."""
    assert link is not None
    return dataclasses.replace(booking, meeting=Meeting(booking.channel, link, link.rpartition("/")[2]))


async def test_link_that_never_comes_is_told_to_both_sides_and_the_person_hears_why(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    rooms = Rooms(failures=[PermanentFailure(reason="401 the account is closed")])
    put(store, *confirmation_of(put_booking(store)))

    async with working(store, clock, postbox, rooms) as worker:
        await worker.drain()

    texts = {received.recipients[0]: _text(received.mail) for received in postbox.received[2:]}
    assert [subject.split(":")[0] for subject in postbox.subjects] == ["Confirmed"] * 2 + ["No link yet"] * 2
    assert "401 the account is closed" in texts[PERSON]
    assert "Please tell Ann Lee how you meet" in texts[PERSON]
    assert "401" not in texts[ATTENDEE]
    assert "Dr. Eva Meyer has been told." in texts[ATTENDEE]


async def test_link_that_comes_after_it_was_given_up_is_sent(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    rooms = Rooms(failures=[PermanentFailure(reason="401")])
    booking = put_booking(store)
    put(store, *confirmation_of(booking))

    async with working(store, clock, postbox, rooms) as worker:
        await worker.drain()
        with store.transaction() as connection:
            outbox.revive(connection, clock.now())
        await worker.drain()

    last = [received.mail for received in postbox.received[4:]]
    assert [mail["Subject"].split(":")[0] for mail in last] == ["Where to meet"] * 2
    assert all("https://rooms.example.org/REF0" in _text(mail) for mail in last)


async def test_link_is_given_up_while_there_is_time_to_agree_on_another_way(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    rooms = Rooms(failures=[TemporaryFailure(reason="down") for _ in range(40)])
    booking = put_booking(store)
    put(store, *confirmation_of(booking))
    clock.instant = booking.time.start - timedelta(minutes=16)

    async with working(store, clock, postbox, rooms) as worker:
        for _ in range(7):
            await worker.drain()
            clock.move(timedelta(seconds=10))

    assert postbox.subjects[-1].startswith("No link yet")
    assert clock.now() < booking.time.start - timedelta(minutes=14)


async def test_meeting_made_anew_is_told_with_an_invitation_that_replaces_the_old(
    store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    rooms = Rooms()
    old = Meeting(Channel.JITSI, "https://rooms.example.org/old", "old")
    booking = put_booking(store, meeting=old)
    put(store, about(booking, Topic.MAIL_CONFIRMED), about(booking, Topic.MAIL_CONFIRMED, "person:eva-meyer"))

    async with working(store, clock, postbox, rooms) as worker:
        await worker.drain()
        clock.move(timedelta(hours=1))
        put(store, about(booking, Topic.MEETING_MOVE, ""))
        await worker.drain()

    first, changed = postbox.received[0].mail, postbox.received[2].mail
    assert [subject.split(":")[0] for subject in postbox.subjects] == ["Confirmed"] * 2 + ["New link"] * 2
    assert "https://rooms.example.org/REF0" in _text(changed)
    before, after = event_of(first), event_of(changed)
    assert (before["UID"], before["SEQUENCE"]) == (after["UID"], after["SEQUENCE"])
    assert before.decoded("DTSTAMP") < after.decoded("DTSTAMP")


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())
