"""A day or stretch of days as a message names it, and its form as a Rasa entity; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nlu.wishes import Days

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class DatePhrase:
    """Days as named at `start:end`; `readings` are all that it can mean, where there are several."""

    start: int
    end: int
    text: str
    days: Days
    grain: str = "day"
    readings: tuple[Days, ...] = ()
    missing: bool = False  #: no calendar has the date; the readings are what may be meant

    @property
    def closed(self) -> bool:
        """Whether both sides are known."""
        return self.days.first != date.min and self.days.end != date.max

    @property
    def length(self) -> timedelta:
        """How long it is; days without a side count from the first to the last there are."""
        return self.days.end - self.days.first

    def beside(self, start: int, end: int) -> bool:
        """Whether it shares no letter with that span."""
        return self.end <= start or end <= self.start


def one_day(day: date) -> Days:
    """That day alone."""
    return Days(day, day + DAY)


def later(days: Days, step: timedelta) -> Days:
    """The days, moved."""
    return Days(days.first + step, days.end + step)


def both_weeks(days: Days) -> tuple[Days, Days]:
    """The days, and the same ones a week later."""
    return days, later(days, WEEK)


def made_date(year: int, month: int, day: int) -> date | None:
    """The date, where there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day in the year that was said, else the next such day from today on."""
    if year:
        return made_date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = made_date(today.year, month, day)
    return this if this is None or this >= today else made_date(today.year + 1, month, day)


def to_entity(phrase: DatePhrase) -> dict[str, Any]:
    """The `date` entity of a phrase: half-open local days, an open side left out."""
    info: dict[str, Any] = {"text": phrase.text, "grain": phrase.grain}
    if phrase.readings:
        info["readings"] = [_to_json(days) for days in phrase.readings]
    if phrase.missing:
        info["missing"] = True
    return {
        "entity": "date",
        "start": phrase.start,
        "end": phrase.end,
        "value": _to_json(phrase.days),
        "additional_info": info,
    }


def days_from(value: Mapping[str, str]) -> Days:
    """The days of an entity's value."""
    first, end = value.get("from"), value.get("to")
    return Days(
        date.fromisoformat(first) if first else date.min, date.fromisoformat(end) if end else date.max
    )


def _to_json(days: Days) -> dict[str, str]:
    sides = {"from": days.first, "to": days.end}
    return {name: day.isoformat() for name, day in sides.items() if day not in {date.min, date.max}}
