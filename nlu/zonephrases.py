"""The time zone a text names: "9 Tokyo time", "I'm in Berlin", "use New York time", "5 pm PST"; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scheduler_core import zones

CITIES: dict[str, str] = {
    "new york city": "America/New_York", "nyc": "America/New_York", "boston": "America/New_York",
    "washington": "America/New_York", "philadelphia": "America/New_York", "atlanta": "America/New_York",
    "miami": "America/New_York", "houston": "America/Chicago", "dallas": "America/Chicago",
    "austin": "America/Chicago", "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "san diego": "America/Los_Angeles", "las vegas": "America/Los_Angeles",
    "california": "America/Los_Angeles",
    "la": "America/Los_Angeles", "texas": "America/Chicago", "florida": "America/New_York",
    "montreal": "America/Toronto", "ottawa": "America/Toronto", "calgary": "America/Edmonton",
    "rio": "America/Sao_Paulo", "rio de janeiro": "America/Sao_Paulo", "brasilia": "America/Sao_Paulo",
    "brazil": "America/Sao_Paulo", "argentina": "America/Argentina/Buenos_Aires",
    "buenos aires": "America/Argentina/Buenos_Aires", "germany": "Europe/Berlin", "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin", "cologne": "Europe/Berlin", "frankfurt": "Europe/Berlin",
    "stuttgart": "Europe/Berlin", "france": "Europe/Paris", "lyon": "Europe/Paris", "italy": "Europe/Rome",
    "milan": "Europe/Rome", "spain": "Europe/Madrid", "barcelona": "Europe/Madrid",
    "portugal": "Europe/Lisbon",
    "porto": "Europe/Lisbon", "netherlands": "Europe/Amsterdam", "rotterdam": "Europe/Amsterdam",
    "switzerland": "Europe/Zurich", "geneva": "Europe/Zurich", "austria": "Europe/Vienna",
    "uk": "Europe/London", "england": "Europe/London", "britain": "Europe/London",
    "scotland": "Europe/London",
    "edinburgh": "Europe/London", "manchester": "Europe/London", "ireland": "Europe/Dublin",
    "poland": "Europe/Warsaw", "krakow": "Europe/Warsaw", "czechia": "Europe/Prague",
    "greece": "Europe/Athens",
    "turkey": "Europe/Istanbul", "ankara": "Europe/Istanbul", "kiev": "Europe/Kyiv", "ukraine": "Europe/Kyiv",
    "sweden": "Europe/Stockholm", "norway": "Europe/Oslo", "denmark": "Europe/Copenhagen",
    "finland": "Europe/Helsinki", "india": "Asia/Kolkata", "delhi": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "bengaluru": "Asia/Kolkata",
    "chennai": "Asia/Kolkata",
    "hyderabad": "Asia/Kolkata", "pune": "Asia/Kolkata", "calcutta": "Asia/Kolkata", "china": "Asia/Shanghai",
    "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "japan": "Asia/Tokyo", "osaka": "Asia/Tokyo",
    "kyoto": "Asia/Tokyo", "korea": "Asia/Seoul", "vietnam": "Asia/Ho_Chi_Minh", "saigon": "Asia/Ho_Chi_Minh",
    "hanoi": "Asia/Ho_Chi_Minh", "thailand": "Asia/Bangkok", "abu dhabi": "Asia/Dubai",
    "israel": "Asia/Jerusalem",
    "tel aviv": "Asia/Jerusalem", "nepal": "Asia/Kathmandu", "pakistan": "Asia/Karachi",
    "lahore": "Asia/Karachi",
    "canberra": "Australia/Sydney", "new zealand": "Pacific/Auckland", "wellington": "Pacific/Auckland",
    "hawaii": "Pacific/Honolulu", "south africa": "Africa/Johannesburg", "cape town": "Africa/Johannesburg",
    "nigeria": "Africa/Lagos", "kenya": "Africa/Nairobi", "egypt": "Africa/Cairo",
    "morocco": "Africa/Casablanca",
}  # fmt: skip
"""Places whose zone is named after another city."""

ABBREVIATIONS: dict[str, str] = {
    "utc": "UTC", "gmt": "UTC", "z": "UTC", "zulu": "UTC", "bst": "Europe/London", "uk": "Europe/London",
    "wet": "Europe/Lisbon", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin", "eet": "Europe/Athens", "eest": "Europe/Athens", "msk": "Europe/Moscow",
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "eastern": "America/New_York",
    "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "brt": "America/Sao_Paulo", "ist": "Asia/Kolkata", "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}  # fmt: skip
"""Short names as people use them: by custom the summer and winter name mean the same place's clocks."""

_BESIDE_TIME = frozenset(ABBREVIATIONS) - {"z", "et", "pt", "uk", "eastern", "central", "mountain", "pacific"}
_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@dataclass(frozen=True)
class NamedZone:
    """A zone as named at `start:end` of the text."""

    start: int
    end: int
    zone: str


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Every place that can be named, lower case, with its zone: the zone database's own cities and the "
    "table.
    """
    own = {
        name.rsplit("/", 1)[1].replace("_", " ").lower(): zones.canonical(name)
        for name in sorted(zones.zone_names())
        if name.startswith(_AREAS) and "/" in name
    }
    return {**own, **CITIES}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name.lower(): zones.canonical(name) for name in zones.zone_names()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    places = "|".join(re.escape(place) for place in sorted(_places(), key=len, reverse=True))
    shorts = "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
    beside = "|".join(sorted(_BESIDE_TIME, key=len, reverse=True))
    names = r"(?P<name>(?:" + "|".join(_AREAS) + r")/[A-Za-z_]+(?:/[A-Za-z_]+)?)"
    return (
        re.compile(rf"\b{names}\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:in\s+)?(?P<place>{places}|{shorts})\s+(?:local\s+)?time(?:\s*zone)?\b", re.IGNORECASE
        ),
        re.compile(rf"(?<=\d)\s?(?:am|pm)?\s*(?:in\s+)?\b(?P<place>{beside})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:i'?\s?a?m|we'?\s?a?re|i'll be|i will be|i live|we live|i'm based|based|located"
            rf"|i'm currently"
            rf"|living|staying|calling from|time ?zone(?: is)?:?|i'm (?:here|over|out))\s+(?:in\s+|from\s+)?"
            rf"(?:the\s+)?(?P<place>{places}|{beside})\b",
            re.IGNORECASE,
        ),
    )


def named_zone(text: str) -> NamedZone | None:
    """The first zone the text names, and where; none where it names none."""
    found: list[NamedZone] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            groups = match.groupdict()
            zone = _zone(groups.get("place"), groups.get("name"))
            if zone:
                start = match.start("place") if groups.get("place") else match.start()
                found.append(NamedZone(start, match.end(), zone))
    return min(found, key=lambda item: item.start, default=None)


def _zone(place: str | None, name: str | None) -> str | None:
    if place:
        key = re.sub(r"\s+", " ", place.lower())
        return _places().get(key) or ABBREVIATIONS[key]
    return _by_name().get((name or "").lower())
