"""The people whose calendars are kept, and what can be booked with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from scheduler_core import reminders, zones
from scheduler_core.db import people as rows
from scheduler_core.db.store import Store
from scheduler_core.errors import (
    InvalidChannel,
    InvalidDuration,
    InvalidName,
    InvalidTime,
)
from scheduler_core.likeness import who_is_named
from scheduler_core.model import (
    EVERY_WAY,
    AppointmentType,
    Channel,
    ExtraHours,
    Person,
    PersonCalendar,
    TimeOff,
    WorkingHours,
)
from scheduler_core.recurrence import checked_rrule
from scheduler_core.texts import checked_address, checked_name, checked_text

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LONGEST_HORIZON = timedelta(days=730)


class People:
    """Persons, their hours and appointment types. One public method is one transaction."""

    def __init__(self, store: Store, ways: frozenset[Channel] = EVERY_WAY) -> None:
        self._store = store
        self._ways = ways  # in which people can meet

    def all(self) -> list[Person]:
        """Everybody, by name."""
        with self._store.reading() as connection:
            return rows.all_people(connection)

    def get(self, handle: str) -> Person:
        """The person of that handle.

        Raises:
            UnknownPerson: there is none.

        """
        with self._store.reading() as connection:
            return rows.known_person(connection, handle)

    def types(self) -> list[AppointmentType]:
        """Every appointment type, shortest first."""
        with self._store.reading() as connection:
            return [kind.held_by(self._ways) for kind in rows.all_types(connection)]

    def type(self, handle: str) -> AppointmentType:
        """The appointment type of that handle.

        Raises:
            UnknownType: there is none.

        """
        with self._store.reading() as connection:
            return rows.known_type(connection, handle).held_by(self._ways)

    def types_of(self, person: str) -> list[AppointmentType]:
        """What the person offers, shortest first.

        Raises:
            UnknownPerson: there is no such person.

        """
        with self._store.reading() as connection:
            offered = rows.types_offered(connection, rows.known_person(connection, person).number)
        return [kind.held_by(self._ways) for kind in offered]

    def people_of(self, kind: str) -> list[Person]:
        """Everybody who offers the appointment type, by name.

        Raises:
            UnknownType: there is no such type.

        """
        with self._store.reading() as connection:
            return rows.people_offering(connection, rows.known_type(connection, kind).handle)

    def named(self, words: str) -> list[Person]:
        """Whom somebody may mean by these words, such as "Dr. Meyer" or "eva".

        One where it is clear, several where it is not, none where nobody fits. Titles and accents are not
        regarded, short names count; a typing error is forgiven where nobody has just that name.
        """
        return who_is_named(words, self.all())

    def calendar(self, person: str) -> PersonCalendar:
        """The person's working hours, extra hours and time off; nothing about bookings.

        Raises:
            UnknownPerson: there is no such person.

        """
        with self._store.reading() as connection:
            return rows.calendars(connection, [rows.known_person(connection, person)])[0]

    def add_person(self, handle: str, name: str, email: str, zone: str, locale: str = "en") -> Person:
        """A new person, who neither works nor offers anything yet.

        Raises:
            InvalidName, InvalidAddress, UnknownZone, InvalidText: a part of it cannot be used, or the handle
                is taken.

        """
        new = Person(
            number=0,
            handle=_checked_handle(handle),
            name=checked_name(name),
            email=checked_address(email),
            zone=zones.canonical(zone),
            locale=checked_text(locale, limit=40) or "en",
        )
        with self._store.transaction() as connection:
            stored = rows.insert_person(connection, new)
        if stored is None:
            raise InvalidName(reason="taken", value=handle)
        return stored

    def set_hours(self, person: str, hours: Sequence[WorkingHours]) -> None:
        """Makes these the person's weekly hours, local to their zone; times already booked stay booked.

        Raises:
            UnknownPerson, InvalidTime: there is no such person, or an interval ends before it starts.

        """
        check_hours(hours)
        with self._store.transaction() as connection:
            rows.replace_hours(connection, rows.known_person(connection, person).number, hours)

    def add_extra_hours(self, person: str, extra: ExtraHours) -> None:
        """Lets the person work on one day besides the weekly hours.

        Raises:
            UnknownPerson, InvalidTime: there is no such person, or the hours end before they start.

        """
        _check_span(extra)
        if not _sensible(extra.day):
            raise InvalidTime(reason="beyond", value=str(extra.day))
        with self._store.transaction() as connection:
            rows.put_extra_hours(connection, rows.known_person(connection, person).number, extra)

    def add_time_off(self, person: str, off: TimeOff) -> None:
        """Keeps the person from being booked then; what is booked already stays booked.

        Raises:
            UnknownPerson, InvalidTime: there is no such person, the time ends before it starts or carries a
                zone, or the rule cannot be used.

        """
        if off.start.tzinfo or off.end.tzinfo:
            raise InvalidTime(reason="not_local", value=off.start.isoformat())
        if off.start >= off.end or not (_sensible(off.start) and _sensible(off.end)):
            raise InvalidTime(reason="end_before_start", value=f"{off.start}/{off.end}")
        rule = None if off.rrule is None else checked_rrule(off.rrule, off.start)
        with self._store.transaction() as connection:
            number = rows.known_person(connection, person).number
            rows.insert_time_off(connection, number, TimeOff(off.start, off.end, rule))

    def add_type(self, kind: AppointmentType) -> None:
        """Adds the appointment type, or gives the one of that handle this policy.

        Raises:
            InvalidName, InvalidText, InvalidDuration, InvalidChannel: a part of it cannot be used.

        """
        check_type(kind)
        with self._store.transaction() as connection:
            rows.put_type(connection, kind)

    def offer(self, person: str, kind: str) -> None:
        """Lets the person be booked for the appointment type.

        Raises:
            UnknownPerson, UnknownType: there is none.

        """
        with self._store.transaction() as connection:
            number = rows.known_person(connection, person).number
            rows.put_offer(connection, number, rows.known_type(connection, kind).handle)


def check_hours(hours: Sequence[WorkingHours]) -> None:
    """Raises InvalidTime unless they are weekly hours in order, each start of a day there once."""
    for one in hours:
        if one.weekday not in range(7):
            raise InvalidTime(reason="weekday", value=str(one.weekday))
        _check_span(one)
    if len({(one.weekday, one.start) for one in hours}) < len(hours):
        raise InvalidTime(reason="repeated", value=str(len(hours)))


def _checked_handle(handle: str) -> str:
    if not rows.HANDLE.fullmatch(handle) or len(handle) > 60:
        raise InvalidName(reason="handle", value=handle[:60])
    return handle


def _check_span(hours: WorkingHours | ExtraHours) -> None:
    """Raises InvalidTime unless they are local times in order; an end at midnight is the end of the day."""
    if hours.start.tzinfo or hours.end.tzinfo:
        raise InvalidTime(reason="not_local", value=f"{hours.start}-{hours.end}")
    if hours.end != time.min and hours.start >= hours.end:
        raise InvalidTime(reason="end_before_start", value=f"{hours.start}-{hours.end}")


def _sensible(day: date) -> bool:
    """Whether people book days like that; far ones only cost time."""
    return 2000 <= day.year < 2500


def check_type(kind: AppointmentType) -> None:
    """Raises what `People.add_type` promises."""
    _checked_handle(kind.handle)
    checked_name(kind.name)
    checked_text(kind.location, limit=200)
    waits = (kind.buffer_before, kind.buffer_after)
    fits = (
        kind.durations
        and all(MINUTE <= one <= DAY and not one % MINUTE for one in (*kind.durations, kind.interval))
        and all(timedelta() <= one <= DAY for one in waits)
        and timedelta() <= kind.minimum_notice <= kind.horizon <= LONGEST_HORIZON
        and (kind.daily_limit is None or kind.daily_limit > 0)
        and reminders.are_sensible(kind.reminders)
    )
    if not fits:
        raise InvalidDuration(type=kind.handle)
    if not kind.channels:
        raise InvalidChannel(type=kind.handle)
