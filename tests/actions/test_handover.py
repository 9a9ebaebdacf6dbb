"""A person is wanted: a ticket with what was said, and quiet until the assistant is called back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.conversation import Converse, Restart, SmallTalk
from actions.services import Services
from actions.turn import message_from
from scheduler_core.transcripts import Line, Speaker, Ticket
from tests.actions.talk import Talk, entity
from tests.conftest import MovableClock

EMAIL = entity("email", "ann@example.com")


def waiting(services: Services) -> list[Ticket]:
    return services.tickets.waiting()


def handed_over(services: Services) -> Talk:
    """A chat in which a person was asked for."""
    talk = Talk()
    talk.say(Converse(services), "I want a person, ann@example.com", "human", EMAIL)
    return talk


def test_a_wish_for_a_person_opens_a_ticket_and_asks_first_where_to_reach_the_writer(
    services: Services,
) -> None:
    talk, converse = Talk(), Converse(services)

    asked = talk.say(converse, "I want to talk to a person", "human")
    before = waiting(services)
    done = talk.say(converse, "ann@example.com", "inform", EMAIL)

    (ticket,) = waiting(services)
    assert (asked, before, done) == (["utter_ask_reach"], [], ["utter_human"])
    assert (ticket.contact, ticket.channel, ticket.sender) == ("ann@example.com", "rest", "ann")
    assert ticket.reference in talk.text


def test_the_assistant_keeps_quiet_until_it_is_called(services: Services) -> None:
    talk, converse = handed_over(services), Converse(services)

    quiet = talk.say(converse, "I need an intro with Ben", "book", entity("person", "Ben"))
    greeted = talk.say(SmallTalk(services), "hi", "greet")
    back = talk.say(converse, "go on", "inform")
    after = talk.say(converse, "I need an intro with Ben", "book", entity("person", "Ben"))

    assert (quiet, greeted, back) == (["utter_quiet"], ["utter_quiet"], ["utter_resumed"])
    assert after == ["utter_offers"]
    assert waiting(services) == []


def test_a_button_calls_it_back(services: Services) -> None:
    talk = handed_over(services)

    assert talk.tap(Converse(services), "Go on") == ["utter_resumed"]


def test_beginning_anew_calls_it_back(services: Services) -> None:
    talk = handed_over(services)

    answer = talk.say(Restart(services), "start over", "restart")

    assert (answer, waiting(services)) == (["utter_restarted", "utter_ask_wish"], [])


def test_after_some_time_it_speaks_again(services: Services, clock: MovableClock) -> None:
    talk = handed_over(services)
    clock.move(timedelta(hours=3))

    assert talk.say(Converse(services), "hello?", "greet")[0] == "utter_resumed"


def test_to_ask_again_opens_no_second_ticket(services: Services) -> None:
    talk, converse = handed_over(services), Converse(services)
    talk.say(converse, "go on", "inform")
    talk.say(converse, "a person please", "human")

    assert len(waiting(services)) == 1


@pytest.mark.parametrize("intent", ["deny", "stop"])
def test_a_no_to_the_address_asks_nobody(services: Services, intent: str) -> None:
    talk, converse = Talk(), Converse(services)
    talk.say(converse, "a person please", "human")

    assert talk.say(converse, "no", intent) == ["utter_stopped"]
    assert waiting(services) == []


def test_what_was_said_goes_along() -> None:
    said = [
        {"event": "user", "text": "hello"},
        {"event": "bot", "text": "Hello!"},
        {"event": "user", "text": '/pick{"option":"abcdef"}'},
        {"event": "action", "name": "action_listen"},
        {"event": "user", "text": "a person please"},
    ]

    message = message_from({"text": "a person please"}, sender="ann", channel="rest", events=said)

    assert message.before == (
        Line(Speaker.WRITER, "hello"),
        Line(Speaker.ASSISTANT, "Hello!"),
        Line(Speaker.WRITER, "a person please"),
    )
