"""The time of day a text asks for: exact clocks, ranges, open ranges and parts of the day; pure.

`between 2 and 5`, `2-4pm`, `after 3`, `not before 10`, `by noon`, `around 11`, `late afternoon`, `from 2 on`.
A bare number counts as a clock time only beside words that make it one ("at 3", "Tuesday 3", "3 works"), or
where it is all that was written ("10").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from nlu.clocks import NOON, Clock, clocks
from nlu.english import ENGLISH
from nlu.language import Kind, Language
from nlu.wishes import DAY, Hours


@dataclass(frozen=True)
class TimeOfDay:
    """What `start:end` of the text says: exact `clocks` for AT, `hours` for everything else, all readings."""

    start: int
    end: int
    kind: Kind
    hours: tuple[Hours, ...] = ()
    clocks: tuple[Clock, ...] = ()
    half: str = ""  #: the side of noon that a part of the day puts clock times beside it on
    today: bool = False  #: it names the day as well ("tonight", "this morning")
    many: bool = False  #: it was said in the plural ("mornings")


_LONE = re.compile(r"\d\d|\d{1,2}\.\d\d")
_LOOK = 60


def times_of_day(text: str, words: Language = ENGLISH) -> list[TimeOfDay]:
    """Everything the text says about the time of day, in order, none overlapping."""
    points = _accepted(text, clocks(text, words), words)
    found = _grouped(text, points, words)
    taken = [(item.start, item.end) for item in found]
    for match in words.hours.part.finditer(text):
        if all(match.end() <= start or end <= match.start("part") for start, end in taken):
            found.append(_part(match, words))
    taken = [(item.start, item.end) for item in found]
    for match in words.hours.beside_day.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        if all(end <= other[0] or other[1] <= start for other in taken):
            found.append(_half_of_day(text[start:end], start, words))
    return sorted(found, key=lambda item: item.start)


def _accepted(text: str, points: list[Clock], words: Language) -> list[Clock]:
    """The strong clocks, and the weak ones that stand beside something that makes them clock times."""
    good = [point.strong or _is_clock(text, point, words) for point in points]
    for i in range(len(points) - 1):  # "at 3 or 4", "10-12": the second follows the first
        if good[i] and not good[i + 1] and _joined(text, points[i], points[i + 1], words):
            good[i + 1] = True
    for i in range(len(points) - 1, 0, -1):  # "3 or 4 pm": the first follows the second
        if good[i] and not good[i - 1] and _joined(text, points[i - 1], points[i], words):
            good[i - 1] = True
    for i, (one, two) in enumerate(pairwise(points)):  # "2-4", "between 2 and 4"
        if _is_range(text, one, two, words, loose=True):
            good[i] = good[i + 1] = True
    return [point for point, accepted in zip(points, good, strict=True) if accepted]


def _is_clock(text: str, point: Clock, words: Language) -> bool:
    start, end = point.start, point.end
    word = text[start:end].lower()
    if word in words.hours.doubtful and _leads(words.hours.no_hour, text, start):
        return False
    bounded = any(_leads(pattern, text, start) for _, pattern in words.hours.before)
    if (
        bounded
        or any(pattern.match(text, end) for _, pattern in words.hours.after)
        or _is_message(text, point, words)
    ):
        return True
    if word in words.hours.names:
        return False
    if point.precise and _leads(words.hours.after_date, text, start):
        return True
    if _leads(words.hours.weakly_near, text, start):
        closed = point.hour <= 12 and bool(words.hours.closes.match(text, end))
        return closed and not _leads(words.hours.article, text, start)
    return bool(_leads(words.hours.near, text, start) or words.hours.followed.match(text, end))


def _leads(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """The match right before a place; only the last words before it are looked at, however long the text."""
    return pattern.search(text, max(0, end - _LOOK), end)


def _is_message(text: str, point: Clock, words: Language) -> bool:
    """Whether the message is this number and nothing else; of one digit it would be a choice."""
    written = text[point.start : point.end]
    return (
        bool(_LONE.fullmatch(written))
        and len(text) < _LOOK
        and bool(words.hours.alone.fullmatch(text[: point.start] + text[point.end :]))
    )


def _joined(text: str, first: Clock, second: Clock, words: Language) -> bool:
    between = text[first.end : second.start]
    return bool(words.hours.to.fullmatch(between) or words.hours.or_.fullmatch(between))


def _is_range(text: str, first: Clock, second: Clock, words: Language, *, loose: bool) -> bool:
    between = text[_with_part(text, first, words).end : second.start]
    if words.hours.and_.match(between):
        return bool(words.hours.to.fullmatch(between) and _leads(words.hours.between_and, text, first.start))
    if not words.hours.to.fullmatch(between):
        return False
    return (
        not loose
        or bool(_leads(words.hours.between, text, first.start))
        or between == "-"
        or bool(words.hours.closes.match(text, second.end))
    )


def _grouped(text: str, points: list[Clock], words: Language) -> list[TimeOfDay]:
    found: list[TimeOfDay] = []
    rest = list(points)
    while rest:
        point = rest.pop(0)
        if rest and _is_range(text, point, rest[0], words, loose=False):
            found.append(_range(text, point, rest.pop(0), words))
            continue
        if rest and words.hours.or_.fullmatch(text[point.end : rest[0].start]) and not point.half:
            point = point.with_half(rest[0].half if rest[0].readings[0] > point.readings[0] else "")
        found.append(_single(text, point, words))
        if len(found) > 1 and _shares_about(text, found[-2], found[-1], words):
            found[-1] = _of_kind(Kind.RANGE, point, point.start, point.end)
    return found


def _shares_about(text: str, first: TimeOfDay, second: TimeOfDay, words: Language) -> bool:
    """Whether `around 3 or 4` is about both."""
    about = first.kind is Kind.RANGE and bool(first.clocks) and second.kind is Kind.AT
    return about and bool(words.hours.or_.fullmatch(text[first.end : second.start]))


def _with_part(text: str, point: Clock, words: Language) -> Clock:
    """`8 in the morning` as one clock time."""
    part = words.hours.in_part.match(text, point.end)
    if part is None or point.half:
        return point
    half = "am" if part["part"].lower() in words.forenoon else "pm"
    return replace(point.with_half(half), end=part.end())


def _range(text: str, first: Clock, second: Clock, words: Language) -> TimeOfDay:
    opening = _leads(words.hours.between, text, first.start)
    start = opening.start() if opening else first.start
    first, second = _with_part(text, first, words), _with_part(text, second, words)
    if second.half and not first.half:
        first = _before(first, second)
    pairs = [(low, _later(low, second)) for low in first.readings]
    hours = tuple(Hours(low, high) for low, high in pairs if high is not None)
    return TimeOfDay(start, second.end, Kind.RANGE, hours)


def _before(first: Clock, second: Clock) -> Clock:
    """`2-4pm` begins at 2 pm, `10-2pm` at 10 am."""
    same = first.with_half(second.half)
    if same.readings[0] < second.readings[0]:
        return same
    return first.with_half("am" if second.half == "pm" else "pm")


def _later(low: int, second: Clock) -> int | None:
    """The first reading of the end that comes after the start on the same day."""
    ends = sorted(reading or DAY for reading in second.readings)
    return next((end for end in ends if end > low), None)


def _single(text: str, point: Clock, words: Language) -> TimeOfDay:
    bound = next(
        (found for kind, pattern in words.hours.before if (found := _led(kind, pattern, text, point, words))),
        None,
    )
    for kind, pattern in words.hours.after:
        match = pattern.match(text, point.end)
        if match and not (kind is Kind.RANGE and bound and bound.kind in {Kind.FROM, Kind.UNTIL}):
            before = _leads(words.hours.starting, text, point.start)
            start = before.start() if before else point.start
            half = match.groupdict().get("half")
            return _of_kind(kind, point.with_half(f"{half}m" if half else ""), start, match.end())
    return bound or _of_kind(Kind.AT, point, point.start, point.end)


def _led(kind: Kind, pattern: re.Pattern[str], text: str, point: Clock, words: Language) -> TimeOfDay | None:
    match = _leads(pattern, text, point.start)
    if match is None:
        return None
    about = words.hours.after_about.match(text, point.end) if kind is not Kind.AT else None
    return _of_kind(kind, point, match.start(), about.end() if about else point.end)


def _of_kind(kind: Kind, point: Clock, start: int, end: int) -> TimeOfDay:
    minute = point.readings[0]
    hours = {
        Kind.FROM: (Hours(minute, DAY),),
        Kind.UNTIL: (Hours(0, minute or DAY),),
        Kind.RANGE: tuple(Hours(max(m - 30, 0), min(m + 90, DAY)) for m in point.readings),
    }
    if kind is Kind.AT or (kind is Kind.FROM and minute >= DAY):
        return TimeOfDay(start, end, Kind.AT, clocks=(point,))
    return TimeOfDay(start, end, kind, hours[kind], (point,))


def _part(match: re.Match[str], words: Language) -> TimeOfDay:
    name = re.sub(r"[\s-]+", " ", match["part"].lower())
    piece = _leads(words.hours.piece, match.string, match.start("part"))
    if piece and f"{piece['piece'].lower()} {name}" in words.parts_of_day:
        name = f"{piece['piece'].lower()} {name}"
    last = words.parts_of_day[name][1]
    named = set(name.split())
    half = "pm" if last > NOON + 60 else ""
    half = "am" if named & words.forenoon else "night" if named & words.night else half
    kind, hours = _bounded_part(match, name, words)
    today = name in words.hours.today or bool(match["today"])
    return TimeOfDay(
        match.start(),
        match.end(),
        kind,
        (hours,),
        half=half if kind is Kind.PART else "",
        today=today,
        many=bool(match["many"]),
    )


def _bounded_part(match: re.Match[str], name: str, words: Language) -> tuple[Kind, Hours]:
    """The part itself, or what lies on one side of it: "before lunch", "not after lunch"."""
    first, last = words.parts_of_day[name]
    until, since = words.edges.get(name, (first, last))
    if match["since"]:
        return Kind.FROM, Hours(until, DAY)
    if match["until"]:
        return Kind.UNTIL, Hours(0, since)
    if match["before"]:
        return Kind.UNTIL, Hours(0, until)
    if match["after"] or match["from"]:
        return Kind.FROM, Hours(first if match["from"] else min(since, DAY - 1), DAY)
    return Kind.PART, Hours(first, last)


def _half_of_day(name: str, start: int, words: Language) -> TimeOfDay:
    first, last = words.halves_of_day[name.lower()]
    half = "am" if last <= NOON else "pm"
    return TimeOfDay(start, start + len(name), Kind.PART, (Hours(first, last),), half=half)


def settled(item: TimeOfDay, half: str) -> TimeOfDay:
    """The same with its clock times put on one side of noon, where a part of the day beside them says so."""
    points = tuple(point.with_half(half) for point in item.clocks)
    if item.kind is Kind.AT:
        return replace(item, clocks=points)
    if item.kind in {Kind.FROM, Kind.UNTIL, Kind.RANGE} and points:
        return _of_kind(item.kind, points[0], item.start, item.end)
    wanted = tuple(hours for hours in item.hours if (hours.start < NOON) == (half == "am"))
    return replace(item, hours=wanted or item.hours)
