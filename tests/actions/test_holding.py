"""A time is kept while the conversation lasts, given back, or lost to somebody else."""

from __future__ import annotations

from datetime import timedelta

from rasa_sdk.events import SlotSet

from actions.conversation import Converse, Restart
from actions.draft import Draft, Question, Writer, from_json, to_json
from actions.services import Services
from scheduler_core.model import Attendee
from tests.actions.proving import OPERATOR, stored
from tests.actions.samples import slot
from tests.actions.talk import Talk, entity
from tests.actions.wishing import ANN_LEE, BEN, exact, on_tuesday
from tests.conftest import MovableClock


def test_a_time_that_was_taken_in_between_leads_to_the_nearest(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "with Ben next Tuesday between 11:00 and 12:30"
    talk.say(converse, text, "book", BEN, on_tuesday(text))
    attendee = Attendee("Zoe Secret", "zoe@example.com", "UTC")
    services.scheduler.book(slot("12-01 10:30", person="ben-okafor"), attendee, key="k", actor=OPERATOR)

    answer = talk.say(converse, "the second", "choose", entity("choice", 2))

    assert answer == ["utter_reason_taken", "utter_offers_near"]
    assert "Zoe" not in talk.text
    assert "11:30" not in talk.said[1].text


def test_a_late_yes_to_a_time_that_was_lost_says_so(services: Services, clock: MovableClock) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    clock.move(timedelta(minutes=11))
    attendee = Attendee("Zoe Secret", "zoe@example.com", "UTC")
    services.scheduler.book(slot("12-01 10:00", person="ben-okafor"), attendee, key="k", actor=OPERATOR)

    answer = talk.say(converse, "yes", "affirm")

    assert answer == ["utter_hold_lost", "utter_offers_near"]
    assert [booking.attendee for booking in stored(services)] == [attendee]


def test_a_time_that_was_lost_is_apologised_for_once(services: Services, clock: MovableClock) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    clock.move(timedelta(minutes=11))
    for person in ("ana-souza", "ben-okafor", "eva-meyer"):
        services.people.set_hours(person, [])

    assert talk.say(converse, "yes", "affirm") == ["utter_hold_lost", "utter_nothing_free"]
    assert talk.text.count("sorry") == 1


def test_a_late_yes_to_a_time_that_is_still_free_books(services: Services, clock: MovableClock) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    clock.move(timedelta(minutes=11))

    assert talk.say(converse, "yes", "affirm") == ["utter_booked"]
    assert len(stored(services)) == 1


def test_a_hold_that_ran_out_is_renewed_before_the_question(services: Services, clock: MovableClock) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse)
    clock.move(timedelta(minutes=11))

    answer = talk.say(converse, "Ann Lee, ann@example.com", "inform", *ANN_LEE)

    assert answer == ["utter_hold_renewed", "utter_ask_book"]
    assert "until 10:21" in talk.text
    assert talk.say(converse, "yes", "affirm") == ["utter_booked"]


def test_stop_gives_the_time_back(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)

    events = talk.run(converse, talk.tracker("never mind", "stop"))

    other = Talk(sender="bob")
    assert events == [SlotSet("draft", to_json(Draft(writer=Writer("Ann Lee", "ann@example.com"))))]
    assert [said.response for said in talk.said] == ["utter_stopped"]
    assert exact(other, converse, *ANN_LEE) == ["utter_ask_book"]


def test_restart_begins_anew_and_gives_the_time_back(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)

    events = talk.run(Restart(services), talk.tracker("start over", "restart"))

    draft = from_json(talk.fields["draft"])
    assert [said.response for said in talk.said] == ["utter_restarted", "utter_ask_wish"]
    assert events == [SlotSet("draft", to_json(draft))]
    assert (draft.asked, draft.people, draft.hold) == (Question.WISH, (), None)
    assert exact(Talk(sender="bob"), converse, *ANN_LEE) == ["utter_ask_book"]


def test_a_question_holds_nothing_and_a_yes_takes_the_time(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "Is Ben free next Tuesday at 11:00?"

    answer = talk.say(converse, text, "ask_availability", BEN, on_tuesday(text))
    free = exact(Talk(sender="bob"), converse)
    talk.say(converse, "ok", "affirm")

    assert (answer, free) == (["utter_free"], ["utter_ask_contact"])
    assert [said.response for said in talk.said] == ["utter_reason_taken", "utter_offers_near"]
