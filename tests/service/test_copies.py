"""Mails that are asked for again, and what has become of those that were sent."""

from __future__ import annotations

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import AlreadyCancelled, BookingPast, TooOften, UnknownBooking
from scheduler_core.links import guest
from scheduler_core.outbox import Delivered, Delivery, Topic, Trouble
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.adapters.smtp_server import Postbox
from tests.conftest import NOW, MovableClock
from tests.service.outbox_samples import working
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    at,
    book,
    hold,
    new_key,
    open_practice,
    rows,
    slot,
)

BOB = "bob@example.com"


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


@pytest.fixture
async def postbox() -> Postbox:
    return Postbox()


def copies(store: Store) -> list[tuple[int, str]]:
    found = rows(store, "SELECT version, recipient FROM outbox WHERE topic = 'mail_copy' ORDER BY id")
    return [tuple(row) for row in found]


def test_attendee_is_mailed_the_booking_as_it_is_now(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))
    moved = scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)

    same = scheduler.resend(booked.uid, key=new_key(), actor=CHAT)

    assert same == moved
    assert copies(store) == [(2, "attendee")]


def test_three_copies_a_day_are_to_be_had(scheduler: Scheduler, store: Store, clock: MovableClock) -> None:
    booked, other = book(scheduler, slot("10:00")), book(scheduler, slot("11:00"))
    for _ in range(3):
        scheduler.resend(booked.uid, key=new_key(), actor=CHAT)
        clock.move(HOUR)

    with pytest.raises(TooOften) as refused:
        scheduler.resend(booked.uid, key=new_key(), actor=CHAT)

    assert refused.value.details == {"again": NOW + DAY}
    scheduler.resend(other.uid, key=new_key(), actor=CHAT)
    clock.instant = NOW + DAY
    scheduler.resend(booked.uid, key=new_key(), actor=CHAT)
    assert len(copies(store)) == 5


def test_what_does_not_take_place_is_not_mailed_again(scheduler: Scheduler, clock: MovableClock) -> None:
    held, over, off = (
        hold(scheduler, slot("09:00")),
        book(scheduler, slot("10:00")),
        book(scheduler, slot("11:00")),
    )
    scheduler.cancel(off.uid, version=1, key=new_key(), actor=CHAT)
    clock.instant = at("10:00")

    for uid, error in ((held.uid, UnknownBooking), (off.uid, AlreadyCancelled), (over.uid, BookingPast)):
        with pytest.raises(error):
            scheduler.resend(uid, key=new_key(), actor=CHAT)


async def test_copies_are_mails_of_their_own_about_the_same_event(
    scheduler: Scheduler, store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    booked = book(scheduler, slot("10:00"))
    async with working(store, clock, postbox) as worker:
        await worker.drain()
        for _ in range(2):
            scheduler.resend(booked.uid, key=new_key(), actor=CHAT)
        await worker.drain()

    to_ann = [received.mail for received in postbox.received if received.recipients == (ANN.email,)]
    assert [mail["Subject"].partition(":")[0] for mail in to_ann] == [
        "Confirmed",
        "Your appointment",
        "Your appointment",
    ]
    assert len({mail["Message-ID"] for mail in to_ann}) == 3
    assert {mail["References"] for mail in to_ann[1:]} == {to_ann[0]["Message-ID"]}
    events = {
        line
        for mail in to_ann
        for line in mail.as_string().splitlines()
        if line.startswith(("UID:", "SEQUENCE:"))
    }
    assert events == {f"UID:{booked.uid}", "SEQUENCE:0"}


async def test_delivery_is_told_as_it_is_stored(
    scheduler: Scheduler, store: Store, clock: MovableClock, postbox: Postbox
) -> None:
    booked = book(scheduler, slot("10:00"))
    invited = scheduler.invite(booked.uid, [BOB], version=1, key=new_key(), actor=CHAT)

    def delivery() -> list[Delivery]:
        return scheduler.delivery(booked.uid, actor=CHAT)

    confirmed = Topic.MAIL_CONFIRMED
    assert invited.guests == (BOB,)
    assert delivery() == [
        Delivery(ANN.email, confirmed, Delivered.WAITING, None, None),
        Delivery(BOB, confirmed, Delivered.WAITING, None, None),
    ]
    postbox.answers["DATA"].extend(["451 later", "250 for the person", "550 no such mailbox"])
    async with working(store, clock, postbox) as worker:
        await worker.drain()
        assert delivery() == [
            Delivery(ANN.email, confirmed, Delivered.WAITING, None, Trouble.UNREACHABLE),
            Delivery(BOB, confirmed, Delivered.FAILED, NOW, Trouble.REFUSED),
        ]
        clock.move(MINUTE)
        await worker.drain()
    assert delivery()[0] == Delivery(ANN.email, confirmed, Delivered.SENT, NOW + MINUTE, None)


def test_delivery_is_that_of_the_last_mail(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE outbox SET done_at = now()")
    scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)

    (last,) = scheduler.delivery(booked.uid, actor=CHAT)

    assert (last.topic, last.state) == (Topic.MAIL_RESCHEDULED, Delivered.WAITING)


def test_mail_that_was_dropped_counts_for_nothing(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE outbox SET done_at = now(), last_error = 'dropped: it is old'")

    assert scheduler.delivery(booked.uid, actor=CHAT) == []


def test_guest_is_named_as_a_recipient_without_the_address(scheduler: Scheduler, store: Store) -> None:
    booked = book(scheduler, slot("10:00"))
    scheduler.invite(booked.uid, [BOB], version=1, key=new_key(), actor=CHAT)

    kept = [f"{row.key} {row.recipient}" for row in rows(store, "SELECT key, recipient FROM outbox")]

    assert any(guest(booked.uid, "BOB@example.com") in one for one in kept)
    assert not any("bob" in one for one in kept)
