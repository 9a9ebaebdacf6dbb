from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from scheduler_core import zones
from scheduler_core.absences import (
    LONGEST,
    MOST_TIMES,
    checked_delay,
    checked_times,
    collision,
    inside,
    late_one,
    on_the_wall,
    own_handle,
)
from scheduler_core.errors import InvalidTime, NotAllowed
from scheduler_core.model import Actor, ActorKind, Booking, TimeOff
from scheduler_core.timerange import TimeRange
from tests.adapters.samples import a_booking

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def hours(first: int, last: int, day: int = 24) -> TimeRange:
    start = datetime(2026, 11, day, tzinfo=UTC)
    return TimeRange(start + first * HOUR, start + last * HOUR)


def booking(number: int, time: TimeRange) -> Booking:
    return a_booking(uid=UUID(int=number), time=time)


def test_times_of_an_absence_are_merged_and_sorted() -> None:
    assert checked_times([hours(13, 17), hours(9, 12), hours(11, 13)], NOW) == (hours(9, 17),)


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ([], "number"),
        ([TimeRange.starting(NOW + number * HOUR, MINUTE) for number in range(MOST_TIMES + 1)], "number"),
        ([hours(7, 9)], "past"),
        ([TimeRange(NOW, NOW + LONGEST + MINUTE)], "too_long"),
        ([TimeRange(NOW.replace(year=2600), NOW.replace(year=2601))], "beyond"),
    ],
)
def test_times_that_cannot_be_used_are_refused(times: list[TimeRange], reason: str) -> None:
    with pytest.raises(InvalidTime) as refused:
        checked_times(times, NOW)

    assert refused.value.details["reason"] == reason


@pytest.mark.parametrize("minutes", [-5, 0, 181])
def test_delay_that_is_none_is_refused(minutes: int) -> None:
    with pytest.raises(InvalidTime):
        checked_delay(minutes)


@pytest.mark.parametrize(
    ("zone", "time", "off"),
    [
        (
            "Europe/Berlin",
            hours(8, 16),
            TimeOff(datetime(2026, 11, 24, 9), datetime(2026, 11, 24, 17)),  # noqa: DTZ001
        ),
        # At 01:00 UTC of that night clocks in Berlin go back to two; 01:30 UTC is their second half past two,
        # which is over for certain by half past three.
        (
            "Europe/Berlin",
            TimeRange(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
            TimeOff(datetime(2026, 10, 25, 2), datetime(2026, 10, 25, 3, 30)),  # noqa: DTZ001
        ),
    ],
)
def test_absence_is_kept_by_the_clock_on_the_wall(zone: str, time: TimeRange, off: TimeOff) -> None:
    assert on_the_wall([time], zone) == (off,)
    assert zones.to_instant(off.start, zone) <= time.start
    assert zones.to_instant(off.end, zone) >= time.end


def test_bookings_inside_are_those_that_touch_the_times_and_lie_ahead() -> None:
    begun, first, between, last, after = (
        booking(number, hours(start, start + 1)) for number, start in enumerate((9, 10, 12, 14, 16))
    )

    found = inside([begun, first, between, last, after], [hours(9, 11), hours(14, 16)], NOW)

    assert found == (first, last)


@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("09:30", 0),  # the next one
        ("10:10", 0),  # it has begun, and the fifteen minutes are not over
        ("10:15", 1),
        ("13:16", None),
    ],
)
def test_late_one_is_the_first_that_could_still_begin_so_late(now: str, late: int | None) -> None:
    bookings = [booking(number, hours(start, start + 1)) for number, start in enumerate((10, 13))]
    moment = datetime.combine(NOW.date(), datetime.strptime(now, "%H:%M").time(), UTC)  # noqa: DTZ007

    found = late_one(bookings, 15 * MINUTE, moment)

    assert found == (None if late is None else bookings[late])


def test_late_booking_collides_with_what_it_would_reach_into() -> None:
    late, neighbour, far = booking(1, hours(10, 11)), booking(2, hours(11, 12)), booking(3, hours(15, 16))

    assert collision(late, MINUTE, [far, neighbour, late]) == neighbour.time
    assert collision(late, HOUR, [far, late]) is None


@pytest.mark.parametrize("kind", [kind for kind in ActorKind if kind is not ActorKind.PERSON])
def test_nobody_but_a_person_has_a_calendar_of_their_own(kind: ActorKind) -> None:
    with pytest.raises(NotAllowed):
        own_handle(Actor(kind, "eva-meyer"))


def test_person_is_known_by_their_handle() -> None:
    assert own_handle(Actor(ActorKind.PERSON, "eva-meyer")) == "eva-meyer"
