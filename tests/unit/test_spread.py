"""Which of the open slots are offered: spread over days and hours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core import zones
from scheduler_core.availability import spread
from scheduler_core.model import Slot
from scheduler_core.timerange import TimeRange
from tests.unit.calendars import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    ZONES,
    utc,
)


def slots_at(*starts: str) -> list[Slot]:
    return [Slot(TimeRange.starting(utc(start), 30 * MINUTE), ("eva",), "talk") for start in starts]


def hours_of(days: range, hours: range) -> list[str]:
    return [f"2026-11-{day} {hour:02}:00" for day in days for hour in hours]


@pytest.mark.parametrize(
    ("starts", "limit", "chosen"),
    [
        ([], 3, []),
        (["2026-11-24 09:00"], 3, ["2026-11-24 09:00"]),
        (hours_of(range(24, 25), range(9, 18)), 3, hours_of(range(24, 25), range(9, 18, 4))),
        (
            hours_of(range(24, 26), range(9, 12)),
            3,
            ["2026-11-24 09:00", "2026-11-24 11:00", "2026-11-25 11:00"],
        ),
        (
            hours_of(range(23, 28), range(9, 18)),
            3,
            ["2026-11-23 09:00", "2026-11-25 13:00", "2026-11-27 17:00"],
        ),
        (hours_of(range(24, 29), range(9, 10)), 1, ["2026-11-24 09:00"]),
    ],
)
def test_spread_is_over_days_and_hours(starts: list[str], limit: int, chosen: list[str]) -> None:
    assert spread(slots_at(*starts), limit, "UTC") == slots_at(*chosen)


def test_spread_is_over_the_days_of_the_reader() -> None:
    starts = slots_at("2026-11-24 21:00", "2026-11-24 22:00", "2026-11-24 23:00", "2026-11-25 00:00")

    assert spread(starts, 2, "Europe/Berlin") == slots_at("2026-11-24 21:00", "2026-11-25 00:00")
    assert spread(starts, 2, "UTC") == slots_at("2026-11-24 21:00", "2026-11-25 00:00")
    assert spread(starts, 2, "Asia/Tokyo") == slots_at("2026-11-24 21:00", "2026-11-25 00:00")


@given(
    st.sets(st.integers(0, 400), max_size=60).map(
        lambda halves: [
            Slot(TimeRange.starting(WEEK.start + half * 30 * MINUTE, 30 * MINUTE), ("eva",), "talk")
            for half in halves
        ]
    ),
    st.integers(1, 8),
)
def test_spread_chooses_as_many_as_there_are(slots: list[Slot], limit: int) -> None:
    chosen = spread(slots, limit, "Europe/Berlin")

    assert chosen == sorted(set(chosen))
    assert set(chosen) <= set(slots)
    assert len(chosen) == min(limit, len(slots))


@given(st.sampled_from(ZONES), st.integers(1, 3))
def test_spread_takes_each_day_before_it_takes_one_twice(zone: str, days: int) -> None:
    slots = [
        Slot(TimeRange.starting(utc("2026-11-24 10:00") + day * DAY + hour * HOUR, HOUR), ("eva",), "talk")
        for day in range(days)
        for hour in range(2)
    ]

    chosen = spread(slots, days, zone)

    assert len({zones.local_date(slot.time.start, zone) for slot in chosen}) == days
