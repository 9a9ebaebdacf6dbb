"""Availability in named cases: reasons, buffers, and nights of changing clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from uuid import uuid4

import pytest

from scheduler_core import zones
from scheduler_core.availability import open_slots, refusal, working_ranges
from scheduler_core.model import (
    ExtraHours,
    PersonCalendar,
    Reason,
    Slot,
    TimeOff,
    WorkingHours,
)
from scheduler_core.timerange import TimeRange
from tests.unit.calendars import (
    DAY,
    FIVE,
    HOUR,
    MINUTE,
    MORNINGS,
    NOW,
    busy,
    calendar,
    every_day,
    kind,
    person,
    utc,
)


def test_slot_names_people_by_handle_and_the_type() -> None:
    people = [
        PersonCalendar(person(handle="zoe", number=1), MORNINGS),
        PersonCalendar(person(handle="ann", number=2), every_day((time(11), time(13)))),
    ]
    window = TimeRange(utc("2026-11-25 00:00"), utc("2026-11-26 00:00"))

    found = list(open_slots(people, kind(), window, NOW))

    assert found == [
        Slot(TimeRange(utc(f"2026-11-25 {start}"), utc(f"2026-11-25 {end}")), ("ann", "zoe"), "talk")
        for start, end in (("11:00", "11:30"), ("11:30", "12:00"))
    ]


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        ("2026-11-24 08:30", Reason.PAST),
        ("2026-11-24 09:30", Reason.TOO_SOON),
        ("2026-12-24 09:30", Reason.TOO_FAR),
        ("2026-11-25 08:30", Reason.OUTSIDE_HOURS),
        ("2026-11-25 11:45", Reason.OUTSIDE_HOURS),  # ends too late
        ("2026-11-26 09:00", Reason.TIME_OFF),
        ("2026-11-27 10:00", Reason.TAKEN),
        ("2026-11-27 09:30", Reason.TAKEN),  # too near to it
        ("2026-11-28 11:00", Reason.DAY_FULL),
        ("2026-11-25 09:15", Reason.OFF_GRID),
        ("2026-11-25 09:00", None),
    ],
)
def test_refusal_is_the_first_reason_that_applies(start: str, reason: Reason | None) -> None:
    one = PersonCalendar(
        person(),
        MORNINGS,
        time_off=(TimeOff(datetime(2026, 11, 26), datetime(2026, 11, 27)),),  # noqa: DTZ001
        busy=(
            busy("2026-11-27 10:00", "2026-11-27 10:30", before=10 * MINUTE),
            replace(busy("2026-11-28 09:00", "2026-11-28 09:30"), kind="talk"),
        ),
    )
    policy = kind(minimum_notice=HOUR, horizon=10 * DAY, daily_limit=1)

    assert refusal([one], policy, TimeRange.starting(utc(start), 30 * MINUTE), NOW) is reason


@pytest.mark.parametrize(
    ("before", "after", "own_before", "own_after", "gap_before", "gap_after"),
    [
        (0, 0, 0, 0, 0, 0),
        (15, 15, 0, 0, 15, 15),
        (0, 0, 15, 15, 15, 15),
        (15, 5, 5, 30, 30, 5),  # the larger one counts, they do not add up
    ],
)
def test_neighbours_keep_the_larger_buffer(
    before: int, after: int, own_before: int, own_after: int, gap_before: int, gap_after: int
) -> None:
    taken = busy("2026-11-25 10:00", "2026-11-25 10:30", before=before * MINUTE, after=after * MINUTE)
    policy = kind(
        interval=FIVE, buffer_before=own_before * MINUTE, buffer_after=own_after * MINUTE, durations=(FIVE,)
    )
    window = TimeRange(utc("2026-11-25 09:00"), utc("2026-11-25 12:00"))

    found = [slot.time for slot in open_slots([calendar(busy=(taken,))], policy, window, NOW)]

    last = max(one.end for one in found if one.end <= taken.time.start)
    first = min(one.start for one in found if one.start >= taken.time.end)
    assert (taken.time.start - last, first - taken.time.end) == (gap_before * MINUTE, gap_after * MINUTE)


def test_buffer_may_lie_outside_working_hours() -> None:
    policy = kind(buffer_before=30 * MINUTE, buffer_after=30 * MINUTE)
    window = TimeRange(utc("2026-11-25 00:00"), utc("2026-11-26 00:00"))

    starts = [slot.time.start for slot in open_slots([calendar()], policy, window, NOW)]

    assert (starts[0], starts[-1]) == (utc("2026-11-25 09:00"), utc("2026-11-25 11:30"))


def test_two_stretches_of_one_hold_count_once_for_the_day() -> None:
    uid = uuid4()
    hold = [
        replace(busy(f"2026-11-25 {start}", f"2026-11-25 {end}"), kind="talk", uid=uid)
        for start, end in (("09:00", "09:30"), ("10:00", "10:30"))
    ]
    one = calendar(busy=tuple(hold))
    wanted = TimeRange.starting(utc("2026-11-25 11:00"), 30 * MINUTE)

    assert refusal([one], kind(daily_limit=2), wanted, NOW) is None
    assert refusal([one], kind(daily_limit=1), wanted, NOW) is Reason.DAY_FULL


NIGHTS = [
    # Clocks go from 2:00 to 3:00: no such hour.
    ("Europe/Berlin", (time(1), time(4)), "2027-03-28", ["00:00", "00:30", "01:00", "01:30"]),
    # Clocks go from 3:00 back to 2:00: the hour is there twice.
    (
        "Europe/Berlin",
        (time(1), time(4)),
        "2026-10-25",
        ["23:00", "23:30", "00:00", "00:30", "01:00", "01:30", "02:00", "02:30"],
    ),
    # Never changes, half an hour off the hour.
    ("Asia/Kolkata", (time(9), time(10)), "2026-12-01", ["03:30", "04:00"]),
    # Skips half an hour: from 2:00 to 2:30.
    ("Australia/Lord_Howe", (time(1), time(4)), "2026-10-04", ["14:30", "15:00", "15:30", "16:00", "16:30"]),
    # Repeats half an hour: from 2:00 back to 1:30.
    (
        "Australia/Lord_Howe",
        (time(1), time(3)),
        "2027-04-04",
        ["14:00", "14:30", "15:00", "15:30", "16:00"],
    ),
    # Keeps daylight time from 2026 on.
    ("America/Vancouver", (time(16, 30), time(17, 30)), "2026-12-01", ["23:30", "00:00"]),
]


@pytest.mark.parametrize(("zone", "hours", "day", "instants"), NIGHTS)
def test_slots_lie_on_the_wall_clock_when_clocks_change(
    zone: str, hours: tuple[time, time], day: str, instants: list[str]
) -> None:
    window = zones.day_range(date.fromisoformat(day), zone)

    found = list(open_slots([calendar(zone, every_day(hours))], kind(), window, utc("2026-09-01 00:00")))

    assert [f"{slot.time.start:%H:%M}" for slot in found] == instants
    assert all(slot.time.length == 30 * MINUTE for slot in found)


def test_day_that_was_skipped_has_no_slots() -> None:
    one = calendar("Pacific/Apia")
    window = TimeRange(utc("2011-12-29 00:00"), utc("2011-12-31 18:00"))

    found = [
        slot.time.start for slot in open_slots([one], kind(durations=(3 * HOUR,)), window, utc("2011-12-01"))
    ]

    # The mornings of the 29th and 31st follow each other by 24 hours; there was no 30th.
    assert found == [utc("2011-12-29 19:00"), utc("2011-12-30 19:00")]
    assert [zones.local_date(start, "Pacific/Apia").day for start in found] == [29, 31]


def test_working_hours_to_midnight_join_those_from_midnight() -> None:
    hours = (WorkingHours(1, time(20), time.min), WorkingHours(2, time.min, time(4)))
    window = TimeRange(utc("2026-11-24 00:00"), utc("2026-11-26 00:00"))

    assert working_ranges(calendar(hours=hours), window) == [
        TimeRange(utc("2026-11-24 20:00"), utc("2026-11-25 04:00"))
    ]


def test_extra_hours_add_to_the_weekly_ones_and_time_off_takes_from_both() -> None:
    one = PersonCalendar(
        person("Europe/Berlin"),
        MORNINGS,
        (ExtraHours(date(2026, 11, 25), time(18), time(20)),),
        (TimeOff(datetime(2026, 11, 25, 11), datetime(2026, 11, 25, 19)),),  # noqa: DTZ001
    )

    assert working_ranges(one, zones.day_range(date(2026, 11, 25), "Europe/Berlin")) == [
        TimeRange(utc("2026-11-25 08:00"), utc("2026-11-25 10:00")),
        TimeRange(utc("2026-11-25 18:00"), utc("2026-11-25 19:00")),
    ]
