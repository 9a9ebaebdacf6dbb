"""A session ends, and what is no wish of its own outlives it: bookings, errands, codes, links."""

from __future__ import annotations

import pytest

from actions.conversation import Converse, SmallTalk
from actions.services import Services
from scheduler_core.db.store import Store
from scheduler_core.model import Status
from tests.actions.proving import OPERATOR, made, prove, stored
from tests.actions.sessions import restart
from tests.actions.talk import Talk, entity
from tests.actions.test_opening import opens, token_for
from tests.actions.wishing import ANN_LEE, exact, on_tuesday


def test_the_booking_of_an_earlier_session_is_moved_and_called_off(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    restart(talk)

    question = talk.say(converse, "move it an hour later", "reschedule")
    moved = talk.say(converse, "yes", "affirm")
    restart(talk)
    cancel = talk.say(converse, "cancel it", "cancel_appointment")
    cancelled = talk.say(converse, "yes", "affirm")

    assert (question, moved) == (["utter_ask_move"], ["utter_moved"])
    assert (cancel, cancelled) == (["utter_ask_cancel"], ["utter_cancelled"])
    assert stored(services) == []


def test_a_move_that_was_open_is_told_and_asked_anew(services: Services) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    before = stored(services)
    talk.say(converse, "move it an hour later", "reschedule")
    restart(talk)

    talk.say(small_talk, "hi", "greet")
    sentence = talk.said[1].text
    asked = talk.say(converse, "yes", "affirm")
    kept = stored(services)
    moved = talk.say(converse, "yes", "affirm")

    assert sentence.startswith("Last time you were about to move your appointment with Ben Okafor (Tuesday 1")
    assert (asked, kept, moved) == (["utter_ask_move"], before, ["utter_moved"])


@pytest.mark.parametrize(
    ("text", "intent", "answer"),
    [
        ("yes", "affirm", ["utter_going_on", "utter_ask_cancel"]),
        ("yes, cancel it", "cancel_appointment", ["utter_going_on", "utter_ask_cancel"]),
        ("no", "deny", ["utter_ask_resume"]),
        ("stop", "stop", ["utter_stands"]),
    ],
)
def test_a_cancellation_that_was_open_needs_its_yes_anew(
    services: Services, text: str, intent: str, answer: list[str]
) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    talk.say(converse, "cancel it", "cancel_appointment")
    restart(talk)

    assert talk.say(converse, text, intent) == answer
    assert [booking.status for booking in stored(services)] == [Status.CONFIRMED]


def test_a_booking_that_went_meanwhile_is_not_spoken_of(services: Services) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    (booking,) = stored(services)
    talk.say(converse, "cancel it", "cancel_appointment")
    services.scheduler.cancel(booking.uid, version=booking.version, key="else", actor=OPERATOR)
    restart(talk)

    assert talk.say(small_talk, "hi", "greet") == ["utter_greet", "utter_how_can_i_help"]


def test_a_code_can_be_typed_after_the_session(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(Talk(sender="zoe"), converse, *ANN_LEE)
    talk.say(converse, "what do I have booked?", "list_appointments")
    asked = talk.say(converse, "ann@example.com", "inform", ANN_LEE[1])
    restart(talk)

    assert asked == ["utter_code_sent"]
    assert talk.say(converse, "12345678", "inform") == ["utter_code_wrong"]


def test_the_plan_of_a_person_needs_its_yes_anew(services: Services, store: Store) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    said = "I'm ill next Tuesday"
    talk.say(converse, said, "call_in_sick", on_tuesday(said), entity("email", "ben@example.org"))
    prove(talk, converse, store)
    booking = made(services, "12-01 10:00")
    restart(talk)

    talk.say(small_talk, "hi", "greet")
    sentence = talk.said[1].text
    asked = talk.say(converse, "yes", "affirm")
    before = stored(services)
    done = talk.say(converse, "yes", "affirm")

    assert sentence.startswith("Last time you were about to change your calendar.")
    assert (asked, before, done) == (["utter_ask_ill"], [booking], ["utter_host_ill"])
    assert stored(services) == []


def test_what_waited_for_an_errand_still_does(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    asked = talk.say(converse, "what do I have booked?", "list_appointments")
    restart(talk)

    back = talk.say(converse, "never mind", "stop")
    unbooked = stored(services)
    booked = talk.say(converse, "yes", "affirm")

    assert (asked, back) == (["utter_code_sent"], ["utter_left", "utter_back", "utter_ask_book"])
    assert (unbooked, booked) == ([], ["utter_booked"])


def test_the_link_of_a_mail_comes_before_what_was_open(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-02 10:00")
    exact(talk, converse)
    restart(talk)

    assert opens(talk, converse, token_for(services, booking)) == ["utter_link_opened"]
    assert talk.tap(converse, "Cancel it") == ["utter_ask_cancel"]


def test_what_was_open_waits_for_an_errand(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    restart(talk)

    errand = talk.say(converse, "what do I have booked?", "list_appointments")
    back = talk.say(converse, "never mind", "stop")

    assert (errand, back) == (["utter_code_sent"], ["utter_left", "utter_back", "utter_ask_book"])
    assert stored(services) == []


def test_what_waited_is_forgotten_for_a_wish_of_its_own(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "what do I have booked?", "list_appointments")
    restart(talk)
    text = "Dr. Meyer next Tuesday at 11:00"

    asked = talk.say(converse, text, "book", entity("person", "Dr. Meyer"), on_tuesday(text))
    booked = talk.say(converse, "yes", "affirm")

    assert (asked, booked) == (["utter_ask_book"], ["utter_booked"])
    assert exact(Talk(sender="bob"), converse) == ["utter_ask_contact"]


def test_nothing_was_open_after_a_booking(services: Services) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    restart(talk)

    assert talk.say(small_talk, "hi", "greet") == ["utter_greet", "utter_how_can_i_help"]


def test_a_person_who_was_asked_is_still_awaited(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    talk.say(converse, "I want a person", "human", ANN_LEE[1])
    restart(talk)

    assert talk.say(converse, "hello?", "nlu_fallback") == ["utter_quiet"]
