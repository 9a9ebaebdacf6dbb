"""People of the calendar and their own day: a plan first, then one yes."""

from __future__ import annotations

import pytest

from actions.conversation import Converse
from actions.services import Services
from scheduler_core.db.store import Store
from scheduler_core.model import Slot, Status, Wish
from scheduler_core.timerange import TimeRange
from tests.actions.proving import EMAIL, OPERATOR, made, prove, stored
from tests.actions.samples import NOW, at
from tests.actions.talk import Talk, date_entity, entity
from tests.conftest import MovableClock


def test_a_person_blocks_their_own_time_after_a_yes(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    said = "block next Tuesday"

    talk.say(
        converse,
        said,
        "block_time",
        date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02"),
        entity("email", "ben@example.org"),
    )
    question = prove(talk, converse, store)
    before = free(services)
    done = talk.say(converse, "yes", "affirm")

    assert (question, done) == (["utter_ask_block"], ["utter_host_blocked"])
    assert "Tuesday 1 December 2026" in talk.text
    assert (len(before) > 0, free(services)) == (True, [])


def test_an_ill_person_calls_off_the_day_and_only_after_a_yes(services: Services, store: Store) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    said = "I'm ill next Tuesday"
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")

    talk.say(converse, said, "call_in_sick", day, entity("email", "ben@example.org"))
    question = prove(talk, converse, store)
    plan, before = talk.text, stored(services)
    done = talk.say(converse, "yes", "affirm")

    chat = services.scheduler.find(booking.uid, actor=OPERATOR)
    assert (question, done) == (["utter_ask_ill"], ["utter_host_ill"])
    assert "Ann Lee" in plan
    assert (before, chat.status) == ([booking], Status.CANCELLED)


def test_a_late_person_has_it_told(services: Services, store: Store, clock: MovableClock) -> None:
    made(services, "12-01 10:00")
    clock.move(at("12-01 09:30") - NOW)
    talk, converse = Talk(), Converse(services)

    late = (entity("duration", 15), entity("email", "ben@example.org"))
    talk.say(converse, "I'm 15 minutes late", "running_late", *late)
    question = prove(talk, converse, store)
    done = talk.say(converse, "yes", "affirm")

    assert (question, done) == (["utter_ask_late"], ["utter_host_late"])
    assert "10:15" in talk.text


def test_a_plan_that_is_refused_changes_nothing(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    said = "block next Tuesday"
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")
    talk.say(converse, said, "block_time", day, entity("email", "ben@example.org"))
    prove(talk, converse, store)

    assert talk.say(converse, "no", "deny") == ["utter_host_dropped"]
    assert free(services) != []


def test_a_person_hears_their_day(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")
    said = "what do I have next Tuesday?"
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")

    talk.say(converse, said, "list_appointments", day, entity("email", "ben@example.org"))

    assert prove(talk, converse, store) == ["utter_host_day"]
    assert "10:00–10:30: Consultation with Ann Lee" in talk.text


@pytest.mark.parametrize("intent", ["block_time", "running_late"])
def test_who_is_no_person_of_the_calendar_changes_none(services: Services, store: Store, intent: str) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")

    talk.say(converse, "block tomorrow", intent, EMAIL)

    assert prove(talk, converse, store) == ["utter_no_host"]


def free(services: Services) -> list[Slot]:
    """Ben's open times on that Tuesday."""
    day = TimeRange(at("12-01 00:00"), at("12-02 00:00"))
    wish = Wish(windows=(day,), anyone_of=(frozenset({"ben-okafor"}),))
    return services.scheduler.open_slots(kind="consultation", wish=wish)


def proven(services: Services, store: Store) -> Talk:
    """Ben's chat, after the yes to a block of that Tuesday."""
    talk, converse = Talk(), Converse(services)
    said = "block next Tuesday"
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")
    talk.say(converse, said, "block_time", day, entity("email", "ben@example.org"))
    prove(talk, converse, store)
    talk.say(converse, "yes", "affirm")
    return talk


@pytest.mark.parametrize("said", ["unblock next Tuesday", "I'm back next Tuesday after all"])
def test_a_person_is_back_after_all(services: Services, store: Store, said: str) -> None:
    talk, converse = proven(services, store), Converse(services)
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")

    question = talk.say(converse, said, "inform", day)
    before = free(services)
    done = talk.say(converse, "yes", "affirm")

    assert (question, done, before) == (["utter_ask_back"], ["utter_host_back"], [])
    assert free(services) != []


def test_what_was_called_off_for_an_illness_is_named_by_who_is_well_again(
    services: Services, store: Store
) -> None:
    talk, converse, booking = Talk(), Converse(services), made(services, "12-01 10:00")
    said = "I'm ill next Tuesday"
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")
    talk.say(converse, said, "call_in_sick", day, entity("email", "ben@example.org"))
    prove(talk, converse, store)
    talk.say(converse, "yes", "affirm")

    question = talk.say(converse, "I'm not ill any more", "call_in_sick")
    plan = talk.text
    done = talk.say(converse, "yes", "affirm")

    chat = services.scheduler.find(booking.uid, actor=OPERATOR)
    assert (question, done) == (["utter_ask_back"], ["utter_host_back"])
    assert "Ann Lee" in plan
    assert (chat.status, free(services) != []) == (Status.CANCELLED, True)


def test_a_block_is_undone_with_one_yes(services: Services, store: Store) -> None:
    talk, converse = proven(services, store), Converse(services)

    question = talk.say(converse, "undo that", "undo")
    done = talk.say(converse, "yes", "affirm")
    again = talk.say(converse, "undo that", "undo")

    assert (question, done, again) == (["utter_ask_back"], ["utter_host_back"], ["utter_ask_block"])


def test_a_plan_is_changed_before_the_yes(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    said, other = "block next Tuesday", "no, Wednesday"
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")
    talk.say(converse, said, "block_time", day, entity("email", "ben@example.org"))
    prove(talk, converse, store)

    question = talk.say(converse, other, "deny", date_entity(other, "Wednesday", "2026-12-02", "2026-12-03"))
    plan = talk.text
    talk.say(converse, "yes", "affirm")

    assert (question, "Wednesday 2 December 2026" in plan) == (["utter_ask_block"], True)
    assert free(services) != []


def test_a_person_hears_who_is_next_and_when_they_are_free(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")
    talk.say(converse, "who's next?", "inform", entity("email", "ben@example.org"))

    following = prove(talk, converse, store)
    line = talk.text
    said = "when am I free next Tuesday?"
    day = date_entity(said, "next Tuesday", "2026-12-01", "2026-12-02")
    gaps = talk.say(converse, said, "ask_availability", day)

    assert (following, "Ann Lee" in line) == (["utter_host_next"], True)
    assert gaps == ["utter_host_free"]
    assert "10:00–10:30" not in talk.text


def test_nobody_else_is_back(services: Services, store: Store) -> None:
    talk, converse = Talk(), Converse(services)
    made(services, "12-01 10:00")
    talk.say(converse, "unblock next Tuesday", "inform", EMAIL)

    assert prove(talk, converse, store) == ["utter_no_host"]
