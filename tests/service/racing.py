"""Clients that really race: threads in several processes, each attempt begun at a common barrier."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from random import Random

from scheduler_core import use_cases
from scheduler_core.db.bookings import Refused
from scheduler_core.db.requests import Request
from scheduler_core.db.store import Collision, Store
from scheduler_core.errors import Conflict
from scheduler_core.model import EVERY_WAY, Actor, ActorKind, Booking, Details, Slot
from tests.conftest import NOW
from tests.service.practice import ANN, HOUR, MINUTE, slot

PROCESSES, THREADS = 4, 8
CLIENTS = PROCESSES * THREADS
PATIENCE = 60.0  # seconds for one round; a race that takes longer has failed

_barrier: Barrier


@dataclass
class Client:
    """One of those who race; what came of its attempts is counted."""

    number: int
    store: Store
    outcomes: Counter[str]

    def book(self, wanted: Slot, key: str) -> Booking | None:
        """Goes through the door once, without a second try; None if the time is taken."""
        actor = Actor(ActorKind.OPERATOR, f"client {self.number}")  # who may book for Ann without end
        request = Request.of(key, actor, "book")
        return self._attempt(
            "booked",
            lambda connection: use_cases.book(connection, wanted, ANN, Details(), request, NOW, EVERY_WAY),
        )

    def move(self, booking: Booking, start: Slot, key: str) -> Booking | None:
        request = Request.of(key, booking.actor, "move")
        return self._attempt(
            "moved",
            lambda connection: use_cases.reschedule(
                connection,
                booking.uid,
                start.time.start,
                length=None,
                version=booking.version,
                request=request,
                now=NOW,
            ),
        )

    def cancel(self, booking: Booking, key: str) -> Booking | None:
        request = Request.of(key, booking.actor, "cancel")
        return self._attempt(
            "cancelled",
            lambda connection: use_cases.cancel(connection, booking.uid, booking.version, request, NOW),
        )

    def _attempt(self, name: str, use_case: Callable[..., Booking]) -> Booking | None:
        try:
            with self.store.transaction() as connection:
                done = use_case(connection)
        except (Refused, Conflict):
            self.outcomes["taken"] += 1
        except Collision as error:
            self.outcomes[f"collision {error.details['reason']}"] += 1
        else:
            self.outcomes[name] += 1
            return done
        return None


Round = Callable[[Client, int], None]


def one_slot(client: Client, number: int) -> None:
    """All want the same half hour."""
    client.book(slot(f"{9 + number % 8:02}:00", day=1 + number // 8), f"{number}")


def overlapping(client: Client, number: int) -> None:
    """All want different times of two people that overlap; who has one may move or cancel it at once."""
    choice = Random(f"{client.number} {number}")  # noqa: S311  # repeatable, not secret
    who = choice.choice([("eva",), ("ben",), ("ben", "eva")])
    wishes = [
        slot(f"{hour:02}:{minute}", *who, day=1 + number // 2, length=choice.choice([30 * MINUTE, HOUR]))
        for hour in range(9 + number % 2 * 4, 11 + number % 2 * 4)
        for minute in ("00", "30")
    ]
    booking = client.book(choice.choice(wishes), f"{number}")
    if booking is not None and choice.random() < 0.7:
        booking = client.move(booking, choice.choice(wishes), f"{number} moved") or booking
    if booking is not None and choice.random() < 0.2:
        client.cancel(booking, f"{number} cancelled")


def race(url: str, rounds: int, one_round: Round) -> Counter[str]:
    """Lets all clients run so many rounds, and counts what came of them."""
    spawned = multiprocessing.get_context("spawn")
    barrier = spawned.Barrier(CLIENTS)
    with ProcessPoolExecutor(PROCESSES, spawned, initializer=_meet_at, initargs=(barrier,)) as pool:
        runs = [pool.submit(_run, url, rounds, one_round, number * THREADS) for number in range(PROCESSES)]
        return sum((run.result() for run in runs), Counter())


def _meet_at(barrier: Barrier) -> None:
    """Runs first in each process, which is given the barrier at its birth."""
    global _barrier  # noqa: PLW0603  # a process has one
    _barrier = barrier


def _run(url: str, rounds: int, one_round: Round, first: int) -> Counter[str]:
    store = Store(url, pool_size=THREADS)

    def run(number: int) -> Counter[str]:
        client = Client(number, store, Counter())
        try:
            for count in range(rounds):
                _barrier.wait(PATIENCE)
                one_round(client, count)
        except BaseException:
            _barrier.abort()  # the others need not wait
            raise
        return client.outcomes

    with ThreadPoolExecutor(THREADS) as pool:
        total: Counter[str] = sum(pool.map(run, range(first, first + THREADS)), Counter())
    store.close()
    return total
