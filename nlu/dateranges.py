"""Two dates in numbers that are the ends of a range: "3/12-5/12", "between 3.12. and 5.12."; pure."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from nlu.datephrase import DAY, DatePhrase
from nlu.english import ENGLISH
from nlu.language import Language
from nlu.wishes import Days


def ranged(text: str, phrases: list[DatePhrase], words: Language = ENGLISH) -> list[DatePhrase]:
    """The phrases in order; two single days that the text joins to a range are one."""
    kept: list[DatePhrase] = []
    for phrase in sorted(phrases, key=lambda one: one.start):
        whole = _joined(text, kept[-1], phrase, words) if kept else None
        if whole:
            kept[-1] = whole
        else:
            kept.append(phrase)
    return kept


def _joined(text: str, first: DatePhrase, last: DatePhrase, words: Language) -> DatePhrase | None:
    """Both as one, with every reading that both have; none where they are no range."""
    opens = words.own_dates.range_opens.search(text[: first.start])
    to = words.own_dates.range_to.fullmatch(text[first.end : last.start])
    if to is None or (to["and"] and not (opens and opens["between"])):
        return None
    readings = _readings(first, last)
    if not readings:
        return None
    start = opens.start() if opens else first.start
    whole = DatePhrase(start, last.end, text[start : last.end], readings[0])
    return replace(whole, readings=readings) if len(readings) > 1 else whole


def _readings(first: DatePhrase, last: DatePhrase) -> tuple[Days, ...]:
    """The ranges from the one day to the other; days and months stand in the same order in both."""
    lows, highs = first.readings or (first.days,), last.readings or (last.days,)
    if any(days.end - days.first != DAY for days in (*lows, *highs)):
        return ()
    pairs = zip(lows, highs, strict=True) if len(lows) == len(highs) else product(lows, highs)
    return tuple(Days(low.first, high.end) for low, high in pairs if low.first < high.first)
