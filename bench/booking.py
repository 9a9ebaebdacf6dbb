"""Bookings by 32 clients: for one and the same slot, and spread over many people.

The floor is one row inserted and committed by the same clients in the same run: no booking can cost less.

    .venv/bin/python bench/booking.py [seconds]
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.synchronize import Barrier

from sqlalchemy import text

from bench._practice import DAY, MINUTE, NOW, Figures, practice, run, show
from scheduler_core.clock import FixedClock
from scheduler_core.db.store import Store
from scheduler_core.errors import SlotUnavailable
from scheduler_core.model import Actor, ActorKind, Attendee, Slot
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange

PROCESSES, THREADS, PEOPLE, ROUNDS = 4, 8, 200, 100
CLIENTS = PROCESSES * THREADS
ANN = Attendee("Ann Lee", "ann@example.com", "Asia/Tokyo")
ROW = "x" * 140  # about as many bytes as a booking has

_barrier: Barrier


@dataclass
class Client:
    """One of those who book; it keeps how long each attempt took, in seconds."""

    number: int
    store: Store
    scheduler: Scheduler
    won: int = 0
    times: list[float] = field(default_factory=list)

    def insert(self, count: int) -> None:
        """The floor."""
        statement = text("INSERT INTO floor (one, other) VALUES (:one, :other)")
        with self._timed(), self.store.transaction() as connection:
            connection.execute(statement, {"one": count, "other": ROW})

    def book_own(self, count: int) -> None:
        """Always another slot, of people whom no other client wants."""
        person = self.number + CLIENTS * (count % (PEOPLE // CLIENTS)) + 1
        place = count // (PEOPLE // CLIENTS)
        self._book(person, DAY * (place // 8 + 1) + 60 * MINUTE * (place % 8))

    def book_same(self, count: int) -> None:
        """The slot that all want in this round; who loses is told what is near."""
        _barrier.wait(60)
        self._book(count % PEOPLE + 1, DAY * (count // PEOPLE + 1))

    def _book(self, person: int, after: timedelta) -> None:
        slot = Slot(TimeRange.starting(NOW + after, 30 * MINUTE), (f"p{person}",), "talk")
        actor = Actor(ActorKind.OPERATOR, f"client {self.number}")
        with self._timed(), suppress(SlotUnavailable):
            self.scheduler.book(slot, ANN, key=f"{person} {slot.time.start}", actor=actor)
            self.won += 1

    @contextmanager
    def _timed(self) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.times.append(time.perf_counter() - begin)


Work = Callable[[Client, int], None]


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    with practice(PEOPLE) as url:
        run(
            url,
            "CREATE TABLE floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, one int, other text)",
        )
        floor = race(url, Client.insert, seconds=seconds)
        own = race(url, Client.book_own, seconds=seconds)
        run(url, "TRUNCATE booking, request, outbox CASCADE")
        same = race(url, Client.book_same, rounds=ROUNDS)
    show(
        f"{CLIENTS} clients",
        ("", "a second", "of floor", "p50 ms", "p99 ms"),
        [
            ("floor: one row", round(floor.rate), "100%", *floor.milliseconds),
            ("bookings, many people", round(own.rate), f"{own.rate / floor.rate:.0%}", *own.milliseconds),
            (f"attempts, one slot ({same.won} of {ROUNDS} rounds won)", "", "", *same.milliseconds),
        ],
    )


@dataclass(frozen=True)
class Result:
    """What came of a race."""

    won: int
    times: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def milliseconds(self) -> tuple[str, str]:
        figures = Figures(self.times)
        return f"{figures.median:.1f}", f"{figures.worst_but_one_percent:.1f}"


def race(url: str, work: Work, *, seconds: float = 3600, rounds: int = sys.maxsize) -> Result:
    """Lets all clients work, for so long or so often."""
    spawned = multiprocessing.get_context("spawn")
    barrier = spawned.Barrier(CLIENTS)
    with ProcessPoolExecutor(PROCESSES, spawned, initializer=_meet_at, initargs=(barrier,)) as pool:
        runs = [
            pool.submit(_run, url, work, number * THREADS, seconds, rounds) for number in range(PROCESSES)
        ]
        results = [run.result() for run in runs]
    return Result(
        won=sum(result.won for result in results),
        times=[one for result in results for one in result.times],
        seconds=max(result.seconds for result in results),
    )


def _meet_at(barrier: Barrier) -> None:
    """Runs first in each process, which is given the barrier at its birth."""
    global _barrier  # noqa: PLW0603  # a process has one
    _barrier = barrier


def _run(url: str, work: Work, first: int, seconds: float, rounds: int) -> Result:
    store = Store(url, pool_size=THREADS)
    scheduler = Scheduler(store, FixedClock(NOW))
    clients = [Client(first + number, store, scheduler) for number in range(THREADS)]

    def work_on(client: Client) -> float:
        scheduler.change()  # connects
        _barrier.wait(60)
        begin = time.perf_counter()
        for count in range(rounds):
            work(client, count)
            if time.perf_counter() - begin > seconds:
                break
        return time.perf_counter() - begin

    with ThreadPoolExecutor(THREADS) as pool:
        took = max(pool.map(work_on, clients))
    store.close()
    return Result(sum(one.won for one in clients), [t for one in clients for t in one.times], took)


if __name__ == "__main__":
    main()
