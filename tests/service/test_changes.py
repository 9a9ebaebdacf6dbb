"""Live pages follow one number, which every change raises and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from scheduler_core.errors import SlotUnavailable
from scheduler_core.model import ExtraHours, TimeOff, Wish
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.service.practice import ANN, CHAT, OPERATOR, TALK, at, book, hold, new_key, open_practice, slot

NOON = datetime(2026, 12, 1, 12)  # noqa: DTZ001  # local


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva")


def raised(scheduler: Scheduler, change: Callable[[], object]) -> bool:
    before = scheduler.change()
    change()
    return scheduler.change() > before


def test_every_change_raises_the_number(scheduler: Scheduler, people: People) -> None:
    held = hold(scheduler, slot("10:00"))
    gone = hold(scheduler, slot("11:00"))
    booked = book(scheduler, slot("12:00"))
    changes: list[Callable[[], object]] = [
        lambda: hold(scheduler, slot("14:00")),
        lambda: scheduler.confirm(held.uid, ANN, key=new_key(), actor=CHAT),
        lambda: scheduler.release(gone.uid, actor=CHAT),
        lambda: book(scheduler, slot("15:00")),
        lambda: scheduler.reschedule(booked.uid, at("13:00"), version=1, key=new_key(), actor=CHAT),
        lambda: scheduler.cancel(booked.uid, version=2, key=new_key(), actor=CHAT),
        lambda: people.set_hours("eva", []),
        lambda: people.add_extra_hours("eva", ExtraHours(date(2026, 12, 1), time(9), time(10))),
        lambda: people.add_time_off("eva", TimeOff(NOON, NOON.replace(hour=13))),
        lambda: people.add_person("zoe", "Zoe", "zoe@example.org", "UTC"),
        lambda: people.add_type(TALK),
        lambda: people.offer("zoe", "talk"),
    ]

    assert [raised(scheduler, change) for change in changes] == [True] * len(changes)


def test_looking_and_failing_do_not_raise_it(scheduler: Scheduler, people: People) -> None:
    booked = scheduler.book(slot("12:00"), ANN, key="one", actor=CHAT)
    window = TimeRange(at("00:00"), at("23:00"))

    def refused() -> None:
        with pytest.raises(SlotUnavailable):
            book(scheduler, slot("12:00"))

    others: list[Callable[[], object]] = [
        refused,
        lambda: scheduler.book(slot("12:00"), ANN, key="one", actor=CHAT),
        lambda: scheduler.find(booked.uid, actor=CHAT),
        lambda: scheduler.open_slots(kind="talk", wish=Wish(), limit=3),
        lambda: scheduler.agenda(people=[], window=window, actor=OPERATOR),
        lambda: scheduler.calendar("eva", window),
        people.all,
    ]

    assert [raised(scheduler, other) for other in others] == [False] * len(others)
