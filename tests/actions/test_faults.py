"""Whatever breaks behind a turn, it is answered, and what was arranged stays."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from rasa_sdk import Tracker

from actions.base import Result, SafeAction
from actions.conversation import Converse
from actions.services import Services
from scheduler_core.db.store import Store
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from tests.actions.talk import Talk
from tests.actions.wishing import ANN_LEE, exact


def test_without_the_database_there_is_a_sentence_and_nothing_changes(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    talk = Talk()
    exact(talk, Converse(services), *ANN_LEE)
    dead = Store("postgresql+psycopg2://nobody@127.0.0.1:1/nothing")
    lost = replace(services, scheduler=Scheduler(dead, services.settings.clock), people=People(dead))

    with caplog.at_level(logging.ERROR):
        events = talk.run(Converse(lost), talk.tracker("yes", "affirm"))

    assert (events, [said.response for said in talk.said]) == ([], ["utter_database_unavailable"])
    assert "message ann-2" in caplog.text
    assert "ann@example.com" not in caplog.text
    assert talk.say(Converse(services), "yes", "affirm") == ["utter_booked"]


def test_an_answer_that_takes_too_long_is_said_to_be_unknown(services: Services) -> None:
    talk = Talk()

    events = talk.run(Converse(services, deadline=0.0), talk.tracker("hello", "book"))

    assert (events, [said.response for said in talk.said]) == ([], ["utter_outcome_unknown"])


class Broken(SafeAction):
    """An action with a fault."""

    def name(self) -> str:
        return "action_broken"

    def work(self, tracker: Tracker) -> Result:
        raise ValueError(tracker.sender_id)


def test_a_fault_is_a_sentence_and_a_log_line_with_the_same_number(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    talk = Talk()

    with caplog.at_level(logging.ERROR):
        events = talk.run(Broken(services), talk.tracker())

    incident = caplog.text.split("incident ")[1][:8]
    assert (events, [said.response for said in talk.said]) == ([], ["utter_backend_down"])
    assert incident in talk.text
