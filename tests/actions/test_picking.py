"""One of the times on offer is picked, or others are asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.acts import Act
from actions.draft import Meaning, Option
from actions.turn import Turn
from actions.understanding import Heard, understood
from nlu.wishes import Days, Hours, Part, TimeWish
from tests.actions.drafts import ASKED_TO_BOOK, FRIDAY, OFFERED, TUESDAY_AFTERNOON
from tests.actions.samples import AFTERNOON, ANN, FACTS, says, slot


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
