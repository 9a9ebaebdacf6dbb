"""What a person may do to their own days: be away, be late; values and pure checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduler_core import zones
from scheduler_core.admission import check_reach
from scheduler_core.errors import InvalidTime, NotAllowed
from scheduler_core.model import Actor, ActorKind, Booking, Person, TimeOff
from scheduler_core.timerange import TimeRange, intersect, merge, subtract

MOST_TIMES = 60  #: stretches of one absence
LONGEST = timedelta(days=366)  #: from its first instant to its last
LATEST = timedelta(hours=3)  #: a longer delay is an absence
MINUTE = timedelta(minutes=1)
#: The key under which the holder of a called-off booking's link takes another time: there is one instead.
INSTEAD = "instead"


class What(StrEnum):
    """What a person has changed. The database keeps these names."""

    BLOCK = "block"  #: cannot be booked; what is booked already stays
    ILLNESS = "illness"  #: is away; what was booked is called off
    DELAY = "delay"  #: comes later to one appointment


@dataclass(frozen=True)
class AbsencePlan:
    """What being away would mean; nothing has been done."""

    person: Person
    times: tuple[TimeRange, ...]  #: sorted and disjoint
    bookings: tuple[Booking, ...]  #: confirmed ones that touch them and have not begun, by start


@dataclass(frozen=True)
class Absence:
    """Time in which a person cannot be booked by their own word."""

    id: UUID
    person: Person
    what: What  #: a block or an illness
    times: tuple[TimeRange, ...]
    reason: str  #: for the person alone; attendees never hear of it
    called_off: tuple[Booking, ...]  #: as they are now, by start
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Return:
    """A person is back sooner than they said, wholly or for some of the time."""

    person: Person
    times: tuple[TimeRange, ...]  #: in which they can be booked again; sorted and disjoint
    called_off: tuple[Booking, ...]  #: what was called off for that time and stays so, by start


@dataclass(frozen=True, order=True)
class Alternative:
    """An open slot that somebody may take instead of what was called off."""

    time: TimeRange
    people: tuple[Person, ...] = field(compare=False)


@dataclass(frozen=True)
class LatenessPlan:
    """What being late would mean; nobody has been told."""

    person: Person
    minutes: int
    booking: Booking | None  #: the one that begins later; None where none is left today
    collides_with: TimeRange | None = None  #: the appointment that the late one would reach into

    @property
    def start(self) -> datetime | None:
        """When the appointment would begin."""
        return None if self.booking is None else self.booking.time.start + self.minutes * MINUTE


@dataclass(frozen=True)
class Delay:
    """An appointment that begins later than agreed, of which its attendees are told."""

    id: UUID
    person: Person
    booking: Booking
    minutes: int

    @property
    def start(self) -> datetime:
        """When it begins; the calendar keeps the agreed time."""
        return self.booking.time.start + self.minutes * MINUTE


def own_handle(actor: Actor) -> str:
    """The handle of the person who asks.

    Raises:
        NotAllowed: nobody of this system does.

    """
    if actor.kind is not ActorKind.PERSON:
        raise NotAllowed(actor=actor.kind.value)
    return actor.id


def checked_times(times: Iterable[TimeRange], now: datetime) -> tuple[TimeRange, ...]:
    """The times of an absence, sorted and disjoint.

    Raises:
        InvalidTime: there are none or too many, they are over, or reach too far.

    """
    merged = merge(times)
    if not 0 < len(merged) <= MOST_TIMES:
        raise InvalidTime(reason="number", value=str(len(merged)))
    if merged[-1].end <= now:
        raise InvalidTime(reason="past", value=merged[-1].end.isoformat())
    check_reach(merged[0].start, merged[-1].end)
    if merged[-1].end - merged[0].start > LONGEST:
        raise InvalidTime(reason="too_long", value=str(merged[-1].end - merged[0].start))
    return tuple(merged)


def coming_back(person: Person, absences: Sequence[Absence], times: Sequence[TimeRange]) -> Return:
    """What is taken back of a person's absences who is there at these times after all."""
    freed = intersect((time for absence in absences for time in absence.times), times)
    lost = {booking.uid: booking for absence in absences for booking in absence.called_off}
    gone = [one for one in lost.values() if any(one.time.overlaps(time) for time in freed)]
    return Return(person, tuple(freed), tuple(sorted(gone, key=lambda booking: booking.time)))


def still_away(absence: Absence, times: Sequence[TimeRange]) -> tuple[TimeRange, ...]:
    """What is left of an absence of somebody who is there at these times after all."""
    return tuple(subtract(absence.times, times))


def checked_delay(minutes: int) -> timedelta:
    """How much later.

    Raises:
        InvalidTime: not by one minute up to three hours.

    """
    if not MINUTE <= minutes * MINUTE <= LATEST:
        raise InvalidTime(reason="delay", value=str(minutes))
    return minutes * MINUTE


def on_the_wall(times: Iterable[TimeRange], zone: str) -> tuple[TimeOff, ...]:
    """The time off in the zone that holds all of the times.

    Where clocks show the last hour twice it is off until it is over for the second time.
    """
    return tuple(_on_the_wall(time, zone) for time in times)


def _on_the_wall(time: TimeRange, zone: str) -> TimeOff:
    end = zones.to_wall(time.end, zone)
    missing = time.end - zones.to_instant(end, zone)
    return TimeOff(zones.to_wall(time.start, zone), end + missing)


def inside(bookings: Iterable[Booking], times: Sequence[TimeRange], now: datetime) -> tuple[Booking, ...]:
    """Those of the bookings that touch the times and have not begun."""
    return tuple(
        booking
        for booking in bookings
        if booking.time.start > now and any(booking.time.overlaps(time) for time in times)
    )


def late_one(bookings: Iterable[Booking], delay: timedelta, now: datetime) -> Booking | None:
    """Which of the bookings, by start, a late person means: the first that could still begin so late."""
    return next((booking for booking in bookings if booking.time.start + delay > now), None)


def collision(late: Booking, delay: timedelta, others: Iterable[Booking]) -> TimeRange | None:
    """The first of the others' times that the late booking would reach into."""
    reach = TimeRange.starting(late.time.start + delay, late.time.length)
    times = sorted(other.time for other in others if other.uid != late.uid)
    return next((time for time in times if time.overlaps(reach)), None)
