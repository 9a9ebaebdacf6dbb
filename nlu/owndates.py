"""Days that Duckling lacks or reads otherwise than people here mean them; pure.

Dates in numbers by the locale, "in the next two weeks", "Friday week", "the day after", "the 7th, 8th or
9th", and weekdays beside a week that was named. The texts are in lower case, as `nlu.prepared` leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from nlu.datephrase import DAY, NAMES, WEEK, DatePhrase, later, made_date, one_day
from nlu.english import COUNTS, MONTHS, WEEKDAYS
from nlu.wishes import Days

_SOON = timedelta(days=100)  #: how far ahead a reading of 3/4 counts as one that was meant
_NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<iso>\d{4}([-/.])\d{1,2}\2\d{1,2})\b"
    r"|(?P<low>[0-3]?\d)-(?P<high>[0-3]?\d)-(?P<full>20\d\d)\b"
    r"|(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)"
    r"(?:(?P=mark)(?P<year>20\d\d|\d\d)\b|(?<=/\d)(?![\w/.:-])|(?<=/\d\d)(?![\w/.:-])|\.(?!\d)))"
)
_COMING = re.compile(
    r"\b(?:(?:in|within|over|during)\s+)?(?:the\s+)?(?:next|coming|following)\s+"
    r"(?:(?P<count>few|couple(?: of)?|\d{1,2}|two|three|four|five|six|ten)\s+(?P<unit>days?|weeks?)|days)\b"
)
_A_WEEK_ON = re.compile(
    rf"\b(?:(?P<weeks>an?|one|two|three|four|[1-9])\s+(?P<unit>weeks?|fortnight)\s+(?:(?:from|on|after)\s+)?(?:this\s+)?"
    rf"(?P<day>{NAMES}|today|tomorrow)"
    rf"|(?P<day_first>{NAMES}|today|tomorrow)\s+(?:week\b(?! \w)|fortnight\b"
    rf"|in\s+(?P<later>a|one|two|three|four|[1-9])\s+weeks?))\b"
)
_DAY_AFTER = re.compile(
    r"\bthe\s+(?:day\s+after|next\s+day|following\s+day|day\s+following)\b"
    r"(?!\s+(?:tomorrow|the|christmas|next|\d))"
)
_MONTH = "|".join(MONTHS)
_ORDINALS = re.compile(
    r"\b(?:(?P<from>from|between)\s+)?(?:the\s+)?(?P<low>[0-3]?\d)(?:st|nd|rd|th)?"
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
_AFTER_NEXT = re.compile(r"\b(?:in\s+)?(?:the\s+)?(?P<unit>week-?end|week)\s+after\s+next\b")
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
_BARE_DAY = re.compile(rf"\W*(?:on\s+)?(?P<day>{NAMES})\W*")
_JOIN = re.compile(
    r"\s*,?\s*(?:or|and|,)?\s*(?:(?:preferably|ideally|maybe|perhaps|say|either|best|rather|like)\s+)?(?:on\s+)?"
)


def own_dates(text: str, *, today: date, day_first: bool) -> list[DatePhrase]:
    """What is found without Duckling."""
    found = [_numeric(match, today=today, day_first=day_first) for match in _NUMERIC.finditer(text)]
    found = [_with_weekday(text, phrase) for phrase in found if phrase]
    found += [_of_months(match, today) for match in _ORDINALS.finditer(text)]
    found += [_lone(match, today) for match in [_LONE.fullmatch(text)] if match]
    found += [_week_number(match, today) for match in _WEEK_NUMBER.finditer(text)]
    found += [_after_next(match, today) for match in _AFTER_NEXT.finditer(text)]
    found += [_these_weeks(match, today) for match in _THESE_WEEKS.finditer(text)]
    found += [_year_end(match, today) for match in _YEAR_END.finditer(text)]
    found += [_mid_week(match, today) for match in _MID_WEEK.finditer(text)]
    found += [_of_month(match, today) for match in _WEEKDAY_AND_NUMBER.finditer(text)]
    found += [_coming(match, today) for match in _COMING.finditer(text)]
    found += [_week_on(match, today) for match in _A_WEEK_ON.finditer(text)]
    kept: list[DatePhrase] = []
    for phrase in found:
        if phrase and all(phrase.beside(other.start, other.end) for other in kept):
            kept.append(phrase)
    return kept


def joined_dates(text: str, phrases: list[DatePhrase]) -> list[DatePhrase]:
    """The phrases, in order, with those that only make sense beside another one."""
    kept = sorted(phrases, key=lambda phrase: phrase.start)
    for phrase in [*_days_after(text, kept), *_next_ones(text, kept), *_more_ordinals(text, kept)]:
        kept = [other for other in kept if other.beside(phrase.start, phrase.end)]
        kept = sorted([*kept, phrase], key=lambda item: item.start)
    for place, phrase in enumerate(kept):
        kept[place] = _in_same_week(text, phrase, kept)
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
    dates = [_in_year(year, month, day, today) for day, month in pairs]
    if match["mark"] == "." or year or dates[0] is None:
        return [*[found for found in dates if found][:1]]
    others = [found for found in dates[1:] if found and found - today <= _SOON]
    return [*dict.fromkeys([dates[0], *others])]


def _in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day in the year that was said, else the next such day from today on."""
    if year:
        return made_date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = made_date(today.year, month, day)
    return this if this is None or this >= today else made_date(today.year + 1, month, day)


def _with_weekday(text: str, phrase: DatePhrase) -> DatePhrase:
    """`Tuesday 3/12`: the weekday chooses among the readings; where it fits none it is one of its own."""
    match = _WEEKDAY_BEFORE.search(text[: phrase.start])
    if match is None:
        return phrase
    weekday = WEEKDAYS[match["day"]]
    start, words = match.start("day"), text[match.start("day") : phrase.end]
    readings = phrase.readings or (phrase.days,)
    fitting = [days for days in readings if days.first.weekday() == weekday]
    if fitting:
        return replace(phrase, start=start, text=words, days=fitting[0], readings=())
    return contradicted(replace(phrase, start=start, text=words, days=readings[0]), weekday)


def contradicted(phrase: DatePhrase, weekday: int) -> DatePhrase:
    """The date as it was said and the nearest such weekday, which it is not: two readings."""
    said = phrase.days.first
    shift = (weekday - said.weekday() + 3) % 7 - 3
    return replace(phrase, readings=(one_day(said), one_day(said + shift * DAY)))


def _of_months(match: re.Match[str], today: date) -> DatePhrase | None:
    """`3rd to 5th of December`, `from the 7th to the 9th`: without a month the next such days."""
    if match["and"] and match["from"] != "between":
        return None
    low, high = int(match["low"]), int(match["high"])
    first = _next_such(low, match["month"], today)
    last = first and made_date(first.year, first.month, high)
    if first is None or last is None or last < first:
        return None
    return DatePhrase(match.start(), match.end(), match[0], Days(first, last + DAY))


def _next_such(day: int, month: str | None, today: date) -> date | None:
    """The next day of that number, in that month if one was named, today included."""
    if month:
        return _in_year(None, MONTHS[month], day, today)
    months = ((today.month - 1 + step) for step in range(13))
    found = (made_date(today.year + month // 12, month % 12 + 1, day) for month in months)
    return next((known for known in found if known and known >= today), None)


def _lone(match: re.Match[str], today: date) -> DatePhrase | None:
    """`15th` or `3rd or 4th`, where that is all that was written."""
    name = "first" if match["first"] else "low"
    day = _next_such(int(re.sub(r"\D", "", match[name])), None, today)
    if day is None:
        return None
    end = match.end(name) + (0 if match["first"] else 2)
    return DatePhrase(match.start(name), end, match[name], one_day(day))


def _week_number(match: re.Match[str], today: date) -> DatePhrase | None:
    """`week 50`: the ISO week of that number, the next to come."""
    for year in (today.year, today.year + 1):
        monday = _iso_monday(year, int(match["week"]))
        if monday and monday + WEEK > today:
            return DatePhrase(match.start(), match.end(), match[0], Days(monday, monday + WEEK), "week")
    return None


def _iso_monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _after_next(match: re.Match[str], today: date) -> DatePhrase:
    monday = today - today.weekday() * DAY + 2 * WEEK
    if match["unit"] == "week":
        return DatePhrase(match.start(), match.end(), match[0], Days(monday, monday + WEEK), "week")
    saturday = monday + 5 * DAY
    return DatePhrase(match.start(), match.end(), match[0], Days(saturday, saturday + 2 * DAY))


def _these_weeks(match: re.Match[str], today: date) -> DatePhrase:
    monday = today - today.weekday() * DAY
    end = monday + (2 * WEEK if match["next"] else WEEK)
    return DatePhrase(match.start(), match.end(), match[0], Days(monday, end), "week")


def _mid_week(match: re.Match[str], today: date) -> DatePhrase:
    """`mid week`: Tuesday to Thursday, of the coming week once Thursday has come."""
    monday = today - today.weekday() * DAY
    if match["next"] or today.weekday() >= 3:
        monday += WEEK
    return DatePhrase(match.start(), match.end(), match[0], Days(max(monday + DAY, today), monday + 4 * DAY))


def _year_end(match: re.Match[str], today: date) -> DatePhrase:
    first = date.min if match["until"] else date(today.year, 12, 1)
    return DatePhrase(match.start(), match.end(), match[0], Days(first, date(today.year + 1, 1, 1)), "month")


def _of_month(match: re.Match[str], today: date) -> DatePhrase | None:
    """`Monday the 30th`: the next 30th; where that is no Monday, both are readings."""
    day = _next_such(int(match["date"] or match["bare"]), None, today)
    if day is None:
        return None
    phrase = DatePhrase(match.start(), match.end(), match[0], one_day(day))
    weekday = WEEKDAYS[match["day"]]
    return phrase if day.weekday() == weekday else contradicted(phrase, weekday)


def _coming(match: re.Match[str], today: date) -> DatePhrase:
    count = _count(match["count"] or "few")
    step = WEEK if "week" in (match["unit"] or "") else DAY
    return DatePhrase(match.start(), match.end(), match[0], Days(today + DAY, today + DAY + count * step))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else COUNTS[word]


def _week_on(match: re.Match[str], today: date) -> DatePhrase:
    name = match["day"] or match["day_first"]
    weeks = 2 if "fortnight" in match[0] else _count(match["weeks"] or match["later"] or "one")
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


def _next_ones(text: str, phrases: list[DatePhrase]) -> Iterator[DatePhrase]:
    """The same, one later: `this week or next`, `not this Friday, the one after`."""
    for match in _NEXT_ONE.finditer(text):
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


def _more_ordinals(text: str, phrases: list[DatePhrase]) -> Iterator[DatePhrase]:
    """`the 7th, 8th or 9th`: the later ones lie in the month of the first."""
    for match in [*_JOINED_ORDINAL.finditer(text), *_JOINED_NUMBER.finditer(text)]:
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
        if (
            bare
            and (re.search(r"\bweek\b", other.text) or other.grain == "week")
            and _JOIN.fullmatch(text[low.end : high.start])
        ):
            monday = other.days.first - other.days.first.weekday() * DAY
            return replace(phrase, days=one_day(monday + WEEKDAYS[bare["day"]] * DAY), grain="week")
    return phrase
