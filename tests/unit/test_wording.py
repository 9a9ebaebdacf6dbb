from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scheduler_core import wording
from scheduler_core.errors import UnknownZone
from scheduler_core.timerange import TimeRange

MORNING = TimeRange.starting(datetime(2026, 12, 1, 9, 30, tzinfo=UTC), timedelta(minutes=30))


@pytest.mark.parametrize(
    ("zone", "locale", "words"),
    [
        ("Europe/Berlin", "en", "Tuesday 1 December 2026, 10:30–11:00 (Europe/Berlin)"),
        ("Europe/London", "en-GB", "Tuesday 1 December 2026, 09:30–10:00 (Europe/London)"),
        ("America/New_York", "en-US", "Tuesday, December 1, 2026, 4:30 – 5:00 AM (America/New_York)"),
        ("Europe/Berlin", "de-DE", "Dienstag, 1. Dezember 2026, 10:30–11:00 (Europe/Berlin)"),
        ("America/Sao_Paulo", "pt_BR", "terça-feira, 1 de dezembro de 2026, 06:30–07:00 (America/Sao_Paulo)"),
        ("Asia/Kolkata", "xx-nowhere", "Tuesday 1 December 2026, 15:00–15:30 (Asia/Kolkata)"),
        ("Asia/Calcutta", "", "Tuesday 1 December 2026, 15:00–15:30 (Asia/Kolkata)"),
    ],
)
def test_span_speaks_the_readers_locale_and_zone(zone: str, locale: str, words: str) -> None:
    assert wording.span(MORNING, zone, locale) == words


def test_span_of_vancouver_in_winter_follows_current_zone_data() -> None:
    evening = TimeRange.starting(datetime(2026, 12, 2, 0, 0, tzinfo=UTC), timedelta(hours=1))

    said = wording.span(evening, "America/Vancouver", "en-CA")

    assert said == "Tuesday, December 1, 2026, 5:00–6:00 p.m. (America/Vancouver)"


def test_period_past_midnight_names_both_days() -> None:
    night = TimeRange.starting(datetime(2026, 12, 1, 22, 30, tzinfo=UTC), timedelta(hours=1))

    said = wording.period(night, "Europe/Berlin", "en")

    assert said == "Tuesday 1 December 2026, 23:30 – Wednesday 2 December 2026, 00:30"


def test_hours_in_the_hour_that_comes_twice_carry_their_offsets() -> None:
    twice = TimeRange.starting(datetime(2027, 10, 31, 0, 30, tzinfo=UTC), timedelta(hours=1))

    assert wording.hours(twice, "Europe/Berlin", "en") == "02:30 (UTC+2)–02:30 (UTC+1)"
    assert wording.hours(twice, "Europe/Berlin", "en-US") == "2:30 AM (UTC+2)–2:30 AM (UTC+1)"


def test_hours_across_noon_keep_both_halves() -> None:
    lunch = TimeRange.starting(datetime(2026, 12, 1, 16, 30, tzinfo=UTC), timedelta(hours=1))

    assert wording.hours(lunch, "America/New_York", "en-US") == "11:30 AM – 12:30 PM"


def test_moment_is_day_and_time() -> None:
    assert wording.moment(MORNING.start, "Europe/Berlin", "en") == "Tuesday 1 December 2026, 10:30"


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("Europe/Berlin", "Europe/Berlin, UTC+1"),
        ("America/St_Johns", "America/St_Johns, UTC−3:30"),
        ("Europe/London", "Europe/London, UTC"),
        ("UTC", "UTC"),
    ],
)
def test_zone_label_says_how_far_from_utc(zone: str, label: str) -> None:
    assert wording.zone_label(MORNING.start, zone, "en") == label


@pytest.mark.parametrize(
    ("minutes", "locale", "words"),
    [
        (30, "en", "30 minutes"),
        (60, "en", "1 hour"),
        (90, "en-US", "1 hour 30 minutes"),
        (90, "de", "1 Stunde 30 Minuten"),
        (0, "en", "0 minutes"),
    ],
)
def test_duration_in_hours_and_minutes(minutes: int, locale: str, words: str) -> None:
    assert wording.duration(timedelta(minutes=minutes), locale) == words


def test_unknown_zone_is_refused() -> None:
    with pytest.raises(UnknownZone):
        wording.span(MORNING, "Mars/Olympus", "en")


@pytest.mark.parametrize(("number", "name"), [(0, "Monday"), (1, "Tuesday"), (6, "Sunday")])
def test_weekdays_are_named_from_monday_on(number: int, name: str) -> None:
    assert wording.weekday(number, "en-GB") == name
