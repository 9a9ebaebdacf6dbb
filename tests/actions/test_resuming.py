"""A session ends, by time or because Rasa was restarted, and the next message goes on with what was open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from actions.conversation import Converse, Restart, SmallTalk
from actions.draft import Draft, Question, Writer, from_json
from actions.resuming import still_there
from actions.services import Services
from scheduler_core.conversations import Conversations
from scheduler_core.db.store import Store
from scheduler_core.model import Attendee
from tests.actions.proving import OPERATOR, stored
from tests.actions.samples import ANN, FACTS, slot
from tests.actions.sessions import ENDS, HOUR, restart
from tests.actions.talk import Talk, entity
from tests.actions.wishing import ANN_LEE, BEN, exact, on_tuesday
from tests.conftest import MovableClock

AT_ELEVEN = slot("12-01 10:00", person="ben-okafor")


def offered(talk: Talk, converse: Converse) -> list[str]:
    """Three times of an afternoon with Ben."""
    text = "30 minutes with Ben next Tuesday afternoon"
    return talk.say(converse, text, "book", BEN, on_tuesday(text))


@ENDS
def test_a_greeting_is_told_what_was_open(services: Services, end: Any) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    exact(talk, converse, *ANN_LEE)
    end(talk)

    answer = talk.say(small_talk, "hi", "greet")

    assert answer == ["utter_greet", "utter_ask_resume"]
    assert talk.said[1].text == (
        "Last time you were about to book an appointment with Ben Okafor on Tuesday 1 December 2026, 11:00. "
        "Shall we go on with that, or start afresh?"
    )
    assert [title for title, _ in talk.said[1].buttons] == ["Go on", "Start afresh"]
    assert stored(services) == []


@ENDS
def test_a_yes_from_before_books_nothing_until_the_question_is_put_anew(services: Services, end: Any) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    end(talk)

    again = talk.say(converse, "yes", "affirm")
    before = stored(services)
    booked = talk.say(converse, "yes", "affirm")

    assert (again, before, booked) == (["utter_going_on", "utter_ask_book"], [], ["utter_booked"])
    assert [booking.slot for booking in stored(services)] == [AT_ELEVEN]


@ENDS
def test_a_tap_on_a_yes_from_before_books_nothing_either(services: Services, end: Any) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    shown = talk.said
    end(talk)
    talk.said = shown

    assert talk.tap(converse, "Yes") == ["utter_going_on", "utter_ask_book"]
    assert stored(services) == []
    assert talk.tap(converse, "Yes") == ["utter_booked"]


@ENDS
def test_a_time_that_was_offered_can_still_be_tapped(services: Services, end: Any) -> None:
    talk, converse = Talk(), Converse(services)
    offered(talk, converse)
    shown = talk.said
    end(talk)
    talk.said = shown

    assert talk.tap(converse, "Tuesday 1 December 2026, 14:30") == ["utter_going_on", "utter_ask_contact"]
    draft = from_json(talk.fields["draft"])
    assert draft.hold is not None
    assert draft.hold.slot == slot("12-01 13:30", person="ben-okafor")


def test_times_are_looked_up_again(services: Services) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    offered(talk, converse)
    (first, *_) = from_json(talk.fields["draft"]).offers
    services.scheduler.book(first, Attendee("Zoe", "zoe@example.com", "UTC"), key="zoe", actor=OPERATOR)
    restart(talk)
    hello = talk.say(small_talk, "hello", "greet")
    sentence = talk.said[1].text

    answer = talk.tap(converse, "Go on")

    assert hello == ["utter_greet", "utter_ask_resume"]
    assert sentence.startswith("Last time you were looking for an appointment with Ben Okafor.")
    assert answer == ["utter_offers"]
    assert first not in from_json(talk.fields["draft"]).offers


def test_contact_that_was_asked_for_can_simply_be_told(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse)
    restart(talk)

    told = talk.say(converse, "Ann Lee, ann@example.com", "inform", *ANN_LEE)

    assert told == ["utter_going_on", "utter_ask_book"]
    assert talk.say(converse, "yes", "affirm") == ["utter_booked"]


def test_a_bare_name_is_the_answer_to_the_question_for_it(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse)
    restart(talk)

    assert talk.say(converse, "Ann Lee", "nlu_fallback") == ["utter_going_on", "utter_ask_contact_rest"]
    assert from_json(talk.fields["draft"]).writer.name == "Ann Lee"


def test_going_on_with_contact_says_first_what_it_is_for(services: Services, clock: MovableClock) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse)
    clock.move(HOUR)
    restart(talk)

    answer = talk.say(converse, "go on", "inform")

    assert answer == ["utter_going_on", "utter_hold_renewed", "utter_ask_contact"]


def test_a_time_that_was_taken_meanwhile_is_told(services: Services, clock: MovableClock) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    clock.move(HOUR)
    zoe = Attendee("Zoe", "zoe@example.com", "UTC")
    services.scheduler.book(AT_ELEVEN, zoe, key="zoe", actor=OPERATOR)
    restart(talk)

    assert talk.say(converse, "yes", "affirm") == [
        "utter_going_on",
        "utter_reason_taken",
        "utter_offers_near",
    ]
    assert [booking.attendee for booking in stored(services)] == [zoe]


def test_a_detail_changes_what_was_open(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    restart(talk)

    answer = talk.say(converse, "make it 45 minutes", "inform")

    assert answer == ["utter_going_on", "utter_ask_book"]
    assert "45 minutes" in talk.text


def test_a_full_wish_begins_anew_and_gives_up_what_was_held(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    restart(talk)
    text = "Dr. Meyer next Tuesday at 11:00"

    answer = talk.say(converse, text, "book", entity("person", "Dr. Meyer"), on_tuesday(text))

    assert answer == ["utter_ask_book"]
    assert exact(Talk(sender="bob"), converse) == ["utter_ask_contact"]


@pytest.mark.parametrize(("text", "intent"), [("no", "deny"), ("never mind", "stop")])
def test_whoever_does_not_want_to_go_on_gives_the_time_back(
    services: Services, text: str, intent: str
) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    exact(talk, converse, *ANN_LEE)
    restart(talk)
    talk.say(small_talk, "hi", "greet")

    assert talk.say(converse, text, intent) == ["utter_stopped"]
    assert exact(Talk(sender="bob"), converse) == ["utter_ask_contact"]


def test_starting_afresh_asks_for_another_wish(services: Services) -> None:
    talk, converse, small_talk = Talk(), Converse(services), SmallTalk(services)
    exact(talk, converse, *ANN_LEE)
    restart(talk)
    talk.say(small_talk, "hi", "greet")

    assert talk.tap(converse, "Start afresh") == ["utter_restarted", "utter_ask_wish"]
    assert from_json(talk.fields["draft"]).writer == ANN


def test_what_is_not_understood_is_asked_again_and_then_helped(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    restart(talk)

    answers = [talk.say(converse, "qwertz", "nlu_fallback") for _ in range(3)]

    assert answers == [
        ["utter_ask_resume"],
        ["utter_rephrase", "utter_ask_resume"],
        ["utter_menu", "utter_ask_resume"],
    ]


@pytest.mark.parametrize(
    "names",
    [{"people": (("zoe-gone",),)}, {"kind": "gone"}, {"offers": (slot("12-01 12:00", person="zoe-gone"),)}],
)
def test_people_and_types_that_went_meanwhile_are_not_spoken_of(names: dict[str, Any]) -> None:
    before = Draft(asked=Question.RESUME, paused=Question.OFFERS, booked=UUID(int=1), begins=True, **names)

    assert still_there(before, FACTS) == Draft(booked=UUID(int=1), begins=True)


def test_what_is_a_day_old_is_not_offered(services: Services, clock: MovableClock) -> None:
    talk, small_talk = Talk(), SmallTalk(services)
    exact(talk, Converse(services), *ANN_LEE)
    clock.move(25 * HOUR)
    restart(talk)

    assert talk.say(small_talk, "hi", "greet") == ["utter_greet", "utter_how_can_i_help"]
    assert from_json(talk.fields["draft"]).writer == ANN


def test_others_are_told_nothing(services: Services) -> None:
    exact(Talk(), Converse(services), *ANN_LEE)

    for stranger in (Talk(sender="bob"), Talk(channel="web")):
        assert stranger.say(SmallTalk(services), "hi", "greet") == ["utter_greet", "utter_how_can_i_help"]
        assert from_json(stranger.fields["draft"]).writer == Writer()


def test_start_over_forgets_what_was_open(services: Services) -> None:
    talk = Talk()
    exact(talk, Converse(services), *ANN_LEE)
    restart(talk)

    assert talk.say(Restart(services), "start over", "restart") == ["utter_restarted", "utter_ask_wish"]
    restart(talk)
    assert talk.say(SmallTalk(services), "hi", "greet") == ["utter_greet", "utter_how_can_i_help"]


def test_a_turn_that_cannot_be_kept_is_answered_all_the_same(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = Conversations(Store("postgresql://127.0.0.1:9/nowhere"))
    broken = replace(services, conversations=nowhere)
    talk = Talk(fields={"draft": {"asked": "nothing"}})

    assert exact(talk, Converse(broken), *ANN_LEE) == ["utter_ask_book"]
    assert "a conversation was not kept: database_unavailable, message ann-1" in caplog.text


def test_what_another_version_has_kept_is_left_alone(services: Services, store: Store) -> None:
    talk = Talk()
    exact(talk, Converse(services), *ANN_LEE)
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE conversation SET version = 2")
    restart(talk)

    assert talk.say(SmallTalk(services), "hi", "greet") == ["utter_greet", "utter_how_can_i_help"]
