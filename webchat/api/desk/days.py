"""A person's calendar, hours, time off and holidays."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from scheduler_core import public_holidays
from scheduler_core.bootstrap import Core
from scheduler_core.desk_days import Extra, HolidaysKept, Off, days_of
from scheduler_core.errors import Conflict
from scheduler_core.model import HolidayChoice, Person
from scheduler_core.timerange import TimeRange
from webchat.api.calendars import Window
from webchat.api.desk.booking_shapes import DeskBooking
from webchat.api.desk.doors import GivenMember, GivenPerson
from webchat.api.given import GivenCore
from webchat.api.openapi import failing
from webchat.api.preconditions import Key, Seen, changed, etag
from webchat.api.schemas import Offset, Stretch

router = APIRouter(prefix="/people/{handle}")


class ShownTimeOff(Stretch):
    """Time in which the person cannot be booked; the reason is for them alone."""

    id: str
    reason: str | None

    @classmethod
    def of_off(cls, off: Off) -> ShownTimeOff:
        return cls(id=off.id, start=off.time.start, end=off.time.end, reason=off.reason or None)


class NewTimeOff(BaseModel):
    """From `start` until `end`, or whole days of the person's zone from `first` to `last`."""

    model_config = ConfigDict(extra="forbid")

    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    first: date | None = None
    last: date | None = None
    reason: Annotated[str, Field(max_length=200)] = ""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> NewTimeOff:
        has_instants = self.start is not None and self.end is not None
        has_days = self.first is not None and self.last is not None
        given = sum(one is not None for one in (self.start, self.end, self.first, self.last))
        if given != 2 or not (has_instants or has_days):
            raise ValueError("Either start and end are needed, or first and last")
        return self

    def time(self, zone: str) -> TimeRange:
        """The time as instants."""
        if self.first is not None and self.last is not None:
            return days_of(self.first, self.last, zone)
        if self.start is None or self.end is None:
            raise ValueError("one of both is there")
        return TimeRange(self.start, self.end)


class AddedTimeOff(ShownTimeOff):
    """The new time off, and the bookings in it, which stay."""

    clashes: list[DeskBooking]


class ShownExtraHours(Stretch):
    """Hours on one day besides the weekly ones."""

    id: str

    @classmethod
    def of_extra(cls, extra: Extra) -> ShownExtraHours:
        return cls(id=extra.id, start=extra.time.start, end=extra.time.end)


class NewExtraHours(BaseModel):
    """Within one day of the person's zone."""

    model_config = ConfigDict(extra="forbid")

    start: AwareDatetime
    end: AwareDatetime


class ShownHoliday(BaseModel):
    """A public holiday, and whether the person cannot be booked on it."""

    date: date
    name: str
    off: bool


class ShownCountry(BaseModel):
    """A country whose holidays are known, with the regions that have some of their own."""

    country: str
    name: str
    regions: list[str]


class WantedHolidays(BaseModel):
    """Whose holidays are kept; `except` are those on which the person works."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    country: Annotated[str, Field(max_length=10, examples=["DE"])] | None
    region: Annotated[str, Field(max_length=40, examples=["BE"])] | None = None
    worked: Annotated[list[date], Field(alias="except", max_length=200)] = []


class Holidays(WantedHolidays):
    """The same, with what there is to choose from and the days to come."""

    available: list[ShownCountry]
    days: list[ShownHoliday]


class DeskCalendar(BaseModel):
    """What the window is made of. `offsets` are those of the reader's zone."""

    working: list[Stretch]
    time_off: list[ShownTimeOff]
    extra: list[ShownExtraHours]
    holidays: list[ShownHoliday]
    bookings: list[DeskBooking]
    offsets: list[Offset]


@router.get("/calendar", responses=failing(400, 401, 404, 422))
def calendar(
    person: GivenPerson, window: Window, core: GivenCore, zone: Annotated[str, Query(max_length=80)] = "UTC"
) -> DeskCalendar:
    """The person's calendar with everything in it."""
    offsets = Offset.within(window, zone)  # of a zone there is, before anything is read
    days = core.desk.days.shown(person, window)
    return DeskCalendar(
        working=[Stretch.of(time) for time in days.working],
        time_off=[ShownTimeOff.of_off(off) for off in days.time_off],
        extra=[ShownExtraHours.of_extra(extra) for extra in days.extra],
        holidays=[ShownHoliday(date=one.day, name=one.name, off=off) for one, off in days.holidays],
        bookings=[DeskBooking.about(booking) for booking in core.desk.bookings.touching(person, window)],
        offsets=offsets,
    )


@router.get("/time-off", responses=failing(401, 404, 422))
def time_off(person: GivenPerson, core: GivenCore) -> list[ShownTimeOff]:
    """What is off from today on, by start."""
    return [ShownTimeOff.of_off(off) for off in core.desk.days.time_off(person)]


@router.post("/time-off", status_code=201, responses=failing(400, 401, 403, 404, 409, 413, 422))
def add_time_off(
    person: GivenPerson, wanted: NewTimeOff, core: GivenCore, member: GivenMember, key: Key = None
) -> AddedTimeOff:
    """Keeps the person from being booked then; nothing that is booked is called off."""
    off, clashes = core.desk.days.add_time_off(
        person,
        wanted.time(person.zone),
        wanted.reason,
        key=key or secrets.token_urlsafe(12),
        member=member,
    )
    shown = ShownTimeOff.of_off(off)
    return AddedTimeOff(**shown.model_dump(), clashes=[DeskBooking.about(booking) for booking in clashes])


@router.delete("/time-off/{number}", status_code=204, responses=failing(401, 403, 404, 422))
def drop_time_off(
    person: GivenPerson,
    number: Annotated[int, Path(ge=1, le=2**63 - 1)],
    core: GivenCore,
    member: GivenMember,
) -> None:
    """Lets the person be booked again then; what repeats goes as a whole."""
    core.desk.days.drop_time_off(person, number, member=member)


@router.get("/extra-hours", responses=failing(401, 404, 422))
def extra_hours(person: GivenPerson, core: GivenCore) -> list[ShownExtraHours]:
    """The extra hours from today on, by start."""
    return [ShownExtraHours.of_extra(extra) for extra in core.desk.days.extra_hours(person)]


@router.post("/extra-hours", status_code=201, responses=failing(400, 401, 403, 404, 413, 422))
def add_extra_hours(
    person: GivenPerson, wanted: NewExtraHours, core: GivenCore, member: GivenMember
) -> ShownExtraHours:
    """Lets the person work then besides the weekly hours."""
    time = TimeRange(wanted.start, wanted.end)
    return ShownExtraHours.of_extra(core.desk.days.add_extra_hours(person, time, member=member))


@router.delete("/extra-hours/{identity}", status_code=204, responses=failing(401, 403, 404, 422))
def drop_extra_hours(
    person: GivenPerson,
    identity: Annotated[str, Path(max_length=40)],
    core: GivenCore,
    member: GivenMember,
) -> None:
    """Takes extra hours away."""
    core.desk.days.drop_extra_hours(person, identity, member=member)


@router.get("/holidays", responses=failing(401, 404, 422))
def holidays(person: GivenPerson, core: GivenCore, response: Response) -> Holidays:
    """Whose public holidays the person keeps, and the days of the next thirteen months."""
    return _holidays(core, person, core.desk.days.holidays(person), response)


@router.put("/holidays", responses=failing(400, 401, 403, 404, 412, 413, 422))
def set_holidays(
    person: GivenPerson,
    wanted: WantedHolidays,
    core: GivenCore,
    member: GivenMember,
    seen: Seen,
    response: Response,
) -> Holidays:
    """Keeps a country's public holidays free, or nobody's; what is booked stays booked."""
    choice = wanted.country and HolidayChoice(wanted.country, wanted.region or "", frozenset(wanted.worked))
    try:
        kept = core.desk.days.set_holidays(person, choice or None, seen=seen, member=member)
    except Conflict as error:
        raise changed() from error
    return _holidays(core, person, kept, response)


def _holidays(core: Core, person: Person, kept: HolidaysKept, response: Response) -> Holidays:
    response.headers["ETag"] = etag(kept.version)
    choice = kept.choice
    coming = [] if choice is None else core.desk.days.coming_holidays(person, choice)
    worked = frozenset() if choice is None else choice.worked
    return Holidays(
        country=None if choice is None else choice.country,
        region=None if choice is None else choice.region or None,
        worked=sorted(worked),
        available=[
            ShownCountry(country=one.code, name=one.name, regions=list(one.regions))
            for one in public_holidays.countries()
        ],
        days=[ShownHoliday(date=one.day, name=one.name, off=one.day not in worked) for one in coming],
    )
