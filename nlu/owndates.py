"""Days that Duckling lacks or reads otherwise than people here mean them; pure.

Dates in numbers by the locale, "in the next two weeks", "Friday week", "the day after", "the 7th, 8th or
9th", and weekdays beside a week that was named. The texts are in lower case, as `nlu.prepared` leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from nlu.datephrase import DAY, WEEK, DatePhrase, in_year, later, made_date, one_day
from nlu.english import ENGLISH
from nlu.language import Language
from nlu.ownweeks import own_weeks
from nlu.wishes import Days
from nlu.writtendates import written_dates

_FEW_DAYS = 4
_SOME = (("low", 1), ("high", 2))  #: "a week or two"
_SOON = timedelta(days=100)  #: how far ahead a reading of 3/4 counts as one that was meant
NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<iso>\d{4}([-/.])\d{1,2}\2\d{1,2})\b"
    r"|(?P<low>[0-3]?\d)-(?P<high>[0-3]?\d)-(?P<full>20\d\d)\b"
    r"|(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)"
    r"(?:(?P=mark)(?P<year>20\d\d|\d\d)\b|(?<=/\d)(?![\w/.:-])|(?<=/\d\d)(?![\w/.:-])|\.(?!\d)))"
)
"""A date in numbers: `iso`, or two numbers by a `mark`, with or without a year."""


def own_dates(text: str, words: Language = ENGLISH, *, today: date, day_first: bool) -> list[DatePhrase]:
    """What is found without Duckling."""
    found = [_numeric(match, today=today, day_first=day_first) for match in NUMERIC.finditer(text)]
    found = [_with_weekday(text, phrase, words) for phrase in found if phrase]
    found += [_with_weekday(text, phrase, words) for phrase in written_dates(text, words, today=today)]
    found += [_of_months(match, today, words) for match in words.own_dates.ordinals.finditer(text)]
    found += [_lone(match, today, words) for match in [words.own_dates.lone.fullmatch(text)] if match]
    found += own_weeks(text, words, today)
    found += [_of_month(match, today, words) for match in words.own_dates.weekday_and_number.finditer(text)]
    found += [_in_some(match, today, words) for match in words.own_dates.in_some.finditer(text)]
    found += [_coming(match, today, words) for match in words.own_dates.coming.finditer(text)]
    found += [_week_on(match, today, words) for match in words.own_dates.a_week_on.finditer(text)]
    found += [_day_of_week(match, today, words) for match in words.own_dates.day_of_week.finditer(text)]
    kept: list[DatePhrase] = []
    for phrase in found:
        if phrase and all(phrase.beside(other.start, other.end) for other in kept):
            kept.append(phrase)
    return kept


def joined_dates(text: str, phrases: list[DatePhrase], words: Language = ENGLISH) -> list[DatePhrase]:
    """The phrases, in order, with those that only make sense beside another one."""
    kept = sorted(phrases, key=lambda phrase: phrase.start)
    for phrase in [
        *_days_after(text, kept, words),
        *_next_ones(text, kept, words),
        *_more_ordinals(text, kept, words),
    ]:
        kept = [other for other in kept if other.beside(phrase.start, phrase.end)]
        kept = sorted([*kept, phrase], key=lambda item: item.start)
    for place, phrase in enumerate(kept):
        kept[place] = _in_same_week(text, phrase, kept, words)
    return kept


def _numeric(match: re.Match[str], *, today: date, day_first: bool) -> DatePhrase | None:
    if match["iso"]:
        year, month, day = (int(piece) for piece in re.split("[-/.]", match["iso"]))
        dates = [made_date(year, month, day)]
    else:
        dates = _orders(match, today=today, day_first=day_first or match["mark"] == ".")
    readings = tuple(one_day(found) for found in dates if found)
    if not readings:
        return None
    phrase = DatePhrase(match.start(), match.end(), match[0], readings[0])
    return replace(phrase, readings=readings) if len(readings) > 1 else phrase


def _orders(match: re.Match[str], *, today: date, day_first: bool) -> list[date | None]:
    """The days that 3/4 can be, the locale's first; the other one only if it is near or the only one."""
    first, second = (int(match["first"] or match["low"]), int(match["second"] or match["high"]))
    year = match["year"] or match["full"]
    pairs = [(first, second), (second, first)] if day_first else [(second, first), (first, second)]
    dates = [in_year(year, month, day, today) for day, month in pairs]
    if match["mark"] == "." or year or dates[0] is None:
        return [*[found for found in dates if found][:1]]
    others = [found for found in dates[1:] if found and found - today <= _SOON]
    return [*dict.fromkeys([dates[0], *others])]


def _with_weekday(text: str, phrase: DatePhrase, words: Language) -> DatePhrase:
    """`Tuesday 3/12`: the weekday chooses among the readings; where it fits none it is one of its own."""
    match = words.own_dates.weekday_before.search(text[: phrase.start])
    if match is None:
        return phrase
    weekday = words.weekdays[match["day"]]
    start = match.start("day")
    named = replace(phrase, start=start, text=text[start : phrase.end])
    readings = phrase.readings or (phrase.days,)
    fitting = [days for days in readings if days.first.weekday() == weekday]
    if fitting:
        return replace(named, days=fitting[0], readings=())
    return contradicted(replace(named, days=readings[0]), weekday)


def contradicted(phrase: DatePhrase, weekday: int) -> DatePhrase:
    """The date as it was said and the nearest such weekday, which it is not: two readings."""
    said = phrase.days.first
    shift = (weekday - said.weekday() + 3) % 7 - 3
    return replace(phrase, readings=(one_day(said), one_day(said + shift * DAY)))


def _of_months(match: re.Match[str], today: date, words: Language) -> DatePhrase | None:
    """`3rd to 5th of December`, `from the 7th to the 9th`: without a month the next such days."""
    if match["and"] and not match["between"]:
        return None
    low, high = int(match["low"]), int(match["high"])
    first = _next_such(low, match["month"], today, words)
    last = first and made_date(first.year, first.month, high)
    if first is None or last is None or last < first:
        return None
    return DatePhrase(match.start(), match.end(), match[0], Days(first, last + DAY))


def _next_such(day: int, month: str | None, today: date, words: Language) -> date | None:
    """The next day of that number, in that month if one was named, today included."""
    if month:
        return in_year(None, words.months[month], day, today)
    months = ((today.month - 1 + step) for step in range(13))
    found = (made_date(today.year + month // 12, month % 12 + 1, day) for month in months)
    return next((known for known in found if known and known >= today), None)


def _lone(match: re.Match[str], today: date, words: Language) -> DatePhrase | None:
    """`15th` or `3rd or 4th`, where that is all that was written."""
    name = "first" if match["first"] else "low"
    day = _next_such(int(re.sub(r"\D", "", match[name])), None, today, words)
    if day is None:
        return None
    end = match.end(name) + (0 if match["first"] else 2)
    return DatePhrase(match.start(name), end, match[name], one_day(day))


def _of_month(match: re.Match[str], today: date, words: Language) -> DatePhrase | None:
    """`Monday the 30th`: the next 30th; where that is no Monday, both are readings."""
    day = _next_such(int(match["date"] or match["bare"]), None, today, words)
    if day is None:
        return None
    phrase = DatePhrase(match.start(), match.end(), match[0], one_day(day))
    weekday = words.weekdays[match["day"]]
    return phrase if day.weekday() == weekday else contradicted(phrase, weekday)


def _in_some(match: re.Match[str], today: date, words: Language) -> DatePhrase:
    """`in 2-3 weeks`, `in a day or two`: from the first of these days to the last."""
    low, high = (_count(match[name], words) if match[name] else place for name, place in _SOME)
    step = WEEK if match["weeks"] or match["a_week"] else DAY
    days = Days(today + low * step, today + high * step + DAY)
    return DatePhrase(match.start(), match.end(), match[0], days)


def _coming(match: re.Match[str], today: date, words: Language) -> DatePhrase:
    count = _count(match["count"], words) if match["count"] else _FEW_DAYS
    step = WEEK if match["weeks"] else DAY
    return DatePhrase(match.start(), match.end(), match[0], Days(today + DAY, today + DAY + count * step))


def _count(word: str, words: Language) -> int:
    return int(word) if word.isdigit() else words.counts[word]


def _week_on(match: re.Match[str], today: date, words: Language) -> DatePhrase:
    name = match["day"] or match["day_first"]
    said = match["weeks"] or match["later"]
    weeks = 2 if match["fortnight"] or match["fortnight_on"] else _count(said, words) if said else 1
    near = (
        today + words.own_dates.near_days[name] * DAY
        if name in words.own_dates.near_days
        else _nearest(name, today, words)
    )
    return DatePhrase(match.start(), match.end(), match[0], one_day(near + weeks * WEEK))


def _day_of_week(match: re.Match[str], today: date, words: Language) -> DatePhrase:
    """The day in `the week of the 7th, Tuesday`, before it is joined to its week."""
    return DatePhrase(*match.span("day"), match["day"], one_day(_nearest(match["day"], today, words)))


def _nearest(name: str, today: date, words: Language) -> date:
    """The nearest such weekday after today."""
    return today + ((words.weekdays[name] - today.weekday() - 1) % 7 + 1) * DAY


def _days_after(text: str, phrases: list[DatePhrase], words: Language) -> Iterator[DatePhrase]:
    """`tomorrow or the day after`."""
    for match in words.own_dates.day_after.finditer(text):
        before = [phrase for phrase in phrases if phrase.end <= match.start() and phrase.closed]
        if before:
            yield DatePhrase(match.start(), match.end(), match[0], one_day(before[-1].days.end))


def _next_ones(text: str, phrases: list[DatePhrase], words: Language) -> Iterator[DatePhrase]:
    """The same, one later: `this week or next`, `not this Friday, the one after`."""
    for match in words.own_dates.next_one.finditer(text):
        before = [phrase for phrase in phrases if phrase.end <= match.start() and phrase.closed]
        if before:
            start, end = match.span("one" if match["one"] else 0)
            last = before[-1]
            yield DatePhrase(start, end, match[0], _following(last.days), last.grain)


def _following(days: Days) -> Days:
    """The next month after a month, and else the same days a week later."""
    whole_month = days.first.day == days.end.day == 1
    if not whole_month:
        return later(days, WEEK)
    return Days(days.end, date(days.end.year + days.end.month // 12, days.end.month % 12 + 1, 1))


def _more_ordinals(text: str, phrases: list[DatePhrase], words: Language) -> Iterator[DatePhrase]:
    """`the 7th, 8th or 9th`: the later ones lie in the month of the first."""
    for match in [
        *words.own_dates.joined_ordinal.finditer(text),
        *words.own_dates.joined_number.finditer(text),
    ]:
        start, end = match.span("ordinal")
        before = [phrase for phrase in phrases if phrase.end <= start and phrase.closed]
        near = before[-1].days.first if before else None
        day = made_date(near.year, near.month, int(match["day"])) if near else None
        if day and all(phrase.beside(start, end) for phrase in phrases):
            yield DatePhrase(start, end, match["ordinal"], one_day(day))


def _in_same_week(text: str, phrase: DatePhrase, phrases: list[DatePhrase], words: Language) -> DatePhrase:
    """`next week, Tuesday or Thursday`: a bare weekday joined to a day of a named week lies in that week."""
    bare = words.own_dates.bare_day.fullmatch(phrase.text)
    place = phrases.index(phrase)
    neighbours = phrases[max(place - 1, 0) : place] + phrases[place + 1 : place + 2]
    for other in neighbours if bare else ():
        low, high = sorted((phrase, other), key=lambda item: item.start)
        if (
            bare
            and (words.own_dates.week.search(other.text) or other.grain == "week")
            and _belong_together(text[low.end : high.start], words)
        ):
            monday = other.days.first - other.days.first.weekday() * DAY
            return replace(phrase, days=one_day(monday + words.weekdays[bare["day"]] * DAY), grain="week")
    return phrase


def _belong_together(between: str, words: Language) -> bool:
    return bool(words.own_dates.join.fullmatch(between) or words.own_dates.join_apart.fullmatch(between))
