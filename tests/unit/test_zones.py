from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler_core import zones
from scheduler_core.errors import InvalidTime, UnknownZone
from scheduler_core.timerange import TimeRange


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2026-12-01 17:00", "America/Vancouver", "2026-12-02 00:00"),  # permanent daylight time
        ("2026-12-01 09:00", "Asia/Kolkata", "2026-12-01 03:30"),
        ("2026-12-01 09:00", "Asia/Kathmandu", "2026-12-01 03:15"),
        ("2027-03-28 01:59", "Europe/Berlin", "2027-03-28 00:59"),
        ("2027-03-28 02:30", "Europe/Berlin", "2027-03-28 01:30"),  # skipped: read with the offset before
        ("2027-03-28 03:00", "Europe/Berlin", "2027-03-28 01:00"),
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25 00:30"),  # shown twice: the first time
        ("2026-10-25 03:00", "Europe/Berlin", "2026-10-25 02:00"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03 15:45"),  # skips half an hour
        ("2027-04-04 01:45", "Australia/Lord_Howe", "2027-04-03 14:45"),  # repeats half an hour
        ("2011-12-29 23:00", "Pacific/Apia", "2011-12-30 09:00"),
        ("2011-12-31 01:00", "Pacific/Apia", "2011-12-30 11:00"),  # the 30th was skipped
    ],
)
def test_wall_time_becomes_the_instant(local: str, zone: str, instant: str) -> None:
    assert zones.to_instant(wall(local), zone) == utc(instant)


@pytest.mark.parametrize(
    ("instant", "zone", "local"),
    [
        ("2026-12-02 00:00", "America/Vancouver", "2026-12-01 17:00"),
        ("2026-10-25 00:30", "Europe/Berlin", "2026-10-25 02:30"),
        ("2026-10-25 01:30", "Europe/Berlin", "2026-10-25 02:30"),
        ("2011-12-30 10:30", "Pacific/Apia", "2011-12-31 00:30"),
    ],
)
def test_instant_is_shown_on_the_wall(instant: str, zone: str, local: str) -> None:
    assert zones.to_wall(utc(instant), zone) == wall(local)


@pytest.mark.parametrize(
    ("local", "zone", "instants"),
    [
        ("2026-10-25 02:30", "Europe/Berlin", ("2026-10-25 00:30", "2026-10-25 01:30")),
        ("2027-03-28 02:30", "Europe/Berlin", ()),
        ("2026-12-01 02:30", "Europe/Berlin", ("2026-12-01 01:30",)),
        ("2027-04-04 01:45", "Australia/Lord_Howe", ("2027-04-03 14:45", "2027-04-03 15:15")),
        ("2011-12-30 12:00", "Pacific/Apia", ()),
    ],
)
def test_readings_are_all_instants_at_which_clocks_show_the_time(
    local: str, zone: str, instants: tuple[str, ...]
) -> None:
    assert zones.readings(wall(local), zone) == tuple(map(utc, instants))


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2027, 3, 28), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 10, 4), "Australia/Lord_Howe", 23.5),
        (date(2027, 4, 4), "Australia/Lord_Howe", 24.5),
        (date(2026, 12, 1), "America/Vancouver", 24),
    ],
)
def test_day_is_as_long_as_its_clocks_make_it(day: date, zone: str, hours: float) -> None:
    assert zones.day_range(day, zone).length == timedelta(hours=hours)


def test_day_begins_and_ends_at_local_midnight() -> None:
    assert zones.day_range(date(2026, 12, 1), "Asia/Kolkata") == TimeRange(
        utc("2026-11-30 18:30"), utc("2026-12-01 18:30")
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("Etc/UTC", "UTC"),
    ],
)
def test_old_zone_name_is_kept_by_its_new_one(name: str, kept: str) -> None:
    assert zones.canonical(name) == kept


@pytest.mark.parametrize("name", ["Mars/Base", "", "europe/berlin", "../etc/passwd", "Europe/Berlin\0"])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone):
        zones.canonical(name)


def test_naive_instant_is_refused() -> None:
    with pytest.raises(InvalidTime):
        zones.to_wall(wall("2026-12-01 09:00"), "Europe/Berlin")


def test_wall_time_with_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="not a wall-clock time"):
        zones.to_instant(utc("2026-12-01 09:00"), "Europe/Berlin")


def test_zone_data_knows_the_rules_of_this_year() -> None:
    assert zones.data_version() >= "2026b"


@pytest.mark.parametrize(
    ("start", "end", "zone", "expected"),
    [
        ("2026-11-01 00:00", "2026-12-02 00:00", "Europe/Berlin", [("2026-11-01 00:00", 60)]),
        (
            "2026-10-20 12:30",
            "2026-11-20 12:30",
            "Europe/Berlin",
            [("2026-10-20 12:30", 120), ("2026-10-25 01:00", 60)],
        ),
        ("2026-10-20 00:00", "2026-10-25 01:00", "Europe/Berlin", [("2026-10-20 00:00", 120)]),
        ("2026-10-01 00:00", "2026-12-01 00:00", "America/Vancouver", [("2026-10-01 00:00", -420)]),
        (
            "2011-12-29 00:00",
            "2012-01-02 00:00",
            "Pacific/Apia",
            [("2011-12-29 00:00", -600), ("2011-12-30 10:00", 840)],
        ),
    ],
)
def test_offset_changes_begin_with_the_window(
    start: str, end: str, zone: str, expected: list[tuple[str, int]]
) -> None:
    changes = zones.offset_changes(TimeRange(utc(start), utc(end)), zone)

    assert changes == [(utc(instant), timedelta(minutes=minutes)) for instant, minutes in expected]
