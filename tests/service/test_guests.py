"""Guests: those whom an attendee brings along."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import (
    AlreadyCancelled,
    BookingChanged,
    BookingPast,
    InvalidAddress,
    TooManyGuests,
    TooOften,
    UnknownBooking,
)
from scheduler_core.links import guest
from scheduler_core.model import Booking, Details
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.adapters.smtp_server import Postbox
from tests.conftest import NOW, MovableClock
from tests.service.outbox_samples import working
from tests.service.practice import ANN, CHAT, DAY, at, book, hold, new_key, open_practice, rows, slot
from tests.service.test_statements import MOST, counted

BOB, CYD = "bob@example.com", "cyd@example.org"


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


def book_with(scheduler: Scheduler, *guests: str) -> Booking:
    return scheduler.book(slot("10:00"), ANN, details=Details(guests=guests), key=new_key(), actor=CHAT)


def invite(scheduler: Scheduler, booking: Booking, *guests: str) -> Booking:
    return scheduler.invite(booking.uid, guests, version=booking.version, key=new_key(), actor=CHAT)


def uninvite(scheduler: Scheduler, booking: Booking, *guests: str) -> Booking:
    return scheduler.uninvite(booking.uid, guests, version=booking.version, key=new_key(), actor=CHAT)


def told(store: Store, booking: Booking) -> list[tuple[str, str]]:
    """Topic and recipient of the mails about this version, in order."""
    found = rows(
        store,
        "SELECT topic, recipient FROM outbox WHERE uid = :uid AND version = :version AND topic LIKE 'mail%' "
        "ORDER BY id",
        uid=booking.uid,
        version=booking.version,
    )
    return [(row.topic, row.recipient) for row in found]


def mails_are_out(store: Store) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE outbox SET done_at = now()")


def test_guests_are_kept_with_the_booking_and_told_like_everybody(scheduler: Scheduler, store: Store) -> None:
    booked = book_with(scheduler, BOB, CYD)

    assert booked.guests == (BOB, CYD)
    assert scheduler.find(booked.uid, actor=CHAT) == booked
    assert told(store, booked) == [
        ("mail_confirmed", "attendee"),
        ("mail_confirmed", "person:eva"),
        ("mail_confirmed", guest(booked.uid, BOB)),
        ("mail_confirmed", guest(booked.uid, CYD)),
    ]


def test_guests_of_a_hold_that_is_confirmed_are_kept(scheduler: Scheduler) -> None:
    held = hold(scheduler, slot("10:00"))

    booked = scheduler.confirm(held.uid, ANN, details=Details(guests=(BOB,)), key=new_key(), actor=CHAT)

    assert booked.guests == (BOB,)
    assert scheduler.find(booked.uid, actor=CHAT) == booked


def test_who_takes_part_anyway_is_no_guest(scheduler: Scheduler) -> None:
    booked = book_with(scheduler, "ANN@example.com", BOB, "Eva@Example.org", "BOB@example.com")

    assert booked.guests == ("BOB@example.com",)


def test_move_and_cancellation_keep_the_guests_and_tell_them(scheduler: Scheduler, store: Store) -> None:
    booked = book_with(scheduler, BOB)
    moved = scheduler.reschedule(booked.uid, at("11:00"), version=1, key=new_key(), actor=CHAT)
    told_of_move = told(store, moved)
    cancelled = scheduler.cancel(booked.uid, version=2, key=new_key(), actor=CHAT)

    assert moved.guests == cancelled.guests == (BOB,)
    assert told_of_move[-1] == ("mail_rescheduled", guest(booked.uid, BOB))
    assert told(store, cancelled)[-1] == ("mail_cancelled", guest(booked.uid, BOB))


def test_booking_a_cancelled_one_anew_invites_the_same_guests(scheduler: Scheduler) -> None:
    booked = book_with(scheduler, BOB)
    scheduler.cancel(booked.uid, version=1, key=new_key(), actor=CHAT)

    again = scheduler.book(booked.slot, ANN, details=booked.details, key=new_key(), actor=CHAT)

    assert (again.guests, again.channel) == ((BOB,), booked.channel)


def test_guest_can_be_added_and_the_others_are_told(scheduler: Scheduler, store: Store) -> None:
    booked = book_with(scheduler, BOB)
    mails_are_out(store)

    changed = invite(scheduler, booked, CYD)

    assert (changed.guests, changed.version, changed.sequence) == ((BOB, CYD), 2, 1)
    assert scheduler.find(booked.uid, actor=CHAT) == changed
    assert told(store, changed) == [
        ("mail_guests", "attendee"),
        ("mail_guests", "person:eva"),
        ("mail_confirmed", guest(booked.uid, CYD)),
    ]


def test_guest_can_be_taken_off_and_invited_again(scheduler: Scheduler, store: Store) -> None:
    booked = book_with(scheduler, BOB, CYD)
    mails_are_out(store)
    without = uninvite(scheduler, booked, " BOB@example.com")
    told_of_it = told(store, without)
    mails_are_out(store)
    again = invite(scheduler, without, BOB)

    assert (without.guests, without.uninvited) == ((CYD,), (BOB,))
    assert told_of_it == [
        ("mail_guests", "attendee"),
        ("mail_guests", "person:eva"),
        ("mail_uninvited", guest(booked.uid, BOB)),
    ]
    assert (again.guests, again.uninvited) == ((CYD, BOB), ())
    assert told(store, again)[-1] == ("mail_confirmed", guest(booked.uid, BOB))


async def test_end_of_an_invitation_is_told_after_a_move_but_not_after_a_new_invitation(
    scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    postbox = Postbox()
    async with working(store, clock, postbox) as worker:
        booked = book_with(scheduler, BOB, CYD)
        await worker.drain()
        without = uninvite(scheduler, booked, BOB, CYD)
        moved = scheduler.reschedule(booked.uid, at("11:00"), version=2, key=new_key(), actor=CHAT)
        again = invite(scheduler, moved, CYD)
        await worker.drain()

    assert (without.uninvited, again.uninvited) == ((BOB, CYD), (BOB,))
    subjects = [(one.recipients[0], one.mail["Subject"].partition(":")[0]) for one in postbox.received]
    assert [subject for recipient, subject in subjects if recipient == BOB] == [
        "Invitation",
        "No longer invited",
    ]
    assert [subject for recipient, subject in subjects if recipient == CYD] == ["Invitation", "Invitation"]


def test_what_was_still_to_be_told_is_told_of_the_new_version(scheduler: Scheduler, store: Store) -> None:
    booked = book_with(scheduler, BOB)

    changed = scheduler.uninvite(
        invite(scheduler, booked, CYD).uid, [BOB], version=2, key=new_key(), actor=CHAT
    )

    assert told(store, changed) == [
        ("mail_confirmed", "attendee"),
        ("mail_confirmed", "person:eva"),
        ("mail_confirmed", guest(booked.uid, CYD)),
    ]
    meetings = rows(store, "SELECT topic, version FROM outbox WHERE topic LIKE 'meeting%' ORDER BY version")
    assert [tuple(row) for row in meetings] == [("meeting_create", version) for version in (1, 2, 3)]


def test_change_that_changes_nobody_changes_nothing(scheduler: Scheduler, store: Store) -> None:
    booked = book_with(scheduler, BOB)

    same = [
        invite(scheduler, booked, BOB, ANN.email, "eva@example.org"),
        uninvite(scheduler, booked, CYD, "nobody"),
        invite(scheduler, booked),
    ]

    assert same == [booked] * 3
    assert rows(store, "SELECT max(version) FROM outbox") == [(1,)]


def test_ten_guests_are_the_most(scheduler: Scheduler) -> None:
    booked = book_with(scheduler, *(f"guest-{number}@example.com" for number in range(9)))
    full = invite(scheduler, booked, BOB)

    with pytest.raises(TooManyGuests) as refused:
        invite(scheduler, full, CYD)

    assert len(full.guests) == 10
    assert refused.value.details == {"limit": 10}


def test_guests_are_mailed_thirty_times_a_day_at_most(
    scheduler: Scheduler, store: Store, clock: MovableClock
) -> None:
    booked = book_with(scheduler, *(f"guest-{number}@example.com" for number in range(10)))
    mails_are_out(store)
    none = uninvite(scheduler, booked, *booked.guests)
    mails_are_out(store)
    full = invite(scheduler, none, *booked.guests)
    mails_are_out(store)

    with pytest.raises(TooOften) as refused:
        uninvite(scheduler, full, *booked.guests)

    assert refused.value.details == {"again": NOW + DAY}
    clock.move(DAY)
    assert uninvite(scheduler, full, *booked.guests).guests == ()


@pytest.mark.parametrize(
    "address", ["", "bob", "bob@example.com, cyd@example.org", "bob@example.com\r\nBcc: x"]
)
def test_what_is_no_address_is_not_invited(scheduler: Scheduler, address: str) -> None:
    booked = book_with(scheduler)

    with pytest.raises(InvalidAddress):
        Details(guests=(address,))
    with pytest.raises(InvalidAddress):
        invite(scheduler, booked, address)


@pytest.mark.parametrize("change", [invite, uninvite])
def test_guests_of_what_cannot_change_stay(
    scheduler: Scheduler, clock: MovableClock, change: Callable[..., Booking]
) -> None:
    held, booked, off = (
        hold(scheduler, slot("09:00")),
        book(scheduler, slot("10:00")),
        book(scheduler, slot("11:00")),
    )
    cancelled = scheduler.cancel(off.uid, version=1, key=new_key(), actor=CHAT)

    with pytest.raises(UnknownBooking):
        change(scheduler, held, BOB)
    with pytest.raises(AlreadyCancelled):
        change(scheduler, cancelled, BOB)
    moved = scheduler.reschedule(booked.uid, at("12:00"), version=1, key=new_key(), actor=CHAT)
    with pytest.raises(BookingChanged):
        change(scheduler, booked, BOB)
    clock.instant = at("12:00")
    with pytest.raises(BookingPast):
        change(scheduler, moved, BOB)


def test_of_two_who_invite_at_once_one_is_told_of_the_other(scheduler: Scheduler) -> None:
    booked = book_with(scheduler)
    start = Barrier(8)

    def attempt(number: int) -> str:
        start.wait(30)
        try:
            invite(scheduler, booked, f"guest-{number}@example.com")
        except BookingChanged:
            return "changed"
        return "invited"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(attempt, range(8)))

    assert answers == ["changed"] * 7 + ["invited"]
    assert len(scheduler.find(booked.uid, actor=CHAT).guests) == 1


def test_guests_take_few_statements(scheduler: Scheduler, store: Store) -> None:
    with counted(store) as booking:
        booked = book_with(scheduler, BOB, CYD)
    with counted(store) as inviting:
        invite(scheduler, booked, "dee@example.com")

    assert (len(booking), len(inviting)) == (3, 5)
    assert len(inviting) <= MOST
