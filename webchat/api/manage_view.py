"""What the pages behind a manage link show; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from scheduler_core import wording, zones
from scheduler_core.mail.letter import Letter, Participant
from scheduler_core.model import Booking, Reason, Slot, Status
from scheduler_core.timerange import TimeRange

DAYS_SHOWN = 6
MOST_TIMES = 400  #: of one query; a page never shows more

LABELS = {
    "open": "Confirmed",
    "begun": "Under way",
    "over": "Over",
    "cancelled": "Cancelled",
}

REFUSALS = {
    Reason.PAST: "That time is over.",
    Reason.TOO_SOON: "That time is too close to be booked now.",
    Reason.TOO_FAR: "That time is too far ahead.",
    Reason.OUTSIDE_HOURS: "That time lies outside the working hours.",
    Reason.TIME_OFF: "Nobody is there at that time.",
    Reason.TAKEN: "That time has just been taken.",
    Reason.DAY_FULL: "That day is full.",
    Reason.OFF_GRID: "Appointments do not begin at that time.",
}


@dataclass(frozen=True)
class FreeTime:
    """One radio button."""

    start: str  #: ISO 8601, in UTC
    label: str
    period: str  #: day and hours, to be read beside those of the present time


@dataclass(frozen=True)
class FreeDay:
    """The times of one day of the reader's."""

    day: date
    label: str
    times: tuple[FreeTime, ...]


@dataclass(frozen=True)
class Choice:
    """A page of free days, and the first day of the next one."""

    days: tuple[FreeDay, ...]
    following: date | None


def state(booking: Booking, now: datetime) -> str:
    """Which of `LABELS` applies."""
    if booking.status is Status.CANCELLED:
        return "cancelled"
    if booking.time.end <= now:
        return "over"
    return "begun" if booking.time.start <= now else "open"


def choice(slots: Sequence[Slot], letter: Letter) -> Choice:
    """The slots, which ascend, by the reader's days, without the time that the booking has now.

    The last day of a full query may lack times, so it waits for the next page.
    """
    reader, present = letter.reader, letter.booking.time
    others = (slot for slot in slots if slot.time != present)
    by_day = groupby(others, key=lambda slot: zones.local_date(slot.time.start, reader.zone))
    days = [_day(day, list(group), reader) for day, group in by_day]
    certain = len(days) - 1 if len(slots) >= MOST_TIMES and len(days) > 1 else len(days)
    shown, rest = days[: min(DAYS_SHOWN, certain)], days[min(DAYS_SHOWN, certain) :]
    return Choice(tuple(shown), rest[0].day if rest else None)


def window(first: date | None, letter: Letter, now: datetime) -> TimeRange:
    """Everything that can be booked from that day of the reader's on; from now on, where none is named."""
    zone, end = letter.reader.zone, now + letter.booking.kind.horizon + timedelta(days=1)
    if first is None or first <= zones.local_date(now, zone):
        return TimeRange(now, end)
    start = zones.day_range(min(first, zones.local_date(end, zone)), zone).start
    return TimeRange(start, end) if start < end else TimeRange.starting(end, timedelta(days=1))


def _day(day: date, slots: list[Slot], reader: Participant) -> FreeDay:
    label = wording.day(slots[0].time.start, reader.zone, reader.locale)
    return FreeDay(day, label, tuple(_time(slot, reader) for slot in slots))


def _time(slot: Slot, reader: Participant) -> FreeTime:
    start, zone, locale = slot.time.start, reader.zone, reader.locale
    period = wording.period(slot.time, zone, locale)
    return FreeTime(start.isoformat(), wording.clock_time(start, zone, locale), period)
