"""When people can be booked by their own word: hours, exceptions and days off, as one value of a row."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnClause, literal_column

from scheduler_core.model import ExtraHours, HolidayChoice, Person, PersonCalendar, TimeOff, WorkingHours

#: To be read beside a row of `person`: a person has any number of each, and rows of them all would repeat the
#: rest of the row as often.
OPENING: ColumnClause[Any] = literal_column("""
    json_build_array(
        (SELECT json_agg(json_build_array(weekday, starts, ends) ORDER BY weekday, starts)
           FROM working_hours WHERE person_number = person.number),
        (SELECT json_agg(json_build_array(day, starts, ends) ORDER BY day, starts)
           FROM extra_hours WHERE person_number = person.number),
        (SELECT json_agg(json_build_array(starts, ends, rrule) ORDER BY starts)
           FROM time_off WHERE person_number = person.number),
        (SELECT json_build_array(country, region, worked)
           FROM holiday_choice WHERE person_number = person.number))
""")


def to_calendar(person: Person, opening: list[Any]) -> PersonCalendar:
    """The person's calendar with nothing busy yet; `opening` is the value of `OPENING`."""
    weekly, extra, off, holidays = opening
    return PersonCalendar(
        person,
        tuple(WorkingHours(day, _time(start), _time(end)) for day, start, end in weekly or ()),
        tuple(ExtraHours(_date(day), _time(start), _time(end)) for day, start, end in extra or ()),
        tuple(TimeOff(_wall(start), _wall(end), rrule) for start, end, rrule in off or ()),
        None if holidays is None else _choice(*holidays),
    )


def _choice(country: str, region: str, worked: list[str]) -> HolidayChoice:
    return HolidayChoice(country, region, frozenset(map(_date, worked)))


_time, _date, _wall = time.fromisoformat, date.fromisoformat, datetime.fromisoformat
