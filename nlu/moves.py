"""Steps away from what is being discussed, and the order in which times are wanted; pure.

"an hour later", "same time next week", "another day", "anything earlier?", "as soon as possible", "in 3
hours".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.lengths import lengths
from nlu.wishes import Move, MoveKind
from scheduler_core.model import Order

_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "a couple of": 2, "couple of": 2}
_LATER = r"later|after that|afterwards|further back|back"
_EARLIER = r"earlier|sooner|before that|ahead"
_AFTER_LENGTH = re.compile(rf"\s*(?:(?P<later>{_LATER})|(?P<earlier>{_EARLIER}))\b", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:(?P<later>(?:push|move|shift|put|delay|postpone|set)\w*(?:\s+(?:it|this|that|the \w+"
    r"|my \w+))?(?:\s+back)?)"
    r"|(?P<earlier>(?:bring|pull|move|push)\w*(?:\s+(?:it|this|that|the \w+|my \w+))?\s+(?:forward|up"
    r"|ahead)))"
    r"\s+(?:by\s+)?$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?P<count>\d{1,2}|an?|one|two|three|four|a couple of)\s+(?P<unit>days?|weeks?)\s+"
    r"(?:(?P<later>later|after that|after(?! \w))|(?P<earlier>earlier|sooner|before that|before(?! \w)))\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\W*(?:(?:or|and|maybe|perhaps|rather|how about|what about)\s+)*(?P<words>the\s+(?:(?P<unit>day|week)\s+"
    r"(?:after|(?P<before>before))|(?:next|following)\s+day))(?:\s+(?:that|then|please|instead|maybe))*\W*"
)
_SAME_TIME = re.compile(
    r"\b(?:(?:at|around)\s+)?(?:the\s+)?same\s+(?:time|hour|slot)\b"
    r"(?:\s*,?\s*(?:on\s+)?the\s+(?:(?:day|week)\s+(?P<unit>after|before)|(?:next|following)\s+(?P<next>day"
    r"|week)))?"
    r"|\bthe\s+(?:day|week)\s+after\s+(?:at\s+)?the\s+same\s+time\b",
    re.IGNORECASE,
)
_NOT_LATER = r"(?<!no )(?<!not )(?<!or )(?<!and )(?<!the )(?<!see you )(?<!you )(?<!ya )(?<!until )"
_SIMPLE: list[tuple[MoveKind, re.Pattern[str]]] = [
    (MoveKind.OTHER_DAY, re.compile(
        r"\b(?:(?:some|any|an?)\s*)?(?:other|another|different|alternative)\s+(?:day|date)s?\b"
        r"|\bnot (?:on )?that (?:day|date)\b|\bthat (?:day|date) (?:does ?n.t|won.t"
        r"|is no good)", re.IGNORECASE)),
    (MoveKind.LATER, re.compile(
        rf"{_NOT_LATER}\blater\b(?!\s+(?:one|than(?! th[ai][ts])|this|next|in the week|option|slot))"
        r"(?:\s+(?:(?:in|on) (?:the|that|the same) day\b|that (?:same )?day\b|than th[ai][ts]\b))?"
        r"|\btoo early\b|\bnot (?:so|that|quite so) early\b", re.IGNORECASE)),
    (MoveKind.EARLIER, re.compile(
        rf"{_NOT_LATER}\b(?:earlier|sooner)\b(?!\s+(?:one|than(?! th[ai][ts])|option|slot|message|appointment"
        rf"|booking|today))"
        r"(?:\s+(?:(?:in|on) (?:the|that|the same) day\b|that (?:same )?day\b|than th[ai][ts]\b))?"
        r"|\btoo late\b|\bnot (?:so|that|quite so) late\b", re.IGNORECASE)),
    (MoveKind.MORE, re.compile(
        r"\b(?:any|some|an?|what)?\s*\b(?:other|more|different|further|additional|alternative|another)\s+"
        r"(?:times?|options?|slots?|choices?|possibilit\w+|suggestions?|openings?|appointments?|offers?"
        r"|ones?)\b"
        r"|\b(?:some|any)thing else\b|\bwhat else\b|\b(?:any|some|show(?: me)?|see|give me) more\b|^\s*more\b"
        r"|\balternatives\b|\bnone of (?:these|those|them|the above)\b|\bnext (?:ones|options|three"
        r"|few)\b(?! (?:days|weeks))",
        re.IGNORECASE)),
]  # fmt: skip
_ORDERS: list[tuple[Order, re.Pattern[str]]] = [
    (Order.EARLIEST, re.compile(
        r"\bas (?:soon|early|quick\w*|fast) as (?:possible|you can|ye can|u can|we can|it gets)\b"
        r"|\ba\.?s\.?a\.?p\b\.?"
        r"|\b(?:the\s+)?(?:very\s+)?(?:first|next|soonest|earliest)\s+(?:(?:free|available|possible|open"
        r"|vacant)\b"
        r"(?:\s+(?:slot|time|date|appointment|opening|one|spot))?|(?:slot|opening|appointment"
        r"|spot)\b(?! (?:on|is|was)))"
        r"|\b(?:the\s+)?soonest\b|(?<!at the )(?<!at )\bearliest\b(?!\s+(?:at\s+)?\d)"
        r"(?: convenience)?|\bfree first\b"
        r"|\bavailable first\b"
        r"|\bany\s?time\b(?! (?:after|before|between|from|until))|\bwhenever\b|\bright away\b|\bimmediately\b"
        r"|\bsooner rather than later\b|\bthe sooner,? the better\b|\bsome ?time soon\b"
        r"|^\W*(?:very )?soon\W*$|\bin the near future\b|\burgent(?:ly)?\b|\bquickly\b"
        r"|\bi.m (?:flexible|easy)\b|\bfirst thing\b", re.IGNORECASE)),
    (Order.LATEST, re.compile(
        r"\bas late as (?:possible|you can|it gets)\b|\b(?:the\s+)?(?:latest|last)\s+"
        r"(?:(?:free|available|possible|open)\b(?:\s+(?:slot|time|appointment|opening|one))?"
        r"|slot of the day)",
        re.IGNORECASE)),
]  # fmt: skip
_BEFORE_ELAPSED = re.compile(r"\bin\s+(?:about\s+|around\s+)?$", re.IGNORECASE)
_AFTER_ELAPSED = re.compile(r"\s+from now\b|'? time\b", re.IGNORECASE)
_SLOT = re.compile(r"\s*(?:slot|session|step)s?\b", re.IGNORECASE)
_BEFORE_WITHIN = re.compile(
    r"\b(?:within|(?:in|within|over|during|for)\s+the\s+next)\s+(?:about\s+|around\s+)?$", re.IGNORECASE
)
_FEW_HOURS = re.compile(
    r"\b(?:within\s+(?P<one>the)\s+hour|(?:in|within|over)\s+the\s+(?:next|coming)\s+"
    r"(?:(?:few|couple\s+of)\s+hours|(?P<one_hour>hour)))\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"first thing", re.IGNORECASE)


@dataclass(frozen=True)
class Moves:
    """What a text says in relation to what is being discussed, and the spans that say it."""

    move: Move | None = None
    order: Order = Order.SPREAD
    elapsed: tuple[int, ...] = ()  #: minutes from now
    within: int = 0  #: minutes from now in which it is to begin
    spans: tuple[tuple[int, int], ...] = ()


def moves(text: str) -> Moves:
    """The move, the order and the elapsed times in a text."""
    within, within_spans = _within(text)
    text = _without(text, within_spans)
    elapsed, elapsed_spans = _elapsed(text)
    order, order_spans = _order(text)
    move, move_spans = _move(_without(text, order_spans))
    spans = (*within_spans, *elapsed_spans, *move_spans, *order_spans)
    return Moves(move, order, elapsed, within, spans)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _within(text: str) -> tuple[int, list[tuple[int, int]]]:
    """`within an hour`, `in the next 2 hours`: the minutes from now."""
    if match := _FEW_HOURS.search(text):
        return (60 if match["one"] or match["one_hour"] else 180), [match.span()]
    for length in lengths(text):
        if before := _BEFORE_WITHIN.search(text[: length.start]):
            return length.minutes, [(before.start(), length.end)]
    return 0, []


def _elapsed(text: str) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
    minutes: list[int] = []
    spans: list[tuple[int, int]] = []
    for length in lengths(text):
        before = _BEFORE_ELAPSED.search(text[: length.start])
        after = _AFTER_ELAPSED.match(text, length.end)
        if after or (before and not _SLOT.match(text, length.end)):
            minutes.append(length.minutes)
            start = before.start() if before else length.start
            spans.append((start, length.end + (after.end() - after.start() if after else 0)))
    return tuple(minutes), spans


def _move(text: str) -> tuple[Move | None, list[tuple[int, int]]]:
    for find in (_whole_days, _by_length, _same_time):
        if found := find(text):
            return found[0], [found[1]]
    for kind, pattern in _SIMPLE:
        if match := pattern.search(text):
            return Move(kind), [match.span()]
    return None, []


def _whole_days(text: str) -> tuple[Move, tuple[int, int]] | None:
    if beside := _BESIDE.fullmatch(text):
        days = 7 if beside["unit"] == "week" else 1
        return Move(MoveKind.SHIFT, days=-days if beside["before"] else days), beside.span("words")
    match = _WHOLE.search(text)
    if not match:
        return None
    word = match["count"].lower()
    count = int(word) if word.isdigit() else _COUNT[word]
    days = count * (7 if match["unit"].lower().startswith("week") else 1)
    return Move(MoveKind.SHIFT, days=days if match["later"] else -days), match.span()


def _by_length(text: str) -> tuple[Move, tuple[int, int]] | None:
    for length in lengths(text):
        before, after = _BY.search(text[: length.start]), _AFTER_LENGTH.match(text[length.end :])
        sign = _direction(before, after)
        if sign:
            start = before.start() if before else length.start
            end = length.end + (after.end() if after else 0)
            return Move(MoveKind.SHIFT, minutes=sign * length.minutes), (start, end)
    return None


def _direction(before: re.Match[str] | None, after: re.Match[str] | None) -> int:
    """1 for later, -1 for earlier, 0 for no move; what follows the length rules."""
    for match in (after, before):
        if match:
            return -1 if match["earlier"] else 1
    return 0


def _same_time(text: str) -> tuple[Move, tuple[int, int]] | None:
    match = _SAME_TIME.search(text)
    if not match:
        return None
    words = match[0].lower()
    days = 0
    if match["unit"] or match["next"] or "after" in words:
        days = 7 if "week" in words else 1
    return Move(MoveKind.SAME_TIME, days=-days if match["unit"] == "before" else days), match.span()


def _order(text: str) -> tuple[Order, list[tuple[int, int]]]:
    for order, pattern in _ORDERS:
        if match := pattern.search(text):
            return order, [] if _KEPT.search(match[0]) else [match.span()]
    return Order.SPREAD, []
