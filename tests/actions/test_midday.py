"""Of the two readings of a clock time the one by day is spoken of."""

from __future__ import annotations

from actions.conversation import Converse
from actions.services import Services
from tests.actions.talk import Talk, entity
from tests.actions.wishing import on_tuesday


def test_the_reason_is_given_for_the_reading_by_day(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "next Tuesday at 6"

    talk.say(converse, text, "book", entity("person", "Eva"), on_tuesday(text))

    assert "18:00" in talk.said[0].text


def test_the_way_to_the_place_is_no_wish_for_a_person(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "next Tuesday at 11:00"
    talk.say(converse, text, "book", entity("person", "Ben"), on_tuesday(text))

    answer = talk.say(converse, "how do I get to your office?", "human")

    assert answer[-1] == "utter_ask_contact_rest"
    assert "utter_ask_reach" not in answer
