from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from nlu.following import follow
from nlu.wishes import Days, Move, MoveKind, Part, TimeWish

#: A Tuesday.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN = 10 * 60


def day(text: str) -> Days:
    first = date.fromisoformat(text)
    return Days(first, first + timedelta(days=1))


def week(monday: str) -> Days:
    first = date.fromisoformat(monday)
    return Days(first, first + timedelta(days=7))


def after(current: TimeWish, said: TimeWish, *offered: datetime) -> TimeWish:
    return follow(current, said, offered=offered, now=NOW, zone="Europe/Berlin")


def weekday(*days: str) -> TimeWish:
    """What somebody says who names weekdays and no week."""
    return TimeWish(parts=(Part(days=tuple(map(day, days))),), weekly=True)


@pytest.mark.parametrize(
    ("discussed", "said", "meant"),
    [
        (week("2026-12-07"), "2026-11-25", "2026-12-09"),  # "next month's second week" and then "Wednesday?"
        (day("2026-12-09"), "2026-11-27", "2026-12-11"),  # a Wednesday far off, and then "no, Friday"
        (day("2026-12-01"), "2026-11-27", "2026-11-27"),  # next Tuesday, and then "Friday": the nearest
        (week("2026-11-23"), "2026-11-30", "2026-11-30"),  # this week, and then "Monday": this one is over
        (Days(date(2026, 11, 24), date(2026, 12, 24)), "2026-11-27", "2026-11-27"),  # no week is discussed
    ],
)
def test_a_weekday_lies_in_the_week_that_is_discussed(discussed: Days, said: str, meant: str) -> None:
    current = TimeWish(parts=(Part(days=(discussed,), clocks=(TEN,)),))

    assert after(current, weekday(said)) == TimeWish(parts=(Part(days=(day(meant),), clocks=(TEN,)),))


def test_a_date_is_that_date_whatever_is_discussed() -> None:
    current = TimeWish(parts=(Part(days=(week("2026-12-07"),)),))
    said = replace(weekday("2026-11-25"), weekly=False)

    assert after(current, said) == said


def test_the_same_time_next_week_counts_from_what_is_discussed() -> None:
    current = TimeWish(parts=(Part(days=(day("2026-12-29"),), clocks=(TEN,)),))
    said = TimeWish(parts=(Part(days=(week("2026-11-30"),)),), move=Move(MoveKind.SAME_TIME))

    found = after(current, said, datetime(2026, 12, 29, 9, 0, tzinfo=UTC))

    assert found == TimeWish(parts=(Part(days=(day("2027-01-05"),), clocks=(TEN,)),))
