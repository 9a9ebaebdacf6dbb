"""Finds the open slots that fit a wish: the database says what is free, `availability` cuts it into starts.

Time is searched in growing windows and the search ends as soon as there is enough to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain, repeat
from uuid import UUID

from sqlalchemy import Connection

from scheduler_core import availability, ranking, zones
from scheduler_core.admission import check_length, check_reach, check_time
from scheduler_core.db import booking_rows, tastes
from scheduler_core.db import people as people_rows
from scheduler_core.db.calendars import AROUND, Group, free_ranges, with_busy
from scheduler_core.errors import UnknownType
from scheduler_core.model import Actor, AppointmentType, Booking, Order, PersonCalendar, Reason, Slot, Wish
from scheduler_core.ranking import Taste
from scheduler_core.timerange import TimeRange, as_utc, intersect, subtract

DAY = timedelta(days=1)
#: Days of the windows, one after the other; the last one repeats.
WINDOWS = (1, 2, 4, 8, 16)
#: How many days with something open a spread chooses from: few where any time will do, as sooner is better.
DAYS_OF_A_WISH, DAYS_OF_ANY_TIME = 14, 5
#: How many free ranges are cut into starts at a time at first; then twice as many, and so on.
BLOCK = 100
#: On a day on which clocks go back; some go back by two hours.
LONGEST_DAY = timedelta(hours=26)


@dataclass(frozen=True)
class Search:
    """What is looked for, and among whose calendars."""

    groups: Sequence[Sequence[PersonCalendar]]  #: nothing busy in them; the people of one are needed together
    kind: AppointmentType
    wish: Wish
    now: datetime
    zone: str  #: the reader's
    moved: Booking | None = None  #: its time counts as free, but is nothing to move to
    margin: timedelta = AROUND  #: how far around a free range what is taken matters
    taste: Taste = field(default_factory=Taste)  #: by which a spread is ranked

    @property
    def without(self) -> tuple[UUID, ...]:
        """Bookings that are not in the way."""
        return () if self.moved is None else (self.moved.uid,)

    def zone_of(self, slot: Slot) -> str:
        """The zone of the first of its people."""
        return self._zones[slot.people[0]]

    @cached_property
    def _zones(self) -> dict[str, str]:
        return {one.person.handle: one.person.zone for group in self.groups for one in group}

    def fits(self, slot: Slot) -> bool:
        """Whether it begins when it should, and is no booking's own slot."""
        begins = not self.wish.starts or slot.time.start in self.wish.starts
        return begins and (self.moved is None or slot != self.moved.slot)

    @property
    def length(self) -> timedelta:
        """How long the appointment is to be."""
        return self.wish.length or self.kind.duration


def search_for(
    connection: Connection,
    kind: str,
    wish: Wish,
    now: datetime,
    *,
    zone: str = "UTC",
    instead_of: UUID | None = None,
) -> Search:
    """The search for what somebody wishes.

    Raises:
        UnknownType, UnknownPerson: there is none, or the person does not offer the type.
        InvalidDuration, InvalidTime, UnknownZone: a part of the wish cannot be used.

    """
    types = people_rows.all_types(connection)
    offered = next((one for one in types if one.handle == kind), None)
    if offered is None:
        raise UnknownType(type=kind)
    check_reach(*wish.starts)
    if wish.length is not None:
        check_length(offered, wish.length)
    return Search(
        groups=_groups(connection, kind, wish),
        kind=offered,
        wish=replace(wish, starts=tuple(as_utc(start) for start in wish.starts)),
        now=now,
        zone=zones.canonical(zone),
        moved=None if instead_of is None else booking_rows.find(connection, instead_of),
        margin=_margin(offered, types),
    )


def _groups(connection: Connection, kind: str, wish: Wish) -> list[list[PersonCalendar]]:
    """The calendars of each group that would do: of everybody who offers the type, where nobody is named."""
    offering = {person.handle: person for person in people_rows.people_offering(connection, kind)}
    wanted = wish.anyone_of or tuple(frozenset({handle}) for handle in sorted(offering))
    handles = sorted({handle for group in wanted for handle in group})
    for handle in handles:
        if handle not in offering:
            raise UnknownType(type=kind, person=people_rows.known_person(connection, handle).handle)
    calendars = people_rows.calendars(connection, [offering[handle] for handle in handles])
    by_handle = {calendar.person.handle: calendar for calendar in calendars}
    return [[by_handle[handle] for handle in sorted(group)] for group in wanted if group]


def _margin(kind: AppointmentType, types: Sequence[AppointmentType]) -> timedelta:
    """The widest buffer there is; where a day can be full, all of that day."""
    widest = max(max(one.buffer_before, one.buffer_after) for one in types)
    return widest if kind.daily_limit is None else max(widest, LONGEST_DAY)


def refusal(
    connection: Connection, slot: Slot, now: datetime, *, instead_of: UUID | None = None
) -> Reason | None:
    """Why the slot cannot be had; None if it can.

    Raises:
        UnknownType, UnknownPerson, InvalidDuration, InvalidTime: this is no slot.

    """
    wish = Wish(anyone_of=(frozenset(slot.people),))
    search = search_for(connection, slot.kind, wish, now, instead_of=instead_of)
    check_time(search.kind, slot.time)
    (calendars,) = search.groups
    busy = with_busy(connection, calendars, slot.time, now, without=search.without)
    return availability.refusal(busy, search.kind, slot.time, now)


def taste(connection: Connection, kind: str, taker: Actor | None, now: datetime, *, zone: str) -> Taste:
    """What the taker usually books, as far as they may see those bookings, and what most attendees do."""
    taken = [] if taker is None else tastes.taken_by(connection, taker, now)
    return Taste(ranking.usual_of(taken, zone, now), tastes.crowd_of(connection, kind, now))


def find(connection: Connection, search: Search, limit: int | None) -> list[Slot]:
    """The open slots in the order of their start, all of them or as many as the wish's order prefers.

    With a limit no two of them start at the same time.
    """
    if limit is None:
        windows = _windows(search, WINDOWS[-1:])
        return sorted(slot for _, slots in _found(connection, search, windows) for slot in slots)
    if search.wish.order is Order.EARLIEST:
        return _first(connection, search, limit)
    if search.wish.order is Order.LATEST:
        return _last(connection, search, limit)
    return _spread(connection, search, limit)


def _first(connection: Connection, search: Search, limit: int) -> list[Slot]:
    found: list[Slot] = []
    for certain, slots in _found(connection, search, _windows(search)):
        found = _one_a_start([*found, *slots])
        if sum(slot.time.start < certain for slot in found) >= limit:
            break
    return found[:limit]


def _last(connection: Connection, search: Search, limit: int) -> list[Slot]:
    found: list[Slot] = []
    for window in reversed(list(_windows(search))):
        slots = [slot for _, portion in _found(connection, search, iter([window])) for slot in portion]
        found = _one_a_start([*slots, *found])
        if len(found) >= limit:
            break
    return found[-limit:]


def _spread(connection: Connection, search: Search, limit: int) -> list[Slot]:
    enough = DAYS_OF_A_WISH if search.wish.windows else DAYS_OF_ANY_TIME
    days: dict[date, list[Slot]] = {}
    for _, slots in _found(connection, search, _windows(search)):
        for slot in slots:
            days.setdefault(zones.local_date(slot.time.start, search.zone), []).append(slot)
        if len(days) > enough:
            break
    candidates = chain.from_iterable(days[day] for day in sorted(days)[:enough])
    return ranking.ranked(candidates, limit, search.zone, search.taste, search.zone_of)


def _one_a_start(slots: Iterable[Slot]) -> list[Slot]:
    """The first slot of each start, ascending."""
    starts: dict[datetime, Slot] = {}
    for slot in slots:
        starts.setdefault(slot.time.start, slot)
    return sorted(starts.values())


def _spans(search: Search) -> list[TimeRange]:
    """The time in which the whole appointment has to lie."""
    first = search.now + search.kind.minimum_notice
    last = search.now + search.kind.horizon + search.length + timedelta(microseconds=1)
    spans = intersect(search.wish.windows or [TimeRange(first, last)], [TimeRange(first, last)])
    if search.wish.starts:
        spans = intersect(spans, [TimeRange.starting(one, search.length) for one in search.wish.starts])
    return subtract(spans, search.wish.excluded)


def _windows(search: Search, days: Sequence[int] = WINDOWS) -> Iterator[TimeRange]:
    """Stretches of so many days, one after the other, that hold every start there can be."""
    spans = _spans(search)
    start, end = (spans[0].start, spans[-1].end) if spans else (search.now, search.now)
    sizes = chain(days, repeat(days[-1]))
    while start < end:
        stop = min(start + next(sizes) * DAY, end)
        yield TimeRange(start, stop)
        start = stop


def _found(
    connection: Connection, search: Search, windows: Iterator[TimeRange]
) -> Iterator[tuple[datetime, list[Slot]]]:
    """The slots that start in the windows, in portions; no later portion has a start before the instant."""
    spans = _spans(search)
    for window in windows:
        # An appointment may begin in this window and end in the next.
        reach = intersect(spans, [window.grown(after=search.length)])
        free = _free(connection, search, reach) if reach else []
        size = BLOCK
        while free:
            block, free = free[:size], free[size:]
            certain = min(free[0][1].start, window.end) if free else window.end
            yield certain, [slot for slot in _cut(connection, search, block) if window.holds(slot.time.start)]
            size *= 2


def _free(connection: Connection, search: Search, reach: Sequence[TimeRange]) -> list[tuple[int, TimeRange]]:
    """What the database says is free of the groups' working time, by start."""
    whole = TimeRange(reach[0].start, reach[-1].end)
    groups = [
        Group(
            numbers=tuple(calendar.person.number for calendar in calendars),
            open=tuple(intersect(availability.working_time(calendars, whole), reach)),
        )
        for calendars in search.groups
    ]
    return free_ranges(
        connection,
        groups,
        search.now,
        kind=search.kind,
        length=search.length,
        without=search.without,
    )


def _cut(connection: Connection, search: Search, free: Sequence[tuple[int, TimeRange]]) -> list[Slot]:
    """The slots in the free ranges."""
    gaps: dict[int, list[TimeRange]] = {}
    for place, gap in free:
        gaps.setdefault(place, []).append(gap)
    people = {calendar.person: calendar for place in gaps for calendar in search.groups[place]}
    span = TimeRange(free[0][1].start, max(gap.end for _, gap in free))
    loaded = with_busy(
        connection,
        list(people.values()),
        span,
        search.now,
        without=search.without,
        margin=search.margin,
    )
    calendars = {calendar.person: calendar for calendar in loaded}
    return [
        slot
        for place in sorted(gaps)
        for slot in availability.starts(
            [calendars[calendar.person] for calendar in search.groups[place]],
            search.kind,
            gaps[place],
            search.now,
            length=search.length,
        )
        if search.fits(slot)
    ]
