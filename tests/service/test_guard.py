"""The tables guard themselves, whoever writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from scheduler_core.db.booking_rows import booking_values, person_values
from scheduler_core.db.store import Store
from scheduler_core.db.tables import booking, booking_person
from scheduler_core.model import Booking, Status
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.service.practice import at, book, open_practice, slot

EXCLUSION, CHECK = "23P01", "23514"
# No range, and so no row, can be made of the bounds; versions of PostgreSQL call that by different names.
NO_RANGE = ("22000", "22003", "22008", "0A000")


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


@pytest.fixture
def booked(scheduler: Scheduler) -> Booking:
    return book(scheduler, slot("10:00"))


def write(store: Store, like: Booking, **changes: Any) -> str | None:
    """Writes a row of booking_person past the one door; the code of the error, if there is one."""
    (row,) = person_values(replace(like, uid=like.uid))
    with store.engine.connect() as connection:
        try:
            connection.execute(insert(booking_person).values({**row, "part": 1, **changes}))
        except DBAPIError as error:
            return str(getattr(error.orig, "pgcode", None))
        return None


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("10:00", "10:30", EXCLUSION),
        ("10:10", "10:20", EXCLUSION),
        ("09:00", "11:00", EXCLUSION),
        ("09:30", "10:00", None),
        ("10:30", "11:00", None),
        ("09:30", "10:01", EXCLUSION),
        ("10:29", "11:00", EXCLUSION),
    ],
)
@pytest.mark.parametrize("status", ["TENTATIVE", "CONFIRMED"])
def test_time_that_is_taken_cannot_be_written(
    store: Store, booked: Booking, start: str, end: str, code: str | None, status: str
) -> None:
    assert write(store, booked, starts=at(start), ends=at(end), status=status) == code


def test_cancelled_row_and_other_person_are_in_nobodys_way(
    store: Store, booked: Booking, people: People
) -> None:
    assert write(store, booked, status="CANCELLED") is None
    assert write(store, booked, person_number=people.get("ben").number) is None


def test_cancelled_row_cannot_come_back_over_another(
    store: Store, scheduler: Scheduler, booked: Booking
) -> None:
    book(scheduler, slot("11:00"))

    with store.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(
            text("UPDATE booking_person SET starts = :start, ends = :end WHERE uid = :uid"),
            {"start": at("11:00"), "end": at("11:30"), "uid": booked.uid},
        )

    assert getattr(refused.value.orig, "pgcode", None) == EXCLUSION


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at("12:00"), at("12:00")),
        (at("12:00"), at("11:00")),
        (at("12:00"), at("12:00") + timedelta(days=31, seconds=1)),
        (datetime(1999, 12, 31, tzinfo=UTC), datetime(1999, 12, 31, 1, tzinfo=UTC)),
        (datetime(2499, 12, 31, tzinfo=UTC), datetime(2500, 1, 1, tzinfo=UTC)),
        ("-infinity", at("12:00")),
        (at("12:00"), "infinity"),
        (at("12:00"), None),
        (None, at("12:00")),
        (None, None),  # a confirmed booking takes time
    ],
)
def test_time_without_sense_cannot_be_written(
    store: Store, booked: Booking, start: object, end: object
) -> None:
    assert write(store, booked, starts=start, ends=end, status="CONFIRMED") in {CHECK, *NO_RANGE}


def test_shortest_time_is_guarded_too(store: Store, booked: Booking) -> None:
    moment = at("12:00") + timedelta(milliseconds=50)

    assert write(store, booked, starts=moment, ends=moment + timedelta(milliseconds=20)) is None
    assert write(store, booked, starts=at("10:00"), ends=at("10:00") + timedelta(milliseconds=1)) == EXCLUSION


def test_highest_person_number_keeps_to_itself(store: Store, booked: Booking) -> None:
    numbers = (67_108_862, 67_108_863)
    with store.transaction() as connection:
        for number in numbers:
            connection.execute(
                text(
                    "INSERT INTO person (number, handle, name, email, zone, locale) "
                    "OVERRIDING SYSTEM VALUE VALUES (:number, :handle, 'N', 'n@example.org', 'UTC', 'en')"
                ),
                {"number": number, "handle": f"n{number}"},
            )
        for number in numbers:
            (row,) = person_values(booked)
            last = TimeRange(datetime(2499, 12, 31, tzinfo=UTC), datetime(2499, 12, 31, 23, tzinfo=UTC))
            values = {"person_number": number, "starts": last.start, "ends": last.end}
            connection.execute(insert(booking_person).values({**row, **values}))

    with store.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(
            text(
                "INSERT INTO person (number, handle, name, email, zone, locale) OVERRIDING SYSTEM VALUE "
                "VALUES (67108864, 'more', 'N', 'n@example.org', 'UTC', 'en')"
            )
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.CONFIRMED, "attendee": None},
        {"status": Status.TENTATIVE, "hold_expires": None},
    ],
)
def test_booking_without_sense_cannot_be_written(
    store: Store, booked: Booking, changes: dict[str, Any]
) -> None:
    row = booking_values(replace(booked, uid=uuid4(), reference="other", **changes))

    with store.engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.execute(insert(booking).values(row))

    assert getattr(refused.value.orig, "pgcode", None) == CHECK
