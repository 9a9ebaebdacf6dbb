from __future__ import annotations

from collections import Counter

import pytest

from scheduler_core.db.store import Store
from scheduler_core.people import People
from tests.service.practice import open_practice, rows
from tests.service.racing import CLIENTS, one_slot, overlapping, race

ROUNDS = 100

OVERLAPS = """
SELECT count(*) FROM booking_person one JOIN booking_person other
    ON one.person_number = other.person_number AND one.uid < other.uid
   AND one.starts < other.ends AND other.starts < one.ends
 WHERE one.status <> 'CANCELLED' AND other.status <> 'CANCELLED'
"""
INCOMPLETE = """
SELECT count(*) FROM booking
 WHERE (SELECT array_agg(DISTINCT (part.status, part.starts, part.ends)) FROM booking_person part
         WHERE part.uid = booking.uid)
       IS DISTINCT FROM ARRAY[(booking.status, booking.starts, booking.ends)]
"""


@pytest.fixture(autouse=True)
def practice(people: People) -> None:
    open_practice(people, "eva", "ben")


def by_status(store: Store) -> Counter[str]:
    return Counter(row.status for row in rows(store, "SELECT status FROM booking"))


@pytest.mark.slow
def test_one_of_many_gets_the_slot(database: str, store: Store) -> None:
    outcomes = race(database, ROUNDS, one_slot)

    assert outcomes == {"booked": ROUNDS, "taken": ROUNDS * (CLIENTS - 1)}
    assert by_status(store) == {"CONFIRMED": ROUNDS}
    assert rows(store, OVERLAPS)[0][0] == 0


@pytest.mark.slow
def test_nobody_is_booked_twice_when_many_book_move_and_cancel(database: str, store: Store) -> None:
    outcomes = race(database, ROUNDS, overlapping)

    assert {name for name in outcomes if name.startswith("collision")} == set()
    assert by_status(store) == {
        "CONFIRMED": outcomes["booked"] - outcomes["cancelled"],
        "CANCELLED": outcomes["cancelled"],
    }
    assert outcomes["booked"] >= ROUNDS
    assert min(outcomes["moved"], outcomes["cancelled"]) > 0
    assert rows(store, OVERLAPS)[0][0] == 0
    assert rows(store, INCOMPLETE)[0][0] == 0
