"""How the command line reads and writes hours, days and lengths."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from scheduler_core.model import WorkingHours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")
_DAYS = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?")


def weekly_hours(text: str) -> tuple[WorkingHours, ...]:
    """The hours in words such as `mon-thu 9:00-12:00 13:00-17:00`; 24:00 is the end of the day."""
    days, *spans = text.lower().split() or [""]
    match = _DAYS.fullmatch(days)
    if match is None or not spans:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 'mon-thu 9:00-12:00 13:00-17:00'")
    first = DAYS.index(match[1])
    last = DAYS.index(match[2] or match[1])
    bounds = [span_of_day(span) for span in spans]
    return tuple(WorkingHours(day, start, end) for day in range(first, last + 1) for start, end in bounds)


def span_of_day(text: str) -> tuple[time, time]:
    """Start and end such as `9:00-12:00`."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not like '9:00-12:00'")
    return _clock(match[1]), _clock(match[2])


def moment(text: str) -> datetime:
    """A local day, or a local time such as `2026-12-01T14:00`."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 2026-12-01 or 2026-12-01T14:00") from error
    if found.tzinfo is not None:
        raise argparse.ArgumentTypeError(f"{text!r} has an offset; local times have none")
    return found


def day(text: str) -> date:
    """A day such as `2026-12-01`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 2026-12-01") from error


def minutes(text: str) -> timedelta:
    """A length in whole minutes."""
    if not text.isdecimal() or len(text) > 7:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of minutes")
    return timedelta(minutes=int(text))


def days(text: str) -> timedelta:
    """A length in days, two years at most."""
    if not text.isdecimal() or not 1 <= int(text[:7]) <= 730:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 1 to 730")
    return timedelta(days=int(text))


def several_minutes(text: str) -> tuple[timedelta, ...]:
    """Lengths such as `30,45,60`."""
    return tuple(minutes(part) for part in text.split(","))


def reminders(text: str) -> tuple[timedelta, ...]:
    """Lengths before the start such as `1440,60`, the longest first, or `none`."""
    return () if text == "none" else tuple(sorted(several_minutes(text), reverse=True))


def in_minutes(lengths: Iterable[timedelta]) -> str:
    """The lengths as they are read."""
    return ",".join(str(length // timedelta(minutes=1)) for length in lengths)


def in_words(hours: Sequence[WorkingHours]) -> list[str]:
    """The hours of each day, as they are read."""
    by_day = groupby(sorted(hours, key=lambda one: (one.weekday, one.start)), lambda one: one.weekday)
    return [
        f"{DAYS[weekday]} " + " ".join(f"{one.start:%H:%M}-{_end(one.end)}" for one in spans)
        for weekday, spans in by_day
    ]


def table(rows: Sequence[Sequence[object]]) -> str:
    """The rows with their columns below each other."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in texts
    )


def _clock(text: str) -> time:
    if text == "24:00":
        return time.min
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no time of day") from error


def _end(end: time) -> str:
    return "24:00" if end == time.min else f"{end:%H:%M}"
