"""Clock times in English."""

from __future__ import annotations

import re

from nlu.english.words import HOURS, MINUTES, MONTHS, UNITS, WEEKDAYS
from nlu.language import ClockWords

_WORD_HOUR = "|".join(sorted(HOURS, key=len, reverse=True))
_WORD_MINUTE = "|".join(re.sub(" ", "[ -]", word) for word in sorted(MINUTES, key=len, reverse=True))
_HOUR = rf"(?P<hour>2[0-4]|1\d|0?\d|{_WORD_HOUR})"
_HALF = r"(?:\s*(?P<half>a\.?\s?m\b\.?|p\.?\s?m\b\.?|(?<=\d)[ap](?=\W|$)))"
_NOT_DATE = rf"(?!\s*(?:of\s+)?(?:{'|'.join(MONTHS)})\b)"
_NOT_UNIT = rf"(?!\s*-?(?:{'|'.join(UNITS)})(?![a-z]))"
_NOT_DIGIT = r"(?![\d]|[.,:/]\d)"
_START = r"(?<![\w:/+.])(?<!\d,)"
_MONTH_NAMES = "|".join(MONTHS)
_DATE = re.compile(
    rf"(?:(?<!at )(?<![:.])\b\d{{1,2}}(?:st|nd|rd|th)?\s*(?:-|to|and|until|till|through)\s*)?"
    rf"\b[0-3]?\d(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH_NAMES})\b(?!\.?\s+\d{{1,2}}(?:st|nd|rd|th))"
    rf"|\b(?:{_MONTH_NAMES})\.?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?"
    r"(?:\s*(?:-|to|through|till|until|or|and|,)\s*\d{1,2}(?:st|nd|rd|th)?)?"
    r"(?![:.]?\d|\s*[ap]\.?m|h\b|\s*(?:-|to|till|until)\s*\d)"
    rf"|\b(?:20\d\d[-/])?\d{{1,2}}[-/.](?:{_MONTH_NAMES})\b|\b(?:{_MONTH_NAMES})[-/]\d{{1,2}}\b"
    r"|\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}-\d{1,2}-\d{4})\b"
    r"|\b(?:\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|(?:0?[1-9]|[12]\d|3[01])(?:/(?:0?[1-9]|1[0-2])|\.(?:0?[1-9]|1[0-2])\.)(?!\d))",
    re.IGNORECASE,
)
_STRONG = [
    # half past three, quarter to 4, ten past nine; "10 to 12" alone is a range, "at 10 to 12" is 11:50
    re.compile(
        rf"{_START}(?:(?P<step>half|(?:a\s+)?quarter|(?:\d{{1,2}}|{_WORD_MINUTE})\s+minutes)[\s-]+"
        rf"(?P<side>past|after|to|of|before|till)|(?P<step_past>\d{{1,2}}|{_WORD_MINUTE})\s+past"
        rf"|(?P<step_to>2[05]|twenty|twenty[ -]five|(?<=at )(?:5|10|five|ten)"
        rf"|(?:5|five)(?=\s+to\s+(?:[1-5]|one|two|three|four|five)\b)"
        rf"|(?:10|ten)(?=\s+to\s+(?:[7-9]|10|seven|eight|nine|ten)\b))\s+to)"
        rf"\s+{_HOUR}{_NOT_DIGIT}(?:{_HALF}|(?!\w)){_NOT_DATE}",
        re.IGNORECASE,
    ),
    # half three, as the British say it
    re.compile(rf"{_START}(?P<step>half)[\s-]+(?P<side>){_HOUR}(?!\w){_NOT_DIGIT}{_HALF}?", re.IGNORECASE),
    # 10:30, 10.30 am, 14h30, 9h
    re.compile(
        rf"{_START}(?P<hour>2[0-4]|1\d|0?\d)(?:[:h](?P<minute>[0-5]\d)(?::[0-5]\d)?)(?![\d:]){_HALF}?",
        re.IGNORECASE,
    ),
    re.compile(rf"{_START}(?P<hour>2[0-4]|1\d|0?\d)\.(?P<minute>[0-5]\d)(?!\.?\d){_HALF}", re.IGNORECASE),
    # 3 pm, three p.m.
    re.compile(rf"{_START}{_HOUR}{_HALF}", re.IGNORECASE),
    # 3:30 spoken: three thirty, 3 thirty
    re.compile(
        rf"{_START}{_HOUR}(?:\s+|(?<=[a-z])-)(?P<spoken>{_WORD_MINUTE})\b{_HALF}?{_NOT_UNIT}", re.IGNORECASE
    ),
    # 3 o'clock
    re.compile(rf"{_START}{_HOUR}\s*o['\"]?\s?clock\b{_HALF}?", re.IGNORECASE),
    # 15h, 1530h
    re.compile(rf"{_START}(?P<hour>1\d|2[0-4]|0?[7-9])(?P<minute>[0-5]\d)?\s?h\b", re.IGNORECASE),
    re.compile(
        rf"{_START}(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hours|hrs)\b{_HALF}?", re.IGNORECASE
    ),
    re.compile(rf"{_START}(?P<hour>1[0-2]|0?\d)(?P<minute>[0-5]\d)\s*{_HALF}", re.IGNORECASE),
    re.compile(r"\b(?:12|twelve)\s+(?P<name>noon|midnight)\b", re.IGNORECASE),
]
_NAMED = re.compile(r"\b(?P<name>noon|midnight)\b", re.IGNORECASE)
_DOTTED = re.compile(
    rf"{_START}(?P<hour>2[0-4]|1\d|0?\d)\.(?:(?P<minute>[0-5]\d)(?!\.?\d)(?!\.\s)(?!\.$)"
    rf"|(?P<late>1[3-9]|[2-5]\d)(?!\.?\d))",
    re.IGNORECASE,
)
_NAMES = {"noon": 12, "midnight": 24}
_STEPS = {"half": 30, "quarter": 15}
_BACKWARD = frozenset({"to", "of", "before", "till"})
_STEP_FILLER = re.compile(r"\s+minutes$|^a\s+")
_WEAK = re.compile(
    rf"{_START}{_HOUR}(?:(?=-?ish\b)|(?!\w))(?!:){_NOT_DIGIT}{_NOT_DATE}{_NOT_UNIT}", re.IGNORECASE
)
_FOUR_DIGITS = r"(?!20[2-5]\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)"
_AFTER_FOUR = "|".join(
    rf"(?<={first}[0-5]\d{to})"
    for first in (r"0\d", "1[0-8]", "2[1-3]")
    for to in ("-", " - ", " to ", " and ", " until ", " till ")
)  # what follows 19 or 20 could be a year
_MILITARY = (
    re.compile(
        r"\b(?:at|from|by|until|after|before|between)\s+(?!20[2-5]\d)(?P<hour>[01]\d|2[0-3]|[1-9])"
        r"(?P<minute>[0-5]\d)\b(?!\s*(?:euros?|dollars?|people|[a-z]+\s+(?:street|road|avenue|lane)))"
    ),
    re.compile(rf"\b(?:today|tomorrow|{'|'.join(WEEKDAYS)})[\s,]+{_FOUR_DIGITS}\b"),
    re.compile(rf"\b{_FOUR_DIGITS}\s+(?:today|tomorrow)\b"),
    # a date has been overwritten when these are looked for: "1 dec 0900", "the 7th, 0900"
    re.compile(rf"(?:(?<=__)|\b\d{{1,2}}(?:st|nd|rd|th))[\s,]+(?!19){_FOUR_DIGITS}\b"),
    re.compile(rf"\b(?!19|20){_FOUR_DIGITS}(?=\s?-\s?(?:[01]\d|2[0-3])[0-5]\d\b)"),
    re.compile(rf"(?:{_AFTER_FOUR}){_FOUR_DIGITS}\b"),
)

CLOCKS = ClockWords(
    date=_DATE,
    strong=tuple(_STRONG),
    named=_NAMED,
    dotted=_DOTTED,
    names=_NAMES,
    steps=_STEPS,
    backward=_BACKWARD,
    step_filler=_STEP_FILLER,
    weak=_WEAK,
    military=_MILITARY,
)
