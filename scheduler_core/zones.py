"""Wall-clock time to instants and back. No other module converts between the two.

Zone data comes from the `tzdata` wheel alone: many machines carry rules that are already wrong for dates
people book today (Vancouver keeps daylight time from 2026 on).
"""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from importlib import import_module, resources

from scheduler_core.errors import UnknownZone
from scheduler_core.timerange import TimeRange, as_utc

zoneinfo.reset_tzpath(to=[])

_STEP = timedelta(days=1)  # no zone changes its offset twice within a day

_OLD_NAMES = {
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Europe/Kiev": "Europe/Kyiv",
    "America/Godthab": "America/Nuuk",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
    "Etc/UTC": "UTC",
    "Etc/GMT": "UTC",
    "GMT": "UTC",
}


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every zone name that can be used, old names included."""
    listing = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listing.split())


def data_version() -> str:
    """The version of the zone data by which instants are computed, such as 2026f."""
    return str(import_module("tzdata").IANA_VERSION)


def canonical(name: str) -> str:
    """The name by which a zone is stored and shown.

    Raises:
        UnknownZone: there is no such zone.

    """
    known = _OLD_NAMES.get(name, name)
    if known not in zone_names():
        raise UnknownZone(zone=name)
    return known


@lru_cache(maxsize=512)
def _zone(name: str) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(canonical(name))


def to_instant(wall: datetime, zone: str) -> datetime:
    """The instant, in UTC, at which clocks in the zone show the naive time `wall`.

    A time that clocks skip is read with the offset before the change, one that they show twice as its first
    showing (RFC 5545 section 3.3.5).

    Raises:
        UnknownZone: there is no such zone.
        ValueError: `wall` is not a wall-clock time, since it carries an offset.

    """
    if wall.tzinfo is not None:
        raise ValueError(f"not a wall-clock time: {wall.isoformat()}")
    return wall.replace(tzinfo=_zone(zone), fold=0).astimezone(timezone.utc)


def to_wall(instant: datetime, zone: str) -> datetime:
    """What clocks in the zone show at the instant: a naive datetime.

    Raises:
        UnknownZone: there is no such zone.
        InvalidTime: `instant` is naive.

    """
    return as_utc(instant).astimezone(_zone(zone)).replace(tzinfo=None, fold=0)


def offset(instant: datetime, zone: str) -> timedelta:
    """How far the zone's clocks are ahead of UTC at the instant."""
    return as_utc(instant).astimezone(_zone(zone)).utcoffset() or timedelta()


def offset_changes(window: TimeRange, zone: str) -> list[tuple[datetime, timedelta]]:
    """The zone's offset at the start of the window, and each other one from when it holds, to the second."""
    found = [(window.start, offset(window.start, zone))]
    before = window.start
    while before < window.end:
        after = min(before + _STEP, window.end)
        if offset(after, zone) != found[-1][1]:
            found.append((_change(before, after, zone), offset(after, zone)))
        before = after
    return [one for one in found if one[0] < window.end]


def _change(before: datetime, after: datetime, zone: str) -> datetime:
    """The first second after `before` at which the offset of `after` holds."""
    wanted = offset(after, zone)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if offset(middle, zone) == wanted:
            after = middle
        else:
            before = middle
    return after


def abbreviation(instant: datetime, zone: str) -> str:
    """The zone's short name at the instant, such as CET; an offset where the zone has none."""
    return as_utc(instant).astimezone(_zone(zone)).tzname() or "UTC"


def readings(wall: datetime, zone: str) -> tuple[datetime, ...]:
    """Every instant at which clocks in the zone show `wall`: none in a gap, two in an overlap, else one."""
    instants = {wall.replace(tzinfo=_zone(zone), fold=fold).astimezone(timezone.utc) for fold in (0, 1)}
    return tuple(sorted(instant for instant in instants if to_wall(instant, zone) == wall))


def day_range(day: date, zone: str) -> TimeRange:
    """The instants of a calendar day in the zone; 23 to 25 hours where clocks change."""
    following = day + timedelta(days=1)
    return TimeRange(
        to_instant(datetime.combine(day, time()), zone), to_instant(datetime.combine(following, time()), zone)
    )


def local_date(instant: datetime, zone: str) -> date:
    """The calendar day in the zone at the instant."""
    return to_wall(instant, zone).date()
