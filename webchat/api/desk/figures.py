"""How the appointments of some weeks went."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from scheduler_core.signing_in import Role
from webchat.api.desk.doors import GivenMember
from webchat.api.desk.hours import DAYS, Weekday
from webchat.api.given import GivenCore
from webchat.api.openapi import failing
from webchat.api.problems import Refused

EVERYBODY = "all"

router = APIRouter()


class WeekOfFigures(BaseModel):
    """One week from Monday on."""

    monday: date
    booked: int
    cancelled: int
    no_show: int
    lead_days_median: float | None


class HourOfFigures(BaseModel):
    """How many appointments begin in one hour of a weekday."""

    weekday: Weekday
    hour: int
    count: int


class FunnelOfFigures(BaseModel):
    """How far conversations came, and at which question the others stand."""

    started: int
    offered: int
    confirmed: int
    given_up: dict[str, int]


class Analytics(BaseModel):
    """Figures of some weeks; the conversations are those of everybody."""

    weeks: list[WeekOfFigures]
    hours: list[HourOfFigures]
    funnel: FunnelOfFigures


@router.get("/analytics", responses=failing(401, 403, 404, 422))
def analytics(
    core: GivenCore,
    member: GivenMember,
    person: Annotated[str, Query(max_length=60)],
    weeks: Annotated[int, Query(ge=1, le=53)] = 12,
) -> Analytics:
    """Bookings, cancellations, missed appointments, lead time and busiest hours by week."""
    if person == EVERYBODY and member.role is not Role.ADMIN:
        raise Refused(403, "not_admin", "Only administrators see that of everybody.")
    people = member.people if person == EVERYBODY else (member.person(person),)
    zone = core.settings.default_zone if person == EVERYBODY else people[0].zone
    found = core.desk.figures.of(people, weeks=weeks, zone=zone)
    return Analytics(
        weeks=[
            WeekOfFigures(
                monday=one.monday,
                booked=one.booked,
                cancelled=one.cancelled,
                no_show=one.no_show,
                lead_days_median=one.lead_days_median,
            )
            for one in found.weeks
        ],
        hours=[
            HourOfFigures(weekday=DAYS[one.weekday], hour=one.hour, count=one.count) for one in found.hours
        ],
        funnel=FunnelOfFigures(
            started=found.funnel.started,
            offered=found.funnel.offered,
            confirmed=found.funnel.confirmed,
            given_up=found.funnel.given_up,
        ),
    )
