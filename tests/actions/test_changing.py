"""What was booked in this conversation is moved, cancelled and taken back by a yes."""

from __future__ import annotations

import pytest

from actions.conversation import Converse
from actions.services import Services
from scheduler_core.model import Actor, ActorKind, Status
from tests.actions.proving import OPERATOR, stored
from tests.actions.samples import at
from tests.actions.talk import Talk
from tests.actions.wishing import ANN_LEE, exact


def test_the_booking_of_this_chat_is_moved_by_one_yes(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    (before,) = stored(services)

    question = talk.say(converse, "move it an hour later", "reschedule")
    kept = stored(services)
    moved = talk.say(converse, "yes", "affirm")

    (after,) = stored(services)
    assert (question, kept, moved) == (["utter_ask_move"], [before], ["utter_moved"])
    assert (after.uid, after.time.start, after.sequence) == (
        before.uid,
        at("12-01 11:00"),
        before.sequence + 1,
    )


def test_a_time_alone_moves_the_booking_within_its_day(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")

    question = talk.say(converse, "move it to 14:00", "reschedule")
    talk.say(converse, "yes", "affirm")

    assert question == ["utter_ask_move"]
    assert [booking.time.start for booking in stored(services)] == [at("12-01 13:00")]


def test_a_refused_move_changes_nothing(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    before = stored(services)
    talk.say(converse, "move it an hour later", "reschedule")

    assert talk.say(converse, "no", "deny") == ["utter_stands"]
    assert stored(services) == before


@pytest.mark.parametrize("text", ["11:00 is fine as scheduled", "great, Tuesday works", "yes"])
def test_a_yes_after_the_booking_changes_nothing(services: Services, text: str) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    before = stored(services)

    assert talk.say(converse, text, "affirm") == ["utter_stands"]
    assert stored(services) == before


def test_the_booking_of_this_chat_is_cancelled_by_one_yes(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    (before,) = stored(services)

    question = talk.say(converse, "cancel it", "cancel_appointment")
    cancelled = talk.say(converse, "yes", "affirm")

    chat = Actor(ActorKind.CONVERSATION, "rest:ann")
    assert (question, cancelled) == (["utter_ask_cancel"], ["utter_cancelled"])
    assert services.scheduler.find(before.uid, actor=chat).status is Status.CANCELLED
    assert stored(services) == []


def test_a_move_is_taken_back_by_one_yes(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    (before,) = stored(services)
    talk.say(converse, "move it an hour later", "reschedule")
    talk.say(converse, "yes", "affirm")

    question = talk.say(converse, "undo that", "undo")
    back = talk.say(converse, "yes", "affirm")

    (after,) = stored(services)
    assert (question, back) == (["utter_ask_move"], ["utter_moved"])
    assert (after.uid, after.slot, after.sequence) == (before.uid, before.slot, before.sequence + 2)


def test_a_cancellation_is_taken_back_by_one_yes(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    (before,) = stored(services)
    talk.say(converse, "cancel it", "cancel_appointment")
    talk.say(converse, "yes", "affirm")

    question = talk.say(converse, "I take it back", "undo")
    back = talk.say(converse, "yes", "affirm")

    (after,) = stored(services)
    assert (question, back) == (["utter_ask_book"], ["utter_booked"])
    assert (after.slot, after.attendee) == (before.slot, before.attendee)


def test_a_booking_changed_elsewhere_is_not_cancelled(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    (before,) = stored(services)
    talk.say(converse, "cancel it", "cancel_appointment")
    services.scheduler.reschedule(
        before.uid, at("12-02 10:00"), version=before.version, key="other", actor=OPERATOR
    )

    assert talk.say(converse, "yes", "affirm") == ["utter_booking_changed"]
    assert [booking.time.start for booking in stored(services)] == [at("12-02 10:00")]


@pytest.mark.parametrize("intent", ["cancel_appointment", "reschedule", "list_appointments", "resend"])
def test_other_conversations_appointments_are_out_of_reach_without_a_code(
    services: Services, intent: str
) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")
    before = stored(services)
    stolen = Talk(sender="bob", fields=dict(talk.fields))

    answer = stolen.say(converse, "", intent)
    guessed = stolen.say(converse, "12345678", "inform")

    assert (answer, guessed) == (["utter_code_sent"], ["utter_code_wrong"])
    assert stored(services) == before
