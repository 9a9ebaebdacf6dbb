from __future__ import annotations

from datetime import datetime

import pytest

from scheduler_core.errors import InvalidTime
from scheduler_core.model import TimeOff
from scheduler_core.recurrence import checked_rrule, occurrences
from scheduler_core.timerange import TimeRange
from tests.unit.calendars import DAY, utc


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def starts(off: TimeOff, zone: str, first: str, last: str) -> list[str]:
    found = occurrences(off, zone, TimeRange(utc(first), utc(last)))
    return [f"{one.start:%Y-%m-%d %H:%M}" for one in found]


def test_time_off_once_is_one_range() -> None:
    off = TimeOff(wall("2026-12-01 14:00"), wall("2026-12-01 15:30"))

    found = occurrences(off, "Europe/Berlin", TimeRange(utc("2026-12-01"), utc("2026-12-02")))

    assert found == [TimeRange(utc("2026-12-01 13:00"), utc("2026-12-01 14:30"))]


def test_time_off_elsewhere_is_left_out() -> None:
    off = TimeOff(wall("2026-12-01 14:00"), wall("2026-12-01 15:30"))

    assert starts(off, "Europe/Berlin", "2026-12-02", "2026-12-09") == []


def test_repeating_time_off_keeps_its_wall_time_over_the_change_of_clocks() -> None:
    off = TimeOff(wall("2026-10-09 12:00"), wall("2026-10-09 13:00"), "FREQ=WEEKLY;BYDAY=FR")

    assert starts(off, "Europe/Berlin", "2026-10-16", "2026-11-07") == [
        "2026-10-16 10:00",
        "2026-10-23 10:00",
        "2026-10-30 11:00",
        "2026-11-06 11:00",
    ]


def test_day_off_is_the_whole_local_day_when_clocks_change() -> None:
    off = TimeOff(wall("2026-10-24"), wall("2026-10-25"), "FREQ=DAILY;COUNT=2")

    found = occurrences(off, "Europe/Berlin", TimeRange(utc("2026-10-25"), utc("2026-10-26")))

    assert found == [TimeRange(utc("2026-10-24 22:00"), utc("2026-10-25 23:00"))]


def test_time_off_that_began_long_before_reaches_into_the_window() -> None:
    off = TimeOff(wall("2026-06-01"), wall("2027-06-01"))

    assert starts(off, "UTC", "2026-12-01", "2026-12-02") == ["2026-06-01 00:00"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", ["2026-12-01", "2026-12-02", "2026-12-03"]),
        ("FREQ=DAILY;INTERVAL=4", ["2026-12-01", "2026-12-05", "2026-12-09"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH", ["2026-12-01", "2026-12-03", "2026-12-08", "2026-12-10"]),
        ("FREQ=WEEKLY;UNTIL=20261208T230000Z", ["2026-12-01", "2026-12-08"]),
        ("FREQ=WEEKLY;UNTIL=20261208T075959Z", ["2026-12-01"]),  # one second too early in Berlin
        ("FREQ=MONTHLY;BYDAY=1TU", ["2026-12-01"]),
    ],
)
def test_rule_repeats_as_the_standard_says(rule: str, days: list[str]) -> None:
    off = TimeOff(wall("2026-12-01 09:00"), wall("2026-12-01 10:00"), rule)

    assert starts(off, "Europe/Berlin", "2026-11-30", "2026-12-11") == [f"{day} 08:00" for day in days]


def test_rule_is_kept_without_its_name() -> None:
    assert checked_rrule(" rrule:freq=weekly;byday=fr ", wall("2026-12-01")) == "FREQ=WEEKLY;BYDAY=FR"


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every friday",
        "FREQ=SECONDLY",
        "FREQ=HOURLY",
        "BYDAY=FR",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=FR;BYDAY=MO",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",  # would be looked for until the year 9999
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=x",
        "FREQ=DAILY\nDTSTART:20200101",
        "FREQ=DAILY;UNTIL=20200101T000000Z",
    ],
)
def test_rule_that_cannot_be_used_is_refused(rule: str) -> None:
    with pytest.raises(InvalidTime):
        checked_rrule(rule, wall("2026-12-01"))


def test_daily_rule_from_long_ago_still_holds() -> None:
    off = TimeOff(wall("2001-01-01 12:00"), wall("2001-01-01 13:00"), "FREQ=DAILY")

    assert starts(off, "UTC", "2026-12-01", "2026-12-02") == ["2026-12-01 12:00"]


def test_time_off_shorter_than_the_window_before_it_is_not_missed() -> None:
    off = TimeOff(wall("2026-11-30"), wall("2026-12-04"), "FREQ=WEEKLY")

    assert starts(off, "UTC", "2026-12-10", str((utc("2026-12-10") + DAY).date())) == ["2026-12-07 00:00"]
