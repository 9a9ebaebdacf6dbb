"""Repeating local times as ranges. No other module knows RRULE (RFC 5545 section 3.3.10)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

from scheduler_core import zones
from scheduler_core.errors import InvalidTime
from scheduler_core.model import TimeOff
from scheduler_core.timerange import TimeRange

#: How many occurrences of one rule are looked at: daily ones of more than twenty years.
MOST = 10_000
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6})Z")
_MARGIN = timedelta(days=2)  # more than any offset from UTC, and than any change of one


def checked_rrule(text: str, start: datetime) -> str:
    """The rule as it is stored.

    Raises:
        InvalidTime: it is no rule of days, weeks, months or years that begins at `start`.

    """
    rule = text.strip().upper().removeprefix("RRULE:")
    parts = [part.partition("=") for part in rule.split(";")]
    names = [name for name, _, _ in parts]
    frequency = next((value for name, _, value in parts if name == "FREQ"), "")
    # By a step of nothing a rule never ends.
    counts = [value for name, _, value in parts if name in {"INTERVAL", "COUNT"}]
    endless = not all(re.fullmatch(r"0*[1-9]\d{0,4}", value) for value in counts)
    # A rule such as "daily on the 31st of February" would be looked for until the year 9999.
    narrow = frequency in {"DAILY", "WEEKLY"} and {"BYMONTH", "BYMONTHDAY"} & set(names)
    known = frequency in _FREQUENCIES and set(names) <= _PARTS and len(set(names)) == len(names)
    if not known or narrow or endless:
        raise InvalidTime(reason="rrule", value=text[:200])
    try:
        first = next(iter(_parsed(rule, start, "UTC")), None)
    except (ValueError, TypeError, OverflowError) as error:
        raise InvalidTime(reason="rrule", value=text[:200]) from error
    if first is None:
        raise InvalidTime(reason="rrule", value=text[:200])
    return rule


def occurrences(off: TimeOff, zone: str, window: TimeRange) -> list[TimeRange]:
    """The instants of the time off that touch the window, ascending."""
    length = off.end - off.start
    first = zones.to_wall(window.start, zone) - length - _MARGIN
    last = zones.to_wall(window.end, zone) + _MARGIN
    starts = (off.start,) if off.rrule is None else _starts(off.rrule, off.start, zone, last.year)
    near = starts[bisect_left(starts, first) : bisect_right(starts, last)]
    found = (local_range(start, start + length, zone) for start in near)
    return [one for one in found if one is not None and one.overlaps(window)]


def local_range(start: datetime, end: datetime, zone: str) -> TimeRange | None:
    """The instants between two wall-clock times; None where clocks skip them so that nothing is left."""
    first, last = zones.to_instant(start, zone), zones.to_instant(end, zone)
    return TimeRange(first, last) if first < last else None


@lru_cache(maxsize=1024)
def _starts(rule: str, start: datetime, zone: str, year: int) -> tuple[datetime, ...]:
    """The first 10,000 wall-clock starts up to the end of the year; kept, as they are asked for often."""
    ascending = takewhile(lambda found: found.year <= year, _parsed(rule, start, zone))
    return tuple(islice(ascending, MOST))


def _parsed(rule: str, start: datetime, zone: str) -> Iterable[datetime]:
    """The rule over wall-clock times; an UNTIL in UTC (as RFC 5545 wants it) is brought to the wall clock."""

    def on_the_wall(match: re.Match[str]) -> str:
        instant = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        return f"UNTIL={zones.to_wall(instant, zone):%Y%m%dT%H%M%S}"

    return rrulestr(_UNTIL.sub(on_the_wall, rule), dtstart=start)
