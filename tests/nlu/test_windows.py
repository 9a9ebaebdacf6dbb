from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.windows import booking_wish, is_over, whole_days
from nlu.wishes import DAY, Days, Hours, Part, TimeWish
from scheduler_core import zones
from scheduler_core.model import Order, Wish
from scheduler_core.timerange import TimeRange, intersect

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=7)
BERLIN = "Europe/Berlin"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(text: str) -> TimeRange:
    start, end = text.split("/")
    return TimeRange(utc(start), utc(end))


def day(text: str) -> Days:
    first = date.fromisoformat(text)
    return Days(first, first + timedelta(days=1))


def asked(wish: TimeWish, *, zone: str = BERLIN, now: datetime = NOW, until: datetime = UNTIL) -> Wish:
    return booking_wish(wish, now=now, zone=zone, until=until)


def test_an_afternoon_is_one_window_in_the_writers_zone() -> None:
    afternoon = TimeWish(parts=(Part(days=(day("2026-12-01"),), hours=(Hours(720, 1080),)),))

    said = [asked(afternoon, zone=zone).windows for zone in (BERLIN, "Asia/Kolkata")]

    assert said == [
        (span("2026-12-01T11:00/2026-12-01T17:00"),),
        (span("2026-12-01T06:30/2026-12-01T12:30"),),
    ]


def test_the_zone_that_was_named_rules_over_the_writers() -> None:
    nine = TimeWish(parts=(Part(days=(day("2026-12-01"),), clocks=(540,)),), zone="Asia/Tokyo")

    assert asked(nine) == Wish(starts=(utc("2026-12-01T00:00"),))


def test_days_that_touch_become_one_window() -> None:
    week = TimeWish(parts=(Part(days=(Days(date(2026, 11, 30), date(2026, 12, 3)),)),))

    assert asked(week).windows == (span("2026-11-29T23:00/2026-12-02T23:00"),)


def test_an_open_range_of_days_stops_at_the_horizon() -> None:
    onwards = TimeWish(parts=(Part(days=(Days(date(2026, 11, 30), date.max),)),))

    assert asked(onwards).windows == (span("2026-11-29T23:00/2026-12-01T23:00"),)


def test_days_beyond_the_horizon_stay_so_that_the_reason_can_be_told() -> None:
    far = TimeWish(parts=(Part(days=(day("2027-05-03"),)),))

    assert asked(far).windows == (span("2027-05-02T22:00/2027-05-03T22:00"),)


def test_a_day_beyond_the_horizon_has_its_exclusions_too() -> None:
    far = TimeWish(parts=(Part(days=(day("2027-05-03"),)),), excluded=(Part(weekdays=(0,)),))

    wish = asked(far)

    assert intersect(wish.windows, wish.excluded) == list(wish.windows)


def test_an_hour_without_a_day_is_wanted_on_every_day() -> None:
    three = TimeWish(parts=(Part(clocks=(900,)),))

    assert asked(three, until=NOW + timedelta(days=2)).starts == (
        utc("2026-11-24T14:00"),
        utc("2026-11-25T14:00"),
        utc("2026-11-26T14:00"),
    )


def test_weekdays_hold_within_the_days_only() -> None:
    mondays = Part(days=(Days(date(2026, 12, 1), date(2027, 1, 1)),), weekdays=(0,), hours=(Hours(540, 600),))

    assert asked(TimeWish(parts=(mondays,))).windows == tuple(
        span(f"2026-12-{number:02}T08:00/2026-12-{number:02}T09:00") for number in (7, 14, 21, 28)
    )


def test_exclusions_length_and_order_are_handed_on() -> None:
    wish = TimeWish(
        excluded=(Part(days=(day("2026-11-25"),)), Part(days=(day("2026-11-26"),), hours=(Hours(900, 960),))),
        minutes=45,
        order=Order.EARLIEST,
    )

    assert asked(wish) == Wish(
        excluded=(
            span("2026-11-24T23:00/2026-11-25T23:00"),
            span("2026-11-26T14:00/2026-11-26T15:00"),
        ),
        length=timedelta(minutes=45),
        order=Order.EARLIEST,
    )


def test_a_start_beside_a_range_becomes_a_window_of_its_length() -> None:
    wish = TimeWish(
        parts=(
            Part(days=(day("2026-11-25"),), clocks=(900,)),
            Part(days=(day("2026-11-26"),), hours=(Hours(540, 720),)),
        ),
        minutes=30,
    )

    assert asked(wish) == Wish(
        windows=(span("2026-11-25T14:00/2026-11-25T14:30"), span("2026-11-26T08:00/2026-11-26T11:00")),
        length=timedelta(minutes=30),
    )


def test_bounds_cut_windows_and_starts() -> None:
    bound = utc("2026-11-25T10:00")
    ranged = TimeWish(parts=(Part(days=(day("2026-11-25"),)),), not_before=bound)
    exact = TimeWish(parts=(Part(days=(day("2026-11-25"),), clocks=(600, 720)),), not_before=bound)

    assert asked(ranged).windows == (span("2026-11-25T10:00/2026-11-25T23:00"),)
    assert asked(exact).starts == (utc("2026-11-25T11:00"),)


def test_bounds_alone_are_a_window() -> None:
    assert asked(TimeWish(not_after=utc("2026-11-24T12:00"))).windows == (
        span("2026-11-24T09:00/2026-11-24T12:00"),
    )


def test_a_wish_that_cannot_be_met_is_not_any_time() -> None:
    gone = TimeWish(parts=(Part(days=(day("2026-11-25"),)),), not_before=utc("2026-11-28T00:00"))

    assert asked(gone) == Wish(windows=(TimeRange(NOW - timedelta(minutes=1), NOW),))


def test_nothing_said_is_any_time() -> None:
    assert asked(TimeWish()) == Wish()


def test_whole_days_drop_hours_and_starts() -> None:
    wish = TimeWish(parts=(Part(days=(day("2026-11-25"),), clocks=(900,)), Part(hours=(Hours(0, 600),))))

    assert whole_days(wish, now=NOW, zone=BERLIN, until=UNTIL).windows == (
        span("2026-11-24T23:00/2026-11-25T23:00"),
    )


@pytest.mark.parametrize(
    ("zone", "today", "clock", "starts"),
    [
        # Berlin skips 02:30 on the spring night: read with the offset before (RFC 5545 section 3.3.5).
        (BERLIN, "2026-03-29", 150, ["2026-03-29T01:30"]),
        (BERLIN, "2026-03-29", 180, ["2026-03-29T01:00"]),
        # In autumn 02:30 comes twice, and both are offered.
        (BERLIN, "2026-10-25", 150, ["2026-10-25T00:30", "2026-10-25T01:30"]),
        (BERLIN, "2026-10-25", 180, ["2026-10-25T02:00"]),
        ("Asia/Kolkata", "2026-03-29", 150, ["2026-03-28T21:00"]),
        # Lord Howe moves by half an hour.
        ("Australia/Lord_Howe", "2026-04-05", 105, ["2026-04-04T14:45", "2026-04-04T15:15"]),
        ("Australia/Lord_Howe", "2026-10-04", 135, ["2026-10-03T15:45"]),
        # Apia has no 30 December 2011: its wall times are read with the offset before.
        ("Pacific/Apia", "2011-12-30", 540, ["2011-12-30T19:00"]),
        ("Pacific/Apia", "2011-12-31", 540, ["2011-12-30T19:00"]),
        # Vancouver keeps daylight time from 2026 on.
        ("America/Vancouver", "2026-12-01", 1020, ["2026-12-02T00:00"]),
    ],
)
def test_wall_times_on_nights_when_clocks_change(
    zone: str, today: str, clock: int, starts: list[str]
) -> None:
    wish = TimeWish(parts=(Part(days=(day(today),), clocks=(clock,)),))

    assert asked(wish, zone=zone).starts == tuple(utc(start) for start in starts)


@pytest.mark.parametrize(("today", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-24", 24)])
def test_a_whole_day_is_as_long_as_the_zone_makes_it(today: str, hours: int) -> None:
    windows = asked(TimeWish(parts=(Part(days=(day(today),)),))).windows

    assert [window.length for window in windows] == [timedelta(hours=hours)]


MINUTES = st.integers(0, DAY)
RANGES = st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Hours(*pair))
DATES = st.dates(date(2026, 10, 20), date(2026, 11, 5)).map(
    lambda first: Days(first, first + timedelta(days=2))
)
PARTS = st.builds(
    Part,
    days=st.lists(DATES, min_size=1, max_size=2).map(tuple),
    weekdays=st.lists(st.integers(0, 6), max_size=3).map(tuple),
    hours=st.lists(RANGES, max_size=2).map(tuple),
)


@given(part=PARTS, zone=st.sampled_from([BERLIN, "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo"]))
def test_every_instant_of_a_window_lies_in_the_days_and_hours_of_the_part(part: Part, zone: str) -> None:
    impossible = span("2026-10-31T23:59/2026-11-01T00:00")
    now = utc("2026-11-01T00:00")

    windows = booking_wish(TimeWish(parts=(part,)), now=now, zone=zone, until=UNTIL).windows

    for window in windows:
        if window == impossible:
            continue
        for instant in (window.start, window.end - timedelta(minutes=1)):
            wall = zones.to_wall(instant, zone)
            assert any(days.first <= wall.date() < days.end for days in part.days)
            assert not part.weekdays or wall.weekday() in part.weekdays


@given(wanted=PARTS, refused=PARTS)
def test_what_is_excluded_is_left_when_it_is_taken_from_the_windows(wanted: Part, refused: Part) -> None:
    wish = TimeWish(parts=(wanted,), excluded=(refused,))

    found = booking_wish(wish, now=NOW, zone=BERLIN, until=UNTIL)
    alone = booking_wish(TimeWish(parts=(refused,)), now=NOW, zone=BERLIN, until=UNTIL)

    assert intersect(found.excluded, alone.windows) == list(found.excluded)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (TimeWish(parts=(Part(days=(Days(date(2026, 11, 16), date(2026, 11, 23)),)),)), True),
        (TimeWish(parts=(Part(days=(Days(date(2026, 11, 23), date(2026, 11, 24)),)),)), True),
        (TimeWish(parts=(Part(days=(Days(date(2026, 11, 23), date(2026, 11, 30)),)),)), False),
        (TimeWish(parts=(Part(days=(day("2026-11-20"), day("2026-11-27"))),)), False),
        (TimeWish(parts=(Part(days=(day("2026-11-20"),)), Part(hours=(Hours(540, 720),)))), False),
        (TimeWish(instants=(NOW - timedelta(hours=1),)), True),
        (TimeWish(instants=(NOW + timedelta(hours=1),)), False),
        (TimeWish(), False),
    ],
)
def test_a_wish_is_over_when_all_its_days_are(wish: TimeWish, *, expected: bool) -> None:
    assert is_over(wish, now=NOW, zone=BERLIN) is expected
