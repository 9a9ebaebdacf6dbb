from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update

from scheduler_core.db import chores
from scheduler_core.db.store import Store
from scheduler_core.db.tables import chore

DAY = timedelta(days=1)


def take_on(store: Store, name: str = "sweeping") -> bool:
    with store.transaction() as connection:
        return chores.take_on(connection, name, DAY)


def age(store: Store) -> timedelta | None:
    with store.reading() as connection:
        return chores.age(connection, "sweeping")


def let_pass(store: Store, time: timedelta) -> None:
    with store.transaction() as connection:
        connection.execute(update(chore).values(done_at=chore.c.done_at - time))


def test_chore_is_taken_on_once_in_its_time(store: Store) -> None:
    taken = [take_on(store), take_on(store), take_on(store, "mopping")]
    let_pass(store, DAY)

    assert [*taken, take_on(store), take_on(store)] == [True, False, True, True, False]


def test_chore_is_taken_on_by_one_of_many(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take_on(store), range(8)))

    assert sorted(taken) == [False] * 7 + [True]


def test_age_of_a_chore_is_that_of_its_last_time(store: Store) -> None:
    never = age(store)
    take_on(store)
    let_pass(store, DAY)

    since = age(store)

    assert never is None
    assert since is not None
    assert DAY <= since < 2 * DAY
