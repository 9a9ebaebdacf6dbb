"""Clock times in a text: "3", "3 pm", "10:30", "half past three", "quarter to 4", "noon"; pure.

A `Clock` is a reading of one place in the text. `strong` ones are clock times wherever they stand; a bare
number is weak and counts only beside words that make it one, which `nlu.hours` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.english import HOURS, MINUTES, MONTHS, UNITS
from nlu.wishes import DAY

NOON = 12 * 60
_DAYTIME = 8 * 60  #: a time without am or pm is first read as the one in the twelve hours from here


@dataclass(frozen=True)
class Clock:
    """A clock time as written, at `start:end` of the text."""

    start: int
    end: int
    hour: int  #: 0 to 24
    minute: int
    half: str = ""  #: "am" or "pm" where the text says or implies it
    strong: bool = True
    precise: bool = False  #: minutes were named

    @property
    def readings(self) -> tuple[int, ...]:
        """The minutes after midnight it can mean, the daytime one first."""
        hour = self.hour
        if self.half:
            return ((hour % 12 + (12 if self.half == "pm" else 0)) * 60 + self.minute,)
        if not 1 <= hour <= 11:
            return ((hour * 60 + self.minute) % DAY,)
        early = hour * 60 + self.minute
        late = early + 12 * 60
        return (early, late) if early >= _DAYTIME else (late, early)

    def with_half(self, half: str) -> Clock:
        """The same time on that side of noon, if nothing else was said; "night" is from five to five."""
        ambiguous = not self.half and 1 <= self.hour <= 12
        if half == "night":
            half = "pm" if 5 <= self.hour <= 11 else "am"
        return replace(self, half=half) if half and ambiguous else self


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
    rf"\b(?:{_MONTH_NAMES})\.?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?"
    r"(?:\s*(?:-|to|through|till|until|or|and|,)\s*\d{1,2}(?:st|nd|rd|th)?)?(?![:.]?\d|\s*[ap]\.?m|h\b)"
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
_WEAK = re.compile(
    rf"{_START}{_HOUR}(?:(?=-?ish\b)|(?!\w))(?!:){_NOT_DIGIT}{_NOT_DATE}{_NOT_UNIT}", re.IGNORECASE
)
_MILITARY = re.compile(
    r"\b(?:at|from|by|until|after|before)\s+(?!20[2-5]\d)(?P<hour>[01]\d|2[0-3]|[1-9])(?P<minute>[0-5]\d)\b"
    r"(?!\s*(?:euros?|dollars?|people|[a-z]+\s+(?:street|road|avenue|lane)))"
)


def clocks(text: str) -> list[Clock]:
    """Every place that can be a clock time, in order, none overlapping; strong ones win over weak ones."""
    text = _DATE.sub(lambda match: "_" * len(match[0]), text)
    found: list[Clock] = []
    for pattern in _STRONG:
        found += [clock for match in pattern.finditer(text) if (clock := _clock(match))]
    found += [_military(match) for match in _MILITARY.finditer(text)]
    for pattern in (_DOTTED, _WEAK, _NAMED):
        found += [
            replace(clock, strong=False) for match in pattern.finditer(text) if (clock := _clock(match))
        ]
    return _apart(found)


def _apart(found: list[Clock]) -> list[Clock]:
    """Without those that overlap a longer or stronger one."""
    kept: list[Clock] = []
    for clock in sorted(found, key=lambda item: (not item.strong, item.start - item.end, item.start)):
        if all(clock.end <= other.start or other.end <= clock.start for other in kept):
            kept.append(clock)
    return sorted(kept, key=lambda item: item.start)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else HOURS[word.lower()]


def _minutes(word: str) -> int:
    return int(word) if word.isdigit() else MINUTES[re.sub("[ -]", " ", word.lower())]


def _half(found: str | None) -> str:
    return f"{found[0].lower()}m" if found else ""


def _military(match: re.Match[str]) -> Clock:
    start = match.start("hour")
    return Clock(start, match.end(), int(match["hour"]), int(match["minute"]), precise=True)


def _clock(match: re.Match[str]) -> Clock | None:
    """The clock time of a match; none where its numbers cannot be one."""
    groups = match.groupdict()
    if name := groups.get("name"):
        hour = 12 if name.lower() == "noon" else 24
        return Clock(match.start(), match.end(), hour, 0)
    hour = _number(groups["hour"])
    minute = _said_minute(groups)
    half = _half(groups.get("half"))
    for step, side in (("step", groups.get("side")), ("step_past", "past"), ("step_to", "to")):
        if said := groups.get(step):
            hour, minute = _stepped(hour, said, side or "past")
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12 and minute == 0 and hour > 12):
        return None
    digits = groups["hour"]
    if digits.startswith("0") and minute and not half:
        half = "am"  # a leading zero is written by those who count to 24
    precise = bool(minute or groups.get("minute"))
    return Clock(match.start(), match.end(), hour, minute, half if hour <= 12 else "", precise=precise)


def _said_minute(groups: dict[str, str | None]) -> int:
    for name in ("minute", "late", "spoken"):
        if said := groups.get(name):
            return _minutes(said)
    return 0


def _stepped(hour: int, step: str, side: str) -> tuple[int, int]:
    """`half past 3`: 3:30; `quarter to 4`: 3:45."""
    word = re.sub(r"\s+minutes$|^a\s+", "", step.lower())
    minutes = {"half": 30, "quarter": 15}.get(word) or _minutes(word)
    if side.lower() in {"to", "of", "before", "till"}:
        return (hour - 1 or 12), 60 - minutes
    return hour, minutes
