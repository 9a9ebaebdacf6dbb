"""What holds no time in an English message, and weekdays without a date."""

from __future__ import annotations

import re

from nlu.english.words import MONTHS, WEEKDAYS
from nlu.language import MessageWords

_FULL_DAYS = [name for name in WEEKDAYS if name.endswith("day")]
_RECURRING = re.compile(
    rf"\b(?:(?:every|any|each|all|on)\s+)?(?P<many>{'|'.join(_FULL_DAYS)})s\b"
    rf"|\b(?:every|each)\s+(?P<each>{'|'.join(WEEKDAYS)})\b"
    rf"|\b(?:any|some|(?:on\s+)?a)\s+(?P<any>{'|'.join(_FULL_DAYS)})\b"
    r"|\b(?:(?:any|every|each|all|on|a)\s+)?(?P<working>week ?days?|work(?:ing)? ?days?|business days?)\b"
    r"|\b(?:(?:any|every|each|all|on|the)\s+)?(?P<weekends>week-?ends)\b",
    re.IGNORECASE,
)
_NO_TIME = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # greetings and farewells
        r"\bgood (?:morning|afternoon|evening|night|day)\b",
        r"^\W*(?:morning|afternoon|evening)(?:(?= (?:all|everyone|everybody|there|team|folks)\b)|!(?= *\w))",
        (
            r"\b(?:have|enjoy) (?:a|an|the|your)(?: \w+)? (?:day|morning|afternoon|evening|night|week-?end"
            r"|week|rest of (?:the|your) \w+)\b(?! (?:appointment|slot|meeting))"
        ),
        rf"\bhappy (?:{'|'.join(WEEKDAYS)}|new year\S*|christmas|easter|holidays)\b",
        r"(?:^|[.!,;])\s*(?:see|speak to|talk to|c) (?:you|ya|u)\b[^.!?;]*",
        (
            r"\b(?:thanks|thank you)(?: so much| very much| a lot)?(?: again)? for (?:today|yesterday"
            r"|this morning|last \w+)\b"
        ),
        # numbers and words that only look like time
        r"(?<![\w/])24/7(?![\w/])",
        (
            r"\b(?:the )?\d{1,2}(?:st|nd|rd|th) (?:floor|class|grade|street|st\b|avenue|ave|party|degree"
            r"|person|visit|attempt|row)\b"
        ),
        (
            r"\b\d{1,5}[a-z]? (?:(?!(?:on|in|at|by|near|and|to|for|or|am|pm)\b)[a-z]+ ){1,2}(?:street|road"
            r"|avenue|lane|drive|boulevard|square|terrace)\b"
        ),
        (
            r"\b(?:version|release|python|windows|chapter|section|verse|page|room|flat|suite|gate|line|bus"
            r"|platform|floor|number|no\.|nr\.?|ref\.?|order|ticket) ?#?\d+(?:\.\d+)*\b(?! ?[ap]\.?m)"
        ),
        (
            r"\b(?:table|room|reservation|tickets?|seats?|party|double) (?:for|of) (?:one|two|three|four|five"
            r"|six|seven|eight|nine|ten|\d{1,2})\b(?!\s*(?:[ap]\.?m|o'?\s?clock|[:.]\d))"
        ),
        r"\bfrom (?:zero|scratch)\b|\bfor a (?:second|sec|minute|moment)\b",
        r"\b(?:drop|dropping|come|stop|pop|swing) by\b(?! (?:the )?(?:\d|noon))",
        r"(?<!\w)[$€£] ?\d+(?:[.,]\d+)*|\b\d+(?:[.,]\d+)* ?[$€£%]",
        r"\b(?:will|let's|lets|you|we|they|i) march\b(?! \d)",
        rf"(?<!from )\bmarch (?:on|with|to|into|in|along|for)\b(?! (?:\d|{'|'.join(MONTHS)}))",
        r"\bmay (?:or may not|not|be|have|well|also)\b",
        r"\b(?:an?|my|our|quick|weekly|the)\s+(?:1|one)(?:\s?[:-]\s?|[\s-](?:on|to)[\s-])(?:1|one)\b",
        (
            r"\b(?:two|three|four|five|six|[2-9])(?=\s+(?:morning|afternoon|evening|night)\s+"
            r"(?:appointment|session|slot|meeting|class|option|time)s\b)"
        ),
        r"\b(?:the|no|more|some) sun\b|\bsun (?:is|was|shines?|cream|glasses|rises?|sets?)\b",
        r"\b(?:i|we|he|she|they|who|people) (?:sat|wed)\b|\bwed to\b",
    )
]
_SOURCE = re.compile(
    r"\b(?:mov|chang|resched|switch|shift|swap|push|transfer)\w*\b(?:(?!\b(?:to|for|on)\b).){0,80}?"
    r"(?P<source>\bfrom\b.{0,60}?)\bto\b"
    r"|\b(?:mov|chang|resched|switch|shift|swap|push|transfer)\w*\s+(?:(?:my|the|our)\s+)?"
    r"(?P<clock>\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?m\b\.?)?(?:\s+(?:o'clock|appointment|meeting|slot|one))?)\s+to\b",
    re.IGNORECASE,
)

MESSAGES = MessageWords(
    recurring=_RECURRING,
    no_time=tuple(_NO_TIME),
    source=_SOURCE,
)
