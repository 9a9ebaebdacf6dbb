"""Days that Duckling lacks or reads otherwise than people here mean them; pure.

Dates in numbers by the locale, "in the next two weeks", "Friday week", "the day after", "the 7th, 8th or
9th", and weekdays beside a week that was named. The texts are in lower case, as `nlu.prepared` leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from nlu.datephrase import DAY, NAMES, WEEK, DatePhrase, made_date, one_day
from nlu.english import MONTHS, WEEKDAYS
from nlu.wishes import Days

_SOON = timedelta(days=100)  #: how far ahead a reading of 3/4 counts as one that was meant
_NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2})\b"
    r"|(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)"
    r"(?:(?P=mark)(?P<year>20\d\d|\d\d)\b|(?<=/\d)(?![\w/.:-])|(?<=/\d\d)(?![\w/.:-])|\.(?!\d)))"
)
_COMING = re.compile(
    r"\b(?:(?:in|within|over|during)\s+)?(?:the\s+)?(?:next|coming|following)\s+"
    r"(?P<count>few|couple(?: of)?|\d{1,2}|two|three|four|five|six|ten)\s+(?P<unit>days?|weeks?)\b"
)
_COUNTS = {
    "few": 4,
    "couple": 2,
    "couple of": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
}
_A_WEEK_ON = re.compile(
    rf"\b(?:(?P<weeks>an?|one|two)\s+weeks?\s+(?:from|on|after)\s+(?:this\s+)?(?P<day>{NAMES}|today|tomorrow)"
    rf"|(?P<day_first>{NAMES}|today|tomorrow)\s+(?:week\b(?! \w)|in\s+(?P<later>a|one|two)\s+weeks?))\b"
)
_DAY_AFTER = re.compile(
    r"\bthe\s+(?:day\s+after|next\s+day|following\s+day|day\s+following)\b"
    r"(?!\s+(?:tomorrow|the|christmas|next|\d))"
)
_ORDINAL = r"(?P<ordinal>(?P<day>[0-3]?\d)(?:st|nd|rd|th))\b"
_JOINED_ORDINAL = re.compile(
    rf"(?:,|\bor\b|\band\b)\s*(?:the\s+)?{_ORDINAL}(?!\s+(?:of|{'|'.join(MONTHS)})\b)"
)
_BARE_DAY = re.compile(rf"\W*(?:on\s+)?(?P<day>{NAMES})\W*")
_JOIN = re.compile(r"\s*,?\s*(?:or|and|,)?\s*(?:on\s+)?")


def own_dates(text: str, *, today: date, day_first: bool) -> list[DatePhrase]:
    """What is found without Duckling."""
    found = [_numeric(match, today=today, day_first=day_first) for match in _NUMERIC.finditer(text)]
    found += [_coming(match, today) for match in _COMING.finditer(text)]
    found += [_week_on(match, today) for match in _A_WEEK_ON.finditer(text)]
    return [phrase for phrase in found if phrase]


def joined_dates(text: str, phrases: list[DatePhrase]) -> list[DatePhrase]:
    """The phrases, in order, with those that only make sense beside another one."""
    kept = sorted(phrases, key=lambda phrase: phrase.start)
    for phrase in [*_days_after(text, kept), *_more_ordinals(text, kept)]:
        kept = [other for other in kept if other.beside(phrase.start, phrase.end)]
        kept = sorted([*kept, phrase], key=lambda item: item.start)
    return [_in_same_week(text, phrase, kept) for phrase in kept]


def _numeric(match: re.Match[str], *, today: date, day_first: bool) -> DatePhrase | None:
    if match["iso"]:
        year, month, day = (int(piece) for piece in match["iso"].split("-"))
        dates = [made_date(year, month, day)]
    else:
        dates = _orders(match, today=today, day_first=day_first or match["mark"] == ".")
    readings = tuple(one_day(found) for found in dates if found)
    if not readings:
        return None
    phrase = DatePhrase(match.start(), match.end(), match[0], readings[0])
    return replace(phrase, readings=readings) if len(readings) > 1 else phrase


def _orders(match: re.Match[str], *, today: date, day_first: bool) -> list[date | None]:
    """The days that 3/4 can be: the locale's first; the other only where both are near or only it exists."""
    first, second = int(match["first"]), int(match["second"])
    pairs = [(first, second), (second, first)] if day_first else [(second, first), (first, second)]
    dates = [found for day, month in pairs if (found := _in_year(match["year"], month, day, today))]
    if match["mark"] == "." or match["year"]:
        return [*dates[:1]]
    near = dict.fromkeys(found for found in dates if found - today <= _SOON)
    return [*near] or [*dates[:1]]


def _in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day in the year that was said, else the next such day from today on."""
    if year:
        return made_date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = made_date(today.year, month, day)
    return this if this is None or this >= today else made_date(today.year + 1, month, day)


def _coming(match: re.Match[str], today: date) -> DatePhrase:
    word = match["count"]
    count = int(word) if word.isdigit() else _COUNTS[word]
    step = WEEK if "week" in match["unit"] else DAY
    return DatePhrase(match.start(), match.end(), match[0], Days(today + DAY, today + DAY + count * step))


def _week_on(match: re.Match[str], today: date) -> DatePhrase:
    name = match["day"] or match["day_first"]
    weeks = 2 if (match["weeks"] or match["later"]) == "two" else 1
    near = {"today": today, "tomorrow": today + DAY}.get(name) or _nearest(name, today)
    return DatePhrase(match.start(), match.end(), match[0], one_day(near + weeks * WEEK))


def _nearest(name: str, today: date) -> date:
    """The nearest such weekday after today."""
    return today + ((WEEKDAYS[name] - today.weekday() - 1) % 7 + 1) * DAY


def _days_after(text: str, phrases: list[DatePhrase]) -> Iterator[DatePhrase]:
    """`tomorrow or the day after`."""
    for match in _DAY_AFTER.finditer(text):
        before = [phrase for phrase in phrases if phrase.end <= match.start() and phrase.closed]
        if before:
            yield DatePhrase(match.start(), match.end(), match[0], one_day(before[-1].days.end))


def _more_ordinals(text: str, phrases: list[DatePhrase]) -> Iterator[DatePhrase]:
    """`the 7th, 8th or 9th`: the later ones lie in the month of the first."""
    for match in _JOINED_ORDINAL.finditer(text):
        start, end = match.span("ordinal")
        before = [phrase for phrase in phrases if phrase.end <= start and phrase.closed]
        near = before[-1].days.first if before else None
        day = made_date(near.year, near.month, int(match["day"])) if near else None
        if day and all(phrase.beside(start, end) for phrase in phrases):
            yield DatePhrase(start, end, match["ordinal"], one_day(day))


def _in_same_week(text: str, phrase: DatePhrase, phrases: list[DatePhrase]) -> DatePhrase:
    """`next week, Tuesday or Thursday`: a bare weekday joined to a day of a named week lies in that week."""
    bare = _BARE_DAY.fullmatch(phrase.text)
    place = phrases.index(phrase)
    neighbours = phrases[max(place - 1, 0) : place] + phrases[place + 1 : place + 2]
    for other in neighbours if bare else ():
        low, high = sorted((phrase, other), key=lambda item: item.start)
        if bare and re.search(r"\bweek\b", other.text) and _JOIN.fullmatch(text[low.end : high.start]):
            monday = other.days.first - other.days.first.weekday() * DAY
            return replace(phrase, days=one_day(monday + WEEKDAYS[bare["day"]] * DAY))
    return phrase
