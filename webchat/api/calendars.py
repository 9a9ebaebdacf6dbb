"""What everybody may see: who can be booked, for what, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from scheduler_core.admission import check_reach
from scheduler_core.errors import InvalidTime
from scheduler_core.model import Order, Wish
from scheduler_core.timerange import TimeRange
from webchat.api.given import GivenCore
from webchat.api.instants import read_instant
from webchat.api.openapi import failing
from webchat.api.schemas import (
    ListedPerson,
    Offset,
    PublicCalendar,
    PublicPerson,
    PublicSettings,
    PublicSlot,
    PublicSlots,
    PublicType,
    Stretch,
)

LONGEST_WINDOW = timedelta(days=62)
MOST_SLOTS = 400

router = APIRouter(prefix="/api", tags=["public"])

Handle = Annotated[str, Query(max_length=80)]


def _window(
    start: Annotated[str, Query(alias="from", max_length=40)],
    end: Annotated[str, Query(alias="to", max_length=40)],
) -> TimeRange:
    """The time asked about.

    Raises:
        InvalidTime: it is no time range, a longer one than 62 days, or beyond what calendars reach.

    """
    window = TimeRange(read_instant(start), read_instant(end))
    if window.length > LONGEST_WINDOW:
        raise InvalidTime(reason="too_long", value=str(window.length))
    check_reach(window.start, window.end)
    return window


Window = Annotated[TimeRange, Depends(_window)]


@router.get("/settings")
def settings(core: GivenCore) -> PublicSettings:
    """The organisation and what time it is."""
    given = core.settings
    return PublicSettings(
        organisation=given.organisation_name,
        default_zone=given.default_zone,
        default_locale=given.default_locale,
        now=given.clock.now(),
    )


@router.get("/people", responses=failing())
def people(core: GivenCore) -> list[ListedPerson]:
    """Everyone who can be booked."""
    return [
        ListedPerson(
            handle=person.handle,
            name=person.name,
            zone=person.zone,
            types=[kind.handle for kind in core.people.types_of(person.handle)],
        )
        for person in core.people.all()
    ]


@router.get("/types", responses=failing())
def types(core: GivenCore) -> list[PublicType]:
    """Everything that can be booked."""
    return [PublicType.of(kind) for kind in core.people.types()]


@router.get("/people/{handle}/calendar", responses=failing(400, 404, 422))
def calendar(
    handle: str,
    window: Window,
    core: GivenCore,
    zone: Annotated[str, Query(max_length=80)] = "UTC",
) -> PublicCalendar:
    """When somebody works within the window, when they are taken, and the offsets of the reader's zone."""
    offsets = Offset.within(window, zone)  # of a zone there is, before anything is read
    found = core.scheduler.calendar(handle, window)
    return PublicCalendar(
        person=PublicPerson.of(found.person),
        open=[Stretch.of(time) for time in found.open],
        busy=[Stretch.of(time) for time in found.busy],
        offsets=offsets,
    )


@router.get("/slots", responses=failing(400, 404, 422))
def slots(
    core: GivenCore,
    window: Window,
    kind: Annotated[str, Query(alias="type", max_length=80)],
    person: Handle | None = None,
    minutes: Annotated[int | None, Query(ge=1, le=1440)] = None,
) -> PublicSlots:
    """The times that can be booked within the window, with one person or with anyone."""
    wish = Wish(
        windows=(window,),
        anyone_of=() if person is None else (frozenset({person}),),
        length=None if minutes is None else timedelta(minutes=minutes),
        order=Order.EARLIEST,
    )
    found = core.scheduler.open_slots(kind=kind, wish=wish, limit=MOST_SLOTS)
    return PublicSlots(slots=[PublicSlot.of_slot(slot) for slot in found])
