"""What became of a booking, step by step: who changed it, when and through what, before and after; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from scheduler_core.model import Actor, Booking, Status
from scheduler_core.timerange import TimeRange


class What(StrEnum):
    """What a step did."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    GUESTS = "guests"  #: others are invited
    NO_SHOW = "no_show"  #: nobody came
    CAME = "came"  #: somebody did, after all


@dataclass(frozen=True)
class State:
    """What a booking was at some time. It names nobody: guests are counted."""

    status: Status
    time: TimeRange
    guests: int
    no_show: bool

    @classmethod
    def of(cls, booking: Booking) -> State:
        """What the booking is."""
        return cls(booking.status, booking.time, len(booking.guests), booking.no_show)


@dataclass(frozen=True)
class Former:
    """What a booking was until somebody changed it."""

    state: State
    at: datetime  #: when it was changed
    actor: Actor  #: by whom


@dataclass(frozen=True)
class Step:
    """One change."""

    what: What
    at: datetime
    actor: Actor
    before: State | None  #: None where there was nothing before
    after: State


def steps(booking: Booking, formers: Iterable[Former]) -> tuple[Step, ...]:
    """How the booking came to be what it is, the oldest step first.

    What was booked without a hold begins with its making; else with the confirmation of the hold.
    """
    known = list(formers)
    states = [*(one.state for one in known), State.of(booking)]
    changed = tuple(
        Step(_what(before, after), one.at, one.actor, _booked(before), after)
        for one, (before, after) in zip(known, pairwise(states), strict=True)
    )
    if states[0].status is Status.TENTATIVE or booking.created_at is None:
        return changed
    return (Step(What.BOOKED, booking.created_at, booking.actor, None, states[0]), *changed)


def _booked(before: State) -> State | None:
    """A hold is nothing that was agreed."""
    return None if before.status is Status.TENTATIVE else before


def _what(before: State, after: State) -> What:
    if before.status is Status.TENTATIVE:
        return What.BOOKED
    if after.status is Status.CANCELLED:
        return What.CANCELLED
    if before.no_show != after.no_show:
        return What.NO_SHOW if after.no_show else What.CAME
    return What.MOVED if before.time != after.time else What.GUESTS
