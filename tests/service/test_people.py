from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import SchedulerError
from scheduler_core.model import (
    AppointmentType,
    Channel,
    ExtraHours,
    Person,
    PersonCalendar,
    TimeOff,
    WorkingHours,
)
from scheduler_core.people import People
from tests.service.practice import DAY, HOUR, MINUTE, TALK, open_practice, rows

EXAM = AppointmentType(
    handle="exam",
    name="Examination",
    durations=(60 * MINUTE, 90 * MINUTE),
    buffer_before=15 * MINUTE,
    buffer_after=5 * MINUTE,
    minimum_notice=DAY,
    horizon=90 * DAY,
    interval=15 * MINUTE,
    daily_limit=3,
    channels=(Channel.IN_PERSON, Channel.PHONE),
    location="1 Example Street",
)
NOON = datetime(2026, 12, 1, 12)  # noqa: DTZ001  # local


def test_person_is_kept_as_added(people: People) -> None:
    added = people.add_person("eva-meyer", " Dr.  Eva Meyer", "eva@Example.org", "Asia/Calcutta", "de")

    assert added == Person(1, "eva-meyer", "Dr. Eva Meyer", "eva@example.org", "Asia/Kolkata", "de")
    assert people.get("eva-meyer") == added
    assert people.all() == [added]
    assert people.calendar("eva-meyer") == PersonCalendar(added)


def test_people_are_listed_by_name(people: People) -> None:
    for handle, name in (("a", "Zoe"), ("b", "Ann"), ("c", "Moe")):
        people.add_person(handle, name, "x@example.org", "UTC")

    assert [person.name for person in people.all()] == ["Ann", "Moe", "Zoe"]


def test_calendar_is_kept_as_set(people: People) -> None:
    people.add_person("eva", "Eva", "eva@example.org", "UTC")
    people.set_hours("eva", [WorkingHours(4, time(8), time(9))])
    weekly = (
        WorkingHours(0, time(9), time(12)),
        WorkingHours(0, time(13, 30), time(17)),
        WorkingHours(6, time(20), time.min),
    )
    extra = ExtraHours(date(2026, 12, 24), time(9), time(10))
    off = TimeOff(NOON, NOON + HOUR, "FREQ=WEEKLY")

    people.set_hours("eva", weekly)
    people.add_extra_hours("eva", extra)
    people.add_time_off("eva", off)

    assert people.calendar("eva") == PersonCalendar(people.get("eva"), weekly, (extra,), (off,))


def test_type_is_kept_as_added_and_as_changed(people: People) -> None:
    people.add_type(EXAM)
    people.add_type(TALK)
    assert people.types() == [TALK, EXAM]

    changed = replace(EXAM, name="Check-up", daily_limit=None, durations=(45 * MINUTE,))
    people.add_type(changed)

    assert people.type("exam") == changed


def test_offers_tell_who_does_what(people: People) -> None:
    people.add_type(EXAM)
    open_practice(people, "eva", "ben")
    people.offer("eva", "exam")
    people.offer("eva", "exam")
    eva, ben = people.get("eva"), people.get("ben")

    assert people.types_of("eva") == [TALK, EXAM]
    assert people.types_of("ben") == [TALK]
    assert people.people_of("talk") == [ben, eva]
    assert people.people_of("exam") == [eva]


def test_names_are_found_among_the_stored(people: People) -> None:
    open_practice(people, "eva", "ben")

    assert people.named("Dr. Eva") == [people.get("eva")]
    assert people.named("nobody") == []


def with_type(**policy: object) -> Callable[[People], object]:
    return lambda people: people.add_type(AppointmentType(**{**vars(TALK), **policy}))


FAULTS: list[tuple[str, Callable[[People], object], str]] = [
    ("handle taken", lambda p: p.add_person("eva", "Eva", "eva@example.org", "UTC"), "invalid_name"),
    ("handle", lambda p: p.add_person("Eva!", "Eva", "eva@example.org", "UTC"), "invalid_name"),
    ("long handle", lambda p: p.add_person("e" * 61, "Eva", "eva@example.org", "UTC"), "invalid_name"),
    ("name", lambda p: p.add_person("zoe", "Zoe\n", "zoe@example.org", "UTC"), "invalid_name"),
    ("address", lambda p: p.add_person("zoe", "Zoe", "zoe", "UTC"), "invalid_address"),
    ("zone", lambda p: p.add_person("zoe", "Zoe", "zoe@example.org", "Mars/Base"), "unknown_zone"),
    ("locale", lambda p: p.add_person("zoe", "Zoe", "zoe@example.org", "UTC", "e\0n"), "invalid_text"),
    ("nobody's hours", lambda p: p.set_hours("zoe", []), "unknown_person"),
    ("nobody", lambda p: p.get("zoe"), "unknown_person"),
    ("no handle", lambda p: p.get("eva\0"), "unknown_person"),
    ("no type", lambda p: p.type("exam"), "unknown_type"),
    ("no type to offer", lambda p: p.offer("eva", "exam"), "unknown_type"),
    ("nobody to offer", lambda p: p.offer("zoe", "talk"), "unknown_person"),
    ("weekday", lambda p: p.set_hours("eva", [WorkingHours(7, time(9), time(10))]), "invalid_time"),
    ("hours", lambda p: p.set_hours("eva", [WorkingHours(0, time(10), time(9))]), "invalid_time"),
    (
        "same start",
        lambda p: p.set_hours(
            "eva", [WorkingHours(0, time(9), time(10)), WorkingHours(0, time(9), time(11))]
        ),
        "invalid_time",
    ),
    (
        "hours with a zone",
        lambda p: p.set_hours("eva", [WorkingHours(0, time(9, tzinfo=UTC), time(10, tzinfo=UTC))]),
        "invalid_time",
    ),
    (
        "extra hours",
        lambda p: p.add_extra_hours("eva", ExtraHours(date(2026, 12, 1), time(10), time(9))),
        "invalid_time",
    ),
    (
        "extra hours of the year 1",
        lambda p: p.add_extra_hours("eva", ExtraHours(date.min, time(9), time(10))),
        "invalid_time",
    ),
    ("time off", lambda p: p.add_time_off("eva", TimeOff(NOON, NOON)), "invalid_time"),
    (
        "time off with a zone",
        lambda p: p.add_time_off("eva", TimeOff(NOON.replace(tzinfo=UTC), NOON.replace(tzinfo=UTC) + HOUR)),
        "invalid_time",
    ),
    ("rule", lambda p: p.add_time_off("eva", TimeOff(NOON, NOON + HOUR, "FREQ=SECONDLY")), "invalid_time"),
    ("far", lambda p: p.add_time_off("eva", TimeOff(NOON, NOON.replace(year=9999))), "invalid_time"),
    ("reminders", with_type(reminders=(HOUR, HOUR)), "invalid_duration"),
    ("type without length", with_type(durations=()), "invalid_duration"),
    ("type of no length", with_type(durations=(timedelta(),)), "invalid_duration"),
    ("type of seconds", with_type(durations=(timedelta(seconds=90),)), "invalid_duration"),
    ("type of days", with_type(durations=(2 * DAY,)), "invalid_duration"),
    ("no grid", with_type(interval=timedelta()), "invalid_duration"),
    ("negative buffer", with_type(buffer_after=-MINUTE), "invalid_duration"),
    ("buffer of days", with_type(buffer_before=2 * DAY), "invalid_duration"),
    ("notice beyond the horizon", with_type(minimum_notice=91 * DAY), "invalid_duration"),
    ("endless horizon", with_type(horizon=9999 * DAY), "invalid_duration"),
    ("none a day", with_type(daily_limit=0), "invalid_duration"),
    ("no channel", with_type(channels=()), "invalid_channel"),
    ("type without name", with_type(name=" "), "invalid_name"),
    ("type handle", with_type(handle="a b"), "invalid_name"),
    ("location", with_type(location="x" * 201), "invalid_text"),
]


@pytest.mark.parametrize(("attempt", "code"), [pytest.param(*row[1:], id=row[0]) for row in FAULTS])
def test_what_cannot_be_used_is_refused_and_nothing_written(
    people: People, store: Store, attempt: Callable[[People], object], code: str
) -> None:
    open_practice(people, "eva")
    before = everything(store)

    with pytest.raises(SchedulerError) as refused:
        attempt(people)

    assert refused.value.code == code
    assert everything(store) == before


def everything(store: Store) -> list[object]:
    tables = ("person", "working_hours", "extra_hours", "time_off", "appointment_type", "offer")
    return [rows(store, f"SELECT * FROM {table}") for table in tables]  # noqa: S608
