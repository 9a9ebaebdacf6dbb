"""Messages of chat services are heard once, by however many processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from scheduler_core.db import heard as rows_of_heard
from scheduler_core.db.store import Store
from scheduler_core.db.tables import heard as table
from scheduler_core.errors import InvalidText
from scheduler_core.heard import Heard
from tests.conftest import MovableClock


@pytest.fixture
def heard(store: Store, clock: MovableClock) -> Heard:
    return Heard(store, clock)


def test_a_message_is_new_once_on_each_channel(heard: Heard) -> None:
    asked = [("slack", "Ev1"), ("slack", "Ev1"), ("slack", "Ev2"), ("telegram", "Ev1")]

    assert [heard.first_time(*one) for one in asked] == [True, False, True, True]


def test_of_many_who_hear_it_at_once_one_is_first(heard: Heard) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: heard.first_time("slack", "Ev1"), range(8)))

    assert sorted(told) == [False] * 7 + [True]


@pytest.mark.parametrize("identity", ["", "x" * 201, "Ev\x001"])
def test_what_no_service_calls_a_message_is_refused(heard: Heard, identity: str) -> None:
    with pytest.raises(InvalidText):
        heard.first_time("slack", identity)


def test_what_was_heard_long_ago_is_dropped(heard: Heard, store: Store, clock: MovableClock) -> None:
    heard.first_time("slack", "old")
    clock.move(timedelta(days=3))
    heard.first_time("slack", "new")

    with store.transaction() as connection:
        dropped = rows_of_heard.drop(connection, clock.now() - timedelta(days=2), 500)
        left = connection.execute(select(func.count()).select_from(table)).scalar()

    assert (dropped, left) == (1, 1)
