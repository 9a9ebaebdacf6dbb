"""A person's weekly hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import pairwise
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from scheduler_core.desk_days import Week
from scheduler_core.errors import Conflict
from scheduler_core.model import WorkingHours
from webchat.api.desk.doors import GivenMember, GivenPerson
from webchat.api.given import GivenCore
from webchat.api.openapi import failing
from webchat.api.preconditions import Seen, changed, etag
from webchat.api.problems import Refused

router = APIRouter(prefix="/people/{handle}")

Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS: tuple[Weekday, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]
Interval = Annotated[list[Clock], Field(min_length=2, max_length=2)]


class Hours(BaseModel):
    """Local hours of each weekday, from and until; `00:00` as the end is midnight."""

    model_config = ConfigDict(extra="forbid")

    zone: Annotated[str, Field(max_length=80, examples=["Europe/Berlin"])]
    days: dict[Weekday, Annotated[list[Interval], Field(max_length=12)]]

    @classmethod
    def of_week(cls, week: Week) -> Hours:
        days: dict[Weekday, list[Interval]] = {day: [] for day in DAYS}
        for one in sorted(week.hours, key=lambda hours: (hours.weekday, hours.start)):
            days[DAYS[one.weekday]].append([f"{one.start:%H:%M}", f"{one.end:%H:%M}"])
        return cls(zone=week.zone, days=days)


@router.get("/hours", responses=failing(401, 404, 422))
def hours(person: GivenPerson, core: GivenCore, response: Response) -> Hours:
    """The weekly hours."""
    return _shown(core.desk.days.week(person), response)


@router.put("/hours", responses=failing(400, 401, 403, 404, 412, 413, 422))
def set_hours(
    person: GivenPerson,
    wanted: Hours,
    core: GivenCore,
    member: GivenMember,
    seen: Seen,
    response: Response,
) -> Hours:
    """Makes these the weekly hours; what is booked stays booked."""
    faults = _faults(wanted.days)
    if faults:
        raise Refused(422, "invalid_time", "Some hours cannot be.", fields=faults)
    week = Week(
        wanted.zone,
        tuple(
            WorkingHours(DAYS.index(day), time.fromisoformat(start), time.fromisoformat(end))
            for day, intervals in wanted.days.items()
            for start, end in intervals
        ),
    )
    try:
        return _shown(core.desk.days.set_week(person, week, seen=seen, member=member), response)
    except Conflict as error:
        raise changed() from error


def _shown(week: Week, response: Response) -> Hours:
    response.headers["ETag"] = etag(week.version)
    return Hours.of_week(week)


def _faults(days: Mapping[Weekday, Sequence[Interval]]) -> dict[str, str]:
    """What is wrong with the hours of each day."""
    found = ((day, _fault(sorted(intervals))) for day, intervals in days.items())
    return {f"days.{day}": fault for day, fault in found if fault}


def _fault(intervals: Sequence[Interval]) -> str:
    bounds = [(start, "24:00" if end == "00:00" else end) for start, end in intervals]
    if any(start >= end for start, end in bounds):
        return "The end has to come after the start."
    if any(end > start for (_, end), (start, _) in pairwise(bounds)):
        return "Two stretches overlap."
    return ""
