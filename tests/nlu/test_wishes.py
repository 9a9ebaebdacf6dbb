from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nlu.wishes import DAY, Days, Hours, Move, MoveKind, Part, TimeWish, from_json, to_json
from scheduler_core.model import Order

DATES = st.dates(date(2026, 1, 1), date(2027, 1, 1))
SPANS = st.one_of(
    DATES.map(lambda first: Days(first, first + timedelta(days=3))),
    DATES.map(lambda first: Days(first, date.max)),
)
MINUTES = st.integers(0, DAY - 1)
PARTS = st.builds(
    Part,
    days=st.lists(SPANS, max_size=2).map(tuple),
    weekdays=st.lists(st.integers(0, 6), max_size=2).map(tuple),
    hours=st.lists(MINUTES.map(lambda start: Hours(start, DAY)), max_size=2).map(tuple),
    clocks=st.lists(MINUTES, max_size=2).map(tuple),
)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def wishes(readings: st.SearchStrategy[tuple[TimeWish, ...]]) -> st.SearchStrategy[TimeWish]:
    return st.builds(
        TimeWish,
        parts=st.lists(PARTS, max_size=2).map(tuple),
        excluded=st.lists(PARTS, max_size=2).map(tuple),
        instants=st.lists(INSTANTS, max_size=2).map(tuple),
        order=st.sampled_from(Order),
        minutes=st.none() | st.integers(1, 240),
        move=st.none() | st.builds(Move, st.sampled_from(MoveKind), st.integers(-90, 90), st.integers(-7, 7)),
        zone=st.none() | st.just("Asia/Tokyo"),
        not_before=st.none() | INSTANTS,
        not_after=st.none() | INSTANTS,
        unclear=st.sampled_from(["", "next Friday"]),
        readings=readings,
    )


@given(wishes(st.lists(wishes(st.just(())), max_size=2).map(tuple)))
def test_a_wish_comes_back_from_plain_json(wish: TimeWish) -> None:
    assert from_json(json.loads(json.dumps(to_json(wish)))) == wish


def test_an_empty_wish_is_empty_json() -> None:
    assert to_json(TimeWish()) == {}


def test_a_length_and_a_zone_say_nothing_about_when() -> None:
    said = [
        TimeWish(minutes=30),
        TimeWish(zone="Asia/Tokyo"),
        TimeWish(order=Order.EARLIEST),
        TimeWish(parts=(Part(),)),
    ]

    assert [wish.says_when for wish in said] == [False, False, True, True]


def test_only_starts_are_exact() -> None:
    start, hours = Part(clocks=(600,)), Part(hours=(Hours(600, 720),))

    said = [TimeWish(parts=(start,)), TimeWish(parts=(start, hours)), TimeWish(), TimeWish(parts=(hours,))]

    assert [wish.exact for wish in said] == [True, False, False, False]
