"""How far conversations come is counted, from hello to the booking."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from actions.conversation import Converse
from actions.services import Services
from scheduler_core.db.store import Store
from tests.actions.talk import Talk, entity
from tests.actions.wishing import ANN_LEE, BEN, exact, on_tuesday

MONDAY = date(2026, 11, 23)


def funnel(store: Store) -> dict[tuple[str, str], int]:
    with store.reading() as connection:
        rows = connection.execute(text("SELECT week, step, question, count FROM funnel")).all()
    assert {row.week for row in rows} <= {MONDAY}
    return {(row.step, row.question): row.count for row in rows if row.count}


def test_a_booking_is_counted_step_by_step(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    text_of_wish = "next Tuesday afternoon"

    talk.say(converse, text_of_wish, "book", BEN, on_tuesday(text_of_wish))
    offered = funnel(store)
    talk.say(converse, "the first", "choose", entity("choice", 1))
    talk.say(converse, "Ann Lee, ann@example.com", "inform", *ANN_LEE)
    asked = funnel(store)
    talk.tap(converse, "Yes")

    assert offered == {("started", ""): 1, ("offered", ""): 1, ("asked", "offers"): 1}
    assert asked == {("started", ""): 1, ("offered", ""): 1, ("asked", "book"): 1}
    assert funnel(store) == {("started", ""): 1, ("offered", ""): 1, ("confirmed", ""): 1}


def test_who_gives_up_stays_counted_where_it_was(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse)

    talk.say(converse, "never mind", "stop")

    assert funnel(store) == {("started", ""): 1, ("offered", ""): 1, ("asked", "contact"): 1}


def test_an_errand_in_between_begins_nothing_new(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse)
    before = funnel(store)

    talk.say(converse, "which appointments do I have?", "list_appointments")

    assert funnel(store) == before
