"""Which times to offer, and the one true reason where the time that was wanted cannot be had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from actions.catalogue import groups_of, kind_of, length_of
from actions.draft import Draft
from actions.facts import Facts
from nlu.windows import booking_wish, whole_days
from nlu.wishes import Hours, Part, TimeWish
from scheduler_core import zones
from scheduler_core.model import AppointmentType, Order, Reason, Slot, Wish
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange, intersect

AT_MOST = 3  #: times on offer at once
_AWAKE = (Hours(7 * 60, 20 * 60),)  #: when to look where no hours were named, if there is anything then
_WEAKEST = (Reason.OUTSIDE_HOURS, Reason.OFF_GRID)  #: reasons that count where there is no other
_A_LONG_DAY = timedelta(hours=25)  #: one on which clocks go back
_PROBES = 12  #: starts at most that are asked for the reason why they cannot be had
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=7)  #: how far from a wish its neighbours lie


class Match(StrEnum):
    """How what was found fits the wish."""

    EXACT = "exact"  #: the one time that was named, and it is free
    FITS = "fits"
    NEAR = "near"  #: nothing fits; these are the nearest
    NONE = "none"  #: nothing is free at all


@dataclass(frozen=True)
class Found:
    """The times to offer."""

    slots: tuple[Slot, ...]
    match: Match
    wanted: Slot | None = None  #: the one time that was named, as it would have been
    reason: Reason | None = None  #: why that cannot be had
    whole: bool = False  #: no one time was named, and the reason is that of the whole stretch


@dataclass(frozen=True)
class Search:
    """What to look for, in the scheduler's terms."""

    scheduler: Scheduler
    kind: AppointmentType
    wish: Wish
    facts: Facts
    own: UUID | None  #: what the writer holds or would move; its time counts as free

    def slots(self, wish: Wish, limit: int | None = AT_MOST) -> tuple[Slot, ...]:
        """The open times that fit."""
        return tuple(
            self.scheduler.open_slots(
                kind=self.kind.handle,
                wish=wish,
                limit=limit,
                zone=self.facts.zone,
                instead_of=self.own,
                taker=self.facts.taker,
            )
        )

    @property
    def until(self) -> datetime:
        """How far ahead the type can be booked."""
        return self.facts.now + self.kind.horizon


def search(scheduler: Scheduler, draft: Draft, facts: Facts) -> Found:
    """At most three open times that fit the wish, else the nearest to it and why.

    Raises:
        UnknownType: the people wanted offer no appointment.

    """
    found = looked_up(scheduler, draft, facts)
    slots = _as_wished(found, draft)
    if not slots:
        return _nearest(found, draft)
    if not found.wish.starts or len(slots) > 1:
        return Found(slots, Match.FITS)
    # With a limit there is one slot a start; who else has time decides whether there is a choice.
    alike = slots if draft.anyone else found.slots(replace(found.wish, starts=(slots[0].time.start,)), None)
    return Found(alike[:AT_MOST], Match.EXACT if len(alike) == 1 else Match.FITS)


def nearest(scheduler: Scheduler, draft: Draft, facts: Facts, wanted: Slot) -> tuple[Slot, ...]:
    """The open times nearest to one that cannot be had."""
    found = looked_up(scheduler, replace(draft, people=(wanted.people,)), facts)
    exactly = replace(found.wish, windows=(), starts=(wanted.time.start,), length=wanted.time.length)
    return _near(replace(found, wish=exactly))


def looked_up(scheduler: Scheduler, draft: Draft, facts: Facts) -> Search:
    """What the draft wishes, in the scheduler's terms."""
    kind = kind_of(draft, facts.catalogue) or facts.catalogue.types[0]
    wish = booking_wish(draft.when, now=facts.now, zone=facts.zone, until=facts.now + kind.horizon)
    people = tuple(frozenset(group) for group in groups_of(draft, kind, facts.catalogue))
    wish = replace(wish, anyone_of=people, length=length_of(draft, kind))
    if wish.starts and not any(part.dated for part in draft.when.parts) and not draft.when.instants:
        wish = replace(wish, order=Order.EARLIEST)
    return Search(scheduler, kind, wish, facts, draft.own(facts.now))


def _as_wished(found: Search, draft: Draft) -> tuple[Slot, ...]:
    """Times that fit: in waking hours where none were named, and soon where no end was; else any."""
    wishes = [wish for wish in (_waking(found, draft), found.wish) if wish]
    sooner = [_soon(wish) for wish in wishes] if _endless(draft.when) else []
    return next(filter(None, map(found.slots, dict.fromkeys([*sooner, *wishes]))), ())


def _waking(found: Search, draft: Draft) -> Wish | None:
    """The wish within the hours at which people are awake where the reader is; None if hours were named."""
    when = draft.when
    if when.exact or when.bounded or when.order is Order.LATEST or any(part.timed for part in when.parts):
        return None
    parts = tuple(replace(part, hours=_AWAKE) for part in when.parts) or (Part(hours=_AWAKE),)
    facts = found.facts
    awake = booking_wish(replace(when, parts=parts), now=facts.now, zone=facts.zone, until=found.until)
    return replace(found.wish, windows=awake.windows)


def _endless(when: TimeWish) -> bool:
    """Whether the days have no end, as in "mornings", or none were named."""
    open_parts = [part for part in when.parts if not part.days or part.days[-1].end == date.max]
    return not when.instants and (bool(open_parts) or not when.parts)


def _soon(wish: Wish) -> Wish:
    """The first week of a wish: sooner is better."""
    if not wish.windows:
        return wish
    week = TimeRange.starting(min(wish.windows).start, _AFTER)
    return replace(wish, windows=tuple(intersect(wish.windows, [week])))


def _nearest(found: Search, draft: Draft) -> Found:
    """What to offer when nothing fits."""
    wanted, reason = _refused(found)
    whole = wanted is None and not draft.when.bounded and _is_short(found.wish)
    if whole:
        wanted, reason = _refused(replace(found, wish=replace(found.wish, starts=_probes(found))))
    slots = _within(found, draft) or _beyond(found, draft) or _near(found)
    if not draft.when.says_when and slots:
        return Found(slots, Match.FITS)
    return Found(slots, Match.NEAR if slots else Match.NONE, wanted, reason, whole)


def _refused(found: Search) -> tuple[Slot | None, Reason | None]:
    """The time that was named, for the people who come nearest to having it, and what stands against it."""
    reasons = {
        slot: reason
        for start in found.wish.starts[:_PROBES]
        for slot in _slots_at(found, start)
        if (reason := found.scheduler.refusal(slot, instead_of=found.own)) is not None
    }
    # Of "at 11", morning or night, the one outside working hours is hardly meant; of "at 2" the one at night.
    order = [*_WEAKEST, *(reason for reason in Reason if reason not in _WEAKEST)]
    return max(
        reasons.items(),
        key=lambda one: (order.index(one[1]), -_from_midday(one[0].time.start, found.facts.zone)),
        default=(None, None),
    )


def _from_midday(start: datetime, zone: str) -> timedelta:
    wall = zones.to_wall(start, zone)
    return abs(wall - wall.replace(hour=12, minute=30))


def _is_short(wish: Wish) -> bool:
    """Whether it is about a day or less with one set of people, so that one reason can say it all."""
    if not wish.windows or len(wish.anyone_of) != 1:
        return False
    return max(one.end for one in wish.windows) - min(wish.windows).start <= _A_LONG_DAY


def _probes(found: Search) -> tuple[datetime, ...]:
    """Starts all over the windows, as the people's clocks count them."""
    windows, step = found.wish.windows, found.kind.interval
    first, last = min(windows).start, max(one.end for one in windows)
    apart = max(step, (last - first) / _PROBES // step * step)
    starts = (first + number * apart for number in range(_PROBES))
    return tuple(start for start in starts if any(window.holds(start) for window in windows))


def _slots_at(found: Search, start: datetime) -> list[Slot]:
    time = TimeRange.starting(start, found.wish.length or found.kind.duration)
    return [Slot(time, tuple(sorted(group)), found.kind.handle) for group in found.wish.anyone_of]


def _within(found: Search, draft: Draft) -> tuple[Slot, ...]:
    """Times on the days that were named, at other hours; nearest to the exact time first."""
    if not draft.when.parts or draft.when.bounded:
        return ()
    days = whole_days(draft.when, now=found.facts.now, zone=found.facts.zone, until=found.until)
    wish = replace(days, anyone_of=found.wish.anyone_of, length=found.wish.length)
    if not wish.windows:
        return ()
    return _closest(found, found.slots(wish, None)) if found.wish.starts else found.slots(wish)


def _beyond(found: Search, draft: Draft) -> tuple[Slot, ...]:
    """Times on that side of what was offered before to which the wish has moved on, whatever else it says."""
    if not draft.when.bounded:
        return ()
    first, last = draft.when.not_before or found.facts.now, draft.when.not_after or found.until
    if first >= last:
        return ()
    return found.slots(replace(found.wish, windows=(TimeRange(first, last),), starts=()))


def _near(found: Search) -> tuple[Slot, ...]:
    """Times before and after what was wanted; the first ones there are, if there are none."""
    length = found.wish.length or found.kind.duration
    wanted = [TimeRange.starting(start, length) for start in found.wish.starts] or list(found.wish.windows)
    around = [
        TimeRange(max(one.start - _BEFORE, found.facts.now), one.end + _AFTER)
        for one in wanted
        if one.end + _AFTER > found.facts.now
    ]
    anywhere = replace(found.wish, windows=(), starts=())
    close = _closest(found, found.slots(replace(anywhere, windows=tuple(around)), None)) if around else ()
    return close or found.slots(replace(anywhere, order=Order.EARLIEST))


def _closest(found: Search, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The three that lie nearest to the wish, in the order of time."""
    return tuple(sorted(sorted(slots, key=lambda slot: _distance(found.wish, slot))[:AT_MOST]))


def _distance(wish: Wish, slot: Slot) -> timedelta:
    """How far a time lies from what was wanted."""
    start = slot.time.start
    gaps = [abs(start - wanted) for wanted in wish.starts]
    gaps += [max(window.start - start, start - window.end, timedelta()) for window in wish.windows]
    return min(gaps, default=timedelta())
