"""The values the whole system speaks in: all frozen, instants in UTC, wall-clock things naive and local."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from scheduler_core import zones
from scheduler_core.errors import AlreadyCancelled, HoldExpired
from scheduler_core.texts import address_key, checked_address, checked_guests, checked_name, checked_text
from scheduler_core.timerange import TimeRange

if TYPE_CHECKING:
    from typing_extensions import Self


class Channel(str, Enum):
    """How people meet."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    ZOOM = "zoom"
    GOOGLE_MEET = "google_meet"
    JITSI = "jitsi"


#: Every channel, as it is where accounts for all of them are set up.
EVERY_WAY = frozenset(Channel)


class Status(str, Enum):
    """How certain a booking is (RFC 5545 section 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"  #: a hold
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Reason(str, Enum):
    """The one true reason why a time cannot be booked, the first of these that applies."""

    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    OUTSIDE_HOURS = "outside_hours"
    TIME_OFF = "time_off"
    TAKEN = "taken"
    DAY_FULL = "day_full"
    OFF_GRID = "off_grid"


class Order(str, Enum):
    """Which of the open slots are offered first."""

    SPREAD = "spread"  #: spread over the wish, so that the choice is a choice
    EARLIEST = "earliest"
    LATEST = "latest"


@dataclass(frozen=True)
class Person:
    """Someone whose calendar this system keeps; the organizer of a booking."""

    number: int  #: the database's own number; it never leaves the core
    handle: str  #: a short lower-case name, as in links: `eva-meyer`
    name: str
    email: str
    zone: str
    locale: str = "en"
    zoom_user: str = ""  #: who hosts at Zoom: an address or Zoom's own id; empty for `email`
    google_calendar: str = ""  #: where events with a Meet link are made; empty for the account's own


@dataclass(frozen=True)
class WorkingHours:
    """One weekly interval of a person's local hours."""

    weekday: int  #: Monday is 0
    start: time
    end: time  #: later than start; `time.min` means midnight at the end of the day


@dataclass(frozen=True)
class ExtraHours:
    """Local hours on one day, besides the weekly ones."""

    day: date
    start: time
    end: time


@dataclass(frozen=True)
class TimeOff:
    """A local stretch of time in which the person cannot be booked; it may repeat."""

    start: datetime  #: naive, in the person's zone
    end: datetime
    rrule: str | None = None  #: RFC 5545 section 3.3.10, without `RRULE:`


@dataclass(frozen=True)
class HolidayChoice:
    """Whose public holidays a person keeps."""

    country: str  #: ISO 3166-1
    region: str = ""  #: as the country's own codes name it; empty for what holds in all of it
    worked: frozenset[date] = frozenset()  #: holidays on which they work all the same


@dataclass(frozen=True)
class Busy:
    """Time that a hold or booking takes, with the quiet time it wants around it."""

    time: TimeRange
    before: timedelta = timedelta()
    after: timedelta = timedelta()
    kind: str | None = None  #: handle of the appointment type, which the daily limit counts
    uid: UUID | None = None


@dataclass(frozen=True)
class PersonCalendar:
    """All that decides when a person can be booked."""

    person: Person
    working_hours: tuple[WorkingHours, ...] = ()
    extra_hours: tuple[ExtraHours, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    holidays: HolidayChoice | None = None
    busy: tuple[Busy, ...] = ()


@dataclass(frozen=True)
class AppointmentType:
    """What can be booked, and the policy of booking it."""

    handle: str
    name: str
    durations: tuple[timedelta, ...]  #: the first is the default, the others are to be had on request
    buffer_before: timedelta = timedelta()
    buffer_after: timedelta = timedelta()
    minimum_notice: timedelta = timedelta()
    horizon: timedelta = timedelta(days=60)
    interval: timedelta = timedelta(minutes=30)  #: starts lie on this grid of the organizer's wall clock
    daily_limit: int | None = None  #: a person and local day
    channels: tuple[Channel, ...] = (Channel.JITSI,)  #: the first is the default
    location: str = ""  #: where, if in person
    reminders: tuple[timedelta, ...] = ()  #: how long before the start attendees are reminded, longest first

    @property
    def duration(self) -> timedelta:
        """The length that is booked unless another is asked for."""
        return self.durations[0]

    def held_by(self, ways: Collection[Channel]) -> Self:
        """The type where people can meet in these ways only; on Jitsi, if that leaves none of its own."""
        channels = tuple(one for one in self.channels if one in ways) or (Channel.JITSI,)
        return self if channels == self.channels else dataclasses.replace(self, channels=channels)


@dataclass(frozen=True)
class Attendee:
    """The one who books.

    Raises:
        InvalidName, InvalidAddress, UnknownZone, InvalidText: a part of it cannot be used.

    """

    name: str
    email: str
    zone: str
    locale: str = "en"

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", checked_name(self.name))
        object.__setattr__(self, "email", checked_address(self.email))
        object.__setattr__(self, "zone", zones.canonical(self.zone))
        object.__setattr__(self, "locale", checked_text(self.locale, limit=40) or "en")


@dataclass(frozen=True)
class Wish:
    """What somebody asked for.

    An open slot fits when it lies in a window (any time, where there is none), touches nothing excluded,
    begins at one of `starts` (whenever, where there are none) and has one of the sets of people.
    """

    windows: tuple[TimeRange, ...] = ()
    excluded: tuple[TimeRange, ...] = ()
    starts: tuple[datetime, ...] = ()
    anyone_of: tuple[frozenset[str], ...] = ()  #: handles; each set is a group that is needed together
    length: timedelta | None = None
    order: Order = Order.SPREAD


@dataclass(frozen=True, order=True)
class Slot:
    """A bookable time. All the people are needed."""

    time: TimeRange
    people: tuple[str, ...]  #: handles, sorted
    kind: str  #: handle of the appointment type


@dataclass(frozen=True)
class Calendar:
    """What everybody may see of a person's calendar: when, but neither who nor why."""

    person: Person
    open: tuple[TimeRange, ...]  #: working and extra hours, sorted and disjoint
    busy: tuple[TimeRange, ...]  #: what is taken of them, time off included, sorted and disjoint


@dataclass(frozen=True)
class Meeting:
    """Where a booking is held online."""

    channel: Channel
    url: str
    id: str  #: what the provider calls it


class ActorKind(str, Enum):
    """By what somebody may act."""

    CONVERSATION = "conversation"  #: a chat; it may change what it made itself
    LINK = "link"  #: the holder of a signed link of one booking
    ATTENDEE = "attendee"  #: somebody who has proven the address that bookings were made for
    PERSON = "person"  #: a person of this system, who has proven their address
    OPERATOR = "operator"  #: the command line, the worker, the tests' set-up


@dataclass(frozen=True)
class Actor:
    """Who asks, and by what proof."""

    kind: ActorKind
    #: `channel:sender` of a conversation; the uid a link was signed for; the lower-case address of an
    #: attendee; the handle of a person; a name
    id: str
    #: By which face they came, and under which address they have signed in, where `id` does not say so. It is
    #: written down with what they change, and gives no right to anything.
    via: str = field(default="", compare=False)
    address: str = field(default="", compare=False)


@dataclass(frozen=True)
class Details:
    """What a booking says besides who and when.

    Raises:
        InvalidText: the note or phone number is too long or holds control characters.
        InvalidAddress, TooManyGuests: the guests cannot be invited.

    """

    channel: Channel | None = None  #: None takes the default of the appointment type
    phone: str = ""
    note: str = ""
    guests: tuple[str, ...] = ()  #: addresses of those who are invited too, each one once

    def __post_init__(self) -> None:
        object.__setattr__(self, "phone", checked_text(self.phone, limit=40))
        object.__setattr__(self, "note", checked_text(self.note, limit=2000))
        object.__setattr__(self, "guests", checked_guests(self.guests))


@dataclass(frozen=True)
class Booking:
    """An agreed appointment, or a hold while it is TENTATIVE."""

    uid: UUID
    reference: str  #: short, for people to read aloud; it proves nothing
    kind: AppointmentType
    people: tuple[Person, ...]
    time: TimeRange
    status: Status
    version: int  #: raised by every change; changes are compare-and-swap on it
    sequence: int  #: RFC 5545 section 3.8.7.4
    actor: Actor  #: who made it
    channel: Channel
    attendee: Attendee | None = None  #: None while it is a hold
    phone: str = ""
    note: str = ""
    guests: tuple[str, ...] = ()  #: addresses, neither the attendee's nor a person's
    uninvited: tuple[str, ...] = ()  #: addresses of those who were guests
    hold_expires: datetime | None = None
    instead_of: UUID | None = None  #: the booking that this hold would move
    moved_from: datetime | None = None  #: when it began before it was moved last
    meeting: Meeting | None = None
    no_show: bool = False  #: nobody came
    cancel_reason: str = ""  #: in the words of whoever called it off
    created_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def slot(self) -> Slot:
        """The time and people it takes."""
        return Slot(self.time, tuple(sorted(person.handle for person in self.people)), self.kind.handle)

    @property
    def organizer(self) -> Person:
        """The person invitations come from: the first."""
        return self.people[0]

    @property
    def details(self) -> Details:
        """What it says besides who and when, as for booking it anew."""
        return Details(self.channel, self.phone, self.note, self.guests)

    def welcome(self, attendee: Attendee, guests: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the guests who do not take part anyway."""
        present = {address_key(attendee.email), *(address_key(person.email) for person in self.people)}
        return tuple(guest for guest in guests if address_key(guest) not in present)

    def confirmed(self, attendee: Attendee, details: Details, now: datetime) -> Self:
        """The booking that this hold becomes.

        Raises:
            HoldExpired: it is no hold any more.

        """
        if self.status is not Status.TENTATIVE or self.hold_expires is None or self.hold_expires <= now:
            raise HoldExpired(uid=self.uid)
        return dataclasses.replace(
            self,
            status=Status.CONFIRMED,
            attendee=attendee,
            channel=details.channel or self.channel,
            phone=details.phone,
            note=details.note,
            guests=self.welcome(attendee, details.guests),
            hold_expires=None,
            version=self.version + 1,
        )

    def rescheduled(self, time: TimeRange) -> Self:
        """The same booking at another time.

        Raises:
            AlreadyCancelled: it no longer takes place.

        """
        if self.status is Status.CANCELLED:
            raise AlreadyCancelled(uid=self.uid)
        return dataclasses.replace(
            self,
            time=time,
            moved_from=self.time.start,
            version=self.version + 1,
            sequence=self.sequence + 1,
        )

    def with_guests(self, guests: tuple[str, ...]) -> Self:
        """The same booking with these guests and no others.

        Raises:
            AlreadyCancelled: it no longer takes place.

        """
        if self.status is Status.CANCELLED or self.attendee is None:
            raise AlreadyCancelled(uid=self.uid)
        kept = self.welcome(self.attendee, guests)
        present = {address_key(guest) for guest in kept}
        gone = (one for one in (*self.uninvited, *self.guests) if address_key(one) not in present)
        return dataclasses.replace(
            self,
            guests=kept,
            uninvited=tuple({address_key(one): one for one in gone}.values()),
            version=self.version + 1,
            sequence=self.sequence + 1,
        )

    def cancelled(self, reason: str = "") -> Self:
        """The same booking, called off, for a reason if one was given.

        Raises:
            AlreadyCancelled: it was called off before.
            InvalidText: the reason is longer than 500 characters or holds control characters.

        """
        if self.status is Status.CANCELLED:
            raise AlreadyCancelled(uid=self.uid)
        return dataclasses.replace(
            self,
            status=Status.CANCELLED,
            cancel_reason=checked_text(reason, limit=500),
            hold_expires=None,
            version=self.version + 1,
            sequence=self.sequence + 1,
        )
