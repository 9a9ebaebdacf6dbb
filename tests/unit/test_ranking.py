from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core import availability, zones
from scheduler_core.model import Slot
from scheduler_core.ranking import Crowd, DayPart, Taken, Taste, Usual, ranked, usual_of
from scheduler_core.timerange import TimeRange
from tests.conftest import NOW

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)


def slot(day: int, hour: float, *people: str) -> Slot:
    """A time on the so-manieth day after a Monday."""
    start = MONDAY + day * DAY + hour * timedelta(hours=1)
    return Slot(TimeRange.starting(start, HALF_HOUR), people or ("eva",), "talk")


def week() -> list[Slot]:
    """Every half hour from nine to five, from Monday to Friday."""
    return [slot(day, 9 + half / 2) for day in range(5) for half in range(16)]


def offered(slots: list[Slot], taste: Taste, limit: int = 3) -> list[str]:
    found = ranked(slots, limit, "UTC", taste, lambda _slot: "UTC")
    return [f"{one.time.start:%a %H:%M} {'+'.join(one.people)}" for one in found]


def taken(day: int, hour: int, *, weeks_ago: int = 1, people: tuple[str, ...] = ("eva",)) -> Taken:
    return Taken(MONDAY + (day - 7 * weeks_ago) * DAY + hour * timedelta(hours=1), people)


SLOTS = st.lists(
    st.builds(
        slot,
        st.integers(0, 20),
        st.sampled_from([half / 2 for half in range(14, 40)]),
        st.sampled_from(["ana", "ben", "eva"]),
    ),
    max_size=80,
)
USUAL = st.builds(
    Usual,
    weekday=st.none() | st.integers(0, 6),
    part=st.none() | st.sampled_from(DayPart),
    people=st.sampled_from([(), ("ben",), ("eva",)]),
    minute=st.none() | st.integers(0, 1439),
)
COUNTS = st.integers(5, 50)
CROWD = st.builds(
    Crowd,
    hours=st.dictionaries(st.integers(0, 23), COUNTS, max_size=5),
    weekdays=st.dictionaries(st.integers(0, 6), COUNTS, max_size=3),
)
TASTE = st.builds(Taste, USUAL, CROWD)
ZONE = st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"])


@given(SLOTS, st.integers(0, 6), ZONE, TASTE)
def test_what_is_ranked_are_some_of_the_slots_one_a_start_and_as_many_as_there_are(
    slots: list[Slot], limit: int, zone: str, taste: Taste
) -> None:
    found = ranked(slots, limit, zone, taste, lambda _slot: "UTC")

    assert set(found) <= set(slots)
    assert found == sorted(found)
    starts = {one.time.start for one in slots}
    assert len({one.time.start for one in found}) == len(found) == min(limit, len(starts))


@given(st.permutations(week()), TASTE)
def test_ranking_does_not_depend_on_the_order_of_what_is_found(slots: list[Slot], taste: Taste) -> None:
    assert offered(slots, taste) == offered(week(), taste)


@given(SLOTS, st.integers(0, 6), ZONE)
def test_without_any_taste_it_is_the_spread(slots: list[Slot], limit: int, zone: str) -> None:
    first = {one.time.start: one for one in reversed(slots)}

    found = ranked(slots, limit, zone, Taste(), lambda _slot: "UTC")

    assert found == availability.spread(sorted(first.values()), limit, zone)


@given(TASTE)
def test_offers_stay_on_as_many_days_as_a_spread_has(taste: Taste) -> None:
    found = ranked(week(), 3, "UTC", taste, lambda _slot: "UTC")

    assert len({zones.local_date(one.time.start, "UTC") for one in found}) == 3


@pytest.mark.parametrize(
    ("taste", "found"),
    [
        (Taste(), ["Mon 09:00 eva", "Wed 12:30 eva", "Fri 16:30 eva"]),
        (Taste(Usual(part=DayPart.MORNING)), ["Mon 09:00 eva", "Wed 10:00 eva", "Fri 11:30 eva"]),
        (
            Taste(Usual(part=DayPart.MORNING, minute=630)),
            ["Mon 10:30 eva", "Wed 10:30 eva", "Fri 10:30 eva"],
        ),
        (Taste(Usual(weekday=1)), ["Tue 09:00 eva", "Wed 12:30 eva", "Fri 16:30 eva"]),
        (
            Taste(Usual(weekday=1, part=DayPart.AFTERNOON)),
            ["Tue 12:00 eva", "Wed 12:30 eva", "Fri 16:30 eva"],
        ),
        (
            Taste(crowd=Crowd(hours={10: 9, 11: 5, 13: 6})),
            ["Mon 10:00 eva", "Wed 10:30 eva", "Fri 16:30 eva"],
        ),
    ],
)
def test_around_each_place_of_the_spread_the_best_time_is_taken(taste: Taste, found: list[str]) -> None:
    assert offered(week(), taste) == found


def test_usual_people_are_offered_where_several_are_free() -> None:
    slots = [slot(day, 9, person) for day in range(3) for person in ("ben", "eva")]

    found = offered(slots, Taste(Usual(people=("eva",))))

    assert found == ["Mon 09:00 eva", "Tue 09:00 eva", "Wed 09:00 eva"]


def test_own_habits_count_before_those_of_most() -> None:
    taste = Taste(Usual(part=DayPart.AFTERNOON), Crowd(hours={9: 50, 15: 5}))

    assert offered(week(), taste) == ["Mon 15:00 eva", "Wed 15:00 eva", "Fri 15:30 eva"]


@pytest.mark.parametrize(
    ("past", "usual"),
    [
        ([], Usual()),
        ([taken(1, 9)], Usual()),
        ([taken(1, 9), taken(1, 10, weeks_ago=2)], Usual(1, DayPart.MORNING, ("eva",), 540)),
        ([taken(1, 9), taken(3, 18)], Usual(None, None, ("eva",))),
        (
            [taken(1, 18), taken(3, 9, people=("ben",)), taken(2, 19)],
            Usual(None, DayPart.EVENING, ("eva",), 1080),
        ),
    ],
)
def test_usual_is_what_most_bookings_have_in_common(past: list[Taken], usual: Usual) -> None:
    assert usual_of(past, "UTC", NOW) == usual


def test_usual_is_read_from_the_clock_of_the_zone() -> None:
    past = [taken(1, 23), taken(1, 23, weeks_ago=2)]

    assert usual_of(past, "Asia/Tokyo", NOW) == Usual(2, DayPart.MORNING, ("eva",), 480)


def test_what_somebody_takes_lately_counts_more_than_what_they_took_long_ago() -> None:
    lately = [taken(1, 9, weeks_ago=week) for week in (1, 2)]
    long_ago = [taken(3, 15, weeks_ago=week) for week in (101, 102, 103)]

    assert usual_of([*lately, *long_ago], "UTC", NOW) == Usual(1, DayPart.MORNING, ("eva",), 540)
