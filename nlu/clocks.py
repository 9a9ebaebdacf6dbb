"""Clock times in a text: "3", "3 pm", "10:30", "half past three", "quarter to 4", "noon"; pure.

A `Clock` is a reading of one place in the text. `strong` ones are clock times wherever they stand; a bare
number is weak and counts only beside words that make it one, which `nlu.hours` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlu.english import ENGLISH
from nlu.language import Language
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


def clocks(text: str, words: Language = ENGLISH) -> list[Clock]:
    """Every place that can be a clock time, in order, none overlapping; strong ones win over weak ones."""
    text = words.clocks.date.sub(lambda match: "_" * len(match[0]), text)
    found: list[Clock] = []
    for pattern in words.clocks.strong:
        found += [clock for match in pattern.finditer(text) if (clock := _clock(match, words))]
    for pattern in words.clocks.military:
        found += [_military(match) for match in pattern.finditer(text)]
    for pattern in (words.clocks.dotted, words.clocks.weak, words.clocks.named):
        found += [
            replace(clock, strong=False)
            for match in pattern.finditer(text)
            if (clock := _clock(match, words))
        ]
    return _apart(found)


def _apart(found: list[Clock]) -> list[Clock]:
    """Without those that overlap a longer or stronger one."""
    kept: list[Clock] = []
    for clock in sorted(found, key=lambda item: (not item.strong, item.start - item.end, item.start)):
        if all(clock.end <= other.start or other.end <= clock.start for other in kept):
            kept.append(clock)
    return sorted(kept, key=lambda item: item.start)


def _number(word: str, words: Language) -> int:
    return int(word) if word.isdigit() else words.hour_names[word.lower()]


def _minutes(word: str, words: Language) -> int:
    return int(word) if word.isdigit() else words.minute_names[re.sub("[ -]", " ", word.lower())]


def _half(found: str | None) -> str:
    return f"{found[0].lower()}m" if found else ""


def _military(match: re.Match[str]) -> Clock:
    start, half = match.start("hour"), "am" if match["hour"].startswith("0") else ""
    return Clock(start, match.end("minute"), int(match["hour"]), int(match["minute"]), half, precise=True)


def _clock(match: re.Match[str], words: Language) -> Clock | None:
    """The clock time of a match; none where its numbers cannot be one."""
    groups = match.groupdict()
    if name := groups.get("name"):
        return Clock(match.start(), match.end(), words.clocks.names[name.lower()], 0)
    hour = _number(groups["hour"], words)
    minute = _said_minute(groups, words)
    half = _half(groups.get("half"))
    if said := groups.get("step") or groups.get("step_past"):
        hour, minute = _stepped(
            hour, said, words, backward=(groups.get("side") or "").lower() in words.clocks.backward
        )
    if said := groups.get("step_to"):
        hour, minute = _stepped(hour, said, words, backward=True)
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12 and minute == 0 and hour > 12):
        return None
    digits = groups["hour"]
    if digits.startswith("0") and minute and not half:
        half = "am"  # a leading zero is written by those who count to 24
    precise = bool(minute or groups.get("minute"))
    return Clock(match.start(), match.end(), hour, minute, half if hour <= 12 else "", precise=precise)


def _said_minute(groups: dict[str, str | None], words: Language) -> int:
    for name in ("minute", "late", "spoken"):
        if said := groups.get(name):
            return _minutes(said, words)
    return 0


def _stepped(hour: int, step: str, words: Language, *, backward: bool) -> tuple[int, int]:
    """`half past 3`: 3:30; `quarter to 4`: 3:45."""
    word = words.clocks.step_filler.sub("", step.lower())
    minutes = words.clocks.steps.get(word) or _minutes(word, words)
    if backward:
        return (hour - 1 or 12), 60 - minutes
    return hour, minutes
