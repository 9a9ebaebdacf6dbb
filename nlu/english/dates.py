"""What Duckling does not read as English speakers mean it."""

from __future__ import annotations

import re

from nlu.english.words import NAMES
from nlu.language import DateWords

_NEXT_DAY = re.compile(rf"\bnext\s+(?P<day>{NAMES})\b(?!\s+(?:the\s+)?\d)")
_LEADING = (
    r"(?:(?P<after>after|later than|past)|(?P<from>from|since|(?<!week )starting(?: from| on)?|as of"
    r"|(?<!week )beginning(?! of))"
    r"|(?P<until>until|by|through|up to(?: and including)?|(?:at the )?latest(?: on| by)?)"
    r"|(?P<before>before|earlier than))"
)
_INCLUDING = re.compile(r"\bon or $")
_LEADS = re.compile(rf"\W*{_LEADING}")
_LED = re.compile(rf"\b{_LEADING}\s+(?:on\s+|the\s+)?$")
_TRAILING = re.compile(
    r"\s*,?\s*(?:(?P<from>onwards?\b|on(?=\W*(?:$|please))|or later\b"
    r"|(?:or|and) after(?! \w)|at the earliest\b)"
    r"|(?P<until>at the latest\b|or (?:earlier|sooner|before(?! \w))\b))"
)
_NEGATED = re.compile(r"\b(?:not|no|n't(?: \w+)?)\s*$")
_WEEK_OF = re.compile(
    r"\b(?:in\s+)?(?:the\s+)?week\s+(?:of|with|commencing|beginning|starting)\s+(?:on\s+)?(?:the\s+)?$"
)
_WEEK_HOLDING = re.compile(r"(?:in\s+)?(?:the\s+)?week\s+of\s+(?:on\s+)?")
_PIECE = re.compile(
    r"\b(?P<piece>early|earlier|beginning of|start of|first half of|mid|middle of|late|(?P<later>later)"
    r"|end of|second half of|(?P<rest>(?:the )?(?:rest|remainder) of))[\s-]*(?:in\s+)?(?:the\s+)?$"
)
_PIECES = {
    "early": (0, 3), "beginning": (0, 3), "start": (0, 3), "first": (0, 4), "mid": (1, 4), "late": (3, 7),
    "end": (4, 7), "second": (3.5, 7),
}  # fmt: skip
"""Which sevenths of a week or month are meant."""
_BETWEEN_DAYS = re.compile(r"\b(?:between|from) the \d{1,2}(?:st|nd|rd|th)\b(?! of)")
_NUMBERED_WEEK = re.compile(r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th) week\b")
_DAY_AND_DATE = re.compile(rf"\W*(?:on\s+)?(?P<day>{NAMES})\b[\s,]*(?:the\s+)?(?=.*\d)")
_LISTED = re.compile(rf"(?<=[a-z])(?:/|\s)(?=(?:{NAMES})\b)(?<=day.|mon.|tue.|wed.|thu.|fri.|sat.|sun.)")
_NO_DATES = re.compile(r"\W*(?:(?:right )?now|boss(?:'s|es)?|(?:the )?days)\W*")
_WEEKEND = re.compile(r"week-?end")
_BETWEEN = re.compile("between")
_FROM = frozenset({"from", "since"})
_END_OF = re.compile("end of")
_NAMES = re.compile(rf"\b(?:{NAMES})\b")
_NEXT_WEEKEND = re.compile(r"\W*next\s+week-?end\W*")
_COMING = re.compile(rf"\bcoming\s+(?:{NAMES})\b")
_WEEK = re.compile("week")

DATES = DateWords(
    next_day=_NEXT_DAY,
    including=_INCLUDING,
    leads=_LEADS,
    led=_LED,
    trailing=_TRAILING,
    negated=_NEGATED,
    week_of=_WEEK_OF,
    week_holding=_WEEK_HOLDING,
    piece=_PIECE,
    pieces=_PIECES,
    between_days=_BETWEEN_DAYS,
    numbered_week=_NUMBERED_WEEK,
    day_and_date=_DAY_AND_DATE,
    listed=_LISTED,
    no_dates=_NO_DATES,
    weekend=_WEEKEND,
    between=_BETWEEN,
    from_=_FROM,
    end_of=_END_OF,
    names=_NAMES,
    next_weekend=_NEXT_WEEKEND,
    coming=_COMING,
    week=_WEEK,
)
