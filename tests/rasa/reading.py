"""What the tests of time phrases share: the whole way from a message to a wish, and a wish in one line."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from nlu import entities
from nlu.components.duckling import DucklingLibrary
from nlu.timephrases import wish_from
from nlu.wishes import Days, Part, TimeWish
from scheduler_core import zones
from scheduler_core.model import Order, Wish
from scheduler_core.timerange import TimeRange, intersect

_DUCKLING = DucklingLibrary()
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def entities_of(text: str, now: datetime, zone: str, *, day_first: bool = True) -> list[dict[str, Any]]:
    """The entities that the pipeline finds in a message."""
    known = entities.details(text)
    wall = zones.to_wall(now, entities.zone_in(text, known, zone))
    locale = "EN_GB" if day_first else "EN_US"

    def parse(words: str) -> Any:
        return _DUCKLING.parse(words, wall=wall, locale=locale)

    return known + entities.times(text, known, parse, today=wall.date(), day_first=day_first)


def wish_of(text: str, now: datetime, zone: str, *, day_first: bool = True) -> TimeWish:
    """What the action server makes of a message."""
    return wish_from(text, entities_of(text, now, zone, day_first=day_first), now=now, zone=zone)


def line(wish: TimeWish, year: int = 2026) -> str:
    """Everything a wish says, in one line; days of another year are written with it."""
    said = [_part(part, year) for part in wish.parts]
    said += [f"not {_part(part, year)}" for part in wish.excluded]
    said += [_instant(instant) for instant in wish.instants]
    said += [f"from {_instant(wish.not_before)}"] if wish.not_before else []
    said += [f"until {_instant(wish.not_after)}"] if wish.not_after else []
    said += [] if wish.order is Order.SPREAD else [wish.order.value]
    said += [f"{wish.minutes} min"] if wish.minutes else []
    said += [_move(wish)] if wish.move else []
    said += [f"in {wish.zone}"] if wish.zone else []
    if wish.readings:
        no = "no " if wish.missing else ""
        said = [f"{no}{wish.unclear!r}: " + " or ".join(line(reading, year) for reading in wish.readings)]
    return "; ".join(said)


def windows_line(wish: Wish) -> str:
    """What the core is asked for, in one line; month, day and hour in UTC, ranges half-open.

    Of the exclusions only what lies in the windows.
    """
    said = [_range(window) for window in wish.windows]
    said += [f"not {_range(window)}" for window in intersect(wish.windows, wish.excluded)]
    said += [f"{start:%m-%d %H:%MZ}" for start in wish.starts]
    return "; ".join(said)


def _range(window: TimeRange) -> str:
    last = (
        f"{window.end:%H:%MZ}" if window.end.date() == window.start.date() else f"{window.end:%m-%d %H:%MZ}"
    )
    return f"{window.start:%m-%d %H:%MZ} to {last}"


def _instant(instant: datetime) -> str:
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%MZ")


def _move(wish: TimeWish) -> str:
    assert wish.move is not None
    amount = (
        f" {wish.move.days:+}d" if wish.move.days else f" {wish.move.minutes:+}m" if wish.move.minutes else ""
    )
    return f"{wish.move.kind.value}{amount}"


def _part(part: Part, year: int) -> str:
    days = [_days(days, year) for days in part.days] + [_NAMES[day] for day in part.weekdays]
    hours = [f"{_clock(hours.start)}-{_clock(hours.end)}" for hours in part.hours]
    clocks = ["/".join(_clock(clock) for clock in part.clocks)] if part.clocks else []
    return " ".join([",".join(days)] * bool(days) + [",".join(hours)] * bool(hours) + clocks)


def _days(days: Days, year: int) -> str:
    first = "" if days.first == date.min else _day(days.first, year)
    last = "" if days.end == date.max else _day(days.end - timedelta(days=1), year)
    return first if first == last else f"{first}..{last}"


def _day(day: date, year: int) -> str:
    return f"{day:%m-%d}" if day.year == year else f"{day:%Y-%m-%d}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
