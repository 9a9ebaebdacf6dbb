"""How the appointments of some weeks went, in figures; nothing in them tells whose they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from scheduler_core import zones
from scheduler_core.clock import Clock
from scheduler_core.db import desk_bookings as rows
from scheduler_core.db.store import Store
from scheduler_core.model import Booking, Person, Status
from scheduler_core.timerange import TimeRange

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class WeekFigures:
    """One week from Monday on: what was booked and called off in it, and to what of it nobody came."""

    monday: date
    booked: int
    cancelled: int
    no_show: int
    lead_days_median: float | None  #: from booking to start; None where nothing was booked


@dataclass(frozen=True)
class HourFigure:
    """How many appointments begin in one hour of a weekday, by the organizer's clocks; Monday is 0."""

    weekday: int
    hour: int
    count: int


@dataclass(frozen=True)
class Funnel:
    """How far conversations came, and at which question those stand that came no further."""

    started: int
    offered: int
    confirmed: int
    given_up: dict[str, int]


@dataclass(frozen=True)
class Figures:
    """All of it."""

    weeks: tuple[WeekFigures, ...]
    hours: tuple[HourFigure, ...]
    funnel: Funnel


class DeskFigures:
    """Counts. May also raise DatabaseUnavailable."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of(self, people: Sequence[Person], *, weeks: int, zone: str) -> Figures:
        """The figures of so many weeks, the present one last, by days of the zone.

        The conversations are those of everybody: a chat may end before it is clear with whom.
        """
        today = zones.local_date(self._clock.now(), zone)
        first = today - timedelta(days=today.weekday()) - (weeks - 1) * WEEK
        whole = TimeRange(zones.day_range(first, zone).start, zones.day_range(today + WEEK, zone).end)
        with self._store.reading() as connection:
            found = rows.counted(connection, people, whole.start)
            steps = rows.funnel_since(connection, datetime.combine(first, datetime.min.time()))
        mondays = [first + number * WEEK for number in range(weeks)]
        return Figures(
            weeks=tuple(_week(monday, found, zone) for monday in mondays),
            hours=tuple(_hours(found, whole)),
            funnel=_funnel(steps),
        )


def _week(monday: date, found: Iterable[Booking], zone: str) -> WeekFigures:
    start, end = zones.day_range(monday, zone).start, zones.day_range(monday + 6 * DAY, zone).end
    week = TimeRange(start, end)
    booked = [one for one in found if one.created_at is not None and week.holds(one.created_at)]
    leads = [(one.time.start - one.created_at) / DAY for one in booked if one.created_at is not None]
    cancelled = (one for one in found if one.status is Status.CANCELLED)
    return WeekFigures(
        monday=monday,
        booked=len(booked),
        cancelled=sum(one.updated_at is not None and week.holds(one.updated_at) for one in cancelled),
        no_show=sum(one.no_show and week.holds(one.time.start) for one in found),
        lead_days_median=round(median(leads), 1) if leads else None,
    )


def _hours(found: Iterable[Booking], whole: TimeRange) -> Iterable[HourFigure]:
    walls = (
        zones.to_wall(one.time.start, one.organizer.zone)
        for one in found
        if one.status is Status.CONFIRMED and whole.holds(one.time.start)
    )
    counts = Counter((wall.weekday(), wall.hour) for wall in walls)
    return (HourFigure(weekday, hour, count) for (weekday, hour), count in sorted(counts.items()))


def _funnel(steps: Iterable[tuple[str, str, int]]) -> Funnel:
    counts = {(step, question): count for step, question, count in steps}
    standing = {question: count for (step, question), count in counts.items() if step == "asked"}
    given_up = {question: count for question, count in standing.items() if count > 0}
    return Funnel(
        started=counts.get(("started", ""), 0),
        offered=counts.get(("offered", ""), 0),
        confirmed=counts.get(("confirmed", ""), 0),
        given_up=dict(sorted(given_up.items(), key=lambda one: -one[1])),
    )
