"""Dates that no calendar has, such as 31 November: what was said, and the days that may be meant; pure.

Such a date is never read as its month or as another day alone. Its readings are the last day of the month and
the first of the next, between which only the writer can choose.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from nlu.datephrase import DAY, DatePhrase
from nlu.english import ENGLISH
from nlu.language import Language
from nlu.owndates import NUMERIC
from nlu.wishes import Days
from nlu.writtendates import day_number

_LEAP_YEAR = 2000
_MONTHS, _MOST_DAYS = 12, 31


def missing_dates(text: str, words: Language = ENGLISH, *, today: date, day_first: bool) -> list[DatePhrase]:
    """Every date that does not exist, with the weekday before it and, in a range, its beginning."""
    found = [*_in_numbers(text, words, today=today, day_first=day_first)]
    for pattern in words.own_dates.dates:
        for match in pattern.finditer(text):
            said = match.groupdict()
            month, year = words.months[said["month"]], said.get("year")
            day, low = (day_number(said.get(name), words) for name in ("day", "low"))
            if day > _longest(month, int(year) if year else _LEAP_YEAR):
                found.append(_phrase(text, match, _month_end(month, year, today), low, words))
    return [one for place, one in enumerate(found) if all(one.beside(x.start, x.end) for x in found[:place])]


def _in_numbers(text: str, words: Language, *, today: date, day_first: bool) -> Iterator[DatePhrase]:
    """Those in numbers, which are none in either order."""
    for match in NUMERIC.finditer(text):
        if match["iso"]:
            year, month, day = re.split("[-/.]", match["iso"])
            pairs = [(int(day), int(month))]
        else:
            first, second = int(match["first"] or match["low"]), int(match["second"] or match["high"])
            year = match["year"] or match["full"]
            pairs = [(first, second), (second, first)] if day_first else [(second, first), (first, second)]
        full = f"20{year}" if year and len(year) == 2 else year
        longest = {month: _longest(month, int(full or _LEAP_YEAR)) for month in range(1, _MONTHS + 1)}
        possible = [pair for pair in pairs if pair[1] in longest and 0 < pair[0] <= _MOST_DAYS]
        if possible and all(day > longest[month] for day, month in possible):
            yield _phrase(text, match, _month_end(possible[0][1], full, today), 0, words)


def _phrase(text: str, match: re.Match[str], last: date, low: int, words: Language) -> DatePhrase:
    """The phrase with both readings; those of a range begin at its first day."""
    named = words.own_dates.weekday_before.search(text[: match.start()])
    start = named.start("day") if named else match.start()
    first = last.replace(day=low) if 0 < low < last.day else None
    following = last + DAY
    readings = (Days(first or last, following), Days(first or following, following + DAY))
    return DatePhrase(
        start, match.end(), text[start : match.end()], readings[0], readings=readings, missing=True
    )


def _longest(month: int, year: int) -> int:
    return monthrange(year, month)[1]


def _month_end(month: int, year: str | None, today: date) -> date:
    """The last day of that month, in the year that was said, else the next to come."""
    last = date(int(year or today.year), month, _longest(month, int(year or today.year)))
    if year or last >= today:
        return last
    return date(today.year + 1, month, _longest(month, today.year + 1))
