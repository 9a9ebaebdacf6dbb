from __future__ import annotations

from dataclasses import replace

import pytest
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet

from actions.conversation import Converse, NothingFits, SmallTalk
from actions.draft import Draft, Writer, from_json, to_json
from actions.services import Services
from actions.session import SessionStart
from scheduler_core.model import Attendee, Channel
from tests.actions.proving import stored
from tests.actions.samples import at, slot
from tests.actions.talk import Talk, entity
from tests.actions.wishing import ANN_LEE, BEN, exact, on_tuesday


def test_a_window_a_choice_and_a_yes_make_a_booking(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "30 minutes with Ben next Tuesday afternoon"

    offered = talk.say(converse, text, "book", BEN, on_tuesday(text), *ANN_LEE)
    lines = talk.text
    chosen = talk.say(converse, "the second one", "choose", entity("choice", 2))
    question = talk.text
    booked = talk.say(converse, "yes", "affirm")

    (booking,) = stored(services)
    assert (offered, chosen, booked) == (["utter_offers"], ["utter_ask_book"], ["utter_booked"])
    assert "2. Tuesday 1 December 2026, 14:30 (13:30 Europe/London)" in lines
    assert question == (
        "Shall I book this?\nConsultation with Ben Okafor, 30 minutes\n"
        "Tuesday 1 December 2026, 14:30–15:00 (Europe/Berlin), 13:30–14:00 in Europe/London\n"
        "by video call (Jitsi)\nFor Ann Lee, ann@example.com\n"
        "I am keeping the time for you until 10:10."
    )
    assert booking.slot == slot("12-01 13:30", person="ben-okafor")
    assert booking.attendee == Attendee("Ann Lee", "ann@example.com", "Europe/Berlin", "en-GB")
    assert booking.reference in talk.text


def test_the_answer_to_a_yes_is_one_field_and_a_card(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)

    events = talk.run(converse, talk.tracker("yes", "affirm"))

    (booking,) = stored(services)
    finished = Draft(writer=Writer("Ann Lee", "ann@example.com"), booked=booking.uid)
    assert events == [SlotSet("draft", to_json(finished))]
    assert [said.response for said in talk.said] == ["utter_booked", ""]
    assert talk.said[1].card == {
        "data": {
            "type": "booking",
            "status": "CONFIRMED",
            "reference": booking.reference,
            "title": "Consultation",
            "person": "Ben Okafor",
            "attendee": "Ann Lee",
            "start": "2026-12-01T10:00:00Z",
            "end": "2026-12-01T10:30:00Z",
            "zone": "Europe/Berlin",
            "when": "Tuesday 1 December 2026, 11:00–11:30 (Europe/Berlin), 10:00–10:30 in Europe/London",
            "where": "by video call (Jitsi)",
            "link": None,
            "uid": str(booking.uid),
            "sequence": 0,
        }
    }


def test_a_channel_without_cards_gets_text_only(services: Services) -> None:
    talk, converse = Talk(channel="cmdline"), Converse(services)
    exact(talk, converse, *ANN_LEE)

    assert talk.say(converse, "yes", "affirm") == ["utter_booked"]
    assert [said.card for said in talk.said] == [None]


def test_an_exact_free_time_is_held_and_only_what_is_missing_asked(services: Services) -> None:
    talk, converse = Talk(), Converse(services)

    first = exact(talk, converse)
    name = talk.say(converse, "Ann Lee", "nlu_fallback")
    email = talk.say(converse, "ann@example.com", "inform", entity("email", "ann@example.com"))

    assert (first, name, email) == (["utter_ask_contact"], ["utter_ask_contact_rest"], ["utter_ask_book"])


def test_the_same_yes_twice_books_once(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    tracker = talk.tracker("yes", "affirm")

    talk.run(converse, tracker)
    first = talk.text
    talk.run(converse, tracker)

    assert talk.text == first
    assert len(stored(services)) == 1


def test_a_tap_on_an_old_yes_finds_the_booking(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    asked = talk.said
    talk.tap(converse, "Yes")
    talk.said = asked

    again = talk.tap(converse, "Yes")

    assert again == ["utter_stands"]
    assert len(stored(services)) == 1


def test_an_old_button_of_another_question_books_nothing(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, *ANN_LEE)
    asked = talk.said
    talk.say(converse, "make it 45 minutes")
    talk.said = asked

    assert talk.tap(converse, "Yes") == ["utter_gone", "utter_ask_book"]
    assert stored(services) == []


@pytest.mark.parametrize(
    "typed", ["/affirm", '/affirm{"option":"x"}', '/inform{"email":"thief@example.com"}']
)
def test_what_is_typed_as_a_command_says_no_more_than_its_words(services: Services, typed: str) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse)

    answer = talk.say(converse, typed, typed[1:7], entity("email", "thief@example.com"))

    assert "utter_ask_contact_rest" in answer
    assert from_json(talk.fields["draft"]).writer == Writer()


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("next Tuesday at 9:00 pm", ["utter_reason_outside_hours"]),
        ("next Tuesday at 7:00 pm", ["utter_reason_outside_hours", "utter_what_if_person"]),
        ("next Tuesday at 11:10", ["utter_reason_off_grid"]),
    ],
)
def test_a_time_that_cannot_be_had_has_one_reason(services: Services, text: str, remarks: list[str]) -> None:
    talk, converse = Talk(), Converse(services)

    answer = talk.say(converse, text, "book", BEN, on_tuesday(text))

    assert answer == [*remarks, "utter_offers_near"]
    assert stored(services) == []


def test_of_several_people_free_at_one_time_the_writer_chooses(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "next Tuesday at 14:00"

    offered = talk.say(converse, text, "book", on_tuesday(text))
    chosen = talk.say(converse, "with Ben", "inform", BEN)

    assert (offered, chosen) == (["utter_offers"], ["utter_ask_contact"])
    assert from_json(talk.fields["draft"]).chosen == slot("12-01 13:00", person="ben-okafor")


def test_where_no_hours_are_named_nobody_is_got_out_of_bed(services: Services) -> None:
    talk, converse = Talk(timezone="Asia/Tokyo"), Converse(services)
    text = "with Ben next Tuesday"

    talk.say(converse, text, "book", BEN, on_tuesday(text))

    starts = [slot.time.start for slot in from_json(talk.fields["draft"]).offers]
    assert starts == [at("12-01 09:00"), at("12-01 09:30"), at("12-01 10:30")]


def test_with_anyone_the_first_who_is_free_is_taken(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "next Tuesday at 14:00"

    assert talk.say(converse, text, "book", on_tuesday(text), entity("person", "anyone")) == [
        "utter_ask_contact"
    ]


def test_by_phone_the_number_is_stored(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    exact(talk, converse, entity("channel", "phone"), *ANN_LEE)

    asked = talk.say(converse, "+49 30 1234567", "inform", entity("phone", "+49 30 1234567"))
    talk.say(converse, "yes", "affirm")

    (booking,) = stored(services)
    assert asked == ["utter_ask_book"]
    assert (booking.channel, booking.phone) == (Channel.PHONE, "+49 30 1234567")


def test_braces_and_odd_signs_in_what_is_written_do_no_harm(services: Services) -> None:
    talk, converse = Talk(), Converse(services)

    exact(talk, converse, entity("name", "Ann 0[draft] {email}"), entity("email", "ann@example.com"))

    assert "For Ann 0 [draft] {email}, ann@example.com" in talk.text


def test_twice_not_understood_leads_to_the_menu(services: Services) -> None:
    talk, converse = Talk(), NothingFits(services)

    first, second = (talk.say(converse, "qwertz", "nlu_fallback") for _ in range(2))

    assert (first, second) == (["utter_rephrase", "utter_how_can_i_help"], ["utter_menu"])
    assert "help@example.org" in talk.text


@pytest.mark.parametrize(
    ("intent", "idle", "busy"),
    [
        ("greet", ["utter_greet", "utter_how_can_i_help"], ["utter_greet", "utter_ask_contact_rest"]),
        ("thank", ["utter_thank"], ["utter_thank", "utter_ask_contact_rest"]),
        ("help", ["utter_help"], ["utter_help", "utter_ask_contact_rest"]),
        (
            "bot_challenge",
            ["utter_bot_challenge", "utter_how_can_i_help"],
            ["utter_bot_challenge", "utter_ask_contact_rest"],
        ),
    ],
)
def test_small_talk_comes_back_to_the_open_question(
    services: Services, intent: str, idle: list[str], busy: list[str]
) -> None:
    talk, small_talk = Talk(), SmallTalk(services)

    before = talk.say(small_talk, "", intent)
    exact(talk, Converse(services))
    after = talk.say(small_talk, "", intent)

    assert (before, after) == (idle, busy)


def test_a_greeting_with_a_wish_is_a_wish(services: Services) -> None:
    text = "hello, with Ben next Tuesday at 11:00"

    answer = Talk().say(SmallTalk(services), text, "greet", BEN, on_tuesday(text))

    assert answer == ["utter_ask_contact"]


def test_an_assumed_zone_is_said_once(services: Services) -> None:
    talk, converse = Talk(timezone="Mars/Olympus"), Converse(services)

    first = exact(talk, converse)
    second = talk.say(converse, "Ann Lee, ann@example.com", "inform", *ANN_LEE)

    assert (first, second) == (["utter_zone_assumed", "utter_ask_contact"], ["utter_ask_book"])


def test_a_session_begins_with_nothing_but_who_the_writer_is(services: Services) -> None:
    talk = Talk()
    exact(talk, Converse(services), *ANN_LEE)
    in_tokyo = from_json(talk.fields["draft"])
    in_tokyo = replace(in_tokyo, writer=replace(in_tokyo.writer, zone="Asia/Tokyo"))
    talk.fields = {"draft": to_json(in_tokyo)}

    events = talk.run(SessionStart(), talk.tracker())

    kept = Draft(writer=Writer("Ann Lee", "ann@example.com", usual_zone="Asia/Tokyo"), begins=True)
    assert events == [SessionStarted(), SlotSet("draft", to_json(kept)), ActionExecuted("action_listen")]
    assert talk.said == []
