"""Weeks and the end of the year, as far as they are read without Duckling; pure."""

from __future__ import annotations

import re
from datetime import date

from nlu.datephrase import DAY, WEEK, DatePhrase
from nlu.language import Language
from nlu.wishes import Days


def own_weeks(text: str, words: Language, today: date) -> list[DatePhrase]:
    """`week 50`, `week after next`, `this or next week`, `mid week`, `this working week`, the year's end."""
    own = words.own_dates
    readers = (
        (own.week_number, _week_number), (own.after_next, _after_next), (own.these_weeks, _these_weeks),
        (own.year_end, _year_end), (own.work_week, _work_week), (own.mid_week, _mid_week),
    )  # fmt: skip
    found = [read(match, today) for pattern, read in readers for match in pattern.finditer(text)]
    return [phrase for phrase in found if phrase]


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
    if not match["weekend"]:
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


def _work_week(match: re.Match[str], today: date) -> DatePhrase:
    monday = today - today.weekday() * DAY + (WEEK if match["next"] else 0 * DAY)
    return DatePhrase(match.start(), match.end(), match[0], Days(monday, monday + 5 * DAY))


def _year_end(match: re.Match[str], today: date) -> DatePhrase:
    first = date.min if match["until"] else date(today.year, 12, 1)
    return DatePhrase(match.start(), match.end(), match[0], Days(first, date(today.year + 1, 1, 1)), "month")
