"""Days, weeks and months in a message, from Duckling's values on what `nlu.prepared` left of it; pure.

Duckling is given the writer's wall time as if it were UTC, so its values are read as wall times: only their date
counts here. What it reads otherwise than people in this field mean it is put right: "by Friday" takes in Friday,
"after Friday" does not, "the weekend" is Saturday and Sunday, "Monday to Wednesday" never lies in the past, "next
Friday" has two readings while this week's Friday lies ahead, and so has 3/4 where both fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from nlu.english import MONTHS, WEEKDAYS
from nlu.prepared import Prepared, blanked
from nlu.wishes import Days

Parse = Callable[[str], Sequence[Mapping[str, Any]]]
"""Text to Duckling's results, as its HTTP server gives them."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_SOON = timedelta(days=100)  #: how far ahead a reading of 3/4 counts as one that was meant
_NAMES = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_NUMERIC = re.compile(
    r"(?<![\w./-])(?:(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)(?:(?P=mark)(?P<year>20\d\d|\d\d)\b)?"
    r"(?(year)|(?(mark)(?:(?<=\d)(?:\.(?!\d)|(?![\w/.:-])))))|(?P<iso>\d{4}-\d{1,2}-\d{1,2}))",
)
_NEXT_DAY = re.compile(rf"\bnext\s+(?P<day>{_NAMES})\b(?!\s+(?:the\s+)?\d)", re.IGNORECASE)
_BARE_DAY = re.compile(rf"(?:on\s+)?(?P<day>{_NAMES})\W*", re.IGNORECASE)
_LEADING = re.compile(
    r"(?P<after>after|later than|past)|(?P<from>from|since|starting(?: from| on)?|as of|beginning)"
    r"|(?P<until>until|by|through|up to)|(?P<before>before|earlier than)",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:in|within|over|during)?\s*(?:the\s+)?(?:next|coming|following)\s+"
    r"(?P<count>few|couple(?: of)?|\d{1,2}|two|three|four|five|six|ten)\s+(?P<unit>days?|weeks?)\b",
    re.IGNORECASE,
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
_WEEK_PIECE = re.compile(
    r"\b(?P<piece>early|earlier|beginning of|start of|first half of|mid|middle of|late|later|end of|second half of"
    r"|rest of|remainder of|the rest of)[\s-]*(?:in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_PIECES = {
    "early": (0, 3), "beginning": (0, 3), "start": (0, 3), "first": (0, 4), "mid": (1, 4), "late": (3, 7),
    "end": (4, 7), "second": (3, 7),
}  # fmt: skip
"""Which sevenths of a week or month are meant."""
_A_WEEK_ON = re.compile(
    rf"\b(?:(?P<weeks>an?|one|two)\s+weeks?\s+(?:from|on|after)\s+(?:this\s+)?(?P<day>{_NAMES}|today|tomorrow)"
    rf"|(?P<day_first>{_NAMES}|today|tomorrow)\s+(?:week\b(?! \w)|in\s+(?P<later>a|one|two)\s+weeks?))\b",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(
    r"\bthe\s+(?:day\s+after|next\s+day|following\s+day|day\s+following)\b(?!\s+(?:tomorrow|the|christmas|next|\d))",
    re.IGNORECASE,
)
_BETWEEN_DAYS = re.compile(r"\b(?:between|from) the \d{1,2}(?:st|nd|rd|th)\b(?! of)", re.IGNORECASE)
_JOINED_ORDINAL = re.compile(
    rf"(?:,|\bor\b|\band\b)\s*(?:the\s+)?(?P<ordinal>(?P<day>[0-3]?\d)(?:st|nd|rd|th))\b(?!\s+(?:of|{'|'.join(MONTHS)})\b)",
    re.IGNORECASE,
)
_GRAINS = {"day", "week", "month", "quarter", "year"}
_NO_DATES = re.compile(r"now|right now", re.IGNORECASE)
_SAT_DOWN = re.compile(r"\b(?:i|we|he|she|they|who)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class DatePhrase:
    """Days as named at `start:end` of the message; `readings` are all that it can mean, where there are several."""

    start: int
    end: int
    text: str
    days: Days
    grain: str
    readings: tuple[Days, ...] = ()


def date_phrases(
    message: str, prepared: Prepared, parse: Parse, *, today: date, day_first: bool
) -> list[DatePhrase]:
    """The days a message names, in order; `day_first` says how 3/4 is read if nothing else decides."""
    own, rest = _own(prepared.rest, today=today, day_first=day_first)
    found = [*own, *_parsed(rest, parse, today)]
    found = _following_days(rest, sorted(found, key=lambda phrase: phrase.start))
    found = _same_weeks(rest, found)
    return [_placed(message, prepared, phrase) for phrase in found]


def to_entity(phrase: DatePhrase) -> dict[str, Any]:
    """The `date` entity of a phrase: half-open local days, an open side left out."""
    entity: dict[str, Any] = {
        "entity": "date",
        "start": phrase.start,
        "end": phrase.end,
        "value": _days_json(phrase.days),
        "additional_info": {"text": phrase.text, "grain": phrase.grain},
    }
    if phrase.readings:
        entity["additional_info"]["readings"] = [_days_json(days) for days in phrase.readings]
    return entity


def days_from(value: Mapping[str, str]) -> Days:
    """The days of an entity's value."""
    first, end = value.get("from"), value.get("to")
    return Days(
        date.fromisoformat(first) if first else date.min, date.fromisoformat(end) if end else date.max
    )


def _days_json(days: Days) -> dict[str, str]:
    sides = {"from": days.first, "to": days.end}
    return {name: day.isoformat() for name, day in sides.items() if day not in {date.min, date.max}}


def _placed(message: str, prepared: Prepared, phrase: DatePhrase) -> DatePhrase:
    """The phrase with its offsets in the message as it was written, without blanks at the ends."""
    words = prepared.rest[phrase.start : phrase.end]
    start = phrase.start + len(words) - len(words.lstrip(" ,"))
    end = start + len(words.strip(" ,"))
    first, last = prepared.respelt.back(start, end)
    return replace(phrase, start=first, end=last, text=message[first:last])


def _day(day: date) -> Days:
    return Days(day, day + _DAY)


def _own(text: str, *, today: date, day_first: bool) -> tuple[list[DatePhrase], str]:
    """The phrases that Duckling lacks or misreads, and the text without them."""
    found: list[DatePhrase] = []
    for match in _NUMERIC.finditer(text):
        if phrase := _numeric(match, today=today, day_first=day_first):
            found.append(phrase)
    for match in _COMING.finditer(text):
        word = match["count"].lower()
        count = (int(word) if word.isdigit() else _COUNTS[word]) * (
            7 if "week" in match["unit"].lower() else 1
        )
        days = Days(today + _DAY, today + (count + 1) * _DAY)
        found.append(DatePhrase(match.start(), match.end(), match[0], days, "day"))
    for match in _A_WEEK_ON.finditer(text):
        found.append(_week_on(match, today))
    return found, blanked(text, [(phrase.start, phrase.end) for phrase in found])


def _week_on(match: re.Match[str], today: date) -> DatePhrase:
    name = (match["day"] or match["day_first"]).lower()
    weeks = 2 if (match["weeks"] or match["later"] or "").lower() == "two" else 1
    near = {"today": today, "tomorrow": today + _DAY}.get(name) or _nearest(name, today)
    return DatePhrase(match.start(), match.end(), match[0], _day(near + weeks * _WEEK), "day")


def _nearest(name: str, today: date) -> date:
    """The nearest such weekday after today."""
    return today + ((WEEKDAYS[name.lower()] - today.weekday() - 1) % 7 + 1) * _DAY


def _numeric(match: re.Match[str], *, today: date, day_first: bool) -> DatePhrase | None:
    if match["iso"]:
        year, month, day = (int(piece) for piece in match["iso"].split("-"))
        exact = _date(year, month, day)
        dates = [exact] if exact else []
    else:
        dates = _orders(match, today=today, day_first=day_first or match["mark"] == ".")
    if not dates:
        return None
    readings = tuple(_day(found) for found in dates) if len(dates) > 1 else ()
    return DatePhrase(match.start(), match.end(), match[0], _day(dates[0]), "day", readings)


def _orders(match: re.Match[str], *, today: date, day_first: bool) -> list[date]:
    """The days that 3/4 can be: the locale's first; the other only where both are near or only it exists."""
    first, second = int(match["first"]), int(match["second"])
    pairs = [(first, second), (second, first)] if day_first else [(second, first), (first, second)]
    dates = [found for day, month in pairs if (found := _in_year(match["year"], month, day, today))]
    if match["mark"] == "." or match["year"]:
        return dates[:1]
    near = list(dict.fromkeys(found for found in dates if found - today <= _SOON))
    return near or dates[:1]


def _in_year(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day in the year that was said, else the next such day from today on."""
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = _date(today.year, month, day)
    return this if this is None or this >= today else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parsed(text: str, parse: Parse, today: date) -> list[DatePhrase]:
    """Duckling's phrases, none overlapping: the longest, and of two readings of one the first that lies ahead."""

    def rank(result: Mapping[str, Any]) -> tuple[int, bool]:
        days, _ = _days(result["value"])
        return result["start"] - result["end"], days is not None and date.min < days.first < today

    found: list[DatePhrase] = []
    for result in sorted(parse(text), key=rank):
        phrase = _from_duckling(text, result, parse, today)
        if phrase and all(phrase.end <= other.start or other.end <= phrase.start for other in found):
            found.append(phrase)
    return found


def _from_duckling(text: str, result: Mapping[str, Any], parse: Parse, today: date) -> DatePhrase | None:
    value, start, end = result["value"], result["start"], result["end"]
    days, grain = _days(value)
    body = text[start:end]
    if (
        result.get("dim") != "time"
        or result.get("latent")
        or days is None
        or _NO_DATES.fullmatch(body.strip())
    ):
        return None
    if body.lower() == "sat" and _SAT_DOWN.search(text[:start]):
        return None
    phrase = DatePhrase(start, end, body, days, grain)
    phrase = _contradicted(phrase, parse, today)
    phrase = _ahead(_numbered_week(_weekend(_operated(text, phrase, today))), today)
    if match := _WEEK_PIECE.search(text[:start]):
        phrase = _piece(phrase, match, today)
    return _next_weekday(phrase, today)


def _days(value: Mapping[str, Any]) -> tuple[Days | None, str]:
    """The days a Duckling value covers and its grain; none for an instant such as "now"."""
    if value.get("type") == "value":
        first, grain = date.fromisoformat(value["value"][:10]), str(value["grain"])
        if grain == "hour" and re.search("T00:00", value["value"]) is None:
            grain = "day"  # "in 10 days" comes as an hour
        return (Days(first, _end(first, grain)) if grain in _GRAINS else None), grain
    sides = [value.get(side) for side in ("from", "to")]
    first, end = (date.fromisoformat(side["value"][:10]) if side else None for side in sides)
    if sides[1] and "T00:00" not in sides[1]["value"] and end:
        end += _DAY  # "within 3 days" ends at an hour of the third
    grain = str((sides[0] or sides[1] or {}).get("grain", "day"))
    return Days(first or date.min, end or date.max), grain if None in sides else "day"


def _end(first: date, grain: str) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}
    if grain in months:
        month = first.month - 1 + months[grain]
        return date(first.year + month // 12, month % 12 + 1, 1)
    return first + (_WEEK if grain == "week" else _DAY)


def _weekend(phrase: DatePhrase) -> DatePhrase:
    """Saturday and Sunday; Duckling lets the weekend begin on Friday evening."""
    if not re.search(r"week-?end", phrase.text, re.IGNORECASE) or phrase.days.first == date.min:
        return phrase
    saturday = phrase.days.first + ((5 - phrase.days.first.weekday()) % 7) * _DAY
    return replace(phrase, days=Days(saturday, saturday + 2 * _DAY))


def _numbered_week(phrase: DatePhrase) -> DatePhrase:
    """`the first week of December` holds its first working days; Duckling counts from its first Monday."""
    counted = re.search(r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th) week\b", phrase.text, re.IGNORECASE)
    if not counted or phrase.days.end - phrase.days.first != _WEEK or phrase.days.first.day % 7 not in {0, 4, 5, 6}:
        return phrase
    return replace(phrase, days=Days(phrase.days.first - _WEEK, phrase.days.end - _WEEK))


def _operated(text: str, phrase: DatePhrase, today: date) -> DatePhrase:
    """`before`, `after`, `by` and `from`, also where Duckling left the word out or "not" turns it round."""
    start = phrase.start
    match = _LEADING.match(phrase.text.strip())
    if not match:
        match = re.search(rf"\b(?:{_LEADING.pattern})\s+(?:on\s+|the\s+)?$", text[:start], re.IGNORECASE)
        if not match or "between" in text[:start].lower():
            return phrase
        start = match.start()
    kind = match.lastgroup or ""
    closed = phrase.days.first != date.min and phrase.days.end != date.max
    if kind == "from" and closed and match["from"].lower() in {"from", "since"}:
        return phrase
    negated = re.search(r"\b(?:not|no|n't(?: \w+)?)\s*$", text[:start], re.IGNORECASE)
    days = _operand(phrase, today)
    ranges = {
        "after": Days(date.min, days.end) if negated else Days(days.end, date.max),
        "from": Days(days.first, date.max),
        "until": Days(date.min, days.end),
        "before": Days(days.first, date.max) if negated else Days(date.min, days.first),
    }
    return replace(phrase, start=negated.start() if negated else start, days=ranges[kind])


def _operand(phrase: DatePhrase, today: date) -> Days:
    """The day, week or month that an open range of Duckling's was made from."""
    days, grain = phrase.days, phrase.grain if phrase.grain in _GRAINS else "day"
    if "end of" in phrase.text.lower():
        return days
    if days.first in {date.min, today} and days.end != date.max:
        return Days(days.end, _end(days.end, grain))
    return Days(days.first, _end(days.first, grain)) if days.end == date.max else days


def _contradicted(phrase: DatePhrase, parse: Parse, today: date) -> DatePhrase:
    """`Wednesday 1 December` where the first is a Tuesday: the date and the weekday beside it are two readings."""
    match = re.match(
        rf"\W*(?:on\s+)?(?P<day>{_NAMES})\b[\s,]*(?:the\s+)?(?=.*\d)", phrase.text, re.IGNORECASE
    )
    if not match or (phrase.days.first - today).days < 200:
        return phrase
    values = [days for result in parse(phrase.text[match.end() :]) if (days := _days(result["value"])[0])]
    if not values or values[0].first == phrase.days.first:
        return phrase
    said = values[0].first
    shift = (WEEKDAYS[match["day"].lower()] - said.weekday() + 3) % 7 - 3
    return replace(phrase, days=_day(said), readings=(_day(said), _day(said + shift * _DAY)))


def _ahead(phrase: DatePhrase, today: date) -> DatePhrase:
    """Ranges of weekdays that begin before today are next week's."""
    if phrase.days.first < today < phrase.days.end and _BETWEEN_DAYS.search(phrase.text):
        later = _date(phrase.days.end.year, phrase.days.end.month, phrase.days.first.day)
        return replace(phrase, days=Days(later, phrase.days.end)) if later and later < phrase.days.end else phrase
    ranged = len(re.findall(rf"\b(?:{_NAMES})s?\b", phrase.text, re.IGNORECASE)) > 1
    if (
        not ranged
        or phrase.days.first >= today
        or phrase.days.first == date.min
        or phrase.days.end == date.max
    ):
        return phrase
    long = phrase.days.end - phrase.days.first > _WEEK  # "Monday to Wednesday next week" begins this Monday
    return replace(phrase, days=Days(phrase.days.first + _WEEK, phrase.days.end + (0 if long else 1) * _WEEK))


def _piece(phrase: DatePhrase, match: re.Match[str], today: date) -> DatePhrase:
    """`early next week`, `later this week`, `the rest of the week`."""
    word = match["piece"].lower()
    first, end = phrase.days.first, phrase.days.end
    if first == date.min or end == date.max or end - first < _WEEK:
        return phrase
    if word.endswith("rest of") or word.startswith("remainder") or word == "later":
        days = Days(max(first, today + (_DAY if word == "later" else timedelta())), end)
        return replace(phrase, start=match.start(), days=days) if days.first < end else phrase
    low, high = next((span for name, span in _PIECES.items() if word.startswith(name)), (0, 7))
    scale = (end - first) // 7
    return replace(phrase, start=match.start(), days=Days(first + low * scale, first + high * scale))


def _next_weekday(phrase: DatePhrase, today: date) -> DatePhrase:
    """Both readings of `next Friday` while this week's Friday lies ahead."""
    if re.fullmatch(r"\W*next\s+week-?end\W*", phrase.text, re.IGNORECASE):
        later = Days(phrase.days.first + _WEEK, phrase.days.end + _WEEK)
        return replace(phrase, readings=(phrase.days, later))
    match = _NEXT_DAY.search(phrase.text)
    if not match or phrase.days.end - phrase.days.first != _DAY or "week" in phrase.text.lower():
        return phrase
    this_week = today + (WEEKDAYS[match["day"].lower()] - today.weekday()) * _DAY
    if this_week <= today:
        return replace(phrase, days=_day(this_week + _WEEK))
    readings = (_day(this_week), _day(this_week + _WEEK))
    return replace(phrase, days=readings[0], readings=readings)


def _following_days(text: str, phrases: list[DatePhrase]) -> list[DatePhrase]:
    """`tomorrow or the day after`, `the 7th, 8th or 9th`: days that only the one before them makes known."""
    kept = list(phrases)
    for match in _DAY_AFTER.finditer(text):
        before = [phrase for phrase in phrases if phrase.end <= match.start()]
        if before and before[-1].days.end != date.max:
            kept = [phrase for phrase in kept if phrase.end <= match.start() or match.end() <= phrase.start]
            kept.append(DatePhrase(match.start(), match.end(), match[0], _day(before[-1].days.end), "day"))
    for match in _JOINED_ORDINAL.finditer(text):
        before = [phrase for phrase in kept if phrase.end <= match.start()]
        near = before[-1].days.first if before else date.min
        day = _date(near.year, near.month, int(match["day"])) if near != date.min else None
        if day and all(phrase.end <= match.start("ordinal") or match.end() <= phrase.start for phrase in kept):
            kept.append(DatePhrase(match.start("ordinal"), match.end(), match["ordinal"], _day(day), "day"))
    return sorted(kept, key=lambda phrase: phrase.start)


def _same_weeks(text: str, phrases: list[DatePhrase]) -> list[DatePhrase]:
    """`next week, Tuesday or Thursday`: a bare weekday joined to a day of a named week lies in that week."""
    joined = list(phrases)
    for i, phrase in enumerate(phrases):
        for other in phrases[max(i - 1, 0) : i] + phrases[i + 1 : i + 2]:
            low, high = sorted((phrase, other), key=lambda item: item.start)
            between = text[low.end : high.start]
            bare = _BARE_DAY.fullmatch(phrase.text.strip())
            if (
                bare
                and re.search(r"\bweek\b", other.text)
                and re.fullmatch(r"\s*,?\s*(?:or|and|,)?\s*(?:on\s+)?", between)
            ):
                monday = other.days.first - other.days.first.weekday() * _DAY
                joined[i] = replace(phrase, days=_day(monday + WEEKDAYS[bare["day"].lower()] * _DAY))
    return joined
