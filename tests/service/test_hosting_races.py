"""An illness told while others tell it, too, or book into it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from uuid import UUID

from scheduler_core.db.store import Store
from scheduler_core.errors import SlotUnavailable
from scheduler_core.hosting import Hosting
from scheduler_core.model import Actor, ActorKind
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.conftest import MovableClock
from tests.service.practice import OPERATOR, at, book, open_practice, rows, slot

EVA = Actor(ActorKind.PERSON, "eva")
DAY = TimeRange(at("00:00"), at("00:00", 2))
HALF_HOURS = [f"{hour:02}:{minute}" for hour in range(9, 17) for minute in ("00", "30")]


def at_once[Answer](*work: Callable[[], Answer]) -> list[Answer]:
    """What each of them gave, all begun at the same moment."""
    barrier = Barrier(len(work))

    def run(one: Callable[[], Answer]) -> Answer:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def test_illness_told_by_many_at_once_is_one(store: Store, clock: MovableClock, people: People) -> None:
    open_practice(people, "eva", "ben")
    scheduler, hosting = Scheduler(store, clock), Hosting(store, clock)
    for time in HALF_HOURS[:4]:
        book(scheduler, slot(time), OPERATOR)
    book(scheduler, slot(HALF_HOURS[5], "ben", "eva"), OPERATOR)

    told_it = at_once(*(partial(hosting.be_ill, [DAY], key=str(key), actor=EVA) for key in range(8)))

    assert len({absence.id for absence in told_it}) == 1
    assert [len(absence.called_off) for absence in told_it] == [5] * 8
    assert len(people.calendar("eva").time_off) == 1
    counts = rows(store, "SELECT topic, count(*) FROM outbox GROUP BY topic ORDER BY topic")
    told = {row.topic: row[1] for row in counts}
    assert (told["mail_host_away"], told["latecomers"]) == (5, 1)


def test_nothing_is_booked_in_the_end_where_somebody_is_ill(
    store: Store, clock: MovableClock, people: People
) -> None:
    open_practice(people, "eva", "ben")
    scheduler, hosting = Scheduler(store, clock), Hosting(store, clock)

    def try_to_book(time: str) -> None:
        with suppress(SlotUnavailable):
            book(scheduler, slot(time), OPERATOR)

    def be_ill() -> UUID | None:
        return hosting.be_ill([DAY], key="ill", actor=EVA).id

    illness, *_ = at_once(be_ill, *(partial(try_to_book, time) for time in HALF_HOURS[:12]))
    assert illness is not None
    hosting.call_off_latecomers(illness)

    assert rows(store, "SELECT count(*) FROM booking WHERE status = 'CONFIRMED'") == [(0,)]
    made = rows(store, "SELECT uid FROM booking")
    called_off = rows(store, "SELECT unnest(bookings) AS uid FROM host_change")
    assert sorted(called_off) == sorted(made)
