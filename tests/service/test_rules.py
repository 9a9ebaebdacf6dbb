"""The rules of an appointment type hold under the lock, whatever was offered before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from scheduler_core.errors import SlotUnavailable
from scheduler_core.model import AppointmentType, ExtraHours, Order, Reason, Slot, TimeOff, Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import NOW, MovableClock
from tests.service.practice import (
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    OPERATOR,
    TALK,
    at,
    book,
    new_key,
    open_practice,
    slot,
)

EVA = (frozenset({"eva"}),)


def practice(people: People, **policy: object) -> AppointmentType:
    kind = AppointmentType(**{**vars(TALK), **policy})
    open_practice(people, "eva", kind=kind)
    return kind


def refused(scheduler: Scheduler, wanted: Slot) -> Reason | None:
    """Why it cannot be booked; asked twice, before and under the lock."""
    said = scheduler.refusal(wanted)
    if said is None:
        book(scheduler, wanted)
        return None
    with pytest.raises(SlotUnavailable) as error:
        book(scheduler, wanted)
    assert error.value.details["reason"] is said
    return Reason(said)


def test_time_off_taken_after_the_offer_is_regarded(scheduler: Scheduler, people: People) -> None:
    practice(people)
    offered = scheduler.open_slots(kind="talk", wish=Wish(order=Order.EARLIEST), limit=1)
    people.add_time_off("eva", TimeOff(datetime(2026, 11, 24), datetime(2026, 11, 25)))  # noqa: DTZ001  # local

    assert refused(scheduler, offered[0]) is Reason.TIME_OFF


def test_extra_hours_can_be_booked(scheduler: Scheduler, people: People) -> None:
    practice(people)
    people.add_extra_hours("eva", ExtraHours(date(2026, 12, 1), time(18), time(19)))

    assert [refused(scheduler, slot(clock)) for clock in ("17:30", "18:00", "18:30", "19:00")] == [
        Reason.OUTSIDE_HOURS,
        None,
        None,
        Reason.OUTSIDE_HOURS,
    ]


def test_hours_that_were_taken_away_cannot_be_booked(scheduler: Scheduler, people: People) -> None:
    practice(people)
    people.set_hours("eva", [])

    assert refused(scheduler, slot("10:00")) is Reason.OUTSIDE_HOURS


def test_larger_buffer_counts_between_neighbours_of_two_types(scheduler: Scheduler, people: People) -> None:
    practice(people, buffer_after=5 * MINUTE, interval=5 * MINUTE)
    people.add_type(
        replace(TALK, handle="exam", buffer_before=15 * MINUTE, buffer_after=15 * MINUTE, interval=5 * MINUTE)
    )
    people.offer("eva", "exam")
    book(scheduler, slot("12:00"))

    after = [refused(scheduler, slot(clock, kind="exam")) for clock in ("12:30", "12:40", "12:45")]
    before = [refused(scheduler, slot(clock, kind="exam")) for clock in ("11:20", "11:15")]
    same = [refused(scheduler, slot(clock)) for clock in ("13:15", "13:25", "13:30")]

    assert after == [Reason.TAKEN, Reason.TAKEN, None]
    assert before == [Reason.TAKEN, None]
    assert same == [Reason.TAKEN, Reason.TAKEN, None]


def test_daily_limit_counts_the_local_day(scheduler: Scheduler, people: People) -> None:
    practice(people, daily_limit=2)
    people.add_type(replace(TALK, handle="chat"))
    people.offer("eva", "chat")

    found = [
        refused(scheduler, slot("09:00")),
        refused(scheduler, slot("10:00", kind="chat")),
        refused(scheduler, slot("11:00")),
        refused(scheduler, slot("12:00")),
        refused(scheduler, slot("12:00", day=2)),
        refused(scheduler, slot("13:00", kind="chat")),
    ]

    assert found == [None, None, None, Reason.DAY_FULL, None, None]


def test_full_day_has_room_for_a_move_within_it(scheduler: Scheduler, people: People) -> None:
    practice(people, daily_limit=1)
    booked = book(scheduler, slot("09:00"))

    moved = scheduler.reschedule(booked.uid, at("15:00"), version=1, key=new_key(), actor=CHAT)

    assert moved.time == slot("15:00").time


def test_notice_and_horizon_are_counted_from_now(
    scheduler: Scheduler, people: People, clock: MovableClock
) -> None:
    practice(people, minimum_notice=4 * HOUR, horizon=7 * DAY)
    clock.instant = at("09:00")

    found = [
        refused(scheduler, one)
        for one in (slot("08:30"), slot("12:30"), slot("13:00"), slot("09:00", day=8), slot("09:30", day=8))
    ]

    assert found == [Reason.PAST, Reason.TOO_SOON, None, None, Reason.TOO_FAR]


def test_starts_lie_on_the_organizers_wall_clock(scheduler: Scheduler, people: People) -> None:
    practice(people, interval=HOUR)
    people.add_person("kim", "Kim", "kim@example.org", "Asia/Kolkata")
    people.set_hours("kim", people.calendar("eva").working_hours)
    people.offer("kim", "talk")

    assert refused(scheduler, slot("04:00", "kim")) is Reason.OFF_GRID  # 9:30
    assert refused(scheduler, slot("04:30", "kim")) is None  # 10:00
    # Of two it is the first who invites.
    assert refused(scheduler, slot("09:30", "eva", "kim")) is Reason.OFF_GRID
    assert refused(scheduler, slot("09:00", "eva", "kim")) is None


@pytest.mark.parametrize("order", list(Order))
def test_what_is_offered_can_be_booked(scheduler: Scheduler, people: People, order: Order) -> None:
    practice(people, buffer_after=10 * MINUTE, minimum_notice=3 * HOUR, horizon=5 * DAY, daily_limit=3)
    wish = Wish(anyone_of=EVA, order=order)

    booked = []
    while offered := scheduler.open_slots(kind="talk", wish=wish, limit=1, zone="Europe/Berlin"):
        booked.append(book(scheduler, offered[0], OPERATOR))

    days = [one.time.start.date() for one in booked]
    # Three a day, and then the only start on the horizon: exactly five days from now.
    assert [days.count((NOW + number * DAY).date()) for number in range(7)] == [3, 3, 3, 3, 3, 1, 0]
    assert len(booked) == 16
    assert scheduler.calendar("eva", TimeRange(NOW, NOW + 6 * DAY)).busy == tuple(
        sorted(one.time for one in booked)
    )
