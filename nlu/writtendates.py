"""Dates with the name of their month that Duckling does not read: "3-Dec", "from 3 to 12 December"; pure."""

from __future__ import annotations

import re
from datetime import date

from nlu.datephrase import DAY, DatePhrase, in_year, one_day
from nlu.language import Language
from nlu.wishes import Days


def written_dates(text: str, words: Language, *, today: date) -> list[DatePhrase]:
    """Ranges of days of a month, and days in words or beside a mark; all other ones are left."""
    found = [
        _phrase(match, words, today) for pattern in words.own_dates.dates for match in pattern.finditer(text)
    ]
    return [phrase for phrase in found if phrase]


def _phrase(match: re.Match[str], words: Language, today: date) -> DatePhrase | None:
    said = match.groupdict()
    low, day = day_number(said.get("low"), words), day_number(said["day"], words)
    last = in_year(said.get("year"), words.months[said["month"]], day, today)
    listed = said.get("and") and not said.get("between")
    if last is None or listed:
        return None
    own = low or said.get("mark") or not said["day"][0].isdigit()
    if not own or low >= day:
        return None
    days = Days(last.replace(day=low), last + DAY) if low else one_day(last)
    return DatePhrase(match.start(), match.end(), match[0], days)


def day_number(said: str | None, words: Language) -> int:
    """The number of a day as it was said; 0 where none was."""
    if not said:
        return 0
    digits = re.match(r"\d+", said)
    return int(digits[0]) if digits else words.own_dates.day_names[re.sub(r"[\s-]+", " ", said)]
