from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler_core.errors import InvalidTime
from scheduler_core.timerange import TimeRange, intersect, merge, subtract

START = datetime(2026, 11, 24, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def span(start: int, end: int) -> TimeRange:
    return TimeRange(START + start * MINUTE, START + end * MINUTE)


def minutes(ranges: list[TimeRange]) -> set[int]:
    return {
        minute
        for one in ranges
        for minute in range((one.start - START) // MINUTE, (one.end - START) // MINUTE)
    }


# Small numbers are enough to find every fault of logic.
spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda one: span(one[0], one[0] + one[1])),
    max_size=6,
)


def is_sorted_and_disjoint(ranges: list[TimeRange]) -> bool:
    return all(first.end < second.start for first, second in pairwise(ranges))


@given(spans)
def test_merge_keeps_every_instant_once(ranges: list[TimeRange]) -> None:
    merged = merge(ranges)

    assert minutes(merged) == minutes(ranges)
    assert is_sorted_and_disjoint(merged)


@given(spans, spans)
def test_subtract_leaves_what_lies_outside_the_holes(ranges: list[TimeRange], holes: list[TimeRange]) -> None:
    rest = subtract(ranges, holes)

    assert minutes(rest) == minutes(ranges) - minutes(holes)
    assert is_sorted_and_disjoint(rest)


@given(spans, spans, spans)
def test_intersect_keeps_what_lies_in_all(
    first: list[TimeRange], second: list[TimeRange], third: list[TimeRange]
) -> None:
    common = intersect(first, second, third)

    assert minutes(common) == minutes(first) & minutes(second) & minutes(third)
    assert is_sorted_and_disjoint(common)


@given(spans, spans)
def test_intersection_and_difference_make_up_the_whole(
    ranges: list[TimeRange], others: list[TimeRange]
) -> None:
    parts = merge([*intersect(ranges, others), *subtract(ranges, others)])

    assert parts == merge(ranges)


def test_neighbours_that_touch_do_not_overlap() -> None:
    assert not span(0, 10).overlaps(span(10, 20))
    assert span(0, 10).overlaps(span(9, 20))


def test_range_does_not_hold_its_end() -> None:
    assert span(0, 10).holds(START)
    assert not span(0, 10).holds(START + 10 * MINUTE)


def test_bounds_are_kept_in_utc() -> None:
    berlin = timezone(timedelta(hours=1))

    kept = TimeRange(datetime(2026, 11, 24, 10, tzinfo=berlin), datetime(2026, 11, 24, 11, tzinfo=berlin))

    assert (kept.start.isoformat(), kept.end.isoformat()) == (
        "2026-11-24T09:00:00+00:00",
        "2026-11-24T10:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (datetime(2026, 11, 24, 9), datetime(2026, 11, 24, 10, tzinfo=UTC), "naive"),  # noqa: DTZ001
        (datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 10), "naive"),  # noqa: DTZ001
        (START, START, "end_before_start"),
        (START + MINUTE, START, "end_before_start"),
    ],
)
def test_range_without_meaning_is_refused(start: datetime, end: datetime, reason: str) -> None:
    with pytest.raises(InvalidTime) as refused:
        TimeRange(start, end)

    assert refused.value.details["reason"] == reason
