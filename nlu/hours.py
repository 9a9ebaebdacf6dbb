"""The time of day a text asks for: exact clocks, ranges, open ranges and parts of the day; pure.

`between 2 and 5`, `2-4pm`, `after 3`, `not before 10`, `by noon`, `around 11`, `late afternoon`, `from 2 on`.
A bare number counts as a clock time only beside words that make it one ("at 3", "Tuesday 3", "3 works"), or
where it is all that was written ("10").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from nlu.clocks import NOON, Clock, clocks
from nlu.english import EDGES, FORENOON, HALVES_OF_DAY, NIGHT, PARTS_OF_DAY, RELATIVE_DAYS, WEEKDAYS
from nlu.wishes import DAY, Hours


class Kind(str, Enum):
    """What a place in the text says about the time of day."""

    AT = "at"
    RANGE = "range"
    FROM = "from"
    UNTIL = "until"
    PART = "part"


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


_SPACE = r"[\s,]*"
_FROM = (
    r"(?:any\s?time|sometime|starting|beginning|only|but|(?:at the )?earliest)?\s*"
    r"\b(?:(?:at the )?earliest|(?<!not )after|(?<!no )(?<!not )later than|not before|not? earlier than"
    r"|not until|since|starting from|as of|from|past)"
)
_UNTIL = (
    r"(?:any\s?time|sometime|only|but|ending|(?:at the )?latest)?\s*"
    r"\b(?:(?:at the )?latest|before|until|by|not after|not? later than|not past|earlier than|up to"
    r"|finish(?:ed)? by|done by|over by)"
)
_AROUND = (
    r"\b(?:around|(?<!how )(?<!what )about|approximately|approx\.?|roughly|circa|ca\.?|near|close to|or so)|~"
)
_ALONE = re.compile(r"\W*(?:please)?\W*", re.IGNORECASE)  # what may stand around a number that is the message
_LONE = re.compile(r"\d\d|\d{1,2}\.\d\d")
_FILLER = r"\s*(?:at\s+|about\s+|around\s+|the\s+)?$"
_BEFORE = [
    (Kind.FROM, re.compile(rf"{_FROM}{_FILLER}", re.IGNORECASE)),
    (Kind.UNTIL, re.compile(rf"{_UNTIL}{_FILLER}", re.IGNORECASE)),
    (Kind.RANGE, re.compile(rf"(?:{_AROUND})\s*(?:at\s*)?$", re.IGNORECASE)),
    (Kind.AT, re.compile(r"\bat(?:\s+exactly|\s+maybe|\s+like|\s+either)?\s*$", re.IGNORECASE)),
]
_AFTER = [
    (Kind.FROM, re.compile(
        r"\s*(?:on(?=\s*(?:$|[.,;!?)]|please))|onwards?\b|(?:or|and) (?:later|onwards?|up|beyond"
        r"|after(?! \w))\b"
        r"|at the earliest\b|earliest\b|\+)", re.IGNORECASE)),
    (Kind.UNTIL, re.compile(
        r"\s*(?:(?:or|and) (?:earlier|sooner|before(?! \w))\b|at the latest\b|latest\b)", re.IGNORECASE)),
    (Kind.RANGE, re.compile(
        r"\s*-?(?:ish\b(?:\s*(?P<half>[ap])\.?m\b)?|or so\b|or thereabouts\b|more or less\b)",
        re.IGNORECASE)),
    (Kind.AT, re.compile(r"\s*(?:sharp|on the dot|exactly)\b", re.IGNORECASE)),
]  # fmt: skip
_AFTER_ABOUT = re.compile(r"-?ish\b", re.IGNORECASE)
_LOOK = 60
_NO_HOUR = re.compile(r"\b(?:or|and|the|no|is|only)\s*$", re.IGNORECASE)
_STARTING = re.compile(r"\b(?:from|at|starting)\s*$", re.IGNORECASE)
_BETWEEN_AND = re.compile(r"between\s*(?:at\s*)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from|starting|anywhere between|in between)\s*(?:at\s*)?$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|to|until|through|thru|up to|and|&)\s*(?:at\s*)?", re.IGNORECASE)
_OR = re.compile(r"\s*(?:,?\s*(?:or|and)(?:\s+(?:maybe|even|possibly))?|,|/)\s*(?:at\s*)?", re.IGNORECASE)
_DAY_WORD = (
    r"(?:"
    + "|".join(sorted(WEEKDAYS, key=len, reverse=True))
    + r")s?|today|tomorrow|tonight|lunchtime|morning|afternoon|evening|night"
)
_NEAR = re.compile(
    rf"(?:\b(?:{_DAY_WORD})|\b(?:how|what) about|\bsay|\bmake it|\bnot|\bexcept|\bonly|\bmaybe|\bperhaps"
    rf"|\beither|\bboth|\bprefer"
    r"|\bbut|\bmeant|\bmake|\brather|\bto|\bfor|\bis|\bdoes|\bdo|\btake|\bthe)[\s,]*$",
    re.IGNORECASE,
)
_WEAKLY_NEAR = re.compile(
    r"\b(?:but|meant|make|to|for|is|does|do|take|the|maybe|perhaps|only|prefer)[\s,]*$", re.IGNORECASE
)
_FOLLOWED = re.compile(
    rf"\s*(?:works|(?:do|does|is|wo|would)n't|(?:do|does|is|will|would) not"
    rf"|(?:is|would be|'s) (?:good|fine|ok|great|perfect|free)|in the|at night"
    rf"|(?:on |this |next )?(?:{_DAY_WORD}))\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    rf"\s*(?:$|[.!?;)]|,|on\b|in the\b|(?:{_DAY_WORD})\b|works?\b|would\b|is (?:good|fine|ok|okay|great"
    rf"|perfect|free)\b"
    r"|please\b|instead\b|then\b|free\b|available\b|possible\b|not\b|but\b|ok(?:ay)?\b|fine\b|good\b|suits?\b|sounds?\b)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:(?P<since>\b(?:not? (?:before|earlier than)|not until)\s+)"
    r"|(?P<until>\b(?:not? (?:after|later than)|not past)\s+)"
    r"|(?P<op>(?<!day )(?<!week )\b(?:before|after|until|up to|by|from|past)\s+))?"
    r"(?P<pre>\b(?:in the|on the|at the|at|during the|during|the|this|over|around)\s+)?"
    r"\b(?P<part>" + "|".join(
        re.sub(" ", r"[\\s-]+", name) for name in sorted(PARTS_OF_DAY, key=len, reverse=True)
    ) + r")(?:(?P<many>s|'s)|-?ish)?\b",
    re.IGNORECASE,
)  # fmt: skip
_SHORT = "|".join(re.escape(name) for name in sorted(HALVES_OF_DAY, key=len, reverse=True))
_BESIDE_DAY = re.compile(
    rf"(?:\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(RELATIVE_DAYS)}|in the|on the|\d(?:st|nd|rd|th))\.?,?\s+"
    rf"(?:in the\s+|on the\s+)?(?P<after>{_SHORT})(?!\w)(?!\s+(?:next|this|in|as)\b)"
    rf"|\b(?P<before>early|late|last thing)\s+(?:on\s+)?"
    rf"(?=(?:{'|'.join(WEEKDAYS)}|{'|'.join(RELATIVE_DAYS)})\b)"
    r"|^\W*(?:preferably\s+|only\s+)?(?P<alone>[ap]m)\W*(?:please|only|preferably|is better)?\W*$)",
    re.IGNORECASE,
)


def times_of_day(text: str) -> list[TimeOfDay]:
    """Everything the text says about the time of day, in order, none overlapping."""
    points = _accepted(text, clocks(text))
    found = _grouped(text, points)
    taken = [(item.start, item.end) for item in found]
    for match in _PART.finditer(text):
        if all(match.end() <= start or end <= match.start("part") for start, end in taken):
            found.append(_part(match))
    taken = [(item.start, item.end) for item in found]
    for match in _BESIDE_DAY.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        if all(end <= other[0] or other[1] <= start for other in taken):
            found.append(_half_of_day(text[start:end], start))
    return sorted(found, key=lambda item: item.start)


def _accepted(text: str, points: list[Clock]) -> list[Clock]:
    """The strong clocks, and the weak ones that stand beside something that makes them clock times."""
    good = [point.strong or _is_clock(text, point) for point in points]
    for i in range(len(points) - 1):  # "at 3 or 4", "10-12": the second follows the first
        if good[i] and not good[i + 1] and _joined(text, points[i], points[i + 1]):
            good[i + 1] = True
    for i in range(len(points) - 1, 0, -1):  # "3 or 4 pm": the first follows the second
        if good[i] and not good[i - 1] and _joined(text, points[i - 1], points[i]):
            good[i - 1] = True
    for i, (one, two) in enumerate(pairwise(points)):  # "2-4", "between 2 and 4"
        if _is_range(text, one, two, loose=True):
            good[i] = good[i + 1] = True
    return [point for point, accepted in zip(points, good, strict=True) if accepted]


def _is_clock(text: str, point: Clock) -> bool:
    start, end = point.start, point.end
    word = text[start:end].lower()
    if word == "one" and _leads(_NO_HOUR, text, start):
        return False
    bounded = any(_leads(pattern, text, start) for _, pattern in _BEFORE)
    if bounded or any(pattern.match(text, end) for _, pattern in _AFTER) or _is_message(text, point):
        return True
    if word in {"noon", "midnight"}:
        return False
    if _leads(_WEAKLY_NEAR, text, start):
        article = text[:start].rstrip()[-4:].lower() == " the"
        return point.hour <= 12 and bool(_CLOSES.match(text, end)) and not article
    return bool(_leads(_NEAR, text, start) or _FOLLOWED.match(text, end))


def _leads(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """The match right before a place; only the last words before it are looked at, however long the text."""
    return pattern.search(text, max(0, end - _LOOK), end)


def _is_message(text: str, point: Clock) -> bool:
    """Whether the message is this number and nothing else; of one digit it would be a choice."""
    written = text[point.start : point.end]
    return (
        bool(_LONE.fullmatch(written))
        and len(text) < _LOOK
        and bool(_ALONE.fullmatch(text[: point.start] + text[point.end :]))
    )


def _joined(text: str, first: Clock, second: Clock) -> bool:
    between = text[first.end : second.start]
    return bool(_TO.fullmatch(between) or _OR.fullmatch(between))


def _is_range(text: str, first: Clock, second: Clock, *, loose: bool) -> bool:
    between = text[first.end : second.start]
    if re.match(r"\s*(?:and|&)\s*", between, re.IGNORECASE):
        return bool(_TO.fullmatch(between) and _leads(_BETWEEN_AND, text, first.start))
    if not _TO.fullmatch(between):
        return False
    return (
        not loose
        or bool(_leads(_BETWEEN, text, first.start))
        or between == "-"
        or bool(_CLOSES.match(text, second.end))
    )


def _grouped(text: str, points: list[Clock]) -> list[TimeOfDay]:
    found: list[TimeOfDay] = []
    rest = list(points)
    while rest:
        point = rest.pop(0)
        if rest and _is_range(text, point, rest[0], loose=False):
            found.append(_range(text, point, rest.pop(0)))
            continue
        if rest and _OR.fullmatch(text[point.end : rest[0].start]) and not point.half:
            point = point.with_half(rest[0].half if rest[0].readings[0] > point.readings[0] else "")
        found.append(_single(text, point))
        if len(found) > 1 and _shares_about(text, found[-2], found[-1]):
            found[-1] = _of_kind(Kind.RANGE, point, point.start, point.end)
    return found


def _shares_about(text: str, first: TimeOfDay, second: TimeOfDay) -> bool:
    """Whether `around 3 or 4` is about both."""
    about = first.kind is Kind.RANGE and bool(first.clocks) and second.kind is Kind.AT
    return about and bool(_OR.fullmatch(text[first.end : second.start]))


def _range(text: str, first: Clock, second: Clock) -> TimeOfDay:
    opening = _leads(_BETWEEN, text, first.start)
    start = opening.start() if opening else first.start
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


def _single(text: str, point: Clock) -> TimeOfDay:
    bound = next((found for kind, pattern in _BEFORE if (found := _led(kind, pattern, text, point))), None)
    for kind, pattern in _AFTER:
        match = pattern.match(text, point.end)
        if match and not (kind is Kind.RANGE and bound and bound.kind in {Kind.FROM, Kind.UNTIL}):
            before = _leads(_STARTING, text, point.start)
            start = before.start() if before else point.start
            half = match.groupdict().get("half")
            return _of_kind(kind, point.with_half(f"{half}m" if half else ""), start, match.end())
    return bound or _of_kind(Kind.AT, point, point.start, point.end)


def _led(kind: Kind, pattern: re.Pattern[str], text: str, point: Clock) -> TimeOfDay | None:
    match = _leads(pattern, text, point.start)
    if match is None:
        return None
    about = _AFTER_ABOUT.match(text, point.end) if kind is not Kind.AT else None
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


def _part(match: re.Match[str]) -> TimeOfDay:
    name = re.sub(r"[\s-]+", " ", match["part"].lower())
    last = PARTS_OF_DAY[name][1]
    words = set(name.split())
    half = "am" if words & FORENOON else "night" if words & NIGHT else "pm" if last > NOON + 60 else ""
    kind, hours = _bounded_part(match, name)
    today = name == "tonight" or (match["pre"] or "").strip().lower() == "this"
    return TimeOfDay(
        match.start(),
        match.end(),
        kind,
        (hours,),
        half=half if kind is Kind.PART else "",
        today=today,
        many=bool(match["many"]),
    )


def _bounded_part(match: re.Match[str], name: str) -> tuple[Kind, Hours]:
    """The part itself, or what lies on one side of it: "before lunch", "not after lunch"."""
    first, last = PARTS_OF_DAY[name]
    until, since = EDGES.get(name, (first, last))
    operator = (match["op"] or "").strip().lower()
    if match["since"]:
        return Kind.FROM, Hours(until, DAY)
    if match["until"]:
        return Kind.UNTIL, Hours(0, since)
    if operator in {"before", "until", "up to", "by"}:
        return Kind.UNTIL, Hours(0, until)
    if operator in {"after", "from", "past"}:
        return Kind.FROM, Hours(first if operator == "from" else min(since, DAY - 1), DAY)
    return Kind.PART, Hours(first, last)


def _half_of_day(name: str, start: int) -> TimeOfDay:
    first, last = HALVES_OF_DAY[name.lower()]
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
