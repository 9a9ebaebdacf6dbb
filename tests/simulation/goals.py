"""What a simulated person wants, and how they are: drawn from a seed, the same each time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from tests.clockwork import START
from tests.simulation.habits import Habit, Liking, Past, habit_from, past_of
from tests.simulation.practice import ALL, BY_HANDLE, Host, Service

DAY = timedelta(days=1)
_FIRST_NAMES = (
    "Noa",
    "Liam",
    "Zoë",
    "Mateo",
    "Aisha",
    "Jun",
    "Freya",
    "Omar",
    "Irina",
    "Sean",
    "Łucja",
    "Kofi",
)
_LAST_NAMES = (
    "Berg",
    "O'Hara",
    "van Dijk",
    "Silva",
    "Khan",
    "Tanaka",
    "Novak",
    "Díaz",
    "Lind",
    "Roy",
    "Petrov",
)
_HOURS = (None, None, (8, 12), (12, 18), (13, 17), (15, 24), (0, 11), (10, 24), (14, 17))
_ZONES = ("Europe/Berlin", "Europe/Berlin", "Europe/London", "Europe/Paris", "Europe/Madrid")


class Opening(StrEnum):
    """How much the first message says."""

    ALL = "all at once"
    WISH = "a wish without name and address"
    HI = "hi"


class Twist(StrEnum):
    """What happens on the way."""

    NOTHING = "nothing"
    QUESTION = "a question in the middle"
    OTHER_DAY = "another day after all"
    OTHER_PERSON = "another person after all"
    LONGER = "longer after all"
    NEW_ADDRESS = "the address corrected"
    OTHER_TIMES = "wants to see other times"
    GIVES_UP = "gives up"
    OUT_OF_NOWHERE = "says something else"


@dataclass(frozen=True)
class Window:
    """When it may be, in the person's own zone: on any of the days, within the hours."""

    days: tuple[date, ...]
    hours: tuple[int, int] | None  #: full hours, half-open
    excluded: tuple[date, ...] = ()

    def holds(self, start: datetime, minutes: int) -> bool:
        """Whether an appointment at that local time suits."""
        if start.date() not in self.days or start.date() in self.excluded:
            return False
        if self.hours is None:
            return True
        first, last = self.hours
        end = start + timedelta(minutes=minutes)
        ends = time(23, 59) if end.date() > start.date() else end.time()
        return start.time() >= time(first) and (last == 24 or ends <= time(last))


@dataclass(frozen=True)
class Goal:
    """What one simulated person wants."""

    host: Host | None  #: None: anybody
    service: Service
    minutes: int
    window: Window
    zone: str
    name: str
    email: str
    opening: Opening
    twist: Twist
    voice: int  #: which manner of writing they prefer
    typos: bool
    by_tap: bool  #: whether they tap buttons rather than write
    habit: Habit = field(default_factory=Habit)  #: which of the times that suit they like best
    past: tuple[Past, ...] = ()  #: what they have booked before, by which they can be known

    def accepts(self, start: datetime, *, widened: bool) -> bool:
        """Whether they would take a start; once they have widened their wish any later day will do."""
        local = start.astimezone(ZoneInfo(self.zone))
        return widened or self.window.holds(local, self.minutes)

    def at_another_time(self, random: Random) -> Goal:
        """The goal after a change of mind about the day."""
        return replace(self, window=Window((_workday(random, self.host),), None))

    def with_another_host(self, random: Random) -> Goal:
        """The goal after a change of mind about the person."""
        others = [host for host in self.service.hosts if host != (self.host and self.host.handle)]
        return replace(self, host=BY_HANDLE[random.choice(others)])


def goal_from(random: Random, number: int) -> Goal:
    """A goal that can be reached, though not always exactly."""
    service = random.choices(ALL, weights=(2, 5, 1))[0]
    host = BY_HANDLE[random.choice(service.hosts)]
    anyone = len(service.hosts) > 1 and random.random() < 0.15
    name = f"{random.choice(_FIRST_NAMES)} {random.choice(_LAST_NAMES)}"
    goal = Goal(
        host=None if anyone else host,
        service=service,
        minutes=random.choice(service.minutes),
        window=_window(random, host),
        zone=random.choice(_ZONES),
        name=name,
        email=f"person{number}@example.com",
        opening=random.choice(tuple(Opening)),
        twist=_twist(random, service),
        voice=random.randrange(1000),
        typos=random.random() < 0.25,
        by_tap=random.random() < 0.4,
    )
    return _with_habit(random, goal, host)


def _with_habit(random: Random, goal: Goal, host: Host) -> Goal:
    """The goal of somebody who may like some times best; who does leaves a week of them open."""
    habit = habit_from(random, host, goal.service, goal.zone)
    if habit.liking is Liking.NONE:
        return goal
    past = tuple(past_of(random, habit, host, goal.service))
    return replace(goal, host=host, habit=habit, past=past, window=Window(_any_week(random), None))


def _twist(random: Random, service: Service) -> Twist:
    if random.random() < 0.45:
        return Twist.NOTHING
    twists = set(Twist) - {Twist.NOTHING}
    if len(service.hosts) == 1:
        twists -= {Twist.OTHER_PERSON}
    if len(service.minutes) == 1:
        twists -= {Twist.LONGER}
    return random.choice(sorted(twists))


def _window(random: Random, host: Host) -> Window:
    hours = random.choice(_HOURS)
    kind = random.random()
    if kind < 0.5:
        return Window((_workday(random, host),), hours)
    if kind < 0.7:
        return Window(
            tuple(sorted({_workday(random, host, weeks=1), _workday(random, host, weeks=1)})), hours
        )
    week = _any_week(random)
    excluded = (random.choice(week[:5]),) if random.random() < 0.5 else ()
    return Window(week, hours, excluded)


def _any_week(random: Random) -> tuple[date, ...]:
    """The days of one of the three weeks to come."""
    monday = START.date() - DAY * START.weekday() + 7 * DAY * random.randint(1, 3)
    return tuple(monday + DAY * number for number in range(7))


def _workday(random: Random, host: Host | None, *, weeks: int = 4) -> date:
    weekdays = host.weekdays if host else range(5)
    days = [START.date() + DAY * number for number in range(1, 7 * weeks)]
    return random.choice([day for day in days if day.weekday() in weekdays])
