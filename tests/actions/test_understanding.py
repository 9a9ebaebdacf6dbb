"""What a message does to what is being arranged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.acts import Act
from actions.draft import Draft, Errand, Question, Writer
from actions.telling import Remark, RemarkKind
from actions.turn import Named, Turn
from actions.understanding import Heard, understood
from nlu.wishes import Hours, TimeWish
from scheduler_core.model import Channel, Order
from tests.actions.drafts import ASKED_TO_BOOK, FRIDAY, HELD, OFFERED, TUESDAY_AFTERNOON
from tests.actions.samples import AFTERNOON, ANN, BERLIN, FACTS, says, slot


def test_a_full_sentence_is_used_at_once() -> None:
    turn = says(
        "30 minutes with Dr. Meyer on the phone next Tuesday afternoon?",
        "book",
        people=("Dr. Meyer",),
        dates=(("next Tuesday", "2026-12-01"),),
        channel="phone",
        phone="+49 30 1234",
        name="Ann Lee",
        email="ann@example.com",
        note="my tax return",
    )

    heard = understood(Draft(), turn, FACTS)

    expected = Draft(
        id="m2",
        minutes=30,
        people=(("eva-meyer",),),
        when=replace(TUESDAY_AFTERNOON, minutes=30),
        channel=Channel.PHONE,
        note="my tax return",
        writer=replace(ANN, phone="+49 30 1234"),
    )
    assert heard == Heard(expected, Act.TELL)


@pytest.mark.parametrize(
    ("turn", "changes"),
    [
        (says("make it 45 minutes"), {"minutes": 45, "chosen": slot("12-01 12:00", minutes=45)}),
        (
            says("with Ben instead", people=("Ben",)),
            {"people": (("ben-okafor",),), "chosen": slot("12-01 12:00", person="ben-okafor")},
        ),
        (
            says("just an intro", type="intro"),
            {"kind": "intro", "chosen": slot("12-01 12:00", minutes=15, kind="intro")},
        ),
        (says("my mail is", email="lee@example.com"), {"writer": replace(ANN, email="lee@example.com")}),
        (says("I'm Anna", name="Anna Leigh"), {"writer": replace(ANN, name="Anna Leigh")}),
        (says("in person", channel="in_person"), {"channel": Channel.IN_PERSON}),
        (says("video please", channel="video"), {"channel": Channel.JITSI}),
        (says("it's about my knee", note="my knee"), {"note": "my knee"}),
        (says("I'm in Tokyo", zone="Asia/Tokyo"), {"writer": replace(ANN, zone="Asia/Tokyo")}),
        (says("the third", choice=3), {"chosen": AFTERNOON[2]}),
    ],
)
def test_one_detail_changes_one_field(turn: Turn, changes: dict[str, Any]) -> None:
    heard = understood(ASKED_TO_BOOK, turn, FACTS)

    confirmation = None if "chosen" in changes and turn.choice else ASKED_TO_BOOK.confirmation
    assert heard == Heard(replace(ASKED_TO_BOOK, **changes, confirmation=confirmation), Act.TELL)


@pytest.mark.parametrize("intent", ["inform", "deny", "affirm", "alternatives"])
def test_another_day_keeps_the_hours_and_drops_the_time(intent: str) -> None:
    turn = says("no, Friday", intent, dates=(("Friday", "2026-11-27"),))

    heard = understood(ASKED_TO_BOOK, turn, FACTS)

    when = TimeWish(parts=(replace(FRIDAY, hours=(Hours(720, 1080),)),))
    assert heard == Heard(replace(ASKED_TO_BOOK, when=when, chosen=None, confirmation=None), Act.TELL)


@pytest.mark.parametrize(
    "turn",
    [
        says("yes", "affirm"),
        says("yes, 1 pm works", "affirm"),
        says("yes, with Dr. Meyer", "affirm", people=("Dr. Meyer",)),
        says("yes, ann@example.com", "affirm", email="ann@example.com"),
        says("ok, Tuesday then", "affirm", dates=(("Tuesday", "2026-12-01"),)),
    ],
)
def test_a_yes_that_changes_nothing_agrees(turn: Turn) -> None:
    assert understood(ASKED_TO_BOOK, turn, FACTS) == Heard(ASKED_TO_BOOK, Act.AGREE)


@pytest.mark.parametrize(
    "turn",
    [
        says("yes but at 2 pm", "affirm"),
        says("yes, with Ben", "affirm", people=("Ben",)),
        says("yes, my mail is lee@", "affirm", email="lee@example.com"),
        says("sure, 45 minutes", "affirm"),
        says("great", "thank"),
        says("sure, but what does it cost?", "affirm"),
        says("hmm", "nlu_fallback"),
        says("book", "book"),
    ],
)
def test_anything_else_does_not_agree(turn: Turn) -> None:
    assert understood(ASKED_TO_BOOK, turn, FACTS).act is not Act.AGREE


@pytest.mark.parametrize("question", [question for question in Question if question is not Question.BOOK])
def test_a_yes_agrees_to_nothing_that_was_not_asked(question: Question) -> None:
    asked = replace(
        HELD, asked=question, offers=(), readings=(TUESDAY_AFTERNOON,), doubtful=("ben-okafor", "ana-souza")
    )

    heard = understood(asked, says("yes", "affirm"), FACTS)

    asks_yes_or_no = {Question.MOVE, Question.CANCEL, Question.PLAN, Question.HERE}
    assert (heard.act is Act.AGREE) == (question in asks_yes_or_no)


@pytest.mark.parametrize(
    ("turn", "remark", "changes"),
    [
        (
            says("with Dr. Who", "book", people=("Dr. Who",)),
            Remark(RemarkKind.UNKNOWN_PERSON, "Dr. Who"),
            {"doubtful": ("ana-souza", "ben-okafor", "eva-meyer")},
        ),
        (says("a haircut", "book", type="haircut"), Remark(RemarkKind.UNKNOWN_TYPE, "haircut"), {}),
        (
            says("examination with Ben", "book", people=("Ben",), type="examination"),
            Remark(RemarkKind.NOT_OFFERED, "Ben Okafor"),
            {"kind": "examination", "doubtful": ("eva-meyer",)},
        ),
        (
            says("50 minutes", "book", people=("Ben",)),
            Remark(RemarkKind.INVALID_DURATION),
            {"minutes": 50, "people": (("ben-okafor",),)},
        ),
        (
            says("on Zoom", "book", people=("Ben",), channel="zoom"),
            Remark(RemarkKind.INVALID_CHANNEL, "zoom"),
            {"people": (("ben-okafor",),)},
        ),
    ],
)
def test_what_is_not_offered_is_remarked(turn: Turn, remark: Remark, changes: dict[str, Any]) -> None:
    heard = understood(Draft(id="m1"), turn, FACTS)

    assert heard == Heard(replace(Draft(id="m1"), **changes), heard.act, (remark,))


@pytest.mark.parametrize(
    ("people", "groups"),
    [
        (
            (Named("Ben", ("ben-okafor",)), Named("Ana", ("ana-souza",), together=True)),
            (("ana-souza", "ben-okafor"),),
        ),
        ((Named("Ben", ("ben-okafor",)), Named("Ana", ("ana-souza",))), (("ben-okafor",), ("ana-souza",))),
        ((Named("Ben", ("ben-okafor",)), Named("Ben", ("ben-okafor",), together=True)), (("ben-okafor",),)),
    ],
)
def test_people_are_together_or_alternatives(
    people: tuple[Named, ...], groups: tuple[tuple[str, ...], ...]
) -> None:
    heard = understood(Draft(), replace(says("", "book"), people=people), FACTS)

    assert heard.draft.people == groups


def test_a_name_that_fits_several_is_asked_and_answered_by_number() -> None:
    named = (Named("Sam", ("ben-okafor", "ana-souza")),)

    asked = understood(Draft(), replace(says("", "book"), people=named), FACTS).draft
    answered = understood(replace(asked, asked=Question.PERSON), says("2", choice=2), FACTS).draft

    assert asked.doubtful == ("ben-okafor", "ana-souza")
    assert (answered.people, answered.doubtful) == ((("ana-souza",),), ())


def test_two_readings_are_kept_and_one_is_picked() -> None:
    readings = (TimeWish(parts=(FRIDAY,)), TUESDAY_AFTERNOON)
    turn = replace(says("next Friday", "book"), when=TimeWish(unclear="next Friday", readings=readings))

    asked = understood(Draft(id="m1"), turn, FACTS).draft
    answered = understood(
        replace(asked, asked=Question.READING), says("the later one", choice="later"), FACTS
    ).draft

    assert (asked.unclear, asked.readings) == ("next Friday", readings)
    assert answered == replace(asked, asked=Question.READING, when=TUESDAY_AFTERNOON, unclear="", readings=())


def test_as_soon_as_possible_with_anyone() -> None:
    heard = understood(Draft(id="m1"), says("as soon as possible", "book", anyone=True), FACTS)

    expected = Draft(id="m1", anyone=True, when=TimeWish(order=Order.EARLIEST))
    assert heard == Heard(expected, Act.TELL)


@pytest.mark.parametrize(
    ("intent", "draft", "act"),
    [
        ("stop", HELD, Act.STOP),
        ("stop", Draft(id="m1"), Act.STOP),
        ("cancel_appointment", HELD, Act.STOP),
        ("affirm", Draft(id="m1"), Act.TELL),
        ("deny", Draft(id="m1"), Act.FINE),
        ("deny", ASKED_TO_BOOK, Act.REFUSE),
        ("deny", HELD, Act.REFUSE),
        ("deny", replace(Draft(id="m1"), asked=Question.WISH), Act.STOP),
        ("deny", replace(HELD, asked=Question.CHANGE), Act.STOP),
        ("alternatives", ASKED_TO_BOOK, Act.REFUSE),
        ("book", Draft(id="m1"), Act.START),
        ("ask_availability", Draft(id="m1"), Act.ASK),
        ("nlu_fallback", HELD, Act.NOTHING),
    ],
)
def test_bare_intents(intent: str, draft: Draft, act: Act) -> None:
    assert understood(draft, says("", intent), FACTS) == Heard(draft, act)


def test_where_the_writer_is_shows_the_same_times_again() -> None:
    heard = understood(OFFERED, says("I'm in Tokyo", zone="Asia/Tokyo"), FACTS)

    assert heard == Heard(replace(OFFERED, writer=Writer(zone="Asia/Tokyo")), Act.NOTE)


def test_a_wish_in_another_zone_is_that_zone_s_alone() -> None:
    heard = understood(Draft(id="m1"), says("tomorrow at 9 Tokyo time", "book", zone="Asia/Tokyo"), FACTS)

    assert (heard.draft.zone, heard.draft.writer.zone) == ("Asia/Tokyo", "")
    assert heard.draft.when.zone == "Asia/Tokyo"
    assert FACTS.zone == BERLIN


@pytest.mark.parametrize(("intent", "errand"), [("list_appointments", Errand.LIST), ("resend", Errand.COPY)])
def test_what_is_arranged_waits_for_an_errand(intent: str, errand: Errand) -> None:
    heard = understood(ASKED_TO_BOOK, says("", intent), FACTS)

    expected = Draft(id="m2", errand=errand, writer=ANN, waiting=ASKED_TO_BOOK)
    assert heard == Heard(expected, Act.ERRAND)


def test_no_more_than_two_things_wait() -> None:
    once = replace(ASKED_TO_BOOK, waiting=OFFERED)

    assert understood(once, says("", "resend"), FACTS).act is Act.ERRAND
    twice = replace(OFFERED, waiting=once)
    assert understood(twice, says("", "resend"), FACTS) == Heard(twice, Act.LATER)
