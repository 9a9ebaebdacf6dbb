from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet

from actions.base import Result, SafeAction
from actions.conversation import Converse, NothingFits, Restart, SmallTalk
from actions.draft import Draft, Question, Writer, from_json, to_json
from actions.services import Services
from actions.session import SessionStart
from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Channel, Status
from scheduler_core.people import People
from scheduler_core.scheduler import Scheduler
from scheduler_core.timerange import TimeRange
from tests.actions.samples import NOW, at, slot
from tests.actions.talk import Talk, date_entity, entity
from tests.conftest import MovableClock

OPERATOR = Actor(ActorKind.OPERATOR, "test")
ALWAYS = TimeRange(NOW, NOW + timedelta(days=60))
BEN = entity("person", "Ben")
ANN_LEE = (entity("name", "Ann Lee"), entity("email", "ann@example.com"))


def on_tuesday(text: str) -> dict[str, Any]:
    return date_entity(text, "next Tuesday", "2026-12-01", "2026-12-02")


def exact(talk: Talk, action: SafeAction, *entities: dict[str, Any]) -> list[str]:
    """One exact free time with Ben: eleven in Berlin, ten in London."""
    text = "next Tuesday at 11:00"
    return talk.say(action, text, "book", BEN, on_tuesday(text), *entities)


def stored(services: Services) -> list[Booking]:
    return services.scheduler.agenda(people=[], window=ALWAYS, actor=OPERATOR)


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
        }
    }


def test_a_channel_without_cards_gets_text_only(services: Services) -> None:
    talk, converse = Talk(channel="slack"), Converse(services)
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


def test_a_question_holds_nothing_and_a_yes_takes_the_time(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "Is Ben free next Tuesday at 11:00?"

    answer = talk.say(converse, text, "ask_availability", BEN, on_tuesday(text))
    free = exact(Talk(sender="bob"), converse)
    talk.say(converse, "ok", "affirm")

    assert (answer, free) == (["utter_free"], ["utter_ask_contact"])
    assert [said.response for said in talk.said] == ["utter_reason_taken", "utter_offers_near"]


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


def test_without_the_database_there_is_a_sentence_and_nothing_changes(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    talk = Talk()
    exact(talk, Converse(services), *ANN_LEE)
    dead = Store("postgresql+psycopg2://nobody@127.0.0.1:1/nothing")
    lost = replace(services, scheduler=Scheduler(dead, services.settings.clock), people=People(dead))

    with caplog.at_level(logging.ERROR):
        events = talk.run(Converse(lost), talk.tracker("yes", "affirm"))

    assert (events, [said.response for said in talk.said]) == ([], ["utter_database_unavailable"])
    assert "message ann-2" in caplog.text
    assert "ann@example.com" not in caplog.text
    assert talk.say(Converse(services), "yes", "affirm") == ["utter_booked"]


def test_an_answer_that_takes_too_long_is_said_to_be_unknown(services: Services) -> None:
    talk = Talk()

    events = talk.run(Converse(services, deadline=0.0), talk.tracker("hello", "book"))

    assert (events, [said.response for said in talk.said]) == ([], ["utter_outcome_unknown"])


class Broken(SafeAction):
    """An action with a fault."""

    def name(self) -> str:
        return "action_broken"

    def work(self, tracker: Tracker) -> Result:
        raise ValueError(tracker.sender_id)


def test_a_fault_is_a_sentence_and_a_log_line_with_the_same_number(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    talk = Talk()

    with caplog.at_level(logging.ERROR):
        events = talk.run(Broken(services), talk.tracker())

    incident = caplog.text.split("incident ")[1][:8]
    assert (events, [said.response for said in talk.said]) == ([], ["utter_backend_down"])
    assert incident in talk.text
