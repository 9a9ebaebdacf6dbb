"""Days, weeks and months in a message, from Duckling's values on what `nlu.prepared` left of it; pure.

Duckling is given the writer's wall time as if it were UTC, so its values are read as wall times: only their
date counts here. What it reads otherwise than people mean it is put right: "by Friday" takes in Friday,
"after Friday" does not, "the weekend" is Saturday and Sunday, "Monday to Wednesday" never lies in the past,
and "next Friday" has two readings while this week's Friday lies ahead. The texts are in lower case, as
`nlu.prepared` leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from nlu.datephrase import DAY, WEEK, DatePhrase, both_weeks, later, made_date, one_day
from nlu.dateranges import ranged
from nlu.english import ENGLISH
from nlu.language import Language
from nlu.missingdates import missing_dates
from nlu.owndates import contradicted, joined_dates, own_dates
from nlu.prepared import Prepared, blanked
from nlu.wishes import Days

Parse = Callable[[str], Sequence[Mapping[str, Any]]]
"""Text to Duckling's results, as its HTTP server gives them."""

_OF_MONTHS: dict[tuple[float, float], tuple[int, int]] = {
    (0, 3): (0, 10),
    (1, 4): (10, 20),
    (3, 7): (20, 31),
    (4, 7): (20, 31),
}
"""The days of a month for the sevenths of a week."""
_NO_BRACKETS = str.maketrans("()[]", "    ")
_FAR = timedelta(days=200)
_INCLUDING = {"after": "from", "before": "until"}
_GRAINS = {"day", "week", "month", "quarter", "year"}


def date_phrases(
    message: str, prepared: Prepared, parse: Parse, words: Language = ENGLISH, *, today: date, day_first: bool
) -> list[DatePhrase]:
    """The days a message names, in order; `day_first` says how 3/4 is read if nothing else decides."""
    missing = missing_dates(prepared.rest, words, today=today, day_first=day_first)
    rest = blanked(prepared.rest, [(phrase.start, phrase.end) for phrase in missing])
    own = [*missing, *_own(rest, words, today=today, day_first=day_first)]
    rest = blanked(rest, [(phrase.start, phrase.end) for phrase in own])
    rest = words.dates.listed.sub(",", rest).translate(_NO_BRACKETS)
    found = joined_dates(rest, [*own, *_parsed(rest, parse, today, words)], words)
    return [_placed(message, prepared, phrase) for phrase in found]


def _own(text: str, words: Language, *, today: date, day_first: bool) -> list[DatePhrase]:
    """Those found without Duckling, with the words around them: "by 10/12", "between 3/12 and 5/12"."""
    found = ranged(text, own_dates(text, words, today=today, day_first=day_first), words)
    return [
        phrase
        if phrase.readings or not phrase.closed
        else _operated(text, _week_of(text, phrase, words), phrase.days, words, opens=phrase.length == DAY)
        for phrase in found
    ]


def _placed(message: str, prepared: Prepared, phrase: DatePhrase) -> DatePhrase:
    """The phrase with its offsets in the message as it was written, without blanks at the ends."""
    words = prepared.rest[phrase.start : phrase.end]
    start = phrase.start + len(words) - len(words.lstrip(" ,"))
    end = start + len(words.strip(" ,"))
    first, last = prepared.respelt.back(start, end)
    return replace(phrase, start=first, end=last, text=message[first:last])


def _parsed(text: str, parse: Parse, today: date, words: Language) -> list[DatePhrase]:
    """Duckling's phrases, none overlapping: the longest, and of two readings the first that lies ahead."""

    def rank(result: Mapping[str, Any]) -> tuple[int, bool]:
        days, _ = _days(result["value"])
        return result["start"] - result["end"], days is not None and date.min < days.first < today

    found: list[DatePhrase] = []
    for result in sorted(parse(text), key=rank):
        phrase = _read(text, result, parse, today, words)
        if phrase and all(phrase.beside(other.start, other.end) for other in found):
            found.append(phrase)
    return found


def _read(
    text: str, result: Mapping[str, Any], parse: Parse, today: date, words: Language
) -> DatePhrase | None:
    """One of Duckling's results, put right; none where it is no day."""
    start, end = result["start"], result["end"]
    body = text[start:end]
    days, grain = _days(result["value"])
    if result.get("latent") or days is None or words.dates.no_dates.fullmatch(body):
        return None
    phrase = _holding(DatePhrase(start, end, body, days, grain), parse, words)
    phrase = _contradicted(phrase, parse, today, words)
    phrase = _weekend(phrase, words)
    phrase = _numbered_week(_operated(text, phrase, _operand(phrase, today, words), words), words)
    phrase = _ahead(_ordinal_range(phrase, today, words), today, words)
    if match := words.dates.piece.search(text[:start]):
        phrase = _piece(phrase, match, today, words)
    return _next_days(_week_of(text, phrase, words), today, words)


def _week_of(text: str, phrase: DatePhrase, words: Language) -> DatePhrase:
    """`in the week of the 7th`, `week commencing 7 December`: the week that holds the day."""
    match = words.dates.week_of.search(text[: phrase.start])
    if match is None or phrase.length != DAY:
        return phrase
    return replace(phrase, start=match.start(), days=_week_with(phrase.days), grain="week")


def _holding(phrase: DatePhrase, parse: Parse, words: Language) -> DatePhrase:
    """`the week of the 9th`: the week that holds it, where Duckling has the next one to begin."""
    head = words.dates.week_holding.match(phrase.text)
    found = parse(phrase.text[head.end() :]) if head else ()
    inner = [days for result in found if (days := _days(result["value"])[0]) and days.end - days.first == DAY]
    return replace(phrase, days=_week_with(inner[0])) if inner else phrase


def _week_with(days: Days) -> Days:
    monday = days.first - days.first.weekday() * DAY
    return Days(monday, monday + WEEK)


def _days(value: Mapping[str, Any]) -> tuple[Days | None, str]:
    """The days a Duckling value covers and its grain; none for an instant such as "now"."""
    if value.get("type") == "value":
        first, grain = date.fromisoformat(value["value"][:10]), str(value["grain"])
        if grain == "hour" and "T00:00" not in value["value"]:
            grain = "day"  # "in 10 days" comes as an hour
        return (Days(first, _end(first, grain)) if grain in _GRAINS else None), grain
    low, high = value.get("from"), value.get("to")
    first = date.fromisoformat(low["value"][:10]) if low else date.min
    end = date.fromisoformat(high["value"][:10]) if high else date.max
    if high and "T00:00" not in high["value"]:
        end += DAY  # "within 3 days" ends at an hour of the third
    if low and high:
        return Days(first, max(end, first + DAY)), "day"
    return Days(first, end), str((low or high or {}).get("grain", "day"))


def _end(first: date, grain: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}
    if grain in months:
        month = first.month - 1 + months[grain]
        return date(first.year + month // 12, month % 12 + 1, 1)
    return first + (WEEK if grain == "week" else DAY)


def _weekend(phrase: DatePhrase, words: Language) -> DatePhrase:
    """Saturday and Sunday; Duckling lets the weekend begin on Friday evening."""
    if not words.dates.weekend.search(phrase.text) or not phrase.closed:
        return phrase
    saturday = phrase.days.first + ((5 - phrase.days.first.weekday()) % 7) * DAY
    return replace(phrase, days=Days(saturday, saturday + 2 * DAY))


def _numbered_week(phrase: DatePhrase, words: Language) -> DatePhrase:
    """`the first week of December` holds most of its first days; Duckling counts from its first Monday."""
    begins_before = phrase.length == WEEK and phrase.days.first.day % 7 in {0, 5, 6}
    if not begins_before or not words.dates.numbered_week.search(phrase.text):
        return phrase
    return replace(phrase, days=later(phrase.days, -WEEK))


def _operated(
    text: str, phrase: DatePhrase, days: Days, words: Language, *, opens: bool = False
) -> DatePhrase:
    """`before`, `after`, `by` and `from` of these days, also where Duckling left the word out or "not" turns
    it round.
    """
    leads = words.dates.leads.match(phrase.text)
    led = (
        None
        if words.dates.between.search(text[: phrase.start])
        else words.dates.led.search(text[: phrase.start])
    )
    match = leads or led
    starts = match is not None and match["from"] in words.dates.from_
    if (
        (match is None or starts)
        and phrase.closed
        and (after := words.dates.trailing.match(text, phrase.end))
    ):
        return _bounded(phrase, after)
    if match is None or (phrase.closed and starts and not opens):
        return phrase
    start = phrase.start if leads else match.start()
    negated = words.dates.negated.search(text[:start])
    ranges = {
        "after": Days(date.min, days.end) if negated else Days(days.end, date.max),
        "from": Days(days.first, date.max),
        "until": Days(days.first, date.max) if negated else Days(date.min, days.end),
        "before": Days(days.first, date.max) if negated else Days(date.min, days.first),
    }
    operator = match.lastgroup or ""
    if including := words.dates.including.search(text[:start]):
        start, operator = including.start(), _INCLUDING.get(operator, operator)
    return replace(phrase, start=negated.start() if negated else start, days=ranges[operator])


def _bounded(phrase: DatePhrase, trailing: re.Match[str]) -> DatePhrase:
    """`Tuesday or later`, `Friday at the latest`."""
    first, end = (phrase.days.first, date.max) if trailing["from"] else (date.min, phrase.days.end)
    return replace(phrase, end=trailing.end(), days=Days(first, end))


def _operand(phrase: DatePhrase, today: date, words: Language) -> Days:
    """The day, week or month that an open range of Duckling's was made from."""
    days, grain = phrase.days, phrase.grain if phrase.grain in _GRAINS else "day"
    if words.dates.end_of.search(phrase.text):
        return days
    if days.first in {date.min, today} and days.end != date.max:
        return Days(days.end, _end(days.end, grain))
    return Days(days.first, _end(days.first, grain)) if days.end == date.max else days


def _contradicted(phrase: DatePhrase, parse: Parse, today: date, words: Language) -> DatePhrase:
    """`Wednesday 1 December` where the first is a Tuesday: the date and the weekday are two readings."""
    match = words.dates.day_and_date.match(phrase.text)
    if not match or phrase.days.first - today < _FAR:
        return phrase
    values = [days for result in parse(phrase.text[match.end() :]) if (days := _days(result["value"])[0])]
    if not values or values[0].first == phrase.days.first:
        return phrase
    return contradicted(replace(phrase, days=values[0]), words.weekdays[match["day"]])


def _ordinal_range(phrase: DatePhrase, today: date, words: Language) -> DatePhrase:
    """`between the 7th and the 9th of December`: the 7th is of the same month, not the last one gone."""
    days = phrase.days
    if not days.first < today < days.end or not words.dates.between_days.search(phrase.text):
        return phrase
    first = made_date(days.end.year, days.end.month, days.first.day)
    return replace(phrase, days=Days(first, days.end)) if first and first < days.end else phrase


def _ahead(phrase: DatePhrase, today: date, words: Language) -> DatePhrase:
    """Ranges of weekdays that begin before today are next week's."""
    ranged = len(words.dates.names.findall(phrase.text)) > 1
    if not ranged or phrase.days.first >= today or not phrase.closed:
        return phrase
    if phrase.length > WEEK:  # "Monday to Wednesday next week" begins this Monday
        return replace(phrase, days=Days(phrase.days.first + WEEK, phrase.days.end))
    return replace(phrase, days=later(phrase.days, WEEK))


def _piece(phrase: DatePhrase, match: re.Match[str], today: date, words: Language) -> DatePhrase:
    """`early next week`, `later this week`, `the rest of the week`."""
    word = match["piece"]
    first, end = phrase.days.first, phrase.days.end
    if not phrase.closed or phrase.length < WEEK:
        return phrase
    if match["later"] or match["rest"]:
        days = Days(max(first, today + DAY if match["later"] else today), end)
        return replace(phrase, start=match.start(), days=days) if days.first < end else phrase
    low, high = next((span for name, span in words.dates.pieces.items() if word.startswith(name)), (0, 7))
    of_month = _OF_MONTHS.get((low, high)) if 4 * WEEK <= phrase.length < 5 * WEEK else None
    if of_month:
        days = Days(first + of_month[0] * DAY, min(first + of_month[1] * DAY, end))
        return replace(phrase, start=match.start(), days=days)
    seventh = phrase.length // 7
    return replace(phrase, start=match.start(), days=Days(first + low * seventh, first + high * seventh))


def _next_days(phrase: DatePhrase, today: date, words: Language) -> DatePhrase:
    """Both readings of `next Friday` while this week's lies ahead, and of `next weekend`; the coming Tuesday
    is never today.
    """
    if words.dates.next_weekend.fullmatch(phrase.text):
        return phrase if today.weekday() >= 5 else replace(phrase, readings=both_weeks(phrase.days))
    if phrase.days == one_day(today) and words.dates.coming.search(phrase.text):
        return replace(phrase, days=later(phrase.days, WEEK))
    match = words.dates.next_day.search(phrase.text)
    if not match or phrase.length != DAY or words.dates.week.search(phrase.text):
        return phrase
    this_week = today + (words.weekdays[match["day"]] - today.weekday()) * DAY
    if this_week <= today:
        return replace(phrase, days=one_day(this_week + WEEK))
    return replace(phrase, days=one_day(this_week), readings=both_weeks(one_day(this_week)))
