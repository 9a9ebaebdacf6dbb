"""Words to a wish: windows, exact starts, exclusions, moves, length, zone; pure, and without Duckling.

`wish_from` reads clock times, parts of the day, lengths, moves and zones from the text itself, and takes the
days from the `date` entities that the Rasa component found with Duckling. What it makes of them:

- Days and hours side by side form one part; "or", "and" and commas make alternatives. What comes first
  decides: in "Tuesday or Thursday between 2 and 5" the hours hold for both days, in "3 pm Tuesday or 4 pm
  Thursday" each hour has its own.
- Words of refusal before ("not", "except", "can't on") or after ("doesn't work", "is out") put what they
  stand beside into `excluded`; a question for the reason ("why not Friday?") refuses nothing.
- A part of the day settles am or pm of the clock time beside it and otherwise bounds it.
- A bound with a day and an hour ("by Friday 3 pm") makes two parts: whole days, and hours of the last; a
  stretch over days ("from Monday 9 am to Wednesday noon") makes three.
- A date that no calendar has ("31 November") becomes the days that may be meant, as readings to ask about.
- Elapsed time ("in 3 hours") gives `instants`, "within the hour" gives `not_after`, both in UTC.

Reading is stable under case and spacing. `nlu.language` has the words of all this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from nlu.atoms import Atom, atoms_of, judged
from nlu.dayhours import clocks_and_hours
from nlu.english import ENGLISH
from nlu.hours import TimeOfDay
from nlu.language import Kind, Language
from nlu.prepared import prepare
from nlu.stretches import edges, stretch
from nlu.wishes import DAY, Days, Hours, Part, TimeWish
from scheduler_core import zones

_WEEK = timedelta(weeks=1)
_ALL_DAY = (Hours(0, DAY),)
HIDDEN = frozenset({"name", "person", "email", "phone", "reference", "note"})
"""Entities whose words hold no time."""


def wish_from(
    text: str, entities: Sequence[Mapping[str, Any]], words: Language = ENGLISH, *, now: datetime, zone: str
) -> TimeWish:
    """What a message wishes for.

    `entities` are those of Rasa's `latest_message`; `now` is an aware datetime; `zone` is the writer's;
    `words` is the language of the message. Text that says nothing about time gives an empty wish.

    Raises:
        UnknownZone: there is no such zone.

    """
    hidden = [
        (item["start"], item["end"]) for item in entities if item["entity"] in HIDDEN and "start" in item
    ]
    prepared = prepare(text, hidden, words)
    where = prepared.zone.zone if prepared.zone else zone
    today = zones.local_date(now, where)
    atoms = judged(
        prepared.text, atoms_of(prepared, entities, Days(today, today + timedelta(days=1)), words), words
    )
    wanted = [atom for atom in atoms if not atom.refused]
    wish = TimeWish(
        parts=_parts(prepared.text, wanted, words),
        excluded=tuple(
            _exclusion(part) for part in _parts(prepared.text, [a for a in atoms if a.refused], words)
        ),
        instants=tuple(now + timedelta(minutes=minutes) for minutes in prepared.moves.elapsed),
        order=prepared.moves.order,
        minutes=prepared.lengths[0].minutes if prepared.lengths else None,
        move=prepared.moves.move,
        zone=prepared.zone.zone if prepared.zone else None,
        not_after=now + timedelta(minutes=prepared.moves.within) if prepared.moves.within else None,
        weekly=all(atom.bare for atom in wanted if atom.dated),
    )
    return _with_readings(wish, prepared.text, wanted, words)


def _with_readings(wish: TimeWish, text: str, wanted: list[Atom], words: Language) -> TimeWish:
    """The wish with one whole wish for each reading of its first unclear day; missing ones go first."""
    several = sorted((atom for atom in wanted if atom.readings), key=lambda atom: not atom.missing)
    if not several:
        return wish
    unclear = several[0]
    wish = replace(wish, missing=unclear.missing)
    readings = []
    for days in unclear.readings:
        step = days.first - unclear.readings[0].first
        atoms = [_moved(atom, text, unclear, days, step, words) for atom in wanted]
        readings.append(replace(wish, parts=_parts(text, atoms, words)))
    return replace(wish, unclear=unclear.text, readings=tuple(readings))


def _moved(atom: Atom, text: str, unclear: Atom, days: Days, step: timedelta, words: Language) -> Atom:
    """The unclear day as one of its readings, and the weekday joined to it as one of the same week."""
    if atom is unclear:
        return replace(atom, days=(days,), readings=())
    joined = unclear.end <= atom.start and words.joints.times_or.fullmatch(text[unclear.end : atom.start])
    if not (joined and atom.bare and words.joints.next.match(unclear.text)):
        return atom
    return replace(atom, days=tuple(Days(one.first + step, one.end + step) for one in atom.days))


def _parts(text: str, atoms: list[Atom], words: Language) -> tuple[Part, ...]:
    """The alternatives that the atoms form."""
    parts: list[Part] = []
    for group in _groups(text, atoms, words):
        if bounded := stretch(text, group, words) or _edge(text, group, words):
            parts += bounded
            continue
        days, weekdays = _days(text, [atom for atom in group if atom.dated], words)
        if not days and not weekdays and parts and _follows(text, atoms, group, words):
            days, weekdays = parts[-1].days, parts[-1].weekdays
        parts += _alternatives(text, days, weekdays, [atom for atom in group if atom.time], words)
    return tuple(dict.fromkeys(parts))


def _edge(text: str, group: list[Atom], words: Language) -> tuple[Part, ...]:
    """`by Friday 3 pm`, `after Monday noon`: whole days, and the hours of the one that is named."""
    pair = _edge_pair(text, group, words)
    if pair is None or len(pair[0].days) != 1 or not _opens(pair[0].days):
        return ()
    day, time = pair
    open_end = day.days[0].end == date.max
    if time.kind not in {Kind.AT, Kind.PART, Kind.FROM if open_end else Kind.UNTIL}:
        return ()
    hours = edges(text, time, words)
    without = bool(words.joints.without.match(text[day.start : day.end]))
    if not open_end:
        last = day.days[0].end - timedelta(days=0 if without else 1)
        part = Hours(0, hours.start if without else hours.end)
        return Part((Days(date.min, last),)), Part((Days(last, last + timedelta(days=1)),), hours=(part,))
    first = day.days[0].first - timedelta(days=1 if without else 0)
    part = Hours(hours.end if without else hours.start, 24 * 60)
    rest = Days(first + timedelta(days=1), date.max)
    return Part((Days(first, first + timedelta(days=1)),), hours=(part,)), Part((rest,))


def _edge_pair(text: str, group: list[Atom], words: Language) -> tuple[Atom, TimeOfDay] | None:
    """A day and the time of day right after it, or right before it in `2 pm tomorrow at the latest`."""
    if len(group) != 2 or not words.joints.beside.fullmatch(text[group[0].end : group[1].start]):
        return None
    first, second = group
    if first.days and not first.time and second.time:
        return first, second.time
    at_its_end = words.joints.at_its_end.fullmatch(text[second.start : second.end])
    return (second, first.time) if first.time and not first.days and second.days and at_its_end else None


def _follows(text: str, atoms: list[Atom], group: list[Atom], words: Language) -> bool:
    before = [atom for atom in atoms if atom.end <= group[0].start]
    return bool(before) and bool(words.joints.or_.search(text[before[-1].end : group[0].start]))


def _groups(text: str, atoms: list[Atom], words: Language) -> list[list[Atom]]:
    """The atoms cut where a new alternative begins."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        if not groups or _begins(text, groups[-1], atom, words):
            groups.append([atom])
        else:
            groups[-1].append(atom)
    return groups


def _begins(text: str, group: list[Atom], atom: Atom, words: Language) -> bool:
    """Whether an atom opens a new part instead of adding to the group before it."""
    dated = any(member.dated for member in group)
    timed = any(member.time for member in group)
    between = text[group[-1].end : atom.start]
    if atom.dated and not atom.time:
        before = [member for member in group if member.dated][-1:]
        mixed = any(bool(member.weekdays) != bool(atom.weekdays) for member in before)
        joined = bool((words.joints.or_word if _is_wide(group) else words.joints.or_).search(between))
        goes_on = timed and not dated and words.joints.sentence.fullmatch(between)
        if not goes_on and (words.joints.else_.search(between) or (mixed and joined)):
            return True  # "mornings, but Thursday afternoon is fine too"
        if goes_on or (group[0].time and not group[0].dated and group[-1].dated):
            return False  # "mornings on Monday or Tuesday", "do you do evenings? Thursday would be good"
        if timed and not dated:
            return bool(words.joints.times_or.fullmatch(between))  # "evenings or weekends"
        return dated and timed and not _narrows(text, group, atom, words)
    if not (dated and timed):
        return False
    opened_by_time = group[0].time is not None and not group[0].dated
    all_day = atom.time is not None and atom.time.hours == _ALL_DAY  # "Monday 2 to 4 or all day Friday"
    return (opened_by_time or all_day) and bool(words.joints.or_.search(between))


def _is_wide(group: list[Atom]) -> bool:
    """Whether it is about weeks or months, so that days of the week after a comma narrow it."""
    spans = [days for member in group for days in member.days]
    return bool(spans) and all(days.end - days.first >= _WEEK for days in spans)


def _narrows(text: str, group: list[Atom], atom: Atom, words: Language) -> bool:
    """`at 3 on Tuesday next week`, `Friday at 3 in December`: a second date that only narrows the first."""
    if words.joints.or_.search(text[group[-1].end : atom.start]):
        return False
    days = [days for member in group for days in member.days]
    if not days:
        return True
    return any(_common(first, second) for first in days for second in atom.days)


def _common(first: Days, second: Days) -> Days | None:
    start, end = max(first.first, second.first), min(first.end, second.end)
    return Days(start, end) if start < end else None


def _days(text: str, atoms: list[Atom], words: Language) -> tuple[tuple[Days, ...], tuple[int, ...]]:
    """The days of a group: joined ones are alternatives, neighbours narrow each other where they can."""
    days: tuple[Days, ...] = ()
    weekdays = tuple(dict.fromkeys(day for atom in atoms for day in atom.weekdays))
    previous: Atom | None = None
    for atom in atoms:
        joined = previous is None or bool(words.joints.or_.search(text[previous.end : atom.start]))
        bounds = _opens(days) and _opens(atom.days)
        both = tuple(c for known in days for new in atom.days if (c := _common(known, _after(known, new))))
        if both and (bounds or not joined or _within(text, previous, atom, words)):
            days = both
        else:
            days += tuple(new for new in atom.days if new not in days)
        previous = atom
    return days, weekdays


def _within(text: str, previous: Atom | None, atom: Atom, words: Language) -> bool:
    """`next week, Tuesday`: after a comma a day narrows the days before it, if it lies in them."""
    if previous is None or words.joints.or_word.search(text[previous.end : atom.start]):
        return False
    return all(
        any(_common(known, day) == day != known for known in previous.days) for day in atom.days
    ) and bool(atom.days)


def _after(known: Days, bound: Days) -> Days:
    """`after Monday and before Friday`: the Friday that comes after, though another lies nearer."""
    if known.end == date.max and bound.first == date.min and known.first >= bound.end:
        weeks = (known.first - bound.end).days // 7 + 1
        return Days(bound.first, bound.end + timedelta(weeks=weeks))
    return bound


def _opens(days: Iterable[Days]) -> bool:
    """Whether it is only a bound, as "after Monday" is."""
    return any(span.first == date.min or span.end == date.max for span in days)


def _alternatives(
    text: str, days: tuple[Days, ...], weekdays: tuple[int, ...], atoms: list[Atom], words: Language
) -> Iterable[Part]:
    """The parts that the times of day of one group form on its days."""
    times = [atom.time for atom in atoms if atom.time]
    starts, hours = clocks_and_hours(text, times, words)
    if starts:
        yield Part(days, weekdays, clocks=starts)
    all_day = _ALL_DAY[0] in hours
    if hours and not all_day:
        yield Part(days, weekdays, hours=hours)
    if (all_day or not times) and (days or weekdays):
        yield Part(days, weekdays)


def _exclusion(part: Part) -> Part:
    """What a refused part rules out: for "not 3" the hour from three, for "not 3:30" whatever goes on "
    "then.
    """
    hours = part.hours + tuple(Hours(clock, clock + (1 if clock % 60 else 60)) for clock in part.clocks)
    return Part(part.days, part.weekdays, hours)
