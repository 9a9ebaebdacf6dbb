"""What the database and the calculus find together is what the calculus finds alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import insert

from scheduler_core import availability, nearby
from scheduler_core.db.booking_rows import booking_values, person_values
from scheduler_core.db.calendars import with_busy
from scheduler_core.db.store import Store
from scheduler_core.db.tables import booking, booking_person
from scheduler_core.model import (
    AppointmentType,
    Booking,
    Busy,
    Channel,
    Order,
    PersonCalendar,
    Slot,
    Status,
    Wish,
    WorkingHours,
)
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange, merge
from tests.conftest import NOW, MovableClock, empty
from tests.service.practice import ANN, CHAT, DAY, HOUR, MINUTE, TALK

QUARTER = 15 * MINUTE
HORIZON = TimeRange(NOW, NOW + 4 * DAY)
ZONES = {"ann": "Europe/Berlin", "bob": "Asia/Kolkata", "cyd": "America/Sao_Paulo"}
GROUPS = [frozenset(names) for names in (("ann",), ("bob",), ("ann", "bob"), ("bob", "cyd"))]
EXAM = replace(TALK, handle="exam", buffer_before=QUARTER, buffer_after=2 * QUARTER)


@dataclass(frozen=True)
class Taken:
    """Something in the calendar, whatever the rules say of it."""

    people: tuple[str, ...]
    time: TimeRange
    kind: str
    status: Status
    expires: timedelta


def ranges(length: timedelta) -> st.SearchStrategy[TimeRange]:
    return st.integers(-8, 4 * 72).map(lambda quarter: TimeRange.starting(NOW + quarter * QUARTER, length))


takings = st.builds(
    Taken,
    st.sampled_from([("ann",), ("bob",), ("cyd",), ("ann", "bob")]),
    st.sampled_from([2, 3, 4]).flatmap(lambda quarters: ranges(quarters * QUARTER)),
    st.sampled_from(["talk", "exam"]),
    st.sampled_from(list(Status)),
    st.sampled_from([-MINUTE, timedelta(), MINUTE]),
)
kinds = st.builds(
    lambda before, after, limit, notice: replace(
        TALK,
        buffer_before=before * QUARTER,
        buffer_after=after * QUARTER,
        minimum_notice=notice * HOUR,
        horizon=3 * DAY,
        daily_limit=limit,
    ),
    st.integers(0, 2),
    st.integers(0, 2),
    st.sampled_from([None, 1, 3]),
    st.sampled_from([0, 5]),
)
wishes = st.builds(
    Wish,
    windows=st.lists(ranges(6 * HOUR), max_size=3).map(tuple),
    excluded=st.lists(ranges(HOUR), max_size=2).map(tuple),
    anyone_of=st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True).map(tuple),
)


@pytest.fixture(scope="module")
def practice(shared_store: Store) -> Store:
    """Three people in three zones; made once, as only bookings and the policy change."""
    empty(shared_store)
    people = People(shared_store)
    for kind in (TALK, EXAM):
        people.add_type(kind)
    for handle, zone in ZONES.items():
        people.add_person(handle, handle.title(), f"{handle}@example.org", zone)
        people.set_hours(
            handle,
            [
                WorkingHours(day, start, end)
                for day in range(7)
                for start, end in ((time(8), time(12)), (time(13), time(18, 30)))
            ],
        )
        people.offer(handle, "talk")
    return shared_store


def booking_of(one: Taken, people: People, kind: AppointmentType) -> Booking:
    """The booking of which it is said."""
    return Booking(
        uid=uuid4(),
        reference=uuid4().hex,
        kind=replace(kind, handle=one.kind),
        people=tuple(people.get(handle) for handle in one.people),
        time=one.time,
        status=one.status,
        version=1,
        sequence=0,
        actor=CHAT,
        channel=Channel.JITSI,
        attendee=ANN if one.status is Status.CONFIRMED else None,
        hold_expires=NOW + one.expires if one.status is Status.TENTATIVE else None,
        created_at=NOW,
        updated_at=NOW,
    )


def put(store: Store, wanted: Sequence[Taken]) -> list[Taken]:
    """Writes what the guard lets in, over what was there before, and gives that."""
    people = People(store)
    rows = [(one, booking_of(one, people, TALK)) for one in wanted]
    let_in = []
    with store.transaction() as connection:
        connection.execute(booking.delete())
        for one, row in rows:
            with connection.begin_nested() as savepoint:
                connection.execute(insert(booking).values(booking_values(row)))
                statement = insert(booking_person).values(person_values(row)).on_conflict_do_nothing()
                written = connection.execute(statement.returning(booking_person.c.uid)).all()
                if len(written) == len(one.people):
                    let_in.append(one)
                else:
                    savepoint.rollback()
    return let_in


def calendars(store: Store, taken: Sequence[Taken], kind: AppointmentType) -> dict[str, PersonCalendar]:
    """The calendars, filled in without the database's help."""
    policies = {"talk": kind, "exam": EXAM}
    people = People(store)
    return {
        handle: replace(
            people.calendar(handle),
            busy=tuple(
                Busy(
                    one.time,
                    policies[one.kind].buffer_before,
                    policies[one.kind].buffer_after,
                    one.kind,
                    uuid4(),
                )
                for one in taken
                if handle in one.people
                and (
                    one.status is Status.CONFIRMED
                    or (one.status is Status.TENTATIVE and one.expires > timedelta())
                )
            ),
        )
        for handle in ZONES
    }


def expected(wish: Wish, kind: AppointmentType, known: dict[str, PersonCalendar]) -> list[Slot]:
    """What the calculus alone finds, in the order of the wished groups."""
    windows = merge(wish.windows) or [HORIZON]
    return [
        slot
        for group in wish.anyone_of
        for slot in availability.open_slots([known[handle] for handle in sorted(group)], kind, HORIZON, NOW)
        if any(window.contains(slot.time) for window in windows)
        and not any(slot.time.overlaps(excluded) for excluded in wish.excluded)
    ]


@given(taken=st.lists(takings, max_size=12), kind=kinds, wish=wishes, limit=st.integers(1, 6))
def test_search_finds_what_the_calculus_finds(
    practice: Store, taken: list[Taken], kind: AppointmentType, wish: Wish, limit: int
) -> None:
    People(practice).add_type(kind)
    known = calendars(practice, put(practice, taken), kind)
    scheduler = Scheduler(practice, MovableClock())
    slots = expected(wish, kind, known)
    first_of_start: dict[object, Slot] = {}
    for slot in slots:
        first_of_start.setdefault(slot.time.start, slot)
    one_a_start = sorted(first_of_start.values())

    def found(order: Order, most: int | None) -> list[Slot]:
        return scheduler.open_slots(kind="talk", wish=replace(wish, order=order), limit=most)

    assert found(Order.EARLIEST, None) == sorted(slots)
    assert found(Order.EARLIEST, limit) == one_a_start[:limit]
    assert found(Order.LATEST, limit) == one_a_start[-limit:]
    assert set(found(Order.SPREAD, limit)) <= set(one_a_start)
    assert len(found(Order.SPREAD, limit)) == min(limit, len(one_a_start))


@given(
    taken=st.lists(takings, max_size=12),
    kind=kinds,
    time=ranges(30 * MINUTE),
    group=st.sampled_from(GROUPS),
)
def test_what_the_look_has_seen_is_as_near_as_what_the_search_finds(
    practice: Store, taken: list[Taken], kind: AppointmentType, time: TimeRange, group: frozenset[str]
) -> None:
    People(practice).add_type(kind)
    put(practice, taken)
    people = People(practice)
    wanted = booking_of(Taken(tuple(sorted(group)), time, "talk", Status.CONFIRMED, MINUTE), people, kind)
    bare = [people.calendar(person.handle) for person in wanted.people]
    with practice.reading() as connection:
        looked = with_busy(connection, bare, time, NOW)
        searched = nearby.nearest(connection, wanted, NOW, instead_of=None)

    seen = nearby.seen(looked, wanted, NOW)

    assert seen == searched or len(seen) < nearby.MOST


@given(
    taken=st.lists(takings, max_size=8), kind=kinds, wanted=ranges(30 * MINUTE), group=st.sampled_from(GROUPS)
)
def test_refusal_is_what_the_calculus_says(
    practice: Store, taken: list[Taken], kind: AppointmentType, wanted: TimeRange, group: frozenset[str]
) -> None:
    People(practice).add_type(kind)
    known = calendars(practice, put(practice, taken), kind)
    people = tuple(sorted(group))

    said = Scheduler(practice, MovableClock()).refusal(Slot(wanted, people, "talk"))

    assert said == availability.refusal([known[handle] for handle in people], kind, wanted, NOW)
