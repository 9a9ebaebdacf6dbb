"""Public holidays by country and region; the only file that knows where they are written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays
from babel import Locale

from scheduler_core import zones
from scheduler_core.errors import InvalidName
from scheduler_core.model import HolidayChoice
from scheduler_core.timerange import TimeRange

DAY = timedelta(days=1)
_NAMES = Locale("en").territories
_LANGUAGES = ("en_US", "en_GB", "en")


@dataclass(frozen=True)
class Country:
    """A country whose public holidays are known."""

    code: str  #: ISO 3166-1
    name: str
    regions: tuple[str, ...]  #: those with holidays of their own


@dataclass(frozen=True, order=True)
class Holiday:
    """One public holiday."""

    day: date
    name: str


@cache
def countries() -> tuple[Country, ...]:
    """Every country whose public holidays are known, by name."""
    known = holidays.list_supported_countries(include_aliases=False).items()
    found = (Country(code, _NAMES[code], tuple(sorted(regions))) for code, regions in known if code in _NAMES)
    return tuple(sorted(found, key=lambda country: country.name))


def checked(choice: HolidayChoice) -> HolidayChoice:
    """The choice.

    Raises:
        InvalidName: there is no such country, or no such region in it; `field` says which.

    """
    country = next((one for one in countries() if one.code == choice.country), None)
    if country is None:
        raise InvalidName(field="country", value=choice.country[:10])
    if choice.region and choice.region not in country.regions:
        raise InvalidName(field="region", value=choice.region[:40])
    return choice


def between(choice: HolidayChoice, first: date, last: date) -> Iterator[Holiday]:
    """The holidays of the choice from one day to another, both included, those that are worked, too."""
    for year in range(first.year, last.year + 1):
        for holiday in _of_year(choice.country, choice.region, year):
            if first <= holiday.day <= last:
                yield holiday


def off_ranges(choice: HolidayChoice, zone: str, window: TimeRange) -> Iterator[TimeRange]:
    """The days in the zone that are free for a holiday and touch the window, ascending."""
    first, last = zones.local_date(window.start, zone) - DAY, zones.local_date(window.end, zone) + DAY
    for holiday in between(choice, first, last):
        day = zones.day_range(holiday.day, zone)
        if holiday.day not in choice.worked and day.overlaps(window):
            yield day


@lru_cache(maxsize=4096)
def _of_year(country: str, region: str, year: int) -> tuple[Holiday, ...]:
    spoken = holidays.list_localized_countries().get(country, ())
    language = next((one for one in _LANGUAGES if one in spoken), None)
    found = holidays.country_holidays(
        country, subdiv=region or None, years=year, expand=False, language=language
    )
    return tuple(sorted(Holiday(day, name) for day, name in found.items() if day.year == year))
