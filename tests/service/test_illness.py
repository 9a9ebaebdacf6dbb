"""Somebody is ill: what is called off, who is told, and which times are offered instead."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text

from scheduler_core.db.store import Store
from scheduler_core.hosting import Hosting
from scheduler_core.model import Booking, Reason, Status
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.hosts import AFTERNOON, DAY, EVA, forget_messages, messages, refusal, status
from tests.service.practice import at, book, slot


def slipped_in(scheduler: Scheduler, store: Store) -> Booking:
    """A booking by somebody who has not seen the time off."""
    forth = text("UPDATE time_off SET starts = starts + interval '1 year', ends = ends + interval '1 year'")
    back = text("UPDATE time_off SET starts = starts - interval '1 year', ends = ends - interval '1 year'")
    with store.transaction() as connection:
        connection.execute(forth)
    booking = book(scheduler, slot("10:00"))
    with store.transaction() as connection:
        connection.execute(back)
    return booking


def test_what_was_called_off_stays_so_and_is_named(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    first, second = book(scheduler, slot("10:00")), book(scheduler, slot("14:00"))
    hosting.be_ill([DAY], key="ill", actor=EVA)
    forget_messages(store)

    back = hosting.come_back([AFTERNOON], actor=EVA)

    assert ([one.uid for one in back.called_off], back.times) == ([second.uid], (AFTERNOON,))
    assert [status(scheduler, booking) for booking in (first, second)] == [Status.CANCELLED] * 2
    (rest,) = hosting.absences(DAY, EVA)
    assert {one.uid for one in rest.called_off} == {first.uid, second.uid}
    assert messages(store) == [("latecomers", "")]


def test_illness_calls_off_every_booking_of_the_day(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    first, second = book(scheduler, slot("10:00")), book(scheduler, slot("14:00"))
    others = book(scheduler, slot("10:00", "ben")), book(scheduler, slot("10:00", day=2))
    forget_messages(store)

    absence = hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [booking.uid for booking in absence.called_off] == [first.uid, second.uid]
    assert {booking.status for booking in absence.called_off} == {Status.CANCELLED}
    assert [status(scheduler, booking) for booking in others] == [Status.CONFIRMED] * 2
    assert refusal(scheduler, "10:00") is Reason.TIME_OFF
    each = [("mail_host_away", "attendee"), ("meeting_delete", ""), ("mail_cancelled", "person:eva")]
    assert messages(store) == [*each, *each, ("latecomers", "")]


@pytest.mark.parametrize("second", ["ill", "another key"])
def test_illness_told_twice_does_nothing_more(
    scheduler: Scheduler, hosting: Hosting, store: Store, people: People, second: str
) -> None:
    book(scheduler, slot("10:00"))
    first = hosting.be_ill([DAY], key="ill", actor=EVA)
    told = messages(store)

    assert hosting.be_ill([DAY], key=second, actor=EVA) == first
    assert messages(store) == told
    assert len(people.calendar("eva").time_off) == 1


def test_illness_leaves_what_has_begun(scheduler: Scheduler, hosting: Hosting, clock: MovableClock) -> None:
    begun, ahead = book(scheduler, slot("10:00")), book(scheduler, slot("10:30"))
    clock.instant = at("10:10")

    absence = hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [booking.uid for booking in absence.called_off] == [ahead.uid]
    assert status(scheduler, begun) is Status.CONFIRMED


def test_illness_calls_off_what_is_shared_with_a_colleague(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    book(scheduler, slot("10:00", "ben", "eva"))
    forget_messages(store)

    hosting.be_ill([DAY], key="ill", actor=EVA)

    assert [recipient for topic, recipient in messages(store) if topic == "mail_cancelled"] == [
        "person:ben",
        "person:eva",
    ]
    assert refusal(scheduler, "10:00", "ben") is None


def test_recovered_person_can_be_booked_and_called_off_bookings_stay_so(
    scheduler: Scheduler, hosting: Hosting
) -> None:
    booking = book(scheduler, slot("10:00"))
    hosting.be_ill([DAY], key="ill", actor=EVA)

    hosting.come_back([DAY], actor=EVA)

    assert refusal(scheduler, "10:00") is None
    assert status(scheduler, booking) is Status.CANCELLED


def test_booking_that_slipped_into_an_illness_is_called_off_later(
    scheduler: Scheduler, hosting: Hosting, store: Store
) -> None:
    absence = hosting.be_ill([DAY], key="ill", actor=EVA)
    late = slipped_in(scheduler, store)

    for _ in range(2):
        hosting.call_off_latecomers(absence.id)

    assert status(scheduler, late) is Status.CANCELLED
    assert [booking.uid for booking in hosting.absences(DAY, EVA)[0].called_off] == [late.uid]
    assert messages(store).count(("mail_host_away", "attendee")) == 1


def test_booking_made_after_the_illness_was_undone_stays(scheduler: Scheduler, hosting: Hosting) -> None:
    absence = hosting.be_ill([DAY], key="ill", actor=EVA)
    hosting.come_back([DAY], actor=EVA)
    booking = book(scheduler, slot("10:00"))

    hosting.call_off_latecomers(absence.id)

    assert status(scheduler, booking) is Status.CONFIRMED


def test_alternatives_are_the_nearest_times_of_the_same_person(
    scheduler: Scheduler, hosting: Hosting
) -> None:
    booking = book(scheduler, slot("10:00"))
    hosting.be_ill([DAY], key="ill", actor=EVA)

    found = hosting.alternatives(booking.uid)

    assert [(one.time.start, [person.handle for person in one.people]) for one in found] == [
        (at("15:30", 0), ["eva"]),
        (at("16:00", 0), ["eva"]),
        (at("16:30", 0), ["eva"]),
    ]


def test_others_stand_in_for_somebody_who_is_away_for_long(scheduler: Scheduler, hosting: Hosting) -> None:
    booking = book(scheduler, slot("10:00", day=8))
    hosting.be_ill([TimeRange(at("00:00", 1), at("00:00", 13))], key="ill", actor=EVA)

    found = hosting.alternatives(booking.uid)

    assert [(one.time.start, [person.handle for person in one.people]) for one in found] == [
        (at("09:30", 8), ["ben"]),
        (at("10:00", 8), ["ben"]),
        (at("09:00", 13), ["eva"]),
    ]


def test_long_absence_of_one_of_two_has_no_stand_in(scheduler: Scheduler, hosting: Hosting) -> None:
    booking = book(scheduler, slot("10:00", "ben", "eva", day=8))
    hosting.be_ill([TimeRange(at("00:00", 1), at("00:00", 13))], key="ill", actor=EVA)

    found = hosting.alternatives(booking.uid)

    assert {tuple(person.handle for person in one.people) for one in found} == {("ben", "eva")}
    assert len(found) == 3


def test_unknown_booking_has_no_alternatives(hosting: Hosting) -> None:
    assert hosting.alternatives(uuid4()) == ()
