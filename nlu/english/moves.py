"""Moves and orders in English."""

from __future__ import annotations

import re

from nlu.language import MoveWords
from nlu.wishes import MoveKind
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
    r"\b(?P<count>\d{1,2}|an?|one|two|three|four|a couple of)\s+(?:days?|(?P<week>weeks?))\s+"
    r"(?:(?P<later>later|after that|after(?! \w))|(?P<earlier>earlier|sooner|before that|before(?! \w)))\b",
    re.IGNORECASE,
)
#: The day or week beside what is spoken of: nothing follows that it would be counted from.
_BESIDE = re.compile(
    r"\b(?P<words>the\s+(?:(?:day|(?P<week>week))\s+(?:after|(?P<before>before))|(?:next|following)\s+day))"
    r"(?:\s+(?:that|it))?(?=\s*(?:$|[?!.,;]|\b(?:then|please|instead|maybe|perhaps|at|around|about|in|if|would|works?"
    r"|is|or|and|with|for)\b))",
    re.IGNORECASE,
)
#: Days that are said before it are what it is counted from: "Friday or the day after".
_DATED = re.compile(r"\d|\b(?:\w+days?|tomorrow|tonight|weekend|weeks?|months?)\b", re.IGNORECASE)
_SAME_TIME = re.compile(
    r"\b(?:(?:at|around)\s+)?(?:the\s+)?same\s+(?:time|hour|slot)\b"
    r"(?:\s*,?\s*(?:on\s+)?the\s+(?:(?:(?P<day>day)|(?P<week>week))\s+(?:after|(?P<before>before))"
    r"|(?:next|following)\s+(?:(?P<next_day>day)|(?P<next_week>week))))?"
    r"|\bthe\s+(?:(?P<day_on>day)|(?P<week_on>week))\s+after\s+(?:at\s+)?the\s+same\s+time\b",
    re.IGNORECASE,
)
_NOT_LATER = (
    r"(?<!no )(?<!not )(?<!or )(?<!and )(?<!the )(?<!see you )(?<!you )(?<!cu )(?<!c u )(?<!ya )(?<!until )"
)
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
        r"|\b(?:some|any)thing else\b|\bwhat else\b|\b(?:some|show(?: me)?|see|give me) more\b"
        r"|(?:^\W*|\b(?:have|got|see|there|find)\s+(?:you\s+)?)any more\b|^\s*more\b"
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
        r"|spot)\b(?! (?:on|is|was)))(?:\s+of the day)?"
        r"|\b(?:the\s+)?soonest\b|(?<!at the )(?<!at )\bearliest\b(?!\s+(?:at\s+)?\d)"
        r"(?: convenience)?|\bfree first\b"
        r"|\bavailable first\b"
        r"|\bany\s?time\b(?! (?:after|before|between|from|until))|\bwhenever\b|\bright away\b|\bimmediately\b"
        r"|\bsooner rather than later\b|\bthe sooner,? the better\b|\bsome ?time soon\b"
        r"|^\W*(?:very )?soon\W*$|\bin the near future\b|\burgent(?:ly)?\b|\bquickly\b"
        r"|\bi.m (?:flexible|easy)\b|\bfirst thing\b", re.IGNORECASE)),
    (Order.LATEST, re.compile(
        r"\bas late as (?:possible|you can|it gets)\b|\b(?:the\s+)?(?:latest|(?<!my )last)\s+"
        r"(?:(?:free|available|possible|open)\b(?:\s+(?:slot|time|appointment|opening|one))?"
        r"|(?:slot|appointment|opening)\b(?:\s+of the day\b|(?=\s+(?:on|today|tomorrow|this|next)\b)))",
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

MOVES = MoveWords(
    count=_COUNT,
    after_length=_AFTER_LENGTH,
    by=_BY,
    whole=_WHOLE,
    beside=_BESIDE,
    dated=_DATED,
    same_time=_SAME_TIME,
    simple=tuple(_SIMPLE),
    orders=tuple(_ORDERS),
    before_elapsed=_BEFORE_ELAPSED,
    after_elapsed=_AFTER_ELAPSED,
    slot=_SLOT,
    before_within=_BEFORE_WITHIN,
    few_hours=_FEW_HOURS,
    kept=_KEPT,
)
