"""The free days of a month, for the calendar in the chat."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from scheduler_core import zones
from scheduler_core.errors import InvalidTime
from scheduler_core.model import Order, Wish
from scheduler_core.timerange import TimeRange
from webchat.api.given import GivenCore
from webchat.api.openapi import failing

router = APIRouter()

Name = Annotated[str, Query(max_length=80)]


class FreeDays(BaseModel):
    """Days of the reader's calendar with free times; nothing can be booked before `first` or after `last`."""

    days: list[date]
    first: date
    last: date


@router.get("/api/chat/days", responses=failing(400, 404, 422, 429))
def chat_days(
    core: GivenCore,
    kind: Annotated[str, Query(alias="type", max_length=80)],
    zone: Name,
    minutes: Annotated[int, Query(ge=1, le=1440)],
    person: Annotated[list[str] | None, Query(max_length=10)] = None,
    month: Annotated[str | None, Query(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] = None,
) -> FreeDays:
    """Days of the month, or of the present one, with times for all those people together, or for anyone."""
    now = core.settings.clock.now()
    horizon = core.people.type(kind).horizon
    first, last = zones.local_date(now, zone), zones.local_date(now + horizon, zone)
    wish = Wish(
        windows=(_month(month or f"{first:%Y-%m}", zone),),
        anyone_of=(frozenset(person),) if person else (),
        length=timedelta(minutes=minutes),
        order=Order.EARLIEST,
    )
    found = core.scheduler.open_slots(kind=kind, wish=wish)
    days = sorted({zones.local_date(slot.time.start, zone) for slot in found})
    return FreeDays(days=days, first=first, last=last)


def _month(name: str, zone: str) -> TimeRange:
    """From the first midnight of the month to that of the next.

    Raises:
        InvalidTime: there is no such month.

    """
    try:
        first = date.fromisoformat(f"{name}-01")
        after = (first + timedelta(days=31)).replace(day=1)
        start, end = (zones.to_instant(datetime.combine(day, time()), zone) for day in (first, after))
    except (ValueError, OverflowError) as error:
        raise InvalidTime(reason="no_month", value=name) from error
    return TimeRange(start, end)
