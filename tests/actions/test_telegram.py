from __future__ import annotations

from actions.conversation import Converse
from actions.services import Services
from actions.session import SessionStart
from tests.actions.proving import stored
from tests.actions.talk import Talk, entity
from tests.actions.wishing import ANN_LEE, exact


def test_a_zone_that_telegram_does_not_tell_is_asked_for_once_and_kept(services: Services) -> None:
    talk, converse = Talk(channel="telegram", timezone=""), Converse(services)

    asked = exact(talk, converse)
    told = talk.say(converse, "I'm in London", "inform", entity("zone", "Europe/London"))
    talk.fields |= {"draft": talk.run(SessionStart(), talk.tracker())[1]["value"]}
    another_day = exact(talk, converse)

    assert (asked, told, another_day) == (
        ["utter_zone_assumed", "utter_ask_contact"],
        ["utter_ask_contact"],
        ["utter_ask_contact"],
    )
    assert "11:00–11:30 (Europe/London)" in talk.text


def test_the_confirmation_on_telegram_says_all_and_comes_with_its_card(services: Services) -> None:
    talk, converse = Talk(channel="telegram"), Converse(services)

    exact(talk, converse, *ANN_LEE)
    talk.say(converse, "yes", "affirm")

    (booking,) = stored(services)
    cards = [said.card["data"] for said in talk.said if said.card]
    assert [(card["status"], card["uid"]) for card in cards] == [("CONFIRMED", str(booking.uid))]
    assert "Tuesday 1 December 2026, 11:00–11:30 (Europe/Berlin)" in talk.text
