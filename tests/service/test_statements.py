"""How many trips to the database a use case takes; others wait for the lock meanwhile.

A trip has one statement, but for the lock and the look of a booking, which go together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from scheduler_core.db import webhooks
from scheduler_core.db.store import Store
from scheduler_core.errors import SlotUnavailable
from scheduler_core.model import Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from scheduler_core.webhooks import Webhook
from tests.conftest import MovableClock
from tests.service.practice import (
    ANN,
    CHAT,
    DAY,
    HOUR,
    OTHER_CHAT,
    TALK,
    at,
    book,
    hold,
    new_key,
    open_practice,
    rows,
    slot,
)

MOST = 6


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that are executed in the block; BEGIN, COMMIT and ROLLBACK are none.

    Nor are those by which a new connection learns a statement.
    """
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        if not arguments[2].startswith("PREPARE"):
            seen.append(arguments[2])

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


@pytest.fixture(autouse=True)
def practice(people: People, store: Store, clock: MovableClock) -> None:
    """Of a type with reminders, and with two webhooks: what they are told is written without a trip more."""
    open_practice(people, "eva", "ben", "cyd", kind=replace(TALK, reminders=(DAY, HOUR)))
    with store.transaction() as connection:
        for number in range(2):
            url = f"https://hooks.example.org/{number}"
            webhooks.add(
                connection, Webhook(uuid4(), url, "whsec_", with_attendee=True, created_at=clock.now())
            )


@pytest.mark.parametrize("who", [("eva",), ("eva", "ben"), ("eva", "ben", "cyd")])
def test_booking_takes_five_trips_at_most(
    scheduler: Scheduler, store: Store, clock: MovableClock, who: tuple[str, ...]
) -> None:
    taken: dict[str, int] = {}

    def count(name: str, use_case: Callable[[], Any]) -> Any:
        with counted(store) as statements:
            result = use_case()
        taken[name] = len(statements)
        return result

    for hour in range(9, 12):
        hold(scheduler, slot(f"{hour:02}:00", *who), OTHER_CHAT)
    clock.move(HOUR)  # expired holds are in the way
    held = count("hold", lambda: hold(scheduler, slot("09:00", *who)))
    held = count("replace", lambda: hold(scheduler, slot("10:00", *who), instead_of=held.uid))
    count("confirm", lambda: scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT))
    late = hold(scheduler, slot("11:00", *who))
    clock.move(HOUR)
    count("confirm late", lambda: scheduler.confirm(late.uid, ANN, key=new_key(), actor=CHAT))
    booked = count("book", lambda: book(scheduler, slot("12:00", *who)))
    count("hold a move", lambda: hold(scheduler, slot("12:30", *who), instead_of=booked.uid))
    count(
        "move",
        lambda: scheduler.reschedule(booked.uid, at("12:30"), version=1, key=new_key(), actor=CHAT),
    )
    count("cancel", lambda: scheduler.cancel(booked.uid, version=2, key=new_key(), actor=CHAT))

    assert taken == {
        "hold": 4,
        "replace": 5,
        "confirm": 4,
        "confirm late": 4,
        "book": 3,
        "hold a move": 5,
        "move": 5,
        "cancel": 4,
    }
    assert max(taken.values()) <= MOST
    told = Counter(row.topic for row in rows(store, "SELECT topic FROM outbox"))
    assert (told["reminder"], told["webhook_booked"], told["webhook_moved"]) == (8, 6, 2)


def test_reading_takes_as_many_statements_for_three_as_for_one(scheduler: Scheduler, store: Store) -> None:
    window = TimeRange(at("00:00"), at("23:59"))

    def statements(*who: str) -> tuple[int, int]:
        wish = Wish(windows=(window,), anyone_of=tuple(frozenset({one}) for one in who))
        with counted(store) as searching:
            scheduler.open_slots(kind="talk", wish=wish, limit=3)
        with counted(store) as refusing:
            scheduler.refusal(slot("10:00", *who))
        return len(searching), len(refusing)

    assert statements("eva") == statements("eva", "ben", "cyd") == (6, 4)


def test_refused_booking_knows_what_is_near_from_the_look(scheduler: Scheduler, store: Store) -> None:
    book(scheduler, slot("10:00"))

    with counted(store) as statements, pytest.raises(SlotUnavailable):
        book(scheduler, slot("10:00"))

    assert len(statements) == 2
