"""Wishes on the wall clock to the core's `Wish` in UTC; pure.

Exclusions always win: the core offers nothing that touches one. A wish that cannot be met (its bounds exclude
each other) gets one window in the past, since a `Wish` without windows would mean any time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from nlu.wishes import DAY, Days, Hours, Part, TimeWish
from scheduler_core import zones
from scheduler_core.model import Wish
from scheduler_core.timerange import TimeRange, intersect, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALL_DAY = (Hours(0, DAY),)
_LONGEST_SPAN = 400
_USUAL_LENGTH = 60


def booking_wish(wish: TimeWish, *, now: datetime, zone: str, until: datetime) -> Wish:
    """What the core is asked for: windows, exact starts, exclusions, order and length, in UTC.

    Days without an end are cut at `until`; `zone` is the writer's, over which a zone in the wish rules.
    """
    where = wish.zone or zone
    span = Days(zones.local_date(now, where), zones.local_date(until, where) + timedelta(days=1))
    starts = _bounded_starts(wish, _starts(wish, span, where))
    windows = [part for part in wish.parts if not part.clocks]
    ranges = [*_ranges(windows, span, where)]
    if starts and ranges:
        ranges += [TimeRange.starting(start, _length(wish)) for start in starts]
        starts = []
    ranges = _bounded(wish, ranges, now=now, until=until)
    if (wish.parts or wish.instants or wish.bounded) and not starts and not ranges:
        ranges = [TimeRange(now - timedelta(minutes=1), now)]
    return Wish(
        windows=tuple(ranges),
        excluded=tuple(merge(_ranges(wish.excluded, _around(span, ranges, starts, where), where))),
        starts=tuple(starts),
        length=timedelta(minutes=wish.minutes) if wish.minutes else None,
        order=wish.order,
    )


def whole_days(wish: TimeWish, *, now: datetime, zone: str, until: datetime) -> Wish:
    """The days of the wish without its hours and exact starts: where to look when nothing wanted is free."""
    where = wish.zone or zone
    parts = [replace(part, hours=(), clocks=()) for part in wish.parts if part.dated]
    parts += [Part(days=(_day(zones.local_date(instant, where)),)) for instant in wish.instants]
    loose = replace(wish, parts=tuple(parts), instants=(), not_before=None, not_after=None)
    return booking_wish(loose, now=now, zone=zone, until=until)


def is_over(wish: TimeWish, *, now: datetime, zone: str) -> bool:
    """Whether all that the wish names lies before `now`, by the days of the writer's zone."""
    today = zones.local_date(now, wish.zone or zone)
    ends = [days.end <= today for part in wish.parts for days in part.days]
    undated = any(not part.days for part in wish.parts)
    return not undated and bool(ends or wish.instants) and all([*ends, *(one < now for one in wish.instants)])


def _around(span: Days, ranges: list[TimeRange], starts: list[datetime], zone: str) -> Days:
    """The span, widened to all that is wanted: a day beyond the horizon has its exclusions too."""
    instants = [*starts, *(edge for one in ranges for edge in (one.start, one.end))]
    days = [zones.local_date(instant, zone) for instant in instants]
    return Days(min([span.first, *days]), max([span.end, *(day + timedelta(days=1) for day in days)]))


def _day(day: date) -> Days:
    return Days(day, day + timedelta(days=1))


def _length(wish: TimeWish) -> timedelta:
    return timedelta(minutes=wish.minutes or _USUAL_LENGTH)


def _starts(wish: TimeWish, span: Days, zone: str) -> list[datetime]:
    starts = set(wish.instants)
    for part in wish.parts:
        for day in _dates(part, span) if part.clocks else ():
            for clock in part.clocks:
                starts.update(_instants(day, clock, zone))
    return sorted(starts)


def _instants(day: date, clock: int, zone: str) -> tuple[datetime, ...]:
    """The instants of a wall time: both showings of a repeated one, the RFC 5545 reading of a skipped one."""
    wall = datetime.combine(day, time()) + timedelta(minutes=clock)
    return zones.readings(wall, zone) or (zones.to_instant(wall, zone),)


def _ranges(parts: Iterable[Part], span: Days, zone: str) -> Iterator[TimeRange]:
    for part in parts:
        for day in _dates(part, span):
            for hours in _hours(part):
                start, end = (_edge(day, minute, zone) for minute in (hours.start, hours.end))
                if start < end:
                    yield TimeRange(start, end)


def _hours(part: Part) -> tuple[Hours, ...]:
    clocks = tuple(Hours(clock, clock + 1) for clock in part.clocks)
    return (part.hours + clocks) or _ALL_DAY


def _edge(day: date, minute: int, zone: str) -> datetime:
    return zones.to_instant(datetime.combine(day, time()) + timedelta(minutes=minute), zone)


def _dates(part: Part, span: Days) -> Iterator[date]:
    """The days of a part; where a side is open the span bounds it, a closed one may lie outside."""
    for days in part.days or (span,):
        first = span.first if days.first == date.min else days.first
        end = span.end if days.end == date.max else days.end
        count = min((end - first).days, _LONGEST_SPAN)
        for day in (first + timedelta(days=n) for n in range(count)):
            if not part.weekdays or day.weekday() in part.weekdays:
                yield day


def _bounded_starts(wish: TimeWish, starts: list[datetime]) -> list[datetime]:
    return [
        start
        for start in starts
        if (wish.not_before is None or start >= wish.not_before)
        and (wish.not_after is None or start < wish.not_after)
    ]


def _bounded(wish: TimeWish, ranges: list[TimeRange], *, now: datetime, until: datetime) -> list[TimeRange]:
    """The ranges within the wish's bounds; the bounds themselves where it names no range."""
    if not wish.bounded:
        return merge(ranges)
    first, last = wish.not_before or now, wish.not_after or until
    if first >= last:
        return []
    bounds = [TimeRange(first, last)]
    return intersect(ranges, bounds) if wish.parts or wish.instants else bounds
