"""Calendars for the tests of availability: few words, nothing hidden but what has no part in it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from scheduler_core.model import AppointmentType, Busy, Person, PersonCalendar, WorkingHours
from scheduler_core.timerange import TimeRange

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FIVE = 5 * MINUTE
ZONES = ("UTC", "Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo")
#: A Tuesday, ten o'clock in Berlin.
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def utc(text: str) -> datetime:
    """An instant such as `2026-11-24 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


WEEK = TimeRange(utc("2026-11-24 00:00"), utc("2026-11-27 00:00"))  #: the three days of it that laws look at


def person(zone: str = "UTC", handle: str = "eva", number: int = 1) -> Person:
    return Person(number, handle, handle.title(), f"{handle}@example.org", zone)


def every_day(*spans: tuple[time, time]) -> tuple[WorkingHours, ...]:
    return tuple(WorkingHours(weekday, start, end) for weekday in range(7) for start, end in spans)


#: Nine to twelve on every day.
MORNINGS = every_day((time(9), time(12)))


def calendar(
    zone: str = "UTC", hours: tuple[WorkingHours, ...] = MORNINGS, busy: tuple[Busy, ...] = ()
) -> PersonCalendar:
    return PersonCalendar(person(zone), hours, busy=busy)


def kind(**policy: object) -> AppointmentType:
    """Half an hour on the half hour, without any rule that is not given."""
    bare = AppointmentType("talk", "Talk", (30 * MINUTE,), horizon=365 * DAY)
    return AppointmentType(**{**vars(bare), **policy})


def busy(start: str, end: str, *, before: timedelta = timedelta(), after: timedelta = timedelta()) -> Busy:
    return Busy(TimeRange(utc(start), utc(end)), before, after)
