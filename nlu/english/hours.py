"""What stands around clock times in English, and parts of the day."""

from __future__ import annotations

import re

from nlu.english.words import HALVES_OF_DAY, MONTHS, PARTS_OF_DAY, RELATIVE_DAYS, WEEKDAYS
from nlu.language import HourWords, Kind

_SPACE = r"[\s,]*"
_FROM = (
    r"(?:any\s?time|sometime|starting|beginning|only|but|(?:at the )?earliest)?\s*"
    r"\b(?:(?:finish|finishes|end|ends|get off|gets? out)(?: (?:work|school|class|of work))? (?:at|by)"
    r"|(?:meetings?|class|classes|lessons?|lectures?|shift|exam|school) (?:until|till)"
    r"|(?:at the )?earliest|(?<!not )after|(?<!no )(?<!not )later than|not before|not? earlier than"
    r"|not until|since|starting from|as of|from|past)"
)
_UNTIL = (
    r"(?:any\s?time|sometime|only|but|ending|(?:at the )?latest)?\s*"
    r"\b(?:(?:i|we) start(?: (?:work|school|class))? (?:at|by)|(?:at the )?latest|before|until|by"
    r"|not after|not? later than|not past|earlier than|up to|finish(?:ed)? by|done by|over by)"
)
_AROUND = (
    r"\b(?:around|(?<!how )(?<!what )about|approximately|approx\.?|roughly|circa|ca\.?|near|close to|or so)|~"
)
_ALONE = re.compile(r"\W*(?:please)?\W*", re.IGNORECASE)  # what may stand around a number that is the message
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
_AFTER_DATE = re.compile(
    rf"(?:\b(?:{'|'.join(MONTHS)})\.?|\d(?:st|nd|rd|th)|\d[/.]\d{{1,2}}\.?(?:[/.]?\d{{2,4}})?)[\s,]+$",
    re.IGNORECASE,
)
_AFTER_ABOUT = re.compile(r"-?ish\b", re.IGNORECASE)
_DOUBTFUL = frozenset({"one"})
_ARTICLE = re.compile(r"\bthe\s*$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|&)\s*", re.IGNORECASE)
_NO_HOUR = re.compile(
    rf"\b(?:or|and|the|no|is|only|for|morning|afternoon|evening|early|late|{'|'.join(WEEKDAYS)})\s*$",
    re.IGNORECASE,
)
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
    r"|please\b|instead\b|then\b|free\b|available\b|possible\b|not\b|but\b|ok(?:ay)?\b|fine\b|good\b"
    r"|suits?\b|sounds?\b)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:(?P<since>\b(?:not? (?:before|earlier than)|not until)\s+)"
    r"|(?P<until>\b(?:not? (?:after|later than)|not past)\s+)"
    r"|(?<!day )(?<!week )\b(?:(?P<before>before|until|up to|by)|(?P<after>after|past)|(?P<from>from))\s+)?"
    r"(?:\b(?:in the|on the|at the|at|during the|during|the|(?P<today>this)|over|around)\s+)?"
    r"\b(?P<part>" + "|".join(
        re.sub(" ", r"[\\s-]+", name) for name in sorted(PARTS_OF_DAY, key=len, reverse=True)
    ) + r")(?:(?P<many>s|'s)|-?ish)?\b",
    re.IGNORECASE,
)  # fmt: skip
_IN_PART = re.compile(r"\s*in the (?P<part>morning|afternoon|evening)\b", re.IGNORECASE)
_PIECE = re.compile(
    rf"\b(?P<piece>early|late|mid)[\s-]+(?:on\s+)?(?:(?:this|next)\s+)?(?:(?:{_DAY_WORD})\s+)?$",
    re.IGNORECASE,
)
_TODAY = frozenset({"tonight"})
_NAMES = frozenset({"noon", "midnight"})
_SHORT = "|".join(re.escape(name) for name in sorted(HALVES_OF_DAY, key=len, reverse=True))
_BESIDE_DAY = re.compile(
    rf"(?:\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(RELATIVE_DAYS)}|in the|on the|\d(?:st|nd|rd|th))\.?,?\s+"
    rf"(?:in the\s+|on the\s+)?(?P<after>{_SHORT})(?!\w)(?!\s+(?:next|this|in|as)\b)"
    rf"|\b(?P<before>early|late|last thing)\s+(?:on\s+)?"
    rf"(?=(?:{'|'.join(WEEKDAYS)}|{'|'.join(RELATIVE_DAYS)})\b(?!\s+(?:morning|afternoon|evening)\b))"
    r"|^\W*(?:preferably\s+|only\s+)?(?P<alone>[ap]m)\W*(?:please|only|preferably|is better)?\W*$)",
    re.IGNORECASE,
)

HOURS = HourWords(
    alone=_ALONE,
    before=tuple(_BEFORE),
    after=tuple(_AFTER),
    after_date=_AFTER_DATE,
    after_about=_AFTER_ABOUT,
    doubtful=_DOUBTFUL,
    article=_ARTICLE,
    and_=_AND,
    no_hour=_NO_HOUR,
    starting=_STARTING,
    between_and=_BETWEEN_AND,
    between=_BETWEEN,
    to=_TO,
    or_=_OR,
    near=_NEAR,
    weakly_near=_WEAKLY_NEAR,
    followed=_FOLLOWED,
    closes=_CLOSES,
    in_part=_IN_PART,
    piece=_PIECE,
    part=_PART,
    today=_TODAY,
    names=_NAMES,
    beside_day=_BESIDE_DAY,
)
