"""The chat opened by the link of a mail, which proves one appointment and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.base import SafeAction
from actions.conversation import Converse, Restart, SmallTalk
from actions.draft import Question, from_json
from actions.services import Services
from scheduler_core.db.store import Store
from scheduler_core.links import ATTENDEE, Links
from scheduler_core.model import Booking, Status
from tests.actions.proving import EMAIL, OPERATOR, made, prove, stored
from tests.actions.samples import at
from tests.actions.talk import Talk, date_entity, entity
from tests.conftest import MovableClock

SHOWN = ["utter_link_opened"]
REFUSED = ["utter_link_refused"]


def token_for(services: Services, booking: Booking) -> str:
    links = Links(services.settings.secret_key, services.settings.public_url)
    return links.chat(booking.uid, ATTENDEE).partition("#chat=")[2]


def opens(
    talk: Talk,
    action: SafeAction,
    link: object,
    text: str = "Show my appointment",
    intent: str = "list_appointments",
    *entities: dict[str, object],
) -> list[str]:
    """The names of the responses that answer a message with which the channel passes on a link."""
    tracker = talk.tracker(text, intent, entities)
    tracker.latest_message["metadata"]["link"] = link
    talk.run(action, tracker)
    return [said.response for said in talk.said if said.response]


def is_cancelled(services: Services, booking: Booking) -> bool:
    return services.scheduler.find(booking.uid, actor=OPERATOR).status is Status.CANCELLED


def test_a_link_shows_its_appointment_with_what_can_be_done(services: Services) -> None:
    talk, booking = Talk(), made(services, "12-01 10:00")

    answer = opens(talk, Converse(services), token_for(services, booking))

    assert answer == SHOWN
    assert "Consultation with Ben Okafor" in talk.text
    assert booking.reference in talk.text
    assert [title for title, _ in talk.said[0].buttons] == ["Move it", "Cancel it"]
    assert stored(services) == [booking]


def test_what_a_link_opened_is_cancelled_by_a_tap_and_a_yes(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    opens(talk, converse, token_for(services, booking))

    asked = talk.tap(converse, "Cancel it")
    before = is_cancelled(services, booking)
    done = talk.tap(converse, "Yes, cancel it")

    assert (asked, before, done) == (["utter_ask_cancel"], False, ["utter_cancelled"])
    assert is_cancelled(services, booking)


def test_what_a_link_opened_is_moved_by_a_tap_a_choice_and_a_yes(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    opens(talk, converse, token_for(services, booking))

    offered = talk.tap(converse, "Move it")
    chosen = talk.say(converse, "the first", "choose", entity("choice", 1))
    moved = talk.tap(converse, "Yes, move it")

    assert (offered, chosen, moved) == (["utter_offers"], ["utter_ask_move"], ["utter_moved"])
    (after,) = stored(services)
    assert (after.uid, after.version > booking.version) == (booking.uid, True)


def test_a_link_and_a_wish_in_one_message_lead_to_the_question_at_once(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")

    asked = opens(talk, converse, token_for(services, booking), "cancel it", "cancel_appointment")
    done = talk.say(converse, "yes", "affirm")

    assert (asked, done) == (["utter_ask_cancel"], ["utter_cancelled"])
    assert is_cancelled(services, booking)


def test_a_link_counts_for_what_follows_as_well(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    opens(talk, converse, token_for(services, booking))
    words = "move it to 3 December at 10"
    day = date_entity(words, "3 December", "2026-12-03", "2026-12-04")

    talk.say(converse, words, "reschedule", day)
    moved = talk.say(converse, "yes", "affirm")

    assert moved == ["utter_moved"]
    assert [one.time.start for one in stored(services)] == [at("12-03 09:00")]


def test_a_greeting_with_a_link_shows_the_appointment_too(services: Services) -> None:
    talk, booking = Talk(), made(services, "12-01 10:00")

    assert opens(talk, SmallTalk(services), token_for(services, booking), "hello", "greet") == SHOWN


@pytest.mark.parametrize("link", ["kJ8", "x" * 400, 7, ["kJ8"], {"token": "kJ8"}])
def test_a_link_that_is_none_is_refused_in_one_sentence(services: Services, link: object) -> None:
    talk, booking = Talk(), made(services, "12-01 10:00")

    assert opens(talk, Converse(services), link) == REFUSED
    assert services.identity.proven(channel="rest", sender="ann") is None
    assert not is_cancelled(services, booking)


def test_a_manage_link_opens_no_chat(services: Services) -> None:
    talk, booking = Talk(), made(services, "12-01 10:00")
    links = Links(services.settings.secret_key, services.settings.public_url)

    assert opens(talk, Converse(services), links.token(booking.uid, ATTENDEE)) == REFUSED


def test_a_link_to_a_cancelled_appointment_is_refused(services: Services) -> None:
    talk, booking = Talk(), made(services, "12-01 10:00")
    services.scheduler.cancel(booking.uid, version=booking.version, key="c", actor=OPERATOR)

    assert opens(talk, Converse(services), token_for(services, booking)) == REFUSED


def test_a_link_to_an_appointment_that_has_begun_is_refused(services: Services, clock: MovableClock) -> None:
    talk, booking = Talk(), made(services, "12-01 10:00")
    clock.instant = at("12-01 10:05")

    assert opens(talk, Converse(services), token_for(services, booking)) == REFUSED


def test_what_is_asked_besides_is_answered_after_a_refused_link(services: Services) -> None:
    answer = opens(Talk(), Converse(services), "kJ8", "cancel my appointment", "cancel_appointment")

    assert answer == ["utter_link_refused", "utter_ask_address"]


def test_a_link_typed_or_named_as_a_detail_proves_nothing(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    token = token_for(services, booking)

    talk.fields = {"link": token}
    asked = [
        talk.say(converse, f"http://127.0.0.1:8080/#chat={token}", "list_appointments"),
        talk.say(
            converse, f"link {token}", "list_appointments", entity("link", token), entity("note", token)
        ),
        talk.say(
            converse, f'/list_appointments{{"link":"{token}"}}', "list_appointments", entity("link", token)
        ),
    ]

    assert asked == 3 * [["utter_ask_address"]]
    assert services.identity.proven(channel="rest", sender="ann") is None


def test_a_link_proves_nothing_to_other_senders_and_of_other_appointments(services: Services) -> None:
    ann, other, converse = Talk(), Talk(sender="eve"), Converse(services)
    booking, another = made(services, "12-01 10:00"), made(services, "12-02 10:00")
    opens(ann, converse, token_for(services, booking))

    told = ann.say(converse, "show my appointment", "list_appointments")
    said = ann.text
    asked = other.say(converse, "cancel my appointment", "cancel_appointment")

    assert (told, asked) == (["utter_your_appointment"], ["utter_ask_address"])
    assert "1 December" in said
    assert "2 December" not in said
    assert stored(services) == [booking, another]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("all my appointments", "list_appointments"),
        ("what do you know about me?", "export_data"),
        ("block Friday afternoon", "block_time"),
        ("I'm 15 minutes late", "running_late"),
    ],
)
def test_what_is_about_an_address_needs_a_code_after_a_link_too(
    services: Services, store: Store, text: str, intent: str
) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    opens(talk, converse, token_for(services, booking))

    asked = talk.say(converse, text, intent)
    talk.say(converse, "ann@example.com", "inform", EMAIL)
    prove(talk, converse, store)

    assert asked == ["utter_ask_address"]
    proof = services.identity.proven(channel="rest", sender="ann")
    assert proof is not None
    assert proof.address == "ann@example.com"


def test_the_proof_of_a_link_ends_when_it_is_not_used(services: Services, clock: MovableClock) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    opens(talk, converse, token_for(services, booking))
    clock.instant += timedelta(minutes=31)

    answer = talk.say(converse, "cancel it", "cancel_appointment")

    assert answer == ["utter_ask_address"]
    assert not is_cancelled(services, booking)


def test_a_link_ends_the_way_to_a_code(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    talk.say(converse, "my appointments", "list_appointments")

    assert opens(talk, converse, token_for(services, booking)) == SHOWN
    assert from_json(talk.fields["draft"]).asked is Question.NOTHING


def test_a_link_leaves_alone_what_is_being_arranged(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    words = "Consultation with Ben on 2 December"
    day = date_entity(words, "2 December", "2026-12-02", "2026-12-03")
    talk.say(converse, words, "book", day, entity("person", "Ben"), entity("type", "consultation"))

    opens(talk, converse, token_for(services, booking))

    kept = from_json(talk.fields["draft"])
    assert (kept.asked, kept.booked) == (Question.OFFERS, None)
    assert services.identity.proven(channel="rest", sender="ann") is not None


def test_a_link_does_not_call_the_assistant_back_from_a_person(services: Services) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    asked = talk.say(converse, "a person please, ann@example.com", "human", EMAIL)

    assert asked == ["utter_human"]
    assert opens(talk, converse, token_for(services, booking)) == ["utter_quiet"]
    assert from_json(talk.fields["draft"]).handed_over


def test_a_proof_of_the_address_outlasts_a_link(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    booking, _ = made(services, "12-01 10:00"), made(services, "12-02 10:00")
    talk.say(converse, "my appointments for ann@example.com", "list_appointments", EMAIL)
    prove(talk, converse, store)

    shown = opens(talk, converse, token_for(services, booking))
    listed = talk.say(converse, "all my appointments", "list_appointments")

    assert (shown, listed) == (SHOWN, ["utter_your_appointments"])
    assert "2 December" in talk.text


def test_a_link_stays_in_no_field(services: Services) -> None:
    talk, booking = Talk(), made(services, "12-01 10:00")
    token = token_for(services, booking)

    opens(talk, Converse(services), token)
    opens(talk, Restart(services), token, "start over", "restart")

    assert token not in str(talk.fields)
