"""What times simulated people like, and what they have booked before: drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from tests.clockwork import START
from tests.simulation.practice import Host, Service

DAY = timedelta(days=1)
_PARTS = {"morning": (8, 12), "afternoon": (12, 17)}
_BOOKED_BEFORE = 4
_AS_EVER = 0.85  #: how often they took what they like
#: Half of all are said to go there in two hours of the day; which ones differ by type.
_POPULAR = {"intro": (11, 12), "consultation": (10, 11), "examination": (13, 14)}


class Liking(StrEnum):
    """Why somebody likes some times better than others."""

    NONE = "no times in particular"
    MOST = "the times that most like"
    OWN = "own habits"


@dataclass(frozen=True)
class Habit:
    """Times that somebody likes: on a weekday, or on any, within hours of a zone."""

    liking: Liking = Liking.NONE
    weekday: int | None = None
    hours: tuple[int, int] = (0, 24)  #: full hours, half-open
    zone: str = "UTC"

    def likes(self, start: datetime) -> bool:
        """Whether a start is as they like it."""
        local = start.astimezone(ZoneInfo(self.zone))
        return self.weekday in {None, local.weekday()} and self.hours[0] <= local.hour < self.hours[1]


@dataclass(frozen=True)
class Past:
    """An appointment that is over."""

    host: Host
    service: Service
    start: datetime
    minutes: int


def habit_from(random: Random, host: Host, service: Service, zone: str) -> Habit:
    """Two of five have habits of their own, one of five likes what most do."""
    draw = random.random()
    if draw < 0.4:
        part = random.choice([name for name in _PARTS if _works(host, name, zone)])
        weekday = random.choice(host.weekdays[:5]) if random.random() < 0.6 else None
        return Habit(Liking.OWN, weekday, _PARTS[part], zone)
    if draw < 0.6:
        first, last = _POPULAR[service.handle]
        return Habit(Liking.MOST, None, (first, last + 1), host.zone)
    return Habit()


def past_of(random: Random, habit: Habit, host: Host, service: Service) -> list[Past]:
    """What somebody with that habit has booked in the weeks before."""
    if habit.liking is not Liking.OWN:
        return []
    weekdays = [day for day in host.weekdays if habit.weekday in {None, day}]
    booked = []
    for week in range(1, _BOOKED_BEFORE + 1):
        as_ever = random.random() < _AS_EVER
        weekday = random.choice(weekdays if as_ever else host.weekdays)
        hour = random.randrange(*(habit.hours if as_ever else (8, 17)))
        day = START.date() - DAY * (START.weekday() + 7 * week - weekday)
        local = datetime.combine(day, time(hour), ZoneInfo(habit.zone))
        booked.append(Past(host, service, local, service.minutes[0]))
    return booked


def past_of_most(random: Random, services: tuple[Service, ...], hosts: dict[str, Host]) -> list[Past]:
    """What forty others have booked of each type before: half of them in its popular hours."""
    booked = []
    for service in services:
        for number in range(40):
            host = hosts[random.choice(service.hosts)]
            popular = random.random() < 0.5
            hour = random.choice(_POPULAR[service.handle]) if popular else random.randrange(9, 17)
            day = START.date() - DAY * (
                7 * (2 + number // 5) + START.weekday() - random.choice(host.weekdays)
            )
            local = datetime.combine(day, time(hour), ZoneInfo(host.zone))
            booked.append(Past(host, service, local, service.minutes[0]))
    return booked


def _works(host: Host, part: str, zone: str) -> bool:
    """Whether the host works in most of that part of the day, as clocks in the zone count."""
    first, last = (
        datetime.combine(START.date(), time(hour), ZoneInfo(host.zone)).astimezone(ZoneInfo(zone)).hour
        for hour in host.hours
    )
    begin, end = _PARTS[part]
    return 2 * (min(last, end) - max(first, begin)) >= end - begin
