"""The wish after one more message: what was said changes its own field, the rest stays; pure.

"no, Friday" changes the day and keeps the hours, and lies in a later week where that is discussed; "only
after 3" changes the hours and keeps the days; "not Monday" adds an exclusion, and a later "Monday is fine
after all" takes it away again; "later", "another day", "an hour later" and "same time next week" are worked
out from what is on offer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from nlu.wishes import DAY, Days, Hours, Move, MoveKind, Part, TimeWish
from scheduler_core import zones
from scheduler_core.model import Order

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def follow(
    current: TimeWish, said: TimeWish, *, offered: Sequence[datetime], now: datetime, zone: str
) -> TimeWish:
    """The wish that stands after `said`; it has no move left.

    `offered` are the starts on offer, or the one start that is being discussed, in UTC; `zone` is the
    writer's. A message that says nothing about when changes at most length and zone.
    """
    where = said.zone or current.zone or zone
    kept = replace(current, minutes=said.minutes or current.minutes, zone=said.zone or current.zone)
    if said.weekly:
        said = _in_its_week(said, current, zones.local_date(now, where))
    if said.move:
        return _moved(kept, said, offered=sorted(offered), now=now, zone=where)
    return _combined(kept, said)


def _in_its_week(said: TimeWish, current: TimeWish, today: date) -> TimeWish:
    """A weekday lies in the week that is discussed, where that is a whole one or far off: "next week" and
    then "Wednesday?". Otherwise it is the nearest to come, as it was said.
    """
    spans = [span for part in current.parts for span in part.days]
    mondays = {span.first - span.first.weekday() * _DAY for span in spans}
    if len(mondays) != 1 or any(span.end > min(mondays) + _WEEK for span in spans):
        return said
    week = Days(min(mondays), min(mondays) + _WEEK)
    if week.first <= today + _WEEK and all(span.end - span.first == _DAY for span in spans):
        return said
    parts = [
        replace(part, days=tuple(_weekday_of(span, week, today) for span in part.days)) for part in said.parts
    ]
    return replace(said, parts=tuple(parts))


def _weekday_of(span: Days, week: Days, today: date) -> Days:
    """The same weekday in a week; where that has passed, the day as it was said."""
    day = week.first + span.first.weekday() * _DAY
    return Days(day, day + _DAY) if day > today else span


def _combined(current: TimeWish, said: TimeWish) -> TimeWish:
    if said.readings:
        readings = tuple(_combined(current, reading) for reading in said.readings)
        return replace(readings[0], unclear=said.unclear, readings=readings)
    if not said.says_when:
        return current
    named = bool(said.parts or said.instants or said.bounded)
    return replace(
        current,
        parts=_parts(current, said) if named else current.parts,
        instants=said.instants if named else current.instants,
        excluded=_excluded(current.excluded, said),
        order=said.order if named or said.order is not Order.SPREAD else current.order,
        not_before=said.not_before if named else current.not_before,
        not_after=said.not_after if named else current.not_after,
        unclear="",
        readings=(),
    )


def _parts(current: TimeWish, said: TimeWish) -> tuple[Part, ...]:
    """What was said, with the side it leaves open taken from before where that is one thing."""
    days = {(part.days, part.weekdays) for part in current.parts if part.dated}
    times = {(part.hours, part.clocks) for part in current.parts if part.timed}
    parts = []
    for part in said.parts:
        changed = part
        if not part.dated and current.parts:
            parts += [replace(part, days=first, weekdays=second) for first, second in sorted(days)] or [part]
            continue
        if not part.timed and len(times) == 1:
            hours, clocks = next(iter(times))
            changed = replace(part, hours=hours, clocks=clocks)
        parts.append(changed)
    return tuple(parts)


def _excluded(before: tuple[Part, ...], said: TimeWish) -> tuple[Part, ...]:
    """The exclusions so far and the new ones, without those that the new wish names itself."""
    still = tuple(part for part in before if not any(_contradicts(part, wanted) for wanted in said.parts))
    return tuple(dict.fromkeys((*still, *said.excluded)))


def _contradicts(excluded: Part, wanted: Part) -> bool:
    """Whether somebody asks for just what they had ruled out before."""
    if excluded.dated:
        days = [span.first for span in wanted.days if (span.end - span.first) == _DAY]
        named = any(
            span in excluded.days or span.first.weekday() in excluded.weekdays for span in wanted.days
        )
        return (bool(days) and named) or bool(set(excluded.weekdays) & set(wanted.weekdays))
    minutes = [*wanted.clocks, *(hours.start for hours in wanted.hours if not wanted.clocks)]
    return any(hours.start <= minute < hours.end for hours in excluded.hours for minute in minutes)


def _moved(
    current: TimeWish, said: TimeWish, *, offered: Sequence[datetime], now: datetime, zone: str
) -> TimeWish:
    """The wish after a move; without anything on offer the move says nothing but what stands beside it."""
    move = said.move
    if move is None or not offered:
        return _combined(current, replace(said, move=None))
    if move.kind is MoveKind.SHIFT:
        return _shifted(current, move, offered[0] if _backward(move) else offered[-1], zone)
    if move.kind is MoveKind.SAME_TIME:
        return _same_time(current, said, offered[0], now=now, zone=zone)
    beside = _combined(current, replace(said, move=None))
    if said.parts:
        return _bounded(beside, move.kind, offered, now) if _same_day(said, offered, zone) else beside
    return _looking_on(beside, move.kind, offered, now=now, zone=zone)


def _looking_on(
    current: TimeWish, kind: MoveKind, offered: Sequence[datetime], *, now: datetime, zone: str
) -> TimeWish:
    """`later`, `earlier`, `another day`, `more`, with nothing else said."""
    if kind is MoveKind.OTHER_DAY:
        return _other_day(current, offered, now=now, zone=zone)
    if kind is MoveKind.MORE:
        return replace(current, not_before=offered[-1] + _MINUTE, order=Order.EARLIEST)
    return _sooner_or_later(current, kind, offered, now=now, zone=zone)


def _backward(move: Move) -> bool:
    return move.minutes < 0 or move.days < 0


def _bounded(wish: TimeWish, kind: MoveKind, offered: Sequence[datetime], now: datetime) -> TimeWish:
    """The wish, bounded to what comes before the first offer or after the last."""
    if kind is MoveKind.EARLIER:
        return replace(wish, not_before=now, not_after=offered[0])
    return replace(wish, not_before=offered[-1] + _MINUTE, not_after=None)


def _same_day(said: TimeWish, offered: Sequence[datetime], zone: str) -> bool:
    """Whether the days that were named hold what is on offer: "later that day"."""
    dates = {zones.local_date(start, zone) for start in offered}
    spans = [span for part in said.parts for span in part.days]
    return any(span.first <= day < span.end for span in spans for day in dates)


def _sooner_or_later(
    current: TimeWish, kind: MoveKind, offered: Sequence[datetime], *, now: datetime, zone: str
) -> TimeWish:
    """From the last offer on, or up to the first; hours and days are widened on that side."""
    later = kind is MoveKind.LATER
    today = zones.local_date(now, zone)
    parts = tuple(_widened(part, offered, zone=zone, today=today, later=later) for part in current.parts)
    order = Order.EARLIEST if later else Order.LATEST
    moved = replace(current, parts=tuple(dict.fromkeys(parts)), instants=(), order=order)
    return _bounded(moved, kind, offered, now)


def _widened(part: Part, offered: Sequence[datetime], *, zone: str, today: date, later: bool) -> Part:
    days = tuple(Days(span.first, date.max) if later else Days(today, span.end) for span in part.days)
    hours = tuple(Hours(span.start, DAY) if later else Hours(0, span.end) for span in part.hours)
    if part.clocks:
        walls = [zones.to_wall(start, zone) for start in offered]
        minutes = [wall.hour * 60 + wall.minute for wall in walls]
        hours = (Hours(min(minutes), DAY),) if later else (Hours(0, max(minutes) + 1),)
    return Part(days, part.weekdays, hours)


def _other_day(current: TimeWish, offered: Sequence[datetime], *, now: datetime, zone: str) -> TimeWish:
    """The same hours on any day but those on offer; single days are opened, weeks are kept."""
    offered_days = tuple(
        Days(day, day + _DAY) for day in sorted({zones.local_date(s, zone) for s in offered})
    )
    today = zones.local_date(now, zone)
    parts = []
    for part in current.parts:
        single = all(span.end - span.first == _DAY for span in part.days)
        parts.append(replace(part, days=(Days(today, date.max),) if single and part.days else part.days))
    for start in current.instants:
        wall = zones.to_wall(start, zone)
        parts.append(Part(clocks=(wall.hour * 60 + wall.minute,)))
    excluded = (*current.excluded, Part(days=offered_days))
    return replace(
        current,
        parts=tuple(dict.fromkeys(parts)),
        instants=(),
        excluded=excluded,
        not_before=None,
        not_after=None,
    )


def _shifted(current: TimeWish, move: Move, anchor: datetime, zone: str) -> TimeWish:
    """Exactly one start: minutes are elapsed time, days keep the wall time."""
    start = anchor + timedelta(minutes=move.minutes)
    if move.days:
        start = zones.to_instant(zones.to_wall(start, zone) + timedelta(days=move.days), zone)
    return _at(current, (start,))


def _at(current: TimeWish, starts: tuple[datetime, ...]) -> TimeWish:
    return replace(
        current,
        parts=(),
        instants=starts,
        not_before=None,
        not_after=None,
        order=Order.SPREAD,
        unclear="",
        readings=(),
    )


def _same_time(current: TimeWish, said: TimeWish, anchor: datetime, *, now: datetime, zone: str) -> TimeWish:
    """The wall time of what is discussed on the days that were named, in a named week on its weekday.

    "Next week" is then the one after what is discussed, which may lie far from today.
    """
    wall = zones.to_wall(anchor, zone)
    clock = wall.hour * 60 + wall.minute
    spans = [span for part in said.parts for span in part.days]
    if not spans:
        days = said.move.days if said.move else 0
        shifted = wall.date() + timedelta(days=days)
        if days == 0:
            return _combined(current, TimeWish(parts=(Part(clocks=(clock,)),)))
        spans = [Days(shifted, shifted + _DAY)]
    coming = _coming_week(zones.local_date(now, zone))
    week_on = wall.date() + _WEEK
    chosen = tuple(
        Days(week_on, week_on + _DAY) if span == coming else _weekday_in(span, wall.weekday())
        for span in spans
    )
    return replace(_at(current, ()), parts=(Part(days=chosen, clocks=(clock,)),))


def _coming_week(today: date) -> Days:
    """What "next week" means when it is said on that day."""
    monday = today + (7 - today.weekday()) * _DAY
    return Days(monday, monday + _WEEK)


def _weekday_in(span: Days, weekday: int) -> Days:
    """The day of that weekday in a stretch of seven days; other stretches stay as they are."""
    if span.end == date.max or span.end - span.first != _WEEK:
        return span
    day = span.first + ((weekday - span.first.weekday()) % 7) * _DAY
    return Days(day, day + _DAY)
