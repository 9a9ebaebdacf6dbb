"""Guests who are invited and taken off, and what is done in between while a new appointment is arranged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.acts import Act
from actions.conversation import Converse
from actions.draft import Draft, Errand, Question, from_json
from actions.services import Services
from actions.telling import Remark, RemarkKind
from actions.understanding import Heard, understood
from scheduler_core.db.store import Store
from scheduler_core.model import Booking, Details, Status
from tests.actions.proving import ANN, EMAIL, OPERATOR, made, prove, stored
from tests.actions.samples import AFTERNOON, FACTS, says, slot
from tests.actions.talk import Talk, date_entity, entity

BOB, ZOE = "bob@example.org", "zoe@example.org"


def with_guests(services: Services, *guests: str) -> Booking:
    details = Details(guests=guests)
    time = slot("12-01 10:00", person="ben-okafor")
    return services.scheduler.book(time, ANN, details=details, key="guests", actor=OPERATOR)


def guests_now(services: Services, booking: Booking) -> tuple[str, ...]:
    return services.scheduler.find(booking.uid, actor=OPERATOR).guests


def test_a_guest_of_the_draft_is_taken_off_and_the_question_put_again() -> None:
    draft = Draft(id="m1", guests=(BOB, ZOE), offers=AFTERNOON, asked=Question.OFFERS)

    heard = understood(draft, says("take Bob off"), FACTS)

    expected = replace(draft, guests=(ZOE,))
    assert heard == Heard(expected, Act.WHICH, (Remark(RemarkKind.GUEST_OFF, BOB),))


def test_somebody_who_is_no_guest_cannot_be_taken_off() -> None:
    draft = Draft(id="m1", guests=(BOB,), offers=AFTERNOON, asked=Question.OFFERS)

    heard = understood(draft, says("don't invite carl@example.org"), FACTS)

    assert heard == Heard(draft, Act.WHICH, (Remark(RemarkKind.NO_SUCH_GUEST),))


def test_the_address_of_a_guest_does_not_become_the_writers() -> None:
    draft = Draft(id="m1", guests=(BOB,), asked=Question.CONTACT)

    heard = understood(draft, says(f"{BOB} is my brother", email=BOB), FACTS)

    assert heard.draft.writer.email == ""


@pytest.mark.parametrize(
    ("words", "left"), [(f"take {BOB} off my appointment", (ZOE,)), ("remove all guests from it", ())]
)
def test_guests_are_taken_off_by_code(
    services: Services, store: Store, words: str, left: tuple[str, ...]
) -> None:
    talk, converse, booking = Talk(), Converse(services), with_guests(services, BOB, ZOE)

    asked = talk.say(converse, words, "inform")
    told = talk.say(converse, "ann@example.com", "inform", EMAIL)
    done = prove(talk, converse, store)

    kept = left or (BOB, ZOE)
    assert (asked, told) == (["utter_ask_address"], ["utter_code_sent"])
    assert done == (["utter_uninvited"] if left else ["utter_whom_off"])
    assert guests_now(services, booking) == kept


def test_inviting_and_taking_off_are_undone(services: Services, store: Store) -> None:
    talk, converse, booking = Talk(), Converse(services), with_guests(services, BOB)
    talk.say(converse, f"take {BOB} off my appointment", "inform", EMAIL)
    prove(talk, converse, store)
    gone = guests_now(services, booking)

    back = talk.say(converse, "undo that", "undo")

    assert (gone, back, guests_now(services, booking)) == ((), ["utter_invited"], (BOB,))
    assert talk.say(converse, "undo that", "undo") == ["utter_uninvited"]
    assert guests_now(services, booking) == ()


def test_a_list_in_the_middle_loses_nothing(services: Services, store: Store) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    words = "Consultation with Ben on 2 December"
    day = date_entity(words, "2 December", "2026-12-02", "2026-12-03")
    talk.say(converse, words, "book", day, entity("person", "Ben"), entity("type", "consultation"))
    before = from_json(talk.fields["draft"])

    talk.say(converse, "what do I have booked?", "list_appointments", EMAIL)
    waiting = from_json(talk.fields["draft"])
    told = prove(talk, converse, store)

    after = from_json(talk.fields["draft"])
    assert (waiting.errand, waiting.waiting) == (Errand.LIST, before)
    assert told == ["utter_your_appointments", "utter_back", "utter_offers"]
    assert (after.offers, after.asked, after.waiting) == (before.offers, Question.OFFERS, None)
    assert stored(services) == [booking]


def test_another_appointment_is_cancelled_in_the_middle(services: Services, store: Store) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    words = "Consultation with Ben on 2 December"
    day = date_entity(words, "2 December", "2026-12-02", "2026-12-03")
    talk.say(converse, words, "book", day, entity("person", "Ben"), entity("type", "consultation"))

    talk.say(converse, "cancel my appointment, ann@example.com", "cancel_appointment", EMAIL)
    question = prove(talk, converse, store)
    done = talk.say(converse, "yes", "affirm")

    assert question == ["utter_ask_cancel"]
    assert done == ["utter_cancelled", "utter_back", "utter_offers"]
    assert services.scheduler.find(booking.uid, actor=OPERATOR).status is Status.CANCELLED


def test_stop_ends_only_what_is_in_between(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    words = "Consultation with Ben on 2 December"
    day = date_entity(words, "2 December", "2026-12-02", "2026-12-03")
    talk.say(converse, words, "book", day, entity("person", "Ben"), entity("type", "consultation"))
    talk.say(converse, "what do I have booked?", "list_appointments")

    left = talk.say(converse, "stop", "stop")
    dropped = talk.say(converse, "stop", "stop")

    assert (left, dropped) == (["utter_left", "utter_back", "utter_offers"], ["utter_stopped"])
