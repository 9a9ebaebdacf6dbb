"""What somebody usually wants: by code kept, used for what comes, told as the reason for what is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.conversation import Converse, SmallTalk
from actions.services import Services
from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Attendee
from scheduler_core.personal_data import Preference, Reminders
from tests.actions.proving import ANN, EMAIL, OPERATOR, made, prove
from tests.actions.samples import slot
from tests.actions.talk import Talk, date_entity, entity
from tests.conftest import MovableClock

PROVEN = Actor(ActorKind.ATTENDEE, ANN.email)
WEEK = "a consultation with Ben in the week of 14 December"
BEN = entity("person", "Ben")


@pytest.fixture
def converse(services: Services) -> Converse:
    return Converse(services)


@pytest.fixture
def ann(services: Services, store: Store, converse: Converse) -> Talk:
    """Ann, who has an appointment and has proven who she is."""
    made(services, "12-01 14:00")
    talk = Talk()
    talk.say(converse, "when is my appointment?", "list_appointments", EMAIL)
    assert prove(talk, converse, store) == ["utter_your_appointments"]
    return talk


def wish(talk: Talk, converse: Converse, *entities: dict[str, Any]) -> list[str]:
    week = date_entity(WEEK, "in the week of 14 December", "2026-12-14", "2026-12-21")
    return talk.say(converse, WEEK, "book", BEN, week, *entities)


def titles(talk: Talk) -> list[str]:
    return [title for said in talk.said for title, _ in said.buttons if ":" in title]


def why(talk: Talk, services: Services) -> str:
    return talk.say(SmallTalk(services), "why these times?", "ask_why_these")[0]


def test_a_code_comes_before_anything_is_remembered(
    services: Services, store: Store, converse: Converse
) -> None:
    made(services, "12-01 14:00")
    talk = Talk()

    asked = talk.say(converse, "no reminders please", "inform")
    sent = talk.say(converse, "ann@example.com", "inform", EMAIL)
    before = services.preferences.of(PROVEN)
    kept = prove(talk, converse, store)

    assert (asked, sent, kept) == (["utter_ask_address"], ["utter_code_sent"], ["utter_preferences_kept"])
    assert (before, services.preferences.of(PROVEN)) == (
        Preference(),
        Preference(reminders=Reminders.NONE),
    )


def test_an_unknown_address_gets_the_same_answers(converse: Converse, services: Services) -> None:
    made(services, "12-01 14:00")
    answers = []
    for sender, address in (("ann", "ann@example.com"), ("zoe", "zoe@example.com")):
        talk = Talk(sender=sender)
        first = talk.say(converse, "always by phone", "inform")
        answers.append((first, talk.say(converse, address, "inform", entity("email", address))))

    assert answers[0] == answers[1] == (["utter_ask_address"], ["utter_code_sent"])


def test_what_is_proven_is_remembered_at_once(ann: Talk, converse: Converse, services: Services) -> None:
    said = ann.say(converse, "remind me by text", "inform")
    again = ann.say(converse, "remind me by email again", "resend")

    assert said == ["utter_preferences_kept", "utter_reminders_by_text"]
    assert again == ["utter_preferences_kept"]
    assert services.preferences.of(PROVEN) == Preference(reminders=Reminders.MAIL)


def test_the_usual_channel_counts_for_the_next_appointment(ann: Talk, converse: Converse) -> None:
    ann.say(converse, "always by phone", "inform")

    wish(ann, converse, entity("name", "Ann Lee"))
    ann.tap(converse, titles(ann)[0])

    assert "phone number" in ann.text


def test_the_usual_zone_counts_where_the_browser_says_none(
    ann: Talk, converse: Converse, services: Services
) -> None:
    services.preferences.keep(zone="Asia/Tokyo", actor=PROVEN)
    ann.timezone = ""

    wish(ann, converse)

    assert "Asia/Tokyo" in ann.text


def test_the_browser_counts_before_the_usual_zone(ann: Talk, converse: Converse, services: Services) -> None:
    services.preferences.keep(zone="Asia/Tokyo", actor=PROVEN)

    wish(ann, converse)

    assert "Asia/Tokyo" not in ann.text


def test_it_is_told_and_forgotten(ann: Talk, converse: Converse, services: Services) -> None:
    ann.say(converse, "always by phone", "inform")

    told = ann.say(converse, "what are my preferences?", "inform")
    gone = ann.say(converse, "forget my preferences", "inform")
    nothing = ann.say(converse, "what are my preferences?", "inform")

    assert (told, gone, nothing) == (
        ["utter_preferences"],
        ["utter_preferences_forgotten"],
        ["utter_no_preferences"],
    )
    assert services.preferences.of(PROVEN) == Preference()


def test_a_zone_that_nobody_knows_is_asked_for_in_other_words(ann: Talk, converse: Converse) -> None:
    assert ann.say(converse, "remember my time zone is Narnia", "inform") == ["utter_preferences_zone"]


def test_in_the_middle_it_counts_for_the_wish_where_nobody_knows_who_writes(
    converse: Converse, services: Services
) -> None:
    talk = Talk()
    wish(talk, converse)
    talk.tap(converse, titles(talk)[0])

    said = talk.say(converse, "I always prefer phone calls", "inform", entity("channel", "phone"))

    assert said == ["utter_remark_only_now", "utter_ask_contact_rest"]
    assert "phone number" in talk.text
    assert services.preferences.of(PROVEN) == Preference()


def test_proven_habits_choose_the_times_and_are_their_reason(
    ann: Talk, converse: Converse, services: Services
) -> None:
    made(services, "12-08 15:00")
    wish(ann, converse)

    assert "15 December" in titles(ann)[0]
    assert why(ann, services) == "utter_these_are_usual"
    assert "You usually take Tuesday afternoons" in ann.text


@pytest.mark.parametrize("booked", [0, 2])
def test_whoever_has_proven_nothing_gets_the_same_times_and_reason(
    services: Services, converse: Converse, booked: int
) -> None:
    for number in range(booked):
        made(services, f"12-0{1 + 7 * number} 14:00")
    talk = Talk(sender="zoe")

    wish(talk, converse, entity("name", "Ann Lee"), EMAIL)

    assert [title.partition(", ")[2][:5] for title in titles(talk)] == ["10:00", "13:30", "17:30"]
    assert why(talk, services) == "utter_these_are_spread"


def test_what_most_take_is_the_reason_for_everybody(services: Services, converse: Converse) -> None:
    for number in range(5):
        guest = Attendee(f"Guest {number}", f"guest{number}@example.com", "Europe/London")
        time = slot(f"12-{1 + number + 2 * (number == 4):02} 14:00", person="ben-okafor")
        services.scheduler.book(time, guest, key=f"guest {number}", actor=OPERATOR)
    talk = Talk()

    wish(talk, converse)

    assert why(talk, services) == "utter_these_are_popular"


def test_why_these_times_is_answered_in_general_where_none_are_on_offer(
    services: Services, clock: MovableClock
) -> None:
    clock.move(timedelta(minutes=1))

    assert why(Talk(), services) == "utter_ask_why_these"
