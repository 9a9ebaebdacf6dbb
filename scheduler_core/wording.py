"""A time as people say it, in a reader's zone and locale.

A locale is a BCP 47 or POSIX name (`en-GB`, `pt_BR`); one that is not known reads as English. Plain `en` is
the English of international mail: day before month, 24 hours.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_time
from babel.units import format_unit

from scheduler_core import zones
from scheduler_core.timerange import TimeRange, as_utc

_INTERNATIONAL = Locale.parse("en_150")
_ODD_SPACES = str.maketrans({"\u202f": " ", "\u2009": " ", "\u00a0": " "})


def day(instant: datetime, zone: str, locale: str) -> str:
    """The calendar day in the zone: `Tuesday 1 December 2026`."""
    return _date(zones.local_date(instant, zone), locale)


def weekday(number: int, locale: str) -> str:
    """The name of a weekday, of which Monday is 0."""
    return str(_locale(locale).days["stand-alone"]["wide"][number])


def clock_time(instant: datetime, zone: str, locale: str) -> str:
    """What clocks in the zone show: `10:30`; with the offset where they show it twice that night."""
    shown = _time(zones.to_wall(instant, zone).time(), locale)
    return f"{shown} ({offset(instant, zone)})" if _shown_twice(instant, zone) else shown


def moment(instant: datetime, zone: str, locale: str) -> str:
    """Day and time: `Tuesday 1 December 2026, 10:30`."""
    return f"{day(instant, zone, locale)}, {clock_time(instant, zone, locale)}"


def hours(time: TimeRange, zone: str, locale: str) -> str:
    """From when until when: `10:30–11:00`, or `10:30 – 11:00 AM` where that is the custom."""
    start, end = (clock_time(instant, zone, locale) for instant in (time.start, time.end))
    halves = "a" in _locale(locale).time_formats["short"].pattern
    if not halves or any(_shown_twice(instant, zone) for instant in (time.start, time.end)):
        return f"{start}–{end}"
    walls = (zones.to_wall(time.start, zone), zones.to_wall(time.end, zone))
    return _plain(format_interval(*walls, "hm", locale=_locale(locale)))


def period(time: TimeRange, zone: str, locale: str) -> str:
    """Day and hours: `Tuesday 1 December 2026, 10:30–11:00`; both days where it goes past midnight."""
    if zones.local_date(time.start, zone) == zones.local_date(time.end, zone):
        return f"{day(time.start, zone, locale)}, {hours(time, zone, locale)}"
    return f"{moment(time.start, zone, locale)} – {moment(time.end, zone, locale)}"


def span(time: TimeRange, zone: str, locale: str) -> str:
    """Day, hours and zone: `Tuesday 1 December 2026, 10:30–11:00 (Europe/Berlin)`."""
    return f"{period(time, zone, locale)} ({zones.canonical(zone)})"


def offset(instant: datetime, zone: str) -> str:
    """How the zone's clocks stand to UTC at the instant: `UTC+1`, `UTC−3:30`, `UTC`."""
    minutes = zones.offset(instant, zone) // timedelta(minutes=1)
    if minutes == 0:
        return "UTC"
    whole, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{whole}" + (f":{rest:02}" if rest else "")


def zone_label(instant: datetime, zone: str, locale: str) -> str:  # noqa: ARG001  (one signature for all; names of zones are the same everywhere)
    """The zone with its offset at the instant: `Europe/Berlin, UTC+1`."""
    name, ahead = zones.canonical(zone), offset(instant, zone)
    return name if name == ahead else f"{name}, {ahead}"


@lru_cache(maxsize=256)
def duration(length: timedelta, locale: str) -> str:
    """A length in hours and minutes: `30 minutes`, `1 hour 30 minutes`."""
    chosen = _locale(locale)
    whole, minutes = divmod(round(length / timedelta(minutes=1)), 60)
    parts = [
        format_unit(amount, unit, locale=chosen)
        for amount, unit in ((whole, "hour"), (minutes, "minute"))
        if amount or (unit == "minute" and not whole)
    ]
    return _plain(" ".join(parts))


# What is told is told again: to everybody who takes part, in subject and body, in a reminder; and most
# appointments of one day begin at the same few times.


@lru_cache(maxsize=1024)
def _date(local: date, locale: str) -> str:
    chosen = _locale(locale)
    pattern = chosen.date_formats["full"].pattern
    if chosen.language == "en":
        pattern = pattern.replace("EEEE, d ", "EEEE d ")  # no comma where the day stands before the month
    return _plain(format_date(local, pattern, locale=chosen))


@lru_cache(maxsize=1024)
def _time(local: time, locale: str) -> str:
    return _plain(format_time(local, "short", locale=_locale(locale)))


@lru_cache(maxsize=1024)
def _shown_twice(instant: datetime, zone: str) -> bool:
    return len(zones.readings(zones.to_wall(as_utc(instant), zone), zone)) > 1


def _plain(text: str) -> str:
    """Narrow and fixed spaces become ordinary ones: old mail programs draw boxes for them."""
    return text.translate(_ODD_SPACES)


@lru_cache(maxsize=256)
def _locale(name: str) -> Locale:
    """What babel knows under the name, or under its language alone."""
    wanted = name.replace("-", "_")
    for candidate in (wanted, wanted.partition("_")[0]):
        if candidate == "en":
            break
        try:
            return Locale.parse(candidate)
        except (ValueError, UnknownLocaleError):
            continue
    return _INTERNATIONAL
