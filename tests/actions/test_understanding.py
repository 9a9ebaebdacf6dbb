from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from actions.acts import Act
from actions.draft import Confirmation, Draft, Errand, Meaning, Option, Question, Writer
from actions.telling import Remark, RemarkKind
from actions.turn import Named, Turn
from actions.understanding import Heard, understood
from nlu.wishes import Days, Hours, Part, TimeWish
from scheduler_core.model import Channel, Order
from tests.actions.samples import AFTERNOON, ANN, BERLIN, FACTS, chosen, says, slot

FRIDAY = Part(days=(Days(date(2026, 11, 27), date(2026, 11, 28)),))
TUESDAY_AFTERNOON = TimeWish(
    parts=(Part(days=(Days(date(2026, 12, 1), date(2026, 12, 2)),), hours=(Hours(720, 1080),)),)
)
OFFERED = Draft(
    id="m1", people=(("eva-meyer",),), when=TUESDAY_AFTERNOON, offers=AFTERNOON, asked=Question.OFFERS
)
HELD = chosen(when=TUESDAY_AFTERNOON, writer=ANN)
ASKED_TO_BOOK = replace(HELD, asked=Question.BOOK, confirmation=Confirmation(UUID(int=7), 0, "m1/7"), holds=1)
ASKED_FOR_CONTACT = chosen(when=TUESDAY_AFTERNOON)


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


def test_a_pick_with_somebody_else_tries_the_same_start_with_them() -> None:
    turn = says("the second one, but with Ben", "choose", choice=2, people=("Ben",))

    heard = understood(OFFERED, turn, FACTS)

    ben = replace(AFTERNOON[1], people=("ben-okafor",))
    assert heard == Heard(replace(OFFERED, people=(("ben-okafor",),), chosen=ben), Act.TELL)


@pytest.mark.parametrize(
    ("turn", "number"),
    [
        (says("the second one", "choose", choice=2), 1),
        (says("2", "nlu_fallback", choice=2), 1),
        (says("the last", "choose", choice="last"), 2),
        (says("the later one", "choose", choice="later"), 2),
        (says("the earlier one", "choose", choice="earlier"), 0),
        (says("either is fine", "choose", choice="any"), 0),
        (says("14:30", "inform"), 1),
        (says("half past two works", "affirm"), 1),
        (says("at 2:30", "choose"), 1),
        (says("yes, the second", "affirm", choice=2), 1),
    ],
)
def test_one_of_the_offers_is_picked(turn: Turn, number: int) -> None:
    heard = understood(OFFERED, turn, FACTS)

    picked = replace(OFFERED, chosen=AFTERNOON[number], people=(("eva-meyer",),))
    assert heard == Heard(picked, Act.TELL)


@pytest.mark.parametrize(
    ("turn", "act"),
    [
        (says("yes", "affirm"), Act.WHICH),
        (says("ok then", "choose"), Act.WHICH),
        (says("book it", "book"), Act.WHICH),
        (says("5", "nlu_fallback", choice=5), Act.NOTHING),
        (says("hmm", "nlu_fallback"), Act.NOTHING),
    ],
)
def test_words_that_pick_none_of_three_change_nothing(turn: Turn, act: Act) -> None:
    assert understood(OFFERED, replace(turn, when=TimeWish()), FACTS) == Heard(OFFERED, act)


def test_a_detail_that_does_not_touch_the_times_leaves_them_on_offer() -> None:
    heard = understood(OFFERED, says("I'm Ann", name="Ann Lee", email="ann@example.com"), FACTS)

    assert heard == Heard(replace(OFFERED, writer=ANN), Act.NOTE)


def test_a_number_beyond_the_list_is_a_time_of_day() -> None:
    heard = understood(OFFERED, says("at 5", "inform", choice=5), FACTS)

    assert heard.draft.when.parts == (Part(days=TUESDAY_AFTERNOON.parts[0].days, clocks=(1020, 300)),)


def test_the_only_time_on_offer_is_taken_by_a_yes() -> None:
    asked = replace(OFFERED, offers=AFTERNOON[:1])

    taken = understood(asked, says("great, book that for me", "book"), FACTS)

    assert taken == Heard(replace(asked, chosen=AFTERNOON[0]), Act.TELL)


@pytest.mark.parametrize(
    "part",
    [
        Part(hours=(Hours(900, 1020),)),
        Part(weekdays=(1,)),
        Part(days=(Days(date(2026, 11, 30), date.max),)),
        Part(days=(Days(date(2026, 11, 30), date(2026, 12, 7)),)),
    ],
)
def test_a_stretch_of_time_is_a_wish_and_picks_only_when_said_as_a_choice(part: Part) -> None:
    offers = (slot("11-27 09:00"), slot("12-01 14:00"))
    asked = replace(OFFERED, when=TimeWish(), offers=offers)
    turn = replace(says(""), when=TimeWish(parts=(part,)))

    wished = understood(asked, turn, FACTS).draft
    chosen_by_it = understood(asked, replace(turn, intent="choose"), FACTS).draft

    assert (wished.chosen, wished.when) == (None, TimeWish(parts=(part,)))
    assert chosen_by_it.chosen == offers[1]


def test_of_offers_with_different_people_one_is_picked_by_name() -> None:
    offers = (slot("12-01 10:00"), slot("12-01 10:00", person="ben-okafor"))
    asked = replace(OFFERED, people=(), offers=offers)

    picked = understood(asked, says("with Ben", people=("Ben",)), FACTS)

    assert picked.draft.chosen == offers[1]


@pytest.mark.parametrize("intent", ["alternatives", "ask_availability", "deny"])
def test_asking_for_a_time_like_one_on_offer_does_not_pick_it(intent: str) -> None:
    offers = (slot("11-27 09:00"), *AFTERNOON[:2])
    asked = replace(OFFERED, offers=offers)

    heard = understood(asked, says("Friday", intent, dates=(("Friday", "2026-11-27"),)), FACTS)

    assert heard.draft.chosen is None
    assert heard.draft.when.parts == (replace(FRIDAY, hours=(Hours(720, 1080),)),)


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

    assert (heard.act is Act.AGREE) == (question in {Question.MOVE, Question.CANCEL, Question.PLAN})


def test_a_name_alone_answers_the_question_for_it() -> None:
    heard = understood(ASKED_FOR_CONTACT, says("Ann Lee", "nlu_fallback", rest="Ann Lee"), FACTS)

    assert heard == Heard(replace(ASKED_FOR_CONTACT, writer=replace(ANN, email="")), Act.TELL)


@pytest.mark.parametrize("rest", ["Ann Lee, ann@@example", "Ann Lee, ann at home", "Ann Lee <@example.com>"])
def test_a_name_beside_a_bad_address_is_kept(rest: str) -> None:
    heard = understood(ASKED_FOR_CONTACT, says(rest, rest=rest), FACTS)

    assert heard.draft.writer == replace(ANN, email="")


@pytest.mark.parametrize(
    "turn",
    [
        says("by phone please", channel="phone", rest="please"),
        says("hmm", "deny", rest="hmm"),
        says("make it 45 minutes please", rest="make it please"),
    ],
)
def test_words_beside_other_details_are_no_name(turn: Turn) -> None:
    assert understood(ASKED_FOR_CONTACT, turn, FACTS).draft.writer == Writer()


def test_a_name_taken_for_a_person_is_the_writer_s_where_that_was_asked() -> None:
    turn = says("Smith, smith@example.com", people=("Smith",), email="smith@example.com")

    heard = understood(ASKED_FOR_CONTACT, turn, FACTS)

    assert heard.draft.writer == replace(ANN, name="Smith", email="smith@example.com")
    assert heard.remarks == ()


@pytest.mark.parametrize(
    ("turn", "remark"),
    [
        (says("ann@@x", rest="ann@@x"), Remark(RemarkKind.INVALID_ADDRESS, "ann@@x")),
        (
            says("", "inform", rest="it is ann lee at example.org"),
            Remark(RemarkKind.INVALID_ADDRESS, "lee at example.org"),
        ),
        (says("", email="ann@example"), Remark(RemarkKind.INVALID_ADDRESS, "ann@example")),
        (says("", name="1234"), Remark(RemarkKind.INVALID_NAME)),
        (says("", note="x" * 2001), Remark(RemarkKind.INVALID_NOTE)),
        (says("", phone="+1 212 555"), Remark(RemarkKind.INVALID_PHONE, "+1 212 555")),
        (says("invite", guests=("bob@example",)), Remark(RemarkKind.INVALID_ADDRESS, "bob@example")),
    ],
)
def test_what_cannot_be_used_is_remarked_and_not_kept(turn: Turn, remark: Remark) -> None:
    heard = understood(ASKED_FOR_CONTACT, turn, FACTS)

    assert (heard.draft, heard.remarks) == (ASKED_FOR_CONTACT, (remark,))


def test_a_guest_is_kept_and_said_so() -> None:
    heard = understood(ASKED_TO_BOOK, says("also bob", guests=("bob@example.com",)), FACTS)

    assert (heard.draft.guests, heard.remarks) == (
        ("bob@example.com",),
        (Remark(RemarkKind.GUEST, "bob@example.com"),),
    )


def test_several_guests_are_kept_at_once() -> None:
    heard = understood(ASKED_TO_BOOK, says("", guests=("bob@example.com", "x@", "carol@example.com")), FACTS)

    assert (heard.draft.guests, heard.remarks) == (
        ("bob@example.com", "carol@example.com"),
        (
            Remark(RemarkKind.GUEST, "bob@example.com"),
            Remark(RemarkKind.INVALID_ADDRESS, "x@"),
            Remark(RemarkKind.GUEST, "carol@example.com"),
        ),
    )


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


def test_a_button_that_is_not_on_show_does_nothing() -> None:
    draft = replace(ASKED_TO_BOOK, options=(Option("abc234", Meaning.YES),))

    heard = understood(draft, says("", "pick", option="zzzzzz"), FACTS)

    assert heard == Heard(draft, Act.GONE)


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (Option("abc234", Meaning.YES), Heard(ASKED_TO_BOOK, Act.AGREE)),
        (Option("abc234", Meaning.NO), Heard(ASKED_TO_BOOK, Act.REFUSE)),
        (Option("abc234", Meaning.STOP), Heard(ASKED_TO_BOOK, Act.STOP)),
        (
            Option("abc234", Meaning.START, "2"),
            Heard(replace(ASKED_TO_BOOK, chosen=AFTERNOON[2], confirmation=None), Act.TELL),
        ),
        (
            Option("abc234", Meaning.PERSON, "ben-okafor"),
            Heard(
                replace(
                    ASKED_TO_BOOK, people=(("ben-okafor",),), chosen=slot("12-01 12:00", person="ben-okafor")
                ),
                Act.TELL,
            ),
        ),
    ],
)
def test_a_button_does_what_it_stands_for(option: Option, expected: Heard) -> None:
    draft = replace(ASKED_TO_BOOK, options=(option,))

    heard = understood(draft, says("", "pick", option="abc234"), FACTS)

    assert heard == replace(expected, draft=replace(expected.draft, options=(option,)))


def test_other_times_go_on_where_the_list_ended() -> None:
    heard = understood(OFFERED, says("none of those", "deny", choice="none"), FACTS)

    assert heard.draft.when.parts == TUESDAY_AFTERNOON.parts
    assert heard.draft.when.not_before is not None
    assert heard.draft.when.not_before > AFTERNOON[2].time.start


def test_other_times_than_an_exact_one_are_others_of_its_day() -> None:
    exact = TimeWish(parts=(Part(days=TUESDAY_AFTERNOON.parts[0].days, clocks=(780,)),))
    draft = replace(ASKED_TO_BOOK, when=exact, offers=(), options=(Option("abc234", Meaning.OTHER_TIMES),))

    heard = understood(draft, says("", "pick", option="abc234"), FACTS)

    day = TUESDAY_AFTERNOON.parts[0].days
    assert heard.draft.when == TimeWish(
        parts=(Part(days=day),), excluded=(Part(days=day, hours=(Hours(780, 781),)),)
    )
    assert (heard.draft.chosen, heard.act) == (None, Act.TELL)


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
