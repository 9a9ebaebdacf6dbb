"""English days that are read without Duckling."""

from __future__ import annotations

import re

from nlu.english.words import MONTHS, NAMES
from nlu.english.written_dates import DAY_NAMES, WRITTEN_DATES
from nlu.language import OwnDateWords

_NEAR_DAYS = {"today": 0, "tomorrow": 1}
_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six)"
_IN_SOME = re.compile(
    rf"\bin\s+(?:(?P<low>{_COUNT})\s*(?:-|to|or)\s*(?P<high>{_COUNT})\s+(?:days|(?P<weeks>weeks))"
    r"|a\s+(?:day|(?P<a_week>week))\s+or\s+two)\b"
)
_COMING = re.compile(
    r"\b(?:(?:in|within|over|during)\s+)?(?:the\s+)?(?:next|coming|following)\s+"
    r"(?:(?P<count>few|couple(?: of)?|\d{1,2}|two|three|four|five|six|ten)\s+"
    r"(?:days?|(?P<weeks>weeks?))|days)\b"
)
_A_WEEK_ON = re.compile(
    rf"\b(?:(?P<weeks>an?|one|two|three|four|[1-9])\s+(?:weeks?|(?P<fortnight>fortnight))\s+(?:(?:from|on|after)\s+)?(?:this\s+)?"
    rf"(?P<day>{NAMES}|today|tomorrow)"
    rf"|(?P<day_first>{NAMES}|today|tomorrow)\s+(?:week\b(?! \w)|(?P<fortnight_on>fortnight)\b"
    rf"|in\s+(?P<later>a|one|two|three|four|[1-9])\s+weeks?))\b"
)
_DAY_AFTER = re.compile(
    r"\bthe\s+(?:day\s+after|next\s+day|following\s+day|day\s+following)\b"
    r"(?!\s+(?:tomorrow|the|christmas|next|\d))"
)
_MONTH = "|".join(MONTHS)
_ORDINALS = re.compile(
    r"\b(?:(?:from|(?P<between>between))\s+)?(?:the\s+)?(?P<low>[0-3]?\d)(?:st|nd|rd|th)?"
    r"\s*(?:-|to|until|till|through|(?P<and>and))\s*(?:the\s+)?(?P<high>[0-3]?\d)(?:st|nd|rd|th)"
    rf"(?:\s+(?:of\s+)?(?P<month>{_MONTH}))?\b"
)
_LONE = re.compile(
    r"\W*(?:(?:on|for)\s+)?(?P<first>(?:[6-9]|[12]\d|3[01])th|[23]1st|22nd|23rd)\W*"
    r"|\W*(?P<low>[0-3]?\d)(?:st|nd|rd|th)\s+(?:or|and)\s+(?:the\s+)?(?P<high>[0-3]?\d)(?:st|nd|rd|th)\W*"
)
_WEEK_NUMBER = re.compile(
    r"\b(?:in\s+)?(?:calendar\s+)?(?:week|cw|kw|wk)\s*(?:no\.?\s*)?(?P<week>[1-4]?\d|5[0-3])\b"
)
_AFTER_NEXT = re.compile(r"\b(?:in\s+)?(?:the\s+)?(?P<unit>(?P<weekend>week-?end)|week)\s+after\s+next\b")
_THESE_WEEKS = re.compile(
    r"\b(?:this\s+(?:or|and|&)\s+(?P<next>next)\s+week|all\s+(?:this\s+)?week)\b(?!\s+(?:long|of))"
)
_YEAR_END = re.compile(
    r"\b(?:(?P<until>by|before|until)\s+)?(?:at\s+)?(?:the\s+)?end\s+of\s+(?:the|this)\s+year\b"
)
_MID_WEEK = re.compile(r"\bmid week\b(?P<next>\s+next week\b)?")
_WEEKDAY_AND_NUMBER = re.compile(
    rf"\b(?:on\s+)?(?:(?:this|next)\s+)?(?P<day>{NAMES}),?\s+(?:(?:the\s+)?(?P<date>[0-3]?\d)(?:st|nd|rd|th)"
    rf"|(?P<bare>2[5-9]|3[01]))\b(?!\s+(?:of\b|or\b|to\b|and\b|next\b|-|{_MONTH}))(?!\s*[-/.:,]\s?\d)"
)
_WEEKDAY_BEFORE = re.compile(rf"\b(?:on\s+)?(?P<day>{NAMES})[\s,.]*(?:the\s+)?$")
_NEXT_ONE = re.compile(
    r"\b(?:(?:or|and|but)\s+(?P<one>(?:the\s+)?(?:next|following)(?:\s+one)?(?=\s*(?:$|[.,!?;]|at\b|in\b|please)))"
    r"|the\s+(?:next|following)\s+one|the\s+(?:one|week)\s+after(?:\s+(?:that|it))?(?!\s+\w))"
)
_ORDINAL = r"(?P<ordinal>(?P<day>[0-3]?\d)(?:st|nd|rd|th))\b"
_JOINED_ORDINAL = re.compile(
    rf"(?:,|\bor\b|\band\b)\s*(?:the\s+)?{_ORDINAL}(?!\s+(?:of|{'|'.join(MONTHS)})\b)"
)
_JOINED_NUMBER = re.compile(
    rf"\b(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\s*(?:or|and|,)\s*(?P<ordinal>(?P<day>[0-3]?\d))\b"
    r"(?![:.]?\d|\s*(?:[ap]\.?m|o'))"
)
_WEEK = re.compile(r"\bweek\b")
_BARE_DAY = re.compile(rf"\W*(?:on\s+)?(?P<day>{NAMES})\W*")
_JOIN = re.compile(
    r"\s*,?\s*(?:or|and|,)?\s*(?:(?:preferably|ideally|maybe|perhaps|say|either|best|rather|like)\s+)?(?:on\s+)?"
)
#: What may stand between a week and a day of it: with whom, how and what for, but no other wish.
_JOIN_APART = re.compile(
    r"(?:[\s,()-]|\b(?:with|w|please|for|via|by|over|on|zoom|phone|video|call|appointment|meeting|visit|an?|me|us|you|him|her|them"
    r"|preferably|ideally|maybe|perhaps|say|best|rather|like)\b)*"
)
_DAY_OF_WEEK = re.compile(
    rf"\bweek\b[^,.;!?]{{0,40}},\s*(?:(?:preferably|ideally|maybe|perhaps|say)\s+)?(?:on\s+)?(?P<day>{NAMES})\b"
    r"(?!\s+(?:the\b|next\b|after\b|week\b|\d))"
)
_RANGE_OPENS = re.compile(r"\b(?:(?P<between>between)|from)\s+(?:the\s+)?$")
_RANGE_TO = re.compile(r"\s*(?:-|to|until|till|through|up to|(?P<and>and))\s*(?:the\s+)?")
_WORK_WEEK = re.compile(r"\b(?:this|(?P<next>next))\s+(?:work(?:ing)?|business)\s+week\b")

OWN_DATES = OwnDateWords(
    near_days=_NEAR_DAYS,
    in_some=_IN_SOME,
    coming=_COMING,
    a_week_on=_A_WEEK_ON,
    day_after=_DAY_AFTER,
    ordinals=_ORDINALS,
    lone=_LONE,
    week_number=_WEEK_NUMBER,
    after_next=_AFTER_NEXT,
    these_weeks=_THESE_WEEKS,
    year_end=_YEAR_END,
    mid_week=_MID_WEEK,
    weekday_and_number=_WEEKDAY_AND_NUMBER,
    weekday_before=_WEEKDAY_BEFORE,
    next_one=_NEXT_ONE,
    joined_ordinal=_JOINED_ORDINAL,
    joined_number=_JOINED_NUMBER,
    week=_WEEK,
    bare_day=_BARE_DAY,
    join=_JOIN,
    join_apart=_JOIN_APART,
    day_of_week=_DAY_OF_WEEK,
    range_opens=_RANGE_OPENS,
    range_to=_RANGE_TO,
    dates=WRITTEN_DATES,
    day_names=DAY_NAMES,
    work_week=_WORK_WEEK,
)
