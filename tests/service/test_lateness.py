"""Somebody is late: for what, who is told, and when it cannot be."""

from __future__ import annotations

from uuid import uuid4

import pytest

from scheduler_core.absences import LatenessPlan
from scheduler_core.db.store import Store
from scheduler_core.errors import (
    InvalidTime,
    SlotUnavailable,
    UnknownBooking,
)
from scheduler_core.hosting import Hosting
from scheduler_core.links import guest
from scheduler_core.model import Details
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.hosts import BEN, DAY, EVA, forget_messages, messages
from tests.service.practice import ANN, CHAT, MINUTE, OPERATOR, at, book, new_key, slot


def test_late_person_is_late_for_the_next_appointment_of_the_day(
    scheduler: Scheduler, hosting: Hosting, people: People, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00"))
    clock.instant = at("09:50")

    assert hosting.plan_lateness(15, EVA) == LatenessPlan(people.get("eva"), 15, booking)
    assert hosting.plan_lateness(15, EVA).start == at("10:15")
    assert hosting.plan_lateness(15, BEN) == LatenessPlan(people.get("ben"), 15, None)


def test_delay_is_told_to_everybody_else(
    scheduler: Scheduler, hosting: Hosting, store: Store, clock: MovableClock
) -> None:
    booking = book(scheduler, slot("10:00", "ben", "eva"))
    forget_messages(store)
    clock.instant = at("09:50")

    delay = hosting.be_late(booking.uid, 15, key="late", actor=EVA)

    assert (delay.booking, delay.minutes, delay.start) == (booking, 15, at("10:15"))
    assert messages(store) == [("mail_running_late", "attendee"), ("mail_running_late", "person:ben")]
    assert scheduler.find(booking.uid, actor=OPERATOR) == booking


def test_guests_hear_of_a_delay_and_of_the_end(scheduler: Scheduler, hosting: Hosting, store: Store) -> None:
    invited = Details(guests=("bob@example.com",))
    booking = scheduler.book(slot("10:00"), ANN, details=invited, key=new_key(), actor=CHAT)
    bob = guest(booking.uid, "bob@example.com")
    forget_messages(store)

    hosting.be_late(booking.uid, 15, key="late", actor=EVA)
    hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [topic for topic, recipient in messages(store) if recipient == bob] == [
        "mail_running_late",
        "mail_cancelled",
    ]


@pytest.mark.parametrize("second", ["late", "another key"])
def test_delay_told_twice_is_told_once(
    scheduler: Scheduler, hosting: Hosting, store: Store, second: str
) -> None:
    booking = book(scheduler, slot("10:00"))
    first = hosting.be_late(booking.uid, 15, key="late", actor=EVA)
    told = messages(store)

    assert hosting.be_late(booking.uid, 15, key=second, actor=EVA) == first
    assert messages(store) == told


def test_other_delay_is_told_anew(scheduler: Scheduler, hosting: Hosting, store: Store) -> None:
    booking = book(scheduler, slot("10:00"))

    for minutes in (15, 25):
        hosting.be_late(booking.uid, minutes, key=f"late {minutes}", actor=EVA)

    assert messages(store).count(("mail_running_late", "attendee")) == 2


def test_delay_that_reaches_into_the_next_appointment_is_refused(
    scheduler: Scheduler, hosting: Hosting, store: Store, clock: MovableClock
) -> None:
    booking, following = book(scheduler, slot("10:00")), book(scheduler, slot("10:30"))
    forget_messages(store)
    clock.instant = at("09:50")

    assert hosting.plan_lateness(15, EVA).collides_with == following.time
    with pytest.raises(SlotUnavailable) as refused:
        hosting.be_late(booking.uid, 15, key="late", actor=EVA)

    assert refused.value.details["slot"].time == TimeRange.starting(at("10:15"), 30 * MINUTE)
    assert messages(store) == []


def test_delay_that_reaches_into_an_appointment_of_a_colleague_is_refused(
    scheduler: Scheduler, hosting: Hosting, clock: MovableClock
) -> None:
    book(scheduler, slot("10:00", "ben", "eva"))
    following = book(scheduler, slot("10:30", "ben"))
    clock.instant = at("09:50")

    assert hosting.plan_lateness(15, EVA).collides_with == following.time


def test_delay_that_is_over_is_refused(scheduler: Scheduler, hosting: Hosting, clock: MovableClock) -> None:
    booking = book(scheduler, slot("10:00"))
    clock.instant = at("10:15")

    with pytest.raises(InvalidTime):
        hosting.be_late(booking.uid, 15, key="late", actor=EVA)


def test_appointments_of_others_cannot_be_late(scheduler: Scheduler, hosting: Hosting) -> None:
    foreign = book(scheduler, slot("10:00", "ben"))
    cancelled = book(scheduler, slot("11:00"))
    scheduler.cancel(cancelled.uid, version=cancelled.version, key=new_key(), actor=CHAT)

    for uid in (foreign.uid, cancelled.uid, uuid4()):
        with pytest.raises(UnknownBooking):
            hosting.be_late(uid, 15, key=new_key(), actor=EVA)
