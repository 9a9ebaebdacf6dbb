"""Places and the short names of their clocks, as data; countries come from the zone database; pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from importlib import resources

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
    "ct": "America/Chicago", "mt": "America/Denver",
    "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "brt": "America/Sao_Paulo", "ist": "Asia/Kolkata", "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}  # fmt: skip
"""Short names as people use them: by custom the summer and winter name mean the same place's clocks."""


PEOPLE_OF: dict[str, str] = {
    "german": "Europe/Berlin", "british": "Europe/London", "english": "Europe/London",
    "irish": "Europe/Dublin",
    "french": "Europe/Paris", "italian": "Europe/Rome", "dutch": "Europe/Amsterdam", "swiss": "Europe/Zurich",
    "austrian": "Europe/Vienna", "polish": "Europe/Warsaw", "greek": "Europe/Athens",
    "turkish": "Europe/Istanbul", "swedish": "Europe/Stockholm", "finnish": "Europe/Helsinki",
    "indian": "Asia/Kolkata", "chinese": "Asia/Shanghai", "japanese": "Asia/Tokyo", "korean": "Asia/Seoul",
    "central european": "Europe/Berlin", "eastern european": "Europe/Athens",
    "western european": "Europe/Lisbon",
}  # fmt: skip
"""Whose time is meant by "German time"; only of countries with one clock."""

OFFSETS: dict[int, str] = {
    -660: "Pacific/Pago_Pago", -600: "Pacific/Honolulu", -570: "Pacific/Marquesas", -540: "Pacific/Gambier",
    -480: "Pacific/Pitcairn", -420: "America/Phoenix", -360: "America/Costa_Rica", -300: "America/Bogota",
    -240: "America/Puerto_Rico", -180: "America/Sao_Paulo", -120: "America/Noronha",
    -60: "Atlantic/Cape_Verde", 0: "UTC", 60: "Africa/Lagos", 120: "Africa/Johannesburg",
    180: "Africa/Nairobi", 210: "Asia/Tehran", 240: "Asia/Dubai", 270: "Asia/Kabul", 300: "Asia/Karachi",
    330: "Asia/Kolkata", 345: "Asia/Kathmandu", 360: "Asia/Dhaka", 390: "Asia/Yangon", 420: "Asia/Bangkok",
    480: "Asia/Singapore", 525: "Australia/Eucla", 540: "Asia/Tokyo", 570: "Australia/Darwin",
    600: "Australia/Brisbane", 660: "Pacific/Guadalcanal", 720: "Pacific/Tarawa", 780: "Pacific/Tongatapu",
    840: "Pacific/Kiritimati",
}  # fmt: skip
"""A place whose clocks are so many minutes from UTC all the year.

The zones named `Etc/GMT-2` would do as well, but that one is two hours ahead, and readers take it for behind.
"""

_AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

_SEVERAL = frozenset(
    ("georgia", "center", "eastern", "knox", "jan mayen")
)  # other places have these names, too


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Every place that can be named, lower case without accents, with its zone: countries and cities."""
    own = {
        name.rsplit("/", 1)[1].replace("_", " ").lower(): zones.canonical(name)
        for name in sorted(zones.zone_names())
        if name.startswith(_AREAS) and "/" in name
    }
    known = {**_countries(), **own, **CITIES}
    return {name: zone for name, zone in known.items() if name not in _SEVERAL}


def _countries() -> dict[str, str]:
    """The countries that have one zone."""
    rows = [line.split("\t") for line in _lines("zone.tab")]
    many = Counter(row[0] for row in rows)
    zone_of = {row[0]: row[2] for row in rows if many[row[0]] == 1}
    names = [line.split("\t") for line in _lines("iso3166.tab")]
    plain = [(code, _plain(name.partition(" (")[0])) for code, name in names]
    alone = Counter(name for _, name in plain)
    return {
        name: zones.canonical(zone_of[code]) for code, name in plain if code in zone_of and alone[name] == 1
    }


def _plain(name: str) -> str:
    """A name in lower case without accents, as most people type it."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _lines(name: str) -> list[str]:
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
