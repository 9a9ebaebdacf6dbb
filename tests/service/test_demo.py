from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler_core import demo
from scheduler_core.db.store import Store
from scheduler_core.errors import InvalidTime
from tests.conftest import MovableClock
from tests.service.practice import DAY, everything, rows

HANDLES = ["eva-meyer", "ben-okafor", "ana-souza", "priya-nair"]


@pytest.mark.parametrize(
    "time_of_day", [timedelta(), timedelta(hours=14, minutes=50)], ids=["in the morning", "at night"]
)
@pytest.mark.parametrize("days", range(7))
def test_demo_is_whole_whatever_the_day(
    store: Store, clock: MovableClock, days: int, time_of_day: timedelta
) -> None:
    clock.move(days * DAY + time_of_day)

    added = demo.seed(store, clock)

    assert added == HANDLES
    assert everything(store) == {"booking": 13, "booking_person": 13, "request": 13, "outbox": 0}


def test_demo_that_is_there_is_left_alone(store: Store, clock: MovableClock) -> None:
    demo.seed(store, clock)
    before = everything(store)
    clock.move(DAY)

    assert demo.seed(store, clock) == []
    assert everything(store) == before


def test_appointment_that_cannot_be_had_is_named(
    store: Store, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_night = replace(demo.HOSTS[0], booked=((1, "23:00", "consultation", "Lea Brandt"),))
    monkeypatch.setattr(demo, "HOSTS", (at_night,))

    with pytest.raises(InvalidTime) as refused:
        demo.seed(store, clock)

    assert refused.value.details == {
        "reason": "outside_hours",
        "person": "Dr. Eva Meyer",
        "value": "2026-11-25T22:00:00+00:00",
    }
    assert rows(store, "SELECT handle FROM person") == []
