from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from scheduler_core import demo, zones
from scheduler_core.db.store import Store
from scheduler_core.model import Order, Reason, Slot, Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.practice import OPERATOR, everything, rows

DAY = timedelta(days=1)


def agenda(scheduler: Scheduler, clock: MovableClock) -> list[tuple[str, str, str, str]]:
    """Local start, person, type and attendee of what is booked in the next two weeks."""
    window = TimeRange(clock.now(), clock.now() + 16 * DAY)
    return [
        (
            f"{zones.to_wall(one.time.start, one.organizer.zone):%Y-%m-%d %H:%M}",
            one.organizer.handle,
            one.kind.handle,
            one.attendee.name if one.attendee else "",
        )
        for one in scheduler.agenda(people=[], window=window, actor=OPERATOR)
    ]


def test_demo_has_its_people_and_types(store: Store, clock: MovableClock, people: People) -> None:
    added = demo.seed(store, clock)

    assert added == ["eva-meyer", "ben-okafor", "ana-souza", "priya-nair"]
    assert [(one.handle, one.zone, one.email) for one in people.all()] == [
        ("ana-souza", "America/Sao_Paulo", "ana.souza@example.org"),
        ("ben-okafor", "Europe/London", "ben.okafor@example.org"),
        ("eva-meyer", "Europe/Berlin", "eva.meyer@example.org"),
        ("priya-nair", "Asia/Kolkata", "priya.nair@example.org"),
    ]
    assert tuple(people.types()) == demo.TYPES
    assert [one.handle for one in people.people_of("examination")] == ["eva-meyer"]


@pytest.mark.usefixtures("demo")
def test_demo_is_booked_on_working_days_after_today(scheduler: Scheduler, clock: MovableClock) -> None:
    assert agenda(scheduler, clock) == [
        ("2026-11-25 11:30", "priya-nair", "consultation", "Arjun Mehta"),
        ("2026-11-25 09:30", "eva-meyer", "consultation", "Jonas Weber"),
        ("2026-11-25 10:00", "ana-souza", "consultation", "Rafael Lima"),
        ("2026-11-26 15:00", "priya-nair", "consultation", "Divya Rao"),
        ("2026-11-26 11:00", "ben-okafor", "consultation", "Grace Hall"),
        ("2026-11-26 14:30", "ben-okafor", "intro", "Oliver Marsh"),
        ("2026-11-27 11:00", "eva-meyer", "consultation", "Mia Hoffmann"),
        ("2026-11-28 12:00", "ana-souza", "consultation", "Julia Alves"),
        ("2026-11-30 09:00", "eva-meyer", "examination", "Paul Richter"),
        ("2026-12-01 09:30", "priya-nair", "intro", "Kiran Shah"),
        ("2026-12-01 11:00", "eva-meyer", "consultation", "Lea Brandt"),
        ("2026-12-01 10:30", "ben-okafor", "consultation", "Ivy Sutton"),
        ("2026-12-02 09:15", "ana-souza", "intro", "Pedro Rocha"),
    ]


@pytest.mark.usefixtures("demo")
def test_demo_tells_nobody(store: Store) -> None:
    assert rows(store, "SELECT * FROM outbox") == []


@pytest.mark.usefixtures("demo")
def test_demo_filled_in_again_changes_nothing(
    store: Store, clock: MovableClock, scheduler: Scheduler, people: People
) -> None:
    before = everything(store), scheduler.change(), people.calendar("eva-meyer")
    clock.move(9 * DAY)

    assert demo.seed(store, clock) == []

    assert (everything(store), scheduler.change(), people.calendar("eva-meyer")) == before


@pytest.mark.parametrize("days", range(7))
@pytest.mark.parametrize("hour", [0, 11, 23])
def test_demo_can_be_filled_in_at_any_time(
    store: Store, clock: MovableClock, scheduler: Scheduler, days: int, hour: int
) -> None:
    clock.move(days * DAY + timedelta(hours=hour - 9))

    demo.seed(store, clock)

    assert len(agenda(scheduler, clock)) == 13


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("start", "who", "reason"),
    [
        ("2026-11-26 10:00", "eva-meyer", Reason.TIME_OFF),
        ("2026-12-03 10:00", "eva-meyer", Reason.TIME_OFF),
        ("2026-11-30 12:00", "ben-okafor", Reason.TIME_OFF),
        ("2026-11-27 08:00", "ana-souza", Reason.TIME_OFF),
        ("2026-12-02 10:00", "priya-nair", Reason.TIME_OFF),
        ("2026-11-25 09:30", "eva-meyer", Reason.TAKEN),
        ("2026-11-25 10:00", "eva-meyer", Reason.TAKEN),  # five minutes of quiet
        ("2026-11-25 10:30", "eva-meyer", None),
        ("2026-11-27 13:00", "eva-meyer", Reason.OUTSIDE_HOURS),
    ],
)
def test_not_everything_is_free(
    scheduler: Scheduler, people: People, start: str, who: str, reason: Reason | None
) -> None:
    instant = zones.to_instant(datetime.fromisoformat(start), people.get(who).zone)
    wanted = Slot(TimeRange.starting(instant, timedelta(minutes=30)), (who,), "consultation")

    assert scheduler.refusal(wanted) is reason


@pytest.mark.usefixtures("demo")
def test_everybody_has_something_open(scheduler: Scheduler, people: People) -> None:
    found = [
        (kind.handle, person.handle)
        for kind in people.types()
        for person in people.people_of(kind.handle)
        if scheduler.open_slots(
            kind=kind.handle,
            wish=Wish(anyone_of=(frozenset({person.handle}),), order=Order.EARLIEST),
            limit=1,
        )
    ]

    assert len(found) == 9
