"""Which of many free times to offer: those somebody usually takes, then those most people take; pure.

The offers stay spread over the wish. Of the times around each place of the spread the one is taken that fits
best, so that whoever does not want the usual this time still has a choice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_low

from scheduler_core import availability, zones
from scheduler_core.model import Slot

Score = tuple[int, int, float]

#: What is usual holds of most bookings, the latest ones counting most, and of more than one.
MOST, FEWEST = 0.6, 2
#: After so long a booking counts half.
HALF_LIFE = timedelta(days=180)
#: Minutes from one hour of the day to another that is no other choice.
NEAR = 120
_NOON, _EVENING = 12, 17


class DayPart(StrEnum):
    """When on a day, as far as habits go."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True)
class Taken:
    """A time that somebody has booked."""

    start: datetime
    people: tuple[str, ...]  #: handles, sorted


@dataclass(frozen=True)
class Usual:
    """What one attendee usually takes, by their own clock; as far as there is such a thing."""

    weekday: int | None = None  #: Monday is 0
    part: DayPart | None = None
    people: tuple[str, ...] = ()
    minute: int | None = None  #: of the day, in the middle of those in that part of it

    @property
    def has_time(self) -> bool:
        """Whether it says anything about the time."""
        return self.weekday is not None or self.part is not None

    def score(self, slot: Slot, zone: str) -> int:
        """How much of it holds of the slot; a time counts more than a person."""
        wall = zones.to_wall(slot.time.start, zone)
        return (
            2 * (wall.weekday() == self.weekday)
            + 2 * (part_of(wall) is self.part)
            + (bool(self.people) and slot.people == self.people)
        )

    def apart(self, slot: Slot, zone: str) -> int:
        """Minutes from the usual time of day."""
        return 0 if self.minute is None else abs(_minute_of_day(slot.time.start, zone) - self.minute)


@dataclass(frozen=True)
class Crowd:
    """How many different attendees take each hour and weekday, by the people's clocks; few are left out."""

    hours: Mapping[int, int] = field(default_factory=dict)
    weekdays: Mapping[int, int] = field(default_factory=dict)

    def score(self, slot: Slot, zone: str) -> float:
        """From 0 for what too few take to 1 for what most take."""
        wall = zones.to_wall(slot.time.start, zone)
        return (_share(self.hours, wall.hour) + _share(self.weekdays, wall.weekday())) / 2


@dataclass(frozen=True)
class Taste:
    """What is known about the times that people take."""

    usual: Usual = field(default_factory=Usual)
    crowd: Crowd = field(default_factory=Crowd)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to rank by."""
        return self != Taste()


def part_of(wall: datetime) -> DayPart:
    """The part of the day of a local time."""
    if wall.hour < _NOON:
        return DayPart.MORNING
    return DayPart.AFTERNOON if wall.hour < _EVENING else DayPart.EVENING


def usual_of(taken: Sequence[Taken], zone: str, now: datetime) -> Usual:
    """What most of these bookings have in common, by clocks in the zone."""
    if len(taken) < FEWEST:
        return Usual()
    weights = [0.5 ** (max(now - one.start, timedelta()) / HALF_LIFE) for one in taken]
    walls = [zones.to_wall(one.start, zone) for one in taken]
    part = _common([part_of(wall) for wall in walls], weights)
    minutes = [
        _minute_of_day(one.start, zone)
        for one, wall in zip(taken, walls, strict=True)
        if part_of(wall) is part
    ]
    return Usual(
        weekday=_common([wall.weekday() for wall in walls], weights),
        part=part,
        people=_common([one.people for one in taken], weights) or (),
        minute=median_low(minutes) if minutes else None,
    )


def ranked(
    slots: Iterable[Slot], limit: int, zone: str, taste: Taste, zone_of: Callable[[Slot], str]
) -> list[Slot]:
    """So many of the slots, no two at the same time, by start: spread over them as `availability.spread` is.

    `zone` is the reader's, `zone_of` tells that of a slot's people. The same slots and taste give the same
    answer, and where nothing is known it is the spread.
    """
    best = _best_of_each_start(slots, taste.usual.people)
    spread = availability.spread(best, limit, zone)
    if not taste.is_known or not 1 < limit < len(best):
        return spread
    usual, crowd = taste.usual, taste.crowd
    scores = {
        one: (usual.score(one, zone), -usual.apart(one, zone), crowd.score(one, zone_of(one))) for one in best
    }
    found = []
    for place, (mark, portion) in enumerate(zip(spread, _portions(best, spread, zone), strict=True)):
        # Where nobody knows which hours will suit, they stay spread as well.
        choice = portion if usual.part else _at_such_hours(portion, mark, zone)
        found.append(_best(choice, mark, scores.__getitem__, zone, place / (limit - 1)))
    return sorted(found)


def _best_of_each_start(slots: Iterable[Slot], people: tuple[str, ...]) -> list[Slot]:
    """One slot of each start, ascending: with those people where they are free, else the first."""
    starts: dict[datetime, Slot] = {}
    for slot in slots:
        if slot.time.start not in starts or slot.people == people:
            starts[slot.time.start] = slot
    return sorted(starts.values())


def _portions(slots: Sequence[Slot], spread: Sequence[Slot], zone: str) -> list[list[Slot]]:
    """The slots around each one of a spread over them: each goes to the nearest day, there to the time."""
    days = {slot: zones.local_date(slot.time.start, zone) for slot in slots}
    number = {day: place for place, day in enumerate(sorted(set(days.values())))}

    def distance(slot: Slot, place: int) -> tuple[int, timedelta, int]:
        apart = abs(number[days[spread[place]]] - number[days[slot]])
        # A day between two of them goes to one of them, so that not both are taken from it.
        gap = abs(spread[place].time.start - slot.time.start) if not apart else timedelta()
        return apart, gap, place

    portions: list[list[Slot]] = [[] for _ in spread]
    for slot in slots:
        portions[min(range(len(spread)), key=lambda place: distance(slot, place))].append(slot)
    return portions


def _at_such_hours(portion: Sequence[Slot], mark: Slot, zone: str) -> list[Slot]:
    """Those at the hour of the mark or not far from it, on whatever day."""
    minute = _minute_of_day(mark.time.start, zone)
    return [slot for slot in portion if abs(_minute_of_day(slot.time.start, zone) - minute) <= NEAR]


def _minute_of_day(start: datetime, zone: str) -> int:
    wall = zones.to_wall(start, zone)
    return wall.hour * 60 + wall.minute


def _best(portion: Sequence[Slot], mark: Slot, score: Callable[[Slot], Score], zone: str, way: float) -> Slot:
    """The slot that fits best; of several the mark, else one of its day, `way` (0 to 1) through them."""
    top = max(map(score, portion))
    fitting = [slot for slot in portion if score(slot) == top]
    if mark in fitting:
        return mark
    day = zones.local_date(mark.time.start, zone)
    those = [slot for slot in fitting if zones.local_date(slot.time.start, zone) == day] or fitting
    return those[int((len(those) - 1) * way)]


def _common[Value: Hashable](values: Sequence[Value], weights: Sequence[float]) -> Value | None:
    """The value that holds of most; None where there is none, or but one booking has it."""
    sums: dict[Value, float] = defaultdict(float)
    for value, weight in zip(values, weights, strict=True):
        sums[value] += weight
    best = max(sums, key=lambda value: sums[value])
    holds = sums[best] >= MOST * sum(weights) and values.count(best) >= FEWEST
    return best if holds else None


def _share(counts: Mapping[int, int], which: int) -> float:
    return counts.get(which, 0) / max(counts.values(), default=1)
