"""The English words of time.

Minutes are counted from midnight on the wall clock; ranges are half-open.
"""

from __future__ import annotations

PARTS_OF_DAY: dict[str, tuple[int, int]] = {
    "all day long": (0, 24 * 60),
    "all day": (0, 24 * 60),
    "first thing in the morning": (6 * 60, 10 * 60),
    "first thing": (6 * 60, 10 * 60),
    "early in the morning": (6 * 60, 9 * 60 + 30),
    "early morning": (6 * 60, 9 * 60 + 30),
    "mid morning": (9 * 60 + 30, 11 * 60 + 30),
    "late in the morning": (10 * 60 + 30, 12 * 60),
    "late morning": (10 * 60 + 30, 12 * 60),
    "before work": (6 * 60, 9 * 60),
    "forenoon": (6 * 60, 12 * 60),
    "breakfast time": (7 * 60, 9 * 60 + 30),
    "breakfast": (7 * 60, 9 * 60 + 30),
    "morning": (6 * 60, 12 * 60),
    "lunch break": (11 * 60 + 30, 14 * 60),
    "lunch hour": (11 * 60 + 30, 14 * 60),
    "lunchtime": (11 * 60 + 30, 14 * 60),
    "lunch time": (11 * 60 + 30, 14 * 60),
    "lunch": (11 * 60 + 30, 14 * 60),
    "middle of the day": (11 * 60, 14 * 60),
    "midday": (11 * 60 + 30, 13 * 60),
    "dinner time": (18 * 60, 20 * 60 + 30),
    "dinner": (18 * 60, 20 * 60 + 30),
    "tea time": (15 * 60, 17 * 60),
    "teatime": (15 * 60, 17 * 60),
    "noontime": (11 * 60 + 30, 13 * 60),
    "noon": (11 * 60 + 30, 13 * 60),
    "early in the afternoon": (12 * 60, 15 * 60),
    "early afternoon": (12 * 60, 15 * 60),
    "mid afternoon": (14 * 60, 16 * 60),
    "late in the afternoon": (15 * 60 + 30, 18 * 60),
    "late afternoon": (15 * 60 + 30, 18 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "during the day": (8 * 60, 18 * 60),
    "daytime": (8 * 60, 18 * 60),
    "end of the working day": (16 * 60, 18 * 60),
    "end of the day": (16 * 60, 18 * 60),
    "end of business": (16 * 60, 18 * 60),
    "close of business": (16 * 60, 18 * 60),
    "close of play": (16 * 60, 18 * 60),
    "end of day": (16 * 60, 18 * 60),
    "late in the day": (16 * 60, 18 * 60),
    "later in the day": (12 * 60, 22 * 60),
    "late in the evening": (20 * 60, 23 * 60),
    "late evening": (20 * 60, 23 * 60),
    "early evening": (17 * 60, 19 * 60),
    "after work": (17 * 60, 21 * 60),
    "after hours": (17 * 60, 21 * 60),
    "before school": (6 * 60, 8 * 60 + 30),
    "after school": (15 * 60, 19 * 60),
    "evening": (17 * 60, 22 * 60),
    "tonight": (17 * 60, 24 * 60),
    "night": (18 * 60, 24 * 60),
    "midnight": (23 * 60, 24 * 60),
}
"""What people mean by a part of the day: a wish only, since the offered starts come from working hours."""

EDGES: dict[str, tuple[int, int]] = {
    "noon": (12 * 60, 12 * 60),
    "midday": (12 * 60, 12 * 60),
    "lunch": (12 * 60 + 30, 13 * 60),
    "lunchtime": (12 * 60 + 30, 13 * 60),
    "midnight": (24 * 60, 24 * 60),
    "end of the working day": (18 * 60, 18 * 60),
    "end of the day": (18 * 60, 18 * 60),
    "end of day": (18 * 60, 18 * 60),
    "end of business": (18 * 60, 18 * 60),
    "close of business": (18 * 60, 18 * 60),
    "close of play": (18 * 60, 18 * 60),
}
"""Where "before" and "after" a part begin, if not at its own ends."""

HALVES_OF_DAY: dict[str, tuple[int, int]] = {
    "am": (6 * 60, 12 * 60),
    "a.m.": (6 * 60, 12 * 60),
    "pm": (12 * 60, 18 * 60),
    "p.m.": (12 * 60, 18 * 60),
    "eve": (17 * 60, 22 * 60),
    "aft": (12 * 60, 18 * 60),
    "early": (6 * 60, 10 * 60),
    "late": (16 * 60, 22 * 60),
    "last thing": (16 * 60, 18 * 60),
}
"""Parts of the day only beside the name of a day or "the": "Monday am", "Friday eve", "early on Friday"."""

RELATIVE_DAYS = ("today", "tomorrow", "yesterday", "tonight")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TIME_WORDS = _words("""
    today tomorrow yesterday tonight end start beginning eod cob eow eom noon noonish midday middayish
    teatime lunchtime lunch breakfast dinner fortnight midweek weekend weekday weekdays early late morning
    afternoon evening night mid-morning midmorning midafternoon christmas easter day week month close
    business of the in on at by
""")
"""Words that a message of nothing else uses for time, though they stand where a name could."""

FORENOON = frozenset({"morning", "forenoon", "breakfast"})
"""Words that make a clock time beside them an am one; beside every other part it is the pm one."""

NIGHT = frozenset({"night", "tonight"})
"""Words beside which five to eleven are the evening's and the others the next morning's."""

HOURS: dict[str, int] = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}

MINUTES: dict[str, int] = {
    "oh five": 5,
    "o five": 5,
    "five": 5,
    "ten": 10,
    "fifteen": 15,
    "twenty five": 25,
    "twenty": 20,
    "thirty five": 35,
    "thirty": 30,
    "forty five": 45,
    "fourty five": 45,
    "forty": 40,
    "fifty five": 55,
    "fifty": 50,
}

WEEKDAYS: dict[str, int] = {
    "monday": 0,
    "mon": 0,
    "tuesday": 1,
    "tues": 1,
    "tue": 1,
    "wednesday": 2,
    "wed": 2,
    "thursday": 3,
    "thurs": 3,
    "thur": 3,
    "thu": 3,
    "friday": 4,
    "fri": 4,
    "saturday": 5,
    "sat": 5,
    "sunday": 6,
    "sun": 6,
}

NAMES = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
"""The names of the days, for patterns."""

MONTHS: dict[str, int] = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

COUNTS: dict[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "few": 4,
    "couple": 2, "couple of": 2, "a couple of": 2,
}  # fmt: skip

UNITS = (
    "people", "persons?", "person", "pax", "of us", "guests?", "adults?", "kids", "children",
    "minutes?", "min", "hours?", "h", "days?", "weeks?", "months?", "years?", "seconds?", "times?",
    "appointments?", "slots?", "options?", "percent", "%", "euros?", "dollars?", "st", "nd", "rd", "th",
    "more", "other", "others",
)  # fmt: skip
"""What follows a number that is no clock time."""
