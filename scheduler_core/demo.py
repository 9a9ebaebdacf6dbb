"""The demo organisation: people, what they offer, and two weeks in which not everything is free.

Everything lies on the n-th working day of a person after today, so that it is the same on every first day.
`docs/demo.md` describes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice

from sqlalchemy import Connection

from scheduler_core import use_cases, zones
from scheduler_core.clock import Clock
from scheduler_core.db import bookings
from scheduler_core.db import people as people_rows
from scheduler_core.db.bookings import Change, Refused
from scheduler_core.db.requests import Request
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidTime
from scheduler_core.model import (
    Actor,
    ActorKind,
    AppointmentType,
    Attendee,
    Channel,
    Details,
    Person,
    Slot,
    TimeOff,
    WorkingHours,
)
from scheduler_core.reminders import USUAL
from scheduler_core.timerange import TimeRange

ACTOR = Actor(ActorKind.OPERATOR, "demo")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LOCATION = "Example Practice, 1 Example Street, Berlin"

TYPES = (
    AppointmentType(
        handle="intro",
        name="Intro",
        durations=(15 * MINUTE,),
        minimum_notice=2 * HOUR,
        horizon=60 * DAY,
        interval=15 * MINUTE,
        channels=(Channel.JITSI, Channel.PHONE),
        reminders=USUAL,
    ),
    AppointmentType(
        handle="consultation",
        name="Consultation",
        durations=(30 * MINUTE, 45 * MINUTE, 60 * MINUTE),
        buffer_after=5 * MINUTE,
        minimum_notice=4 * HOUR,
        horizon=90 * DAY,
        interval=30 * MINUTE,
        channels=(Channel.JITSI, Channel.PHONE, Channel.IN_PERSON),
        location=LOCATION,
        reminders=USUAL,
    ),
    AppointmentType(
        handle="examination",
        name="Examination",
        durations=(60 * MINUTE,),
        buffer_before=15 * MINUTE,
        buffer_after=15 * MINUTE,
        minimum_notice=DAY,
        horizon=90 * DAY,
        interval=30 * MINUTE,
        daily_limit=3,
        channels=(Channel.IN_PERSON,),
        location=LOCATION,
        reminders=USUAL,
    ),
)


@dataclass(frozen=True)
class Host:
    """A person of the demo; days are counted in working days from tomorrow on."""

    handle: str
    name: str
    zone: str
    hours: tuple[WorkingHours, ...]
    offers: tuple[str, ...]
    day_off: int
    busy: tuple[tuple[int, str, timedelta], ...]  #: day, start, length
    booked: tuple[tuple[int, str, str, str], ...]  #: day, start, appointment type, attendee


def weekly(days: range, *spans: str) -> tuple[WorkingHours, ...]:
    """The same hours on each of the days, written such as `9:00-12:00`."""
    bounds = [[clock_time(part) for part in span.split("-")] for span in spans]
    return tuple(WorkingHours(day, start, end) for day in days for start, end in bounds)


def clock_time(text: str) -> time:
    """A time of day such as `9:30`."""
    hours, _, minutes = text.partition(":")
    return time(int(hours), int(minutes))


HOSTS = (
    Host(
        handle="eva-meyer",
        name="Dr. Eva Meyer",
        zone="Europe/Berlin",
        hours=(*weekly(range(4), "9:00-12:00", "13:00-17:00"), *weekly(range(4, 5), "9:00-13:00")),
        offers=("intro", "consultation", "examination"),
        day_off=7,
        busy=((2, "10:00", 90 * MINUTE), (6, "9:00", HOUR)),
        booked=(
            (1, "9:30", "consultation", "Jonas Weber"),
            (3, "11:00", "consultation", "Mia Hoffmann"),
            (4, "9:00", "examination", "Paul Richter"),
            (5, "11:00", "consultation", "Lea Brandt"),
        ),
    ),
    Host(
        handle="ben-okafor",
        name="Ben Okafor",
        zone="Europe/London",
        hours=weekly(range(5), "10:00-18:00"),
        offers=("intro", "consultation"),
        day_off=4,
        busy=((1, "12:00", 90 * MINUTE), (6, "15:00", 90 * MINUTE)),
        booked=(
            (2, "11:00", "consultation", "Grace Hall"),
            (2, "14:30", "intro", "Oliver Marsh"),
            (5, "10:30", "consultation", "Ivy Sutton"),
        ),
    ),
    Host(
        handle="ana-souza",
        name="Ana Souza",
        zone="America/Sao_Paulo",
        hours=weekly(range(1, 6), "8:00-14:00"),
        offers=("intro", "consultation"),
        day_off=3,
        busy=((2, "8:00", 90 * MINUTE),),
        booked=(
            (1, "10:00", "consultation", "Rafael Lima"),
            (4, "12:00", "consultation", "Julia Alves"),
            (6, "9:15", "intro", "Pedro Rocha"),
        ),
    ),
    Host(
        handle="priya-nair",
        name="Priya Nair",
        zone="Asia/Kolkata",
        hours=weekly(range(5), "9:30-17:30"),
        offers=("intro", "consultation"),
        day_off=6,
        busy=((3, "14:00", 2 * HOUR),),
        booked=(
            (1, "11:30", "consultation", "Arjun Mehta"),
            (2, "15:00", "consultation", "Divya Rao"),
            (5, "9:30", "intro", "Kiran Shah"),
        ),
    ),
)


def seed(store: Store, clock: Clock) -> list[str]:
    """Fills in what is missing of the demo organisation, and gives the handles of the people it added.

    A person comes with everything in one transaction, and is left alone once there. Nobody gets mail.

    Raises:
        InvalidTime: an appointment of the demo cannot be had; `details` name reason, person and time.

    """
    now = clock.now()
    with store.transaction() as connection:
        known = {kind.handle for kind in people_rows.all_types(connection)}
        for kind in TYPES:
            if kind.handle not in known:
                people_rows.put_type(connection, kind)
    added = []
    for host in HOSTS:
        with store.transaction() as connection:
            if _add(connection, host, now):
                added.append(host.handle)
    return added


def _add(connection: Connection, host: Host, now: datetime) -> bool:
    """Adds a person with hours, offers, time off and bookings; False if they are there already."""
    email = f"{host.handle.replace('-', '.')}@example.org"
    person = people_rows.insert_person(connection, Person(0, host.handle, host.name, email, host.zone))
    if person is None:
        return False
    people_rows.replace_hours(connection, person.number, host.hours)
    for kind in host.offers:
        people_rows.put_offer(connection, person.number, kind)
    whole_day = datetime.combine(_working_day(host, host.day_off, now), time.min)
    people_rows.insert_time_off(connection, person.number, TimeOff(whole_day, whole_day + DAY))
    for day, start, length in host.busy:
        begin = datetime.combine(_working_day(host, day, now), clock_time(start))
        people_rows.insert_time_off(connection, person.number, TimeOff(begin, begin + length))
    for day, start, kind, attendee in host.booked:
        begin = datetime.combine(_working_day(host, day, now), clock_time(start))
        _book(connection, host, zones.to_instant(begin, host.zone), kind, attendee, now)
    return True


def _working_day(host: Host, number: int, now: datetime) -> date:
    """The day on which the person works for the n-th time after today."""
    weekdays = {hours.weekday for hours in host.hours}
    today = zones.local_date(now, host.zone)
    following = (today + number * DAY for number in count(1))
    return next(islice((day for day in following if day.weekday() in weekdays), number - 1, None))


def _book(connection: Connection, host: Host, start: datetime, kind: str, name: str, now: datetime) -> None:
    """Books the default length, in person where that is offered, else by phone."""
    offered = next(one for one in TYPES if one.handle == kind)
    slot = Slot(TimeRange.starting(start, offered.duration), (host.handle,), kind)
    attendee = Attendee(name, f"{name.lower().replace(' ', '.')}@example.com", host.zone)
    place = Channel.IN_PERSON if Channel.IN_PERSON in offered.channels else Channel.PHONE
    details = Details(place, phone="+49 30 901820" if place is Channel.PHONE else "")
    request = Request.of(f"{host.handle} {start.isoformat()}", ACTOR, "demo")
    booked, calendars, _ = use_cases.drafted(connection, slot, attendee, details, request, now)
    try:
        bookings.book(connection, booked, calendars, Change(request, now))
    except Refused as error:
        raise InvalidTime(reason=error.reason.value, person=host.name, value=start.isoformat()) from error
