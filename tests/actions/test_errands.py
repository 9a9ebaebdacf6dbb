"""Errands for which people prove who they are; the code is the one that the worker would mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.conversation import Converse
from actions.draft import Question, from_json
from actions.services import Services
from scheduler_core.db.store import Store
from scheduler_core.model import Attendee
from tests.actions.proving import EMAIL, made, mailed, prove, stored
from tests.actions.samples import slot
from tests.actions.talk import Talk, date_entity, entity
from tests.conftest import MovableClock


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08}"


def test_an_appointment_made_elsewhere_is_cancelled_by_code_and_yes(services: Services, store: Store) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")

    asked = talk.say(converse, "cancel my appointment", "cancel_appointment")
    sent = talk.say(converse, "ann@example.com", "inform", EMAIL)
    question = prove(talk, converse, store)
    kept = stored(services)
    done = talk.say(converse, "yes", "affirm")

    assert (asked, sent, question) == (["utter_ask_address"], ["utter_code_sent"], ["utter_ask_cancel"])
    assert kept == [booking]
    assert (done, stored(services)) == (["utter_cancelled"], [])


def test_an_appointment_made_elsewhere_is_moved_to_the_day_that_was_said_at_first(
    services: Services, store: Store
) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    said = "move my appointment to next Thursday at 11:00"
    day = date_entity(said, "next Thursday", "2026-12-03", "2026-12-04")

    talk.say(converse, said, "reschedule", day, EMAIL)
    question = prove(talk, converse, store)
    done = talk.say(converse, "yes", "affirm")

    (after,) = stored(services)
    assert (question, done) == (["utter_ask_move"], ["utter_moved"])
    assert (after.uid, after.slot) == (booking.uid, slot("12-03 10:00", person="ben-okafor"))


def test_a_moved_appointment_goes_back_by_undo(services: Services, store: Store) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    said = "move my appointment to next Thursday at 11:00"
    day = date_entity(said, "next Thursday", "2026-12-03", "2026-12-04")
    talk.say(converse, said, "reschedule", day, EMAIL)
    prove(talk, converse, store)
    talk.say(converse, "yes", "affirm")

    question = talk.say(converse, "undo that", "undo")
    done = talk.say(converse, "yes", "affirm")

    assert (question, done) == (["utter_ask_move"], ["utter_moved"])
    assert [one.slot for one in stored(services)] == [booking.slot]


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        (("the second one", "choose", entity("choice", 2)), 1),
        (("the last", "choose", entity("choice", "last")), 2),
        (("the one on Thursday", "inform", ("Thursday", "2026-12-03")), 2),
    ],
)
def test_of_several_appointments_one_is_named(
    services: Services, store: Store, answer: tuple[Any, ...], place: int
) -> None:
    talk, converse = Talk(), Converse(services)
    bookings = [made(services, time) for time in ("12-01 10:00", "12-02 10:00", "12-03 10:00")]
    talk.say(converse, "cancel my appointment", "cancel_appointment", EMAIL)
    words, intent, detail = answer
    if isinstance(detail, tuple):
        detail = date_entity(words, detail[0], detail[1], "2026-12-04")

    which = prove(talk, converse, store)
    question = talk.say(converse, words, intent, detail)
    talk.say(converse, "yes", "affirm")

    assert (which, question) == (["utter_ask_appointment"], ["utter_ask_cancel"])
    assert stored(services) == [one for one in bookings if one is not bookings[place]]


@pytest.mark.parametrize("place", [0, 1])
def test_of_several_appointments_one_is_told_by_its_reference(
    services: Services, store: Store, place: int
) -> None:
    talk, converse = Talk(), Converse(services)
    bookings = [made(services, time) for time in ("12-01 10:00", "12-02 10:00")]
    reference = bookings[place].reference
    text = f"cancel booking {reference}"
    talk.say(converse, text, "cancel_appointment", EMAIL, entity("reference", reference))

    question = prove(talk, converse, store)
    talk.say(converse, "yes", "affirm")

    assert question == ["utter_ask_cancel"]
    assert stored(services) == [one for one in bookings if one is not bookings[place]]


def test_the_reference_of_somebody_elses_appointment_reaches_none_but_ones_own(
    services: Services, store: Store
) -> None:
    talk, converse = Talk(), Converse(services)
    own = made(services, "12-01 10:00")
    other = made(services, "12-02 10:00", Attendee("Zoe Secret", "zoe@example.com", "UTC"))
    text = f"cancel booking {other.reference}"
    talk.say(converse, text, "cancel_appointment", EMAIL, entity("reference", other.reference))

    which = prove(talk, converse, store)
    listed = talk.text
    question = talk.say(converse, "1", "choose", entity("choice", 1))
    talk.say(converse, "yes", "affirm")

    assert (which, question) == (["utter_ask_appointment"], ["utter_ask_cancel"])
    assert "Wednesday 2 December" not in listed
    assert (stored(services), own.uid == other.uid) == ([other], False)


def test_a_reference_is_an_answer_to_which_of_several(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    first, second = (made(services, time) for time in ("12-01 10:00", "12-02 10:00"))
    talk.say(converse, "cancel my appointment", "cancel_appointment", EMAIL)
    prove(talk, converse, store)

    question = talk.say(converse, second.reference, "inform", entity("reference", second.reference))
    talk.say(converse, "yes", "affirm")

    assert question == ["utter_ask_cancel"]
    assert stored(services) == [first]


def test_of_several_appointments_one_is_tapped(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    first, second = (made(services, time) for time in ("12-01 10:00", "12-02 10:00"))
    talk.say(converse, "cancel my appointment", "cancel_appointment", EMAIL)
    prove(talk, converse, store)

    question = talk.tap(converse, "Wednesday 2 December")
    talk.say(converse, "yes", "affirm")

    assert question == ["utter_ask_cancel"]
    assert (stored(services), first.uid == second.uid) == ([first], False)


def test_what_is_booked_is_listed_for_the_proven_address_alone(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")
    made(services, "12-02 10:00", Attendee("Zoe Secret", "zoe@example.com", "UTC"))

    talk.say(converse, "what do I have booked?", "list_appointments", EMAIL)
    listed = prove(talk, converse, store)

    assert listed == ["utter_your_appointments"]
    assert (
        "1. Tuesday 1 December 2026, 11:00 (10:00 Europe/London), Consultation with Ben Okafor" in talk.text
    )
    assert "2 December" not in talk.text


def test_the_same_is_said_where_an_address_is_unknown(services: Services, store: Store) -> None:
    made(services, "12-01 10:00")
    known, unknown, converse = Talk(), Talk(sender="bob"), Converse(services)

    first = known.say(converse, "my appointments", "list_appointments", EMAIL)
    second = unknown.say(converse, "my appointments", "list_appointments", entity("email", "zoe@example.com"))

    assert first == second == ["utter_code_sent"]
    assert known.text.replace("ann@", "zoe@") == unknown.text
    assert len(mailed(store)) == 1
    assert unknown.say(converse, "12345678", "inform") == known.say(converse, "12345678", "inform")


def test_a_code_can_be_tried_five_times(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")
    talk.say(converse, "my appointments", "list_appointments", EMAIL)
    code = mailed(store)[-1]

    tries = [talk.say(converse, wrong(code), "inform") for _ in range(5)]
    right = talk.say(converse, code, "inform")

    assert tries == [["utter_code_wrong"]] * 4 + [["utter_code_too_many"]]
    assert right == ["utter_code_too_many"]


def test_a_code_runs_out_and_a_new_one_can_be_had(
    services: Services, store: Store, clock: MovableClock
) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")
    talk.say(converse, "my appointments", "list_appointments", EMAIL)
    clock.move(timedelta(minutes=11))

    late = prove(talk, converse, store)
    again = talk.tap(converse, "New code")

    assert (late, again) == (["utter_code_expired"], ["utter_code_sent"])
    assert prove(talk, converse, store) == ["utter_your_appointments"]


def test_after_three_codes_it_is_said_when_there_is_another(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    for _ in range(3):
        talk.say(converse, "my appointments", "list_appointments", EMAIL)

    assert talk.say(converse, "my appointments", "list_appointments", EMAIL) == ["utter_code_too_often"]
    assert "11:00" in talk.text


def test_no_proof_stands_in_a_field(services: Services, store: Store) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    talk.say(converse, "cancel my appointment", "cancel_appointment", EMAIL)
    prove(talk, converse, store)
    stolen = Talk(sender="bob", fields=dict(talk.fields))

    answer = stolen.say(converse, "yes", "affirm")

    assert "utter_cancelled" not in answer
    assert stored(services) == [booking]


def test_a_wish_ends_an_errand(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    talk.say(converse, "cancel my appointment", "cancel_appointment")
    text = "an intro with Ben next Tuesday at 11:00"

    answer = talk.say(
        converse,
        text,
        "book",
        entity("person", "Ben"),
        date_entity(text, "next Tuesday", "2026-12-01", "2026-12-02"),
    )

    assert answer == ["utter_ask_contact"]


@pytest.mark.parametrize(("words", "intent"), [("never mind", "stop"), ("no", "deny")])
def test_an_errand_can_be_dropped(services: Services, words: str, intent: str) -> None:
    talk, converse = Talk(), Converse(services)
    talk.say(converse, "cancel my appointment", "cancel_appointment")

    assert talk.say(converse, words, intent) == ["utter_stopped"]
    assert from_json(talk.fields["draft"]).errand is None


def test_something_else_at_the_code_asks_for_it_again(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    talk.say(converse, "cancel my appointment", "cancel_appointment", EMAIL)

    answer = talk.say(converse, "qwertz", "nlu_fallback")

    assert answer == ["utter_rephrase", "utter_ask_code"]
    assert from_json(talk.fields["draft"]).asked is Question.CODE


def test_mail_is_told_about_and_sent_again(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")

    talk.say(converse, "did my confirmation go out?", "resend", EMAIL)
    state = prove(talk, converse, store)
    lines = talk.text
    copy = talk.say(converse, "send it again", "resend")

    assert (state, copy) == (["utter_delivery"], ["utter_copy_sent"])
    assert "the mail to ann@example.com is on its way" in lines


def test_a_guest_is_invited_to_what_was_booked(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")
    talk.say(converse, "did my confirmation go out?", "resend", EMAIL)
    prove(talk, converse, store)

    answer = talk.say(converse, "also invite bob", "inform", entity("email", "bob@example.com", role="guest"))

    assert answer == ["utter_invited"]
    assert [booking.guests for booking in stored(services)] == [("bob@example.com",)]


@pytest.mark.parametrize("intent", ["export_data", "erase_data"])
def test_what_is_kept_about_somebody_is_shown_by_a_mailed_link(
    services: Services, store: Store, intent: str
) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")

    sent = talk.say(converse, "what do you know about me?", intent, EMAIL)
    done = prove(talk, converse, store)

    assert (sent, done) == (["utter_code_sent"], ["utter_data_link"])
    assert "ann@example.com" in talk.text
    assert len(stored(services)) == 1
