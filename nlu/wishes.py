"""What somebody said about time, as values: days, wall-clock hours, exclusions, moves.

Everything here is on the writer's wall clock; it becomes instants only in `nlu.windows`, by
`scheduler_core.zones`. A `TimeWish` is made by `nlu.timephrases.wish_from`, carried on by
`nlu.following.follow`, kept as plain JSON by `to_json` and `from_json`, and turned into the core's `Wish` by
`nlu.windows.booking_wish`.

The calculus:

- A part is days (or weekdays) and hours (or exact clock times); an empty field leaves that side open, so
  `Part(hours=(Hours(780, 1080),))` is any day between 13:00 and 18:00.
- Parts are alternatives. What `excluded` holds always wins over them.
- Two readings of a clock time without am or pm stand side by side in `clocks` or `hours`, the daytime one
  first: which one is meant shows when working hours are known.
- Two readings that no calendar can decide ("next Friday") stand in `readings`, each a whole wish; the one who
  reads must ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from scheduler_core.model import Order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY = 24 * 60
_HALF_A_WEEK = 3


class MoveKind(str, Enum):
    """How a phrase moves away from what is being discussed."""

    LATER = "later"
    EARLIER = "earlier"
    OTHER_DAY = "other_day"
    MORE = "more"
    SHIFT = "shift"
    SAME_TIME = "same_time"


@dataclass(frozen=True, order=True)
class Days:
    """The calendar days from `first` up to but not including `end`; `date.max` is an open end."""

    first: date
    end: date


@dataclass(frozen=True, order=True)
class Hours:
    """Minutes after midnight on the wall clock, from `start` up to `end`, which is at most 1440."""

    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """One alternative of a wish, or one exclusion; an empty field leaves that side open."""

    days: tuple[Days, ...] = ()
    weekdays: tuple[int, ...] = ()  #: 0 is Monday; every such day within `days`
    hours: tuple[Hours, ...] = ()
    clocks: tuple[int, ...] = ()  #: exact starts in minutes after midnight, every reading

    @property
    def dated(self) -> bool:
        """Whether it says anything about the day."""
        return bool(self.days or self.weekdays)

    @property
    def timed(self) -> bool:
        """Whether it says anything about the time of day."""
        return bool(self.hours or self.clocks)


@dataclass(frozen=True)
class Move:
    """A step away from what is being discussed; `minutes` and `days` count for SHIFT and SAME_TIME only."""

    kind: MoveKind
    minutes: int = 0
    days: int = 0


@dataclass(frozen=True)
class TimeWish:
    """All that a message, or a conversation so far, says about when and how long."""

    parts: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()
    instants: tuple[datetime, ...] = ()  #: exact starts in UTC, from elapsed time ("in 3 hours") or a shift
    order: Order = Order.SPREAD
    minutes: int | None = None  #: the length of the appointment
    move: Move | None = None
    zone: str | None = None  #: the zone that was named ("at 9 Tokyo time"); it rules over the writer's own
    not_before: datetime | None = None  #: bounds of the start in UTC, left by moves or by "within an hour"
    not_after: datetime | None = None
    weekly: bool = field(
        default=False, compare=False
    )  #: its days are weekdays that were named without a week
    unclear: str = ""  #: the words that have several readings
    readings: tuple[TimeWish, ...] = ()
    missing: bool = False  #: the readings are what may be meant by a date that no calendar has

    @property
    def says_when(self) -> bool:
        """Whether it narrows or moves the time at all; a length or a zone alone does not."""
        said = (self.parts, self.excluded, self.instants, self.move, self.readings)
        return any(said) or self.order is not Order.SPREAD or self.bounded

    @property
    def bounded(self) -> bool:
        """Whether a move has left a bound."""
        return self.not_before is not None or self.not_after is not None

    @property
    def exact(self) -> bool:
        """Whether it names starts and no ranges."""
        return bool(self.instants) or (bool(self.parts) and all(part.clocks for part in self.parts))


def clash(readings: Sequence[TimeWish]) -> bool:
    """Whether readings are a date and the weekday that was said with it, which contradict each other.

    The two then lie within three days of each other; all other readings lie a week or more apart.
    """
    days = [part.days[0].first for wish in readings for part in wish.parts[:1] if part.days]
    return len(days) > 1 and 0 < abs(days[1] - days[0]).days <= _HALF_A_WEEK


def to_json(wish: TimeWish) -> dict[str, Any]:
    """The wish as plain JSON, without what is empty."""
    fields: dict[str, Any] = {
        "parts": [_part_to_json(part) for part in wish.parts],
        "excluded": [_part_to_json(part) for part in wish.excluded],
        "instants": [instant.isoformat() for instant in wish.instants],
        "order": "" if wish.order is Order.SPREAD else wish.order.value,
        "minutes": wish.minutes,
        "move": wish.move and [wish.move.kind.value, wish.move.minutes, wish.move.days],
        "zone": wish.zone,
        "not_before": wish.not_before and wish.not_before.isoformat(),
        "not_after": wish.not_after and wish.not_after.isoformat(),
        "unclear": wish.unclear,
        "readings": [to_json(reading) for reading in wish.readings],
        "missing": wish.missing,
    }
    return {name: value for name, value in fields.items() if value}


def from_json(fields: Mapping[str, Any]) -> TimeWish:
    """The wish that `to_json` wrote."""
    move = fields.get("move")
    return TimeWish(
        parts=tuple(_part_from_json(part) for part in fields.get("parts", ())),
        excluded=tuple(_part_from_json(part) for part in fields.get("excluded", ())),
        instants=tuple(datetime.fromisoformat(instant) for instant in fields.get("instants", ())),
        order=Order(fields.get("order", Order.SPREAD)),
        minutes=fields.get("minutes"),
        move=Move(MoveKind(move[0]), move[1], move[2]) if move else None,
        zone=fields.get("zone"),
        not_before=_instant(fields.get("not_before")),
        not_after=_instant(fields.get("not_after")),
        unclear=fields.get("unclear", ""),
        readings=tuple(from_json(reading) for reading in fields.get("readings", ())),
        missing=bool(fields.get("missing")),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _part_to_json(part: Part) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "days": [[days.first.isoformat(), days.end.isoformat()] for days in part.days],
        "weekdays": list(part.weekdays),
        "hours": [[hours.start, hours.end] for hours in part.hours],
        "clocks": list(part.clocks),
    }
    return {name: value for name, value in fields.items() if value}


def _part_from_json(fields: Mapping[str, Any]) -> Part:
    return Part(
        days=tuple(
            Days(date.fromisoformat(first), date.fromisoformat(end)) for first, end in fields.get("days", ())
        ),
        weekdays=tuple(fields.get("weekdays", ())),
        hours=tuple(Hours(start, end) for start, end in fields.get("hours", ())),
        clocks=tuple(fields.get("clocks", ())),
    )
