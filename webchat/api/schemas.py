"""What the public addresses answer. No number of the database, no attendee and no reason appears here."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import BaseModel, Field

from scheduler_core import zones
from scheduler_core.model import AppointmentType, Person, Slot
from scheduler_core.timerange import TimeRange


class PublicSettings(BaseModel):
    """What pages need to know first."""

    organisation: str
    default_zone: str
    default_locale: str
    now: datetime


class PublicPerson(BaseModel):
    """Someone who can be booked."""

    handle: str
    name: str
    zone: str

    @classmethod
    def of(cls, person: Person) -> PublicPerson:
        return cls(handle=person.handle, name=person.name, zone=person.zone)


class ListedPerson(PublicPerson):
    """The same, with the handles of the appointment types to be had."""

    types: list[str]


class PublicType(BaseModel):
    """What can be booked; `minutes` is the usual length, `channels` begins with the usual one."""

    handle: str
    name: str
    minutes: int
    durations: list[int]
    channels: list[str]

    @classmethod
    def of(cls, kind: AppointmentType) -> PublicType:
        durations = [length // timedelta(minutes=1) for length in kind.durations]
        return cls(
            handle=kind.handle,
            name=kind.name,
            minutes=durations[0],
            durations=durations,
            channels=[channel.value for channel in kind.channels],
        )


class Stretch(BaseModel):
    """From `start` until `end`, in UTC."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, time: TimeRange) -> Stretch:
        return cls(start=time.start, end=time.end)


class Offset(BaseModel):
    """How many minutes the reader's clocks are ahead of UTC from an instant on."""

    since: datetime = Field(serialization_alias="from")
    minutes: int

    @classmethod
    def within(cls, window: TimeRange, zone: str) -> list[Offset]:
        """That of the zone at the start of the window, and each other one there is within it."""
        changes = zones.offset_changes(window, zone)
        return [cls(since=instant, minutes=ahead // timedelta(minutes=1)) for instant, ahead in changes]


class PublicCalendar(BaseModel):
    """Working hours, and which parts of them are taken; by whom and why is nobody's business.

    `offsets` are those of the reader's zone within the window, of whose new rules a browser may not know.
    """

    person: PublicPerson
    open: list[Stretch]
    busy: list[Stretch]
    offsets: list[Offset]


class PublicSlot(Stretch):
    """A time that can be booked with these people together."""

    people: list[str]

    @classmethod
    def of_slot(cls, slot: Slot) -> PublicSlot:
        return cls(start=slot.time.start, end=slot.time.end, people=list(slot.people))


class PublicSlots(BaseModel):
    """At most 400, earliest first."""

    slots: list[PublicSlot]
