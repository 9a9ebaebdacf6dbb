"""Writers whose channel says who they are, and those whose channel does not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation import Converse
from actions.draft import Draft, Question, Writer
from actions.introducing import introduced
from actions.services import Services
from actions.turn import Message
from scheduler_core.model import Attendee
from tests.actions.drafts import ASKED_FOR_CONTACT
from tests.actions.proving import ANN, made, stored
from tests.actions.talk import Talk
from tests.actions.wishing import exact

KNOWN = {"name": "Ann Lee", "address": "ANN@example.com"}
MESSAGE = Message(
    text="", intent="", entities=(), id="m1", sender="T1:U1", channel="slack", timezone="", locale="",
    name="Ann Lee", address="ann@example.com",
)  # fmt: skip


@dataclass
class IntroducedTalk(Talk):
    """A conversation on a channel that says who writes."""

    sender: str = "T1:U1"
    channel: str = "slack"
    facts: dict[str, Any] = field(default_factory=lambda: dict(KNOWN))

    def tracker(self, *said: Any, **more: Any) -> Tracker:
        tracker = super().tracker(*said, **more)
        tracker.latest_message["metadata"] |= self.facts
        return tracker


def test_a_channel_s_word_fills_what_is_not_known() -> None:
    assert introduced(Draft(), MESSAGE).writer == Writer("Ann Lee", "ann@example.com")
    told = Draft(writer=Writer("Annie", "annie@example.org"))
    assert introduced(told, MESSAGE) == told


def test_a_channel_s_word_changes_nothing_while_something_is_arranged() -> None:
    assert introduced(ASKED_FOR_CONTACT, MESSAGE) == ASKED_FOR_CONTACT
    begun = Draft(begins=True, asked=Question.RESUME)
    assert introduced(begun, MESSAGE).writer.email == "ann@example.com"


@pytest.mark.parametrize("facts", [{"name": "7", "address": "nobody"}, {"name": "", "address": ""}])
def test_a_word_that_cannot_be_used_is_none(facts: dict[str, str]) -> None:
    assert introduced(Draft(), replace(MESSAGE, **facts)) == Draft()


def test_appointments_of_a_verified_address_are_reached_without_a_code(services: Services) -> None:
    made(services, "12-01 10:00", ANN)
    known, stranger = IntroducedTalk(), IntroducedTalk(sender="T1:U2", facts={"name": "Ann Lee"})
    converse = Converse(services)

    assert known.say(converse, "what do I have booked?", "list_appointments") == ["utter_your_appointments"]
    assert stranger.say(converse, "what do I have booked?", "list_appointments") == ["utter_ask_address"]


def test_a_word_proves_nothing_for_others_of_the_channel(services: Services) -> None:
    made(services, "12-01 10:00", ANN)
    converse = Converse(services)
    IntroducedTalk().say(converse, "what do I have booked?", "list_appointments")

    other = Talk(sender="T1:U2", channel="slack")

    assert other.say(converse, "what do I have booked?", "list_appointments") == ["utter_ask_address"]


def test_neither_name_nor_address_is_asked_for(services: Services) -> None:
    talk, converse = IntroducedTalk(), Converse(services)

    asked = exact(talk, converse)
    question = talk.text
    booked = talk.say(converse, "yes", "affirm")

    (booking,) = stored(services)
    assert (asked, booked[0]) == (["utter_ask_book"], "utter_booked")
    assert "Ann Lee" in question
    assert "ANN@example.com" in question
    assert booking.attendee == Attendee("Ann Lee", "ANN@example.com", "Europe/Berlin", "en-GB")
