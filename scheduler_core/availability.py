"""When people can be booked: which slots are open, and why one is not. Pure; `now` is handed in.

Free time is working time that nothing takes. Starts lie in it on the organizer's wall-clock grid; two
neighbours keep the larger of the two buffers between them. The first calendar is the organizer's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain

from scheduler_core import public_holidays, zones
from scheduler_core.model import AppointmentType, Busy, PersonCalendar, Reason, Slot
from scheduler_core.recurrence import local_range, occurrences
from scheduler_core.timerange import TimeRange, intersect, merge, subtract

DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


def open_slots(
    calendars: Sequence[PersonCalendar],
    kind: AppointmentType,
    window: TimeRange,
    now: datetime,
    *,
    length: timedelta | None = None,
) -> Iterator[Slot]:
    """The slots in the window at which all the calendars can be booked, ascending.

    They are the times that `refusal` has nothing against. `length` is the default duration of the appointment
    type where it is not given.
    """
    taken = [busy.time for calendar in calendars for busy in calendar.busy]
    yield from starts(calendars, kind, subtract(working_time(calendars, window), taken), now, length=length)


def working_time(calendars: Sequence[PersonCalendar], window: TimeRange) -> list[TimeRange]:
    """When all the calendars work, in the window, sorted and disjoint."""
    first, *others = [working_ranges(calendar, window) for calendar in calendars]
    return intersect(first, *others)


def working_ranges(calendar: PersonCalendar, window: TimeRange) -> list[TimeRange]:
    """Working and extra hours without time off, in the window, sorted and disjoint."""
    return subtract(opening_ranges(calendar, window), off_ranges(calendar, window))


def opening_ranges(calendar: PersonCalendar, window: TimeRange) -> list[TimeRange]:
    """Working and extra hours, time off not regarded, in the window, sorted and disjoint."""
    return intersect(_hours(calendar, window), [window])


def off_ranges(calendar: PersonCalendar, window: TimeRange) -> list[TimeRange]:
    """Time off and public holidays that touch the window, sorted and disjoint."""
    zone = calendar.person.zone
    days = () if calendar.holidays is None else public_holidays.off_ranges(calendar.holidays, zone, window)
    return merge(chain((one for off in calendar.time_off for one in occurrences(off, zone, window)), days))


def starts(
    calendars: Sequence[PersonCalendar],
    kind: AppointmentType,
    free: Iterable[TimeRange],
    now: datetime,
    *,
    length: timedelta | None = None,
) -> Iterator[Slot]:
    """The slots that lie wholly in one of the free ranges and that no rule refuses, ascending.

    The ranges have to lie in the working time of all the calendars, and the calendars have to hold everything
    that takes time in them and within two days around.
    """
    wanted = length or kind.duration
    earliest, latest = now + kind.minimum_notice, now + kind.horizon
    people = tuple(sorted(calendar.person.handle for calendar in calendars))
    full_days = [_full_days(calendar, kind) for calendar in calendars]
    for gap in subtract(free, (_quiet(busy, kind) for calendar in calendars for busy in calendar.busy)):
        if gap.end <= earliest or gap.start > latest or gap.length < wanted:
            continue
        # Up to and including the last start that leaves room for the whole length.
        room = TimeRange(gap.start, gap.end - wanted + _INSTANT)
        for start in grid(room, calendars[0].person.zone, kind.interval):
            on_full_day = any(
                days and zones.local_date(start, calendar.person.zone) in days
                for calendar, days in zip(calendars, full_days, strict=True)
            )
            if earliest <= start <= latest and not on_full_day:
                yield Slot(TimeRange.starting(start, wanted), people, kind.handle)


def refusal(
    calendars: Sequence[PersonCalendar], kind: AppointmentType, wanted: TimeRange, now: datetime
) -> Reason | None:
    """The one reason why the time cannot be booked; None if it can."""
    return _beyond(kind, wanted.start, now) or next(filter(None, _hindrances(calendars, kind, wanted)), None)


def _beyond(kind: AppointmentType, start: datetime, now: datetime) -> Reason | None:
    """What notice and horizon have against a start."""
    if start < now:
        return Reason.PAST
    if start < now + kind.minimum_notice:
        return Reason.TOO_SOON
    if start > now + kind.horizon:
        return Reason.TOO_FAR
    return None


def _hindrances(
    calendars: Sequence[PersonCalendar], kind: AppointmentType, wanted: TimeRange
) -> Iterator[Reason | None]:
    """What the calendars have against a time, in the order of `Reason`."""
    if any(opening_ranges(calendar, wanted) != [wanted] for calendar in calendars):
        yield Reason.OUTSIDE_HOURS
    if any(off_ranges(calendar, wanted) for calendar in calendars):
        yield Reason.TIME_OFF
    if any(_quiet(busy, kind).overlaps(wanted) for calendar in calendars for busy in calendar.busy):
        yield Reason.TAKEN
    if any(
        zones.local_date(wanted.start, calendar.person.zone) in _full_days(calendar, kind)
        for calendar in calendars
    ):
        yield Reason.DAY_FULL
    if wanted.start not in grid(wanted, calendars[0].person.zone, kind.interval):
        yield Reason.OFF_GRID


def grid(span: TimeRange, zone: str, interval: timedelta) -> list[datetime]:
    """The instants in the range at which clocks in the zone show a multiple of the interval since midnight.

    A time that clocks skip has none, one that they show twice has two.
    """
    # A day more on either side: where clocks go back over midnight, the days are not in order.
    first = zones.local_date(span.start, zone) - DAY
    days = (zones.local_date(span.end, zone) + DAY - first).days + 1
    instants = {instant for number in range(days) for instant in _grid(first + number * DAY, zone, interval)}
    return sorted(instant for instant in instants if span.start <= instant < span.end)


def spread(slots: Sequence[Slot], limit: int, zone: str) -> list[Slot]:
    """So many of the slots, spread over their days (of the reader's zone) and over the hours; sorted."""
    if len(slots) <= limit or limit < 1:
        return sorted(slots)[: max(limit, 0)]
    days: dict[date, list[Slot]] = {}
    for slot in sorted(slots):
        days.setdefault(zones.local_date(slot.time.start, zone), []).append(slot)
    chosen = _evenly(list(days), min(limit, len(days)))
    shares = _shares([len(days[day]) for day in chosen], limit)
    picked: list[Slot] = []
    for number, (day, share) in enumerate(zip(chosen, shares, strict=True)):
        # One a day: early on the first day, late on the last. Several a day: from early to late.
        picked += _evenly(days[day], share) if share > 1 else [_part_way(days[day], number, len(chosen))]
    return sorted(picked)


def _evenly[Item](items: Sequence[Item], count: int) -> list[Item]:
    """So many of the items, first and last among them where there are two or more."""
    return [_part_way(items, number, count) for number in range(count)]


def _part_way[Item](items: Sequence[Item], number: int, count: int) -> Item:
    """The item that lies as far among its own as `number` does among `count`."""
    return items[(len(items) - 1) * number // max(1, count - 1)]


def _shares(sizes: Sequence[int], total: int) -> list[int]:
    """How many to take of each, as equal as the sizes allow; the sizes come to the total or more."""
    shares = [0] * len(sizes)
    while sum(shares) < total:
        smallest = min(share for share, size in zip(shares, sizes, strict=True) if share < size)
        shares[next(i for i, share in enumerate(shares) if share == smallest and share < sizes[i])] += 1
    return shares


def _quiet(busy: Busy, kind: AppointmentType) -> TimeRange:
    """What an appointment of that type may not touch: the larger of the two buffers counts."""
    return busy.time.grown(
        before=max(busy.before, kind.buffer_after), after=max(busy.after, kind.buffer_before)
    )


def _full_days(calendar: PersonCalendar, kind: AppointmentType) -> frozenset[date]:
    """The person's local days on which the type cannot be booked once more."""
    if kind.daily_limit is None:
        return frozenset()
    # A hold for a move may take two stretches of one day, and is still one.
    booked = {
        (zones.local_date(busy.time.start, calendar.person.zone), busy.uid or index)
        for index, busy in enumerate(calendar.busy)
        if busy.kind == kind.handle
    }
    counts = Counter(day for day, _ in booked)
    return frozenset(day for day, count in counts.items() if count >= kind.daily_limit)


def _hours(calendar: PersonCalendar, window: TimeRange) -> Iterator[TimeRange]:
    """Working and extra hours of the days that the window touches, and of a day more on either side."""
    zone = calendar.person.zone
    first = zones.local_date(window.start, zone) - DAY
    for number in range((zones.local_date(window.end, zone) + DAY - first).days + 1):
        day = first + number * DAY
        weekly = [(one.start, one.end) for one in calendar.working_hours if one.weekday == day.weekday()]
        extra = [(one.start, one.end) for one in calendar.extra_hours if one.day == day]
        for start, end in weekly + extra:
            found = _on(day, start, end, zone)
            if found is not None:
                yield found


@lru_cache(maxsize=65536)
def _on(day: date, start: time, end: time, zone: str) -> TimeRange | None:
    """Local hours of one day; an end at midnight is the end of the day."""
    last = day + DAY if end == time.min else day
    return local_range(datetime.combine(day, start), datetime.combine(last, end), zone)


@lru_cache(maxsize=8192)
def _grid(day: date, zone: str, interval: timedelta) -> tuple[datetime, ...]:
    """The instants of one local day on the grid."""
    midnight = datetime.combine(day, time.min)
    walls = (midnight + number * interval for number in range(-(-DAY // interval)))
    return tuple(instant for wall in walls for instant in zones.readings(wall, zone))
