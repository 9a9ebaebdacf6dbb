from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scheduler_core import availability, public_holidays
from scheduler_core.errors import InvalidName
from scheduler_core.model import HolidayChoice, Person, PersonCalendar
from scheduler_core.public_holidays import Country, Holiday
from scheduler_core.timerange import TimeRange

BERLIN = HolidayChoice("DE", "BE")
CALENDAR = PersonCalendar(Person(1, "eva", "Eva", "eva@example.org", "Europe/Berlin"), holidays=BERLIN)
CHRISTMAS = TimeRange(datetime(2026, 12, 24, tzinfo=UTC), datetime(2026, 12, 29, tzinfo=UTC))


def test_countries_are_known_by_name_with_their_regions() -> None:
    found = {country.code: country for country in public_holidays.countries()}

    assert found["DE"].name == "Germany"
    assert {"BE", "BY"} <= set(found["DE"].regions)
    assert found["IE"] == Country("IE", "Ireland", ())


def test_regions_have_holidays_of_their_own() -> None:
    in_berlin = list(public_holidays.between(BERLIN, date(2027, 3, 1), date(2027, 3, 10)))
    in_bavaria = list(public_holidays.between(HolidayChoice("DE", "BY"), date(2027, 3, 1), date(2027, 3, 10)))

    assert (in_berlin, in_bavaria) == ([Holiday(date(2027, 3, 8), "Women's Day")], [])


def test_holidays_are_off_unless_they_are_worked() -> None:
    worked = replace(CALENDAR, holidays=replace(BERLIN, worked=frozenset({date(2026, 12, 26)})))

    kept, half = availability.off_ranges(CALENDAR, CHRISTMAS), availability.off_ranges(worked, CHRISTMAS)

    midnight = datetime(2026, 12, 24, 23, tzinfo=UTC)
    assert kept == [TimeRange(midnight, datetime(2026, 12, 26, 23, tzinfo=UTC))]
    assert half == [TimeRange(midnight, datetime(2026, 12, 25, 23, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("choice", "field"), [(HolidayChoice("XX"), "country"), (HolidayChoice("DE", "XX"), "region")]
)
def test_what_is_no_place_is_refused(choice: HolidayChoice, field: str) -> None:
    with pytest.raises(InvalidName) as refused:
        public_holidays.checked(choice)

    assert refused.value.details["field"] == field
