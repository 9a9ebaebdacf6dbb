"""Half-open ranges of time in UTC, and the set operations everything else is computed with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from scheduler_core.errors import InvalidTime

if TYPE_CHECKING:
    from collections.abc import Iterable


def as_utc(instant: datetime) -> datetime:
    """The same instant with UTC as its zone.

    Raises:
        InvalidTime: the datetime is naive, so it names no instant, or in UTC it lies beyond all years.

    """
    if instant.tzinfo is timezone.utc:
        return instant
    if instant.utcoffset() is None:
        raise InvalidTime(reason="naive", value=instant.isoformat())
    try:
        return instant.astimezone(timezone.utc)
    except OverflowError as error:
        raise InvalidTime(reason="beyond", value=instant.isoformat()) from error


@dataclass(frozen=True, order=True)
class TimeRange:
    """The instants from `start` up to but not including `end`; both are kept in UTC and start < end.

    Raises:
        InvalidTime: a bound is naive, or the end does not come after the start.

    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", as_utc(self.start))
        object.__setattr__(self, "end", as_utc(self.end))
        if self.start >= self.end:
            raise InvalidTime(
                reason="end_before_start", value=f"{self.start.isoformat()}/{self.end.isoformat()}"
            )

    @classmethod
    def starting(cls, start: datetime, length: timedelta) -> TimeRange:
        """The range of the given elapsed length that begins at `start`."""
        utc = as_utc(start)
        return cls(utc, utc + length)

    @property
    def length(self) -> timedelta:
        """Elapsed time between the bounds."""
        return self.end - self.start

    def overlaps(self, other: TimeRange) -> bool:
        """Whether the two share an instant; neighbours that only touch do not."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: TimeRange) -> bool:
        """Whether every instant of `other` lies in this range."""
        return self.start <= other.start and other.end <= self.end

    def holds(self, instant: datetime) -> bool:
        """Whether the instant lies in this range; the end does not."""
        return self.start <= as_utc(instant) < self.end

    def grown(self, *, before: timedelta = timedelta(), after: timedelta = timedelta()) -> TimeRange:
        """The range with quiet time added on either side."""
        return TimeRange(self.start - before, self.end + after)


def merge(ranges: Iterable[TimeRange]) -> list[TimeRange]:
    """The union, sorted and disjoint; ranges that touch become one."""
    merged: list[TimeRange] = []
    for current in sorted(ranges):
        if merged and current.start <= merged[-1].end:
            if current.end > merged[-1].end:
                merged[-1] = TimeRange(merged[-1].start, current.end)
        else:
            merged.append(current)
    return merged


def subtract(ranges: Iterable[TimeRange], holes: Iterable[TimeRange]) -> list[TimeRange]:
    """What is left of the union of `ranges` outside every hole, sorted and disjoint."""
    gaps = merge(holes)
    rest: list[TimeRange] = []
    for current in merge(ranges):
        start = current.start
        for gap in gaps:
            if gap.end <= start or gap.start >= current.end:
                continue
            if gap.start > start:
                rest.append(TimeRange(start, gap.start))
            start = gap.end
        if start < current.end:
            rest.append(TimeRange(start, current.end))
    return rest


def intersect(first: Iterable[TimeRange], *others: Iterable[TimeRange]) -> list[TimeRange]:
    """The instants that lie in every one of the given unions, sorted and disjoint."""
    common = merge(first)
    for other in others:
        common = _common(common, merge(other))
    return common


def _common(left: list[TimeRange], right: list[TimeRange]) -> list[TimeRange]:
    """The sweep over two sorted, disjoint lists."""
    shared: list[TimeRange] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i].start, right[j].start)
        end = min(left[i].end, right[j].end)
        if start < end:
            shared.append(TimeRange(start, end))
        if left[i].end < right[j].end:
            i += 1
        else:
            j += 1
    return shared
