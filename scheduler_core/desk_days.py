"""When people work, as they or an administrator set it at the desk. Each method is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from scheduler_core import public_holidays, zones
from scheduler_core.admission import check_reach, check_window
from scheduler_core.availability import opening_ranges
from scheduler_core.clock import Clock
from scheduler_core.db import bookings, desk, desk_days
from scheduler_core.db import people as people_rows
from scheduler_core.db.desk_days import KeptTimeOff
from scheduler_core.db.store import Store
from scheduler_core.errors import Conflict, InvalidTime, NotFound
from scheduler_core.hosting import Hosting
from scheduler_core.model import (
    Actor,
    ActorKind,
    Booking,
    ExtraHours,
    HolidayChoice,
    Person,
    PersonCalendar,
    WorkingHours,
)
from scheduler_core.people import check_hours
from scheduler_core.recurrence import local_range, occurrences
from scheduler_core.signing_in import Member
from scheduler_core.timerange import TimeRange

DAY = timedelta(days=1)
#: So far public holidays are shown.
HOLIDAYS_AHEAD = timedelta(days=400)
LONGEST_SHOWN = timedelta(days=800)


@dataclass(frozen=True)
class Off:
    """Time off, as instants."""

    id: str
    time: TimeRange
    reason: str


@dataclass(frozen=True)
class Extra:
    """Hours on one day besides the weekly ones, as instants."""

    id: str
    time: TimeRange


@dataclass(frozen=True)
class Week:
    """A person's weekly hours, by the clocks of their zone."""

    zone: str
    hours: tuple[WorkingHours, ...]

    @property
    def version(self) -> str:
        """Another one for every other content."""
        return _digest(self)


@dataclass(frozen=True)
class HolidaysKept:
    """Whose public holidays a person keeps; None for nobody's."""

    choice: HolidayChoice | None

    @property
    def version(self) -> str:
        """Another one for every other content."""
        choice = self.choice
        return _digest(choice and (choice.country, choice.region, sorted(choice.worked)))


@dataclass(frozen=True)
class Days:
    """What a window of somebody's calendar is made of, bookings apart."""

    working: tuple[TimeRange, ...]
    time_off: tuple[Off, ...]
    extra: tuple[Extra, ...]
    holidays: tuple[tuple[public_holidays.Holiday, bool], ...]  #: and whether they are off


class DeskDays:
    """Hours, time off and holidays. The person has been looked up for the member, so it is theirs to change.

    Every method may also raise DatabaseUnavailable or OutcomeUnknown; those that write keep who did it.
    """

    def __init__(self, store: Store, clock: Clock, hosting: Hosting) -> None:
        self._store = store
        self._clock = clock
        self._hosting = hosting

    def shown(self, person: Person, window: TimeRange) -> Days:
        """What the window is made of.

        Raises:
            InvalidTime: the window is longer than a hundred days, or lies too far away.

        """
        check_window(window)
        with self._store.reading() as connection:
            (calendar,) = people_rows.calendars(connection, [person])
            kept = desk_days.time_off_of(connection, person)
        return Days(
            working=tuple(opening_ranges(calendar, window)),
            time_off=tuple(off for off in _offs(kept, person, window)),
            extra=tuple(one for one in _extras(calendar) if one.time.overlaps(window)),
            holidays=tuple(
                (holiday, holiday.day not in choice.worked)
                for choice in [calendar.holidays]
                if choice is not None
                for holiday in _within(choice, person.zone, window)
            ),
        )

    def week(self, person: Person) -> Week:
        """The weekly hours."""
        with self._store.reading() as connection:
            return _week(connection, person)

    def set_week(self, person: Person, week: Week, *, seen: str | None, member: Member) -> Week:
        """Makes these the weekly hours and the zone, if what was `seen` is still there.

        Raises:
            Conflict: somebody has changed it in between.
            InvalidTime, UnknownZone: an interval ends before it starts, or there is no such zone.

        """
        check_hours(week.hours)
        zone = zones.canonical(week.zone)
        with self._changing(person, "hours", "", member) as connection:
            _check_seen(seen, _week(connection, person).version)
            people_rows.replace_hours(connection, person.number, week.hours)
            desk_days.set_zone(connection, person, zone)
            return _week(connection, person)

    def time_off(self, person: Person) -> list[Off]:
        """What is off from today on, by start; of what repeats, the days of the next two years."""
        now = self._clock.now()
        with self._store.reading() as connection:
            kept = desk_days.time_off_of(connection, person)
        return _offs(kept, person, TimeRange(now - DAY, now + LONGEST_SHOWN))

    def add_time_off(
        self, person: Person, time: TimeRange, reason: str, *, key: str, member: Member
    ) -> tuple[Off, tuple[Booking, ...]]:
        """Keeps the person from being booked then; what is booked stays booked, and is named.

        Raises:
            InvalidTime: the time is over, lies too far away or is longer than a year.
            Conflict: the same request was carried out before and has been taken back since.
            InvalidText: the reason is longer than 200 characters or holds control characters.

        """
        actor = Actor(ActorKind.PERSON, person.handle)
        absence = self._hosting.block([time], key=key, actor=actor, reason=reason)
        clashes = self._hosting.plan_absence([time], actor).bookings
        with self._store.transaction() as connection:
            self._write_down(connection, person, "time off", _words(time), member)
            kept = desk_days.time_off_of(connection, person)
        made = next((one for one in kept if one.made_by == absence.id), None)
        if made is None:
            raise Conflict(reason="taken back since")
        return Off(str(made.number), time, absence.reason), clashes

    def drop_time_off(self, person: Person, number: int, *, member: Member) -> None:
        """Lets the person be booked again then; what repeats is taken away as a whole.

        Raises:
            NotFound: there is none of that number.

        """
        with self._changing(person, "time off removed", str(number), member) as connection:
            bookings.lock(connection, [person])
            kept = {one.number: one for one in desk_days.time_off_of(connection, person)}.get(number)
            if kept is None:
                raise NotFound(time_off=number)
            desk_days.drop_time_off(connection, person, number)
            if kept.made_by is not None:
                desk_days.shorten_absence(connection, kept.made_by, kept.off, self._clock.now())

    def extra_hours(self, person: Person) -> list[Extra]:
        """The extra hours from today on, by start."""
        now = self._clock.now()
        with self._store.reading() as connection:
            (calendar,) = people_rows.calendars(connection, [person])
        return [one for one in _extras(calendar) if one.time.end > now - DAY]

    def add_extra_hours(self, person: Person, time: TimeRange, *, member: Member) -> Extra:
        """Lets the person work then besides the weekly hours.

        Raises:
            InvalidTime: the time reaches over the end of a local day, or lies too far away.

        """
        check_window(time)
        start, end = zones.to_wall(time.start, person.zone), zones.to_wall(time.end, person.zone)
        is_midnight = end == datetime.combine(start.date() + DAY, datetime.min.time())
        if end.date() != start.date() and not is_midnight:
            raise InvalidTime(reason="over_midnight", value=_words(time))
        extra = ExtraHours(start.date(), start.time(), end.time())
        with self._changing(person, "extra hours", _words(time), member) as connection:
            people_rows.put_extra_hours(connection, person.number, extra)
        return Extra(_extra_id(extra), time)

    def drop_extra_hours(self, person: Person, identity: str, *, member: Member) -> None:
        """Takes the extra hours away.

        Raises:
            NotFound: there are none of that id.

        """
        try:
            start = datetime.fromisoformat(identity)
        except ValueError as error:
            raise NotFound(extra_hours=identity) from error
        with self._changing(person, "extra hours removed", identity[:40], member) as connection:
            if not desk_days.drop_extra_hours(connection, person, start.date(), start.time()):
                raise NotFound(extra_hours=identity)

    def holidays(self, person: Person) -> HolidaysKept:
        """Whose public holidays the person keeps."""
        with self._store.reading() as connection:
            return HolidaysKept(people_rows.calendars(connection, [person])[0].holidays)

    def coming_holidays(self, person: Person, choice: HolidayChoice) -> list[public_holidays.Holiday]:
        """The holidays of the next thirteen months."""
        today = zones.local_date(self._clock.now(), person.zone)
        return list(public_holidays.between(choice, today, today + HOLIDAYS_AHEAD))

    def set_holidays(
        self, person: Person, choice: HolidayChoice | None, *, seen: str | None, member: Member
    ) -> HolidaysKept:
        """Lets the person keep those public holidays, if what was `seen` is still there.

        Raises:
            Conflict: somebody has changed it in between.
            InvalidName: there is no such country or region.

        """
        wanted = None if choice is None else public_holidays.checked(choice)
        about = "" if choice is None else f"{choice.country} {choice.region}".strip()
        with self._changing(person, "holidays", about, member) as connection:
            present = people_rows.calendars(connection, [person])[0].holidays
            _check_seen(seen, HolidaysKept(present).version)
            desk_days.put_holidays(connection, person, wanted)
        return HolidaysKept(wanted)

    @contextmanager
    def _changing(self, person: Person, what: str, about: str, member: Member) -> Iterator[Connection]:
        """A transaction that changes what is kept about the person, and says who did it."""
        with self._store.transaction() as connection:
            desk_days.lock_person(connection, person)
            self._write_down(connection, person, what, about, member)
            yield connection

    def _write_down(
        self, connection: Connection, person: Person, what: str, about: str, member: Member
    ) -> None:
        desk.write_down(connection, member.address, person, what, about, self._clock.now())


def _week(connection: Connection, person: Person) -> Week:
    """The hours and the zone as they are now: both may have changed since the person was looked up."""
    present = people_rows.known_person(connection, person.handle)
    return Week(present.zone, people_rows.calendars(connection, [present])[0].working_hours)


def _check_seen(seen: str | None, present: str) -> None:
    """Raises Conflict where somebody would write over what they have not seen; None has seen anything."""
    if seen is not None and seen != present:
        raise Conflict(seen=seen)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def _offs(kept: Sequence[KeptTimeOff], person: Person, window: TimeRange) -> list[Off]:
    found = (
        Off(str(one.number), time, one.reason)
        for one in kept
        for time in occurrences(one.off, person.zone, window)
    )
    return sorted(found, key=lambda off: (off.time, off.id))


def _extras(calendar: PersonCalendar) -> list[Extra]:
    times = ((one, _instants(one, calendar.person.zone)) for one in calendar.extra_hours)
    found = (Extra(_extra_id(one), time) for one, time in times if time is not None)
    return sorted(found, key=lambda extra: extra.time)


def _extra_id(extra: ExtraHours) -> str:
    return datetime.combine(extra.day, extra.start).isoformat(timespec="minutes")


def _instants(extra: ExtraHours, zone: str) -> TimeRange | None:
    last = extra.day + DAY if extra.end == time.min else extra.day
    return local_range(datetime.combine(extra.day, extra.start), datetime.combine(last, extra.end), zone)


def _within(choice: HolidayChoice, zone: str, window: TimeRange) -> list[public_holidays.Holiday]:
    first, last = zones.local_date(window.start, zone), zones.local_date(window.end, zone)
    return list(public_holidays.between(choice, first, last))


def _words(time: TimeRange) -> str:
    return f"{time.start.isoformat()}/{time.end.isoformat()}"


def days_of(first: date, last: date, zone: str) -> TimeRange:
    """Whole local days, both included.

    Raises:
        InvalidTime: the last comes before the first, or no calendar reaches that far.

    """
    for day in (first, last):
        check_reach(datetime.combine(day, time(), UTC))
    return TimeRange(zones.day_range(first, zone).start, zones.day_range(last, zone).end)
