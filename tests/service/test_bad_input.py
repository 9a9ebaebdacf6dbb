"""What cannot be meant is refused with a code, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from scheduler_core.db.store import Store
from scheduler_core.errors import SchedulerError
from scheduler_core.model import Actor, ActorKind, Attendee, Channel, Details, Slot, Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import NOW
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    TALK,
    at,
    book,
    everything,
    open_practice,
    slot,
)

NAIVE = datetime(2026, 12, 1, 10)  # noqa: DTZ001  # what is refused
BEFORE_ALL = datetime(1, 1, 1, tzinfo=timezone(14 * HOUR))  # in UTC it would lie in the year 0
SOON = at("10:00")
LONG = "x" * 10_000
LINE_BREAK = "Ann\r\nBcc: eve@example.com"


def long_from_now(length: timedelta) -> Slot:
    return Slot(TimeRange.starting(datetime(9999, 12, 30, tzinfo=UTC), length), ("eva",), "talk")


SLOTS: list[tuple[str, Callable[[], Slot], str]] = [
    ("naive start", lambda: Slot(TimeRange(NAIVE, SOON), ("eva",), "talk"), "invalid_time"),
    ("naive end", lambda: Slot(TimeRange(SOON, NAIVE + HOUR), ("eva",), "talk"), "invalid_time"),
    ("end before start", lambda: Slot(TimeRange(SOON, SOON - HOUR), ("eva",), "talk"), "invalid_time"),
    ("no length", lambda: Slot(TimeRange(SOON, SOON), ("eva",), "talk"), "invalid_time"),
    (
        "past",
        lambda: Slot(TimeRange.starting(NOW - DAY, 30 * MINUTE), ("eva",), "talk"),
        "slot_unavailable",
    ),
    (
        "year 1",
        lambda: Slot(TimeRange.starting(datetime.min.replace(tzinfo=UTC), 30 * MINUTE), ("eva",), "talk"),
        "invalid_time",
    ),
    ("year 9999", lambda: long_from_now(30 * MINUTE), "invalid_time"),
    (
        "beyond the horizon",
        lambda: Slot(TimeRange.starting(SOON + 365 * DAY, 30 * MINUTE), ("eva",), "talk"),
        "slot_unavailable",
    ),
    ("other length", lambda: slot("10:00", length=31 * MINUTE), "invalid_duration"),
    ("a year long", lambda: slot("10:00", length=365 * DAY), "invalid_duration"),
    ("unknown person", lambda: slot("10:00", "nobody"), "unknown_person"),
    ("one of two unknown", lambda: slot("10:00", "eva", "nobody"), "unknown_person"),
    ("nobody", lambda: replace(slot("10:00"), people=()), "unknown_person"),
    ("no handle", lambda: slot("10:00", "eva\0"), "unknown_person"),
    ("half a character", lambda: slot("10:00", "\ud800"), "unknown_person"),
    ("long handle", lambda: slot("10:00", LONG), "unknown_person"),
    ("statement", lambda: slot("10:00", "'; DROP TABLE booking; --"), "unknown_person"),
    ("unknown type", lambda: slot("10:00", kind="exam"), "unknown_type"),
    ("not offered", lambda: slot("10:00", "ben"), "unknown_type"),
    ("type is no handle", lambda: slot("10:00", kind="talk\0"), "unknown_type"),
]
ATTENDEES: list[tuple[str, Callable[[], Attendee], str]] = [
    ("no name", lambda: replace(ANN, name=""), "invalid_name"),
    ("long name", lambda: replace(ANN, name=LONG), "invalid_name"),
    ("line break in name", lambda: replace(ANN, name=LINE_BREAK), "invalid_name"),
    ("no address", lambda: replace(ANN, email="ann"), "invalid_address"),
    ("two addresses", lambda: replace(ANN, email="a@example.com, b@example.com"), "invalid_address"),
    (
        "line break in address",
        lambda: replace(ANN, email="a@example.com\nBcc: b@example.com"),
        "invalid_address",
    ),
    ("long address", lambda: replace(ANN, email=f"{LONG}@example.com"), "invalid_address"),
    ("unknown zone", lambda: replace(ANN, zone="Mars/Base"), "unknown_zone"),
    ("long locale", lambda: replace(ANN, locale=LONG), "invalid_text"),
    ("control character in locale", lambda: replace(ANN, locale="e\0n"), "invalid_text"),
    ("half a character as locale", lambda: replace(ANN, locale="\ud800"), "invalid_text"),
]
DETAILS: list[tuple[str, Callable[[], Details], str]] = [
    ("other channel", lambda: Details(Channel.ZOOM), "invalid_channel"),
    ("phone without number", lambda: Details(Channel.PHONE), "invalid_channel"),
    ("long note", lambda: Details(note=LONG), "invalid_text"),
    ("control character", lambda: Details(note="a\0b"), "invalid_text"),
    ("long phone number", lambda: Details(Channel.PHONE, phone="1" * 100), "invalid_text"),
]


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")
    people.add_person("ben", "Ben", "ben@example.org", "UTC")


def code_of(attempt: Callable[[], object]) -> str:
    with pytest.raises(SchedulerError) as refused:
        attempt()
    return refused.value.code


@pytest.mark.parametrize(("wanted", "code"), [pytest.param(*row[1:], id=row[0]) for row in SLOTS])
def test_slot_that_cannot_be_meant_is_refused(
    scheduler: Scheduler, store: Store, wanted: Callable[[], Slot], code: str
) -> None:
    before = everything(store)

    codes = {
        code_of(lambda: scheduler.hold(wanted(), key="hold", actor=CHAT)),
        code_of(lambda: scheduler.book(wanted(), ANN, key="book", actor=CHAT)),
    }

    assert codes == {code}
    assert everything(store) == before


@pytest.mark.parametrize(("attendee", "code"), [pytest.param(*row[1:], id=row[0]) for row in ATTENDEES])
def test_attendee_that_cannot_be_meant_is_refused(
    scheduler: Scheduler, store: Store, attendee: Callable[[], Attendee], code: str
) -> None:
    held = scheduler.hold(slot("10:00"), key="hold", actor=CHAT)
    before = everything(store)

    codes = {
        code_of(lambda: scheduler.confirm(held.uid, attendee(), key="confirm", actor=CHAT)),
        code_of(lambda: scheduler.book(slot("11:00"), attendee(), key="book", actor=CHAT)),
    }

    assert codes == {code}
    assert everything(store) == before


@pytest.mark.parametrize(("details", "code"), [pytest.param(*row[1:], id=row[0]) for row in DETAILS])
def test_details_that_cannot_be_meant_are_refused(
    scheduler: Scheduler, store: Store, details: Callable[[], Details], code: str
) -> None:
    held = scheduler.hold(slot("10:00"), key="hold", actor=CHAT)
    before = everything(store)

    codes = {
        code_of(lambda: scheduler.confirm(held.uid, ANN, details=details(), key="confirm", actor=CHAT)),
        code_of(lambda: scheduler.book(slot("11:00"), ANN, details=details(), key="book", actor=CHAT)),
    }

    assert codes == {code}
    assert everything(store) == before


@pytest.mark.parametrize(
    ("start", "length", "code"),
    [
        (NAIVE, None, "invalid_time"),
        (datetime.max.replace(tzinfo=UTC), None, "invalid_time"),
        (datetime.min.replace(tzinfo=UTC), None, "invalid_time"),
        (BEFORE_ALL, None, "invalid_time"),
        (NOW - DAY, None, "slot_unavailable"),
        (SOON + 365 * DAY, None, "slot_unavailable"),
        (SOON + HOUR, 7 * MINUTE, "invalid_duration"),
    ],
)
def test_move_that_cannot_be_meant_is_refused(
    scheduler: Scheduler, store: Store, start: datetime, length: timedelta | None, code: str
) -> None:
    booked = book(scheduler, slot("10:00"))
    before = everything(store)

    said = code_of(
        lambda: scheduler.reschedule(booked.uid, start, version=1, key="move", actor=CHAT, length=length)
    )

    assert said == code
    assert everything(store) == before
    assert scheduler.find(booked.uid, actor=CHAT) == booked


@pytest.mark.parametrize(
    ("kind", "wish", "zone", "code"),
    [
        ("exam", Wish(), "UTC", "unknown_type"),
        ("talk\0", Wish(), "UTC", "unknown_type"),
        ("talk", Wish(anyone_of=(frozenset({"nobody"}),)), "UTC", "unknown_person"),
        ("talk", Wish(anyone_of=(frozenset({"ben"}),)), "UTC", "unknown_type"),
        ("talk", Wish(length=7 * MINUTE), "UTC", "invalid_duration"),
        ("talk", Wish(starts=(NAIVE,)), "UTC", "invalid_time"),
        ("talk", Wish(starts=(datetime.max.replace(tzinfo=UTC),)), "UTC", "invalid_time"),
        ("talk", Wish(starts=(BEFORE_ALL,)), "UTC", "invalid_time"),
        ("talk", Wish(), "Mars/Base", "unknown_zone"),
    ],
)
def test_wish_that_cannot_be_meant_is_refused(
    scheduler: Scheduler, kind: str, wish: Wish, zone: str, code: str
) -> None:
    assert code_of(lambda: scheduler.open_slots(kind=kind, wish=wish, limit=3, zone=zone)) == code


@pytest.mark.parametrize("actor", ["", "a\0", LONG])
def test_actor_without_a_usable_name_is_refused(scheduler: Scheduler, store: Store, actor: str) -> None:
    before = everything(store)

    nobody = Actor(ActorKind.CONVERSATION, actor)

    assert code_of(lambda: scheduler.hold(slot("10:00"), key="one", actor=nobody)) == "invalid_text"
    assert everything(store) == before


@pytest.mark.parametrize(
    ("start", "end"),
    [(SOON, SOON + 101 * DAY), (datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC) + DAY)],
)
def test_calendar_is_not_shown_for_ever(scheduler: Scheduler, start: datetime, end: datetime) -> None:
    assert code_of(lambda: scheduler.calendar("eva", TimeRange(start, end))) == "invalid_time"


@pytest.mark.parametrize("person", ["nobody", "eva\0", "\ud800", LONG, "eva' OR 1=1"])
def test_agenda_of_nobody_is_empty(scheduler: Scheduler, person: str) -> None:
    booked = book(scheduler, slot("10:00"))
    window = TimeRange(SOON, SOON + DAY)

    assert scheduler.agenda(people=[person], window=window, actor=CHAT) == []
    assert scheduler.agenda(people=[person, "eva"], window=window, actor=CHAT) == [booked]


def test_calendar_of_nobody_is_not_shown(scheduler: Scheduler) -> None:
    window = TimeRange(SOON, SOON + DAY)

    assert code_of(lambda: scheduler.calendar("nobody", window)) == "unknown_person"
    assert code_of(lambda: scheduler.calendar("eva' OR 1=1", window)) == "unknown_person"


def test_type_of_the_practice_is_what_the_table_says(people: People) -> None:
    assert people.type("talk") == TALK
