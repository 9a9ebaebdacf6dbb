"""Appointments are meant by the day of the week that is said, whichever week that is."""

from __future__ import annotations

from actions.draft import Question
from actions.services import Services
from scheduler_core.db.store import Store
from tests.actions.hearing import hear
from tests.actions.proving import made
from tests.actions.test_digressions import BEN, CASES, begin, draft_of


def test_the_one_on_thursday_is_the_one_of_next_week(services: Services, store: Store) -> None:
    made(services, "12-02 10:00", BEN)
    thursday = made(services, "12-03 10:00", BEN)
    talk = begin(services, store, CASES["which appointment"].before)

    answers = hear(talk, services, "no, I mean the one on Thursday", "inform")

    assert answers == ["utter_ask_cancel"]
    assert (draft_of(talk).asked, draft_of(talk).booked) == (Question.CANCEL, thursday.uid)
