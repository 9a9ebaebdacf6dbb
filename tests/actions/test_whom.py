"""Whom a message names, with the calendar at hand."""

from __future__ import annotations

import pytest

from actions.turn import Named, message_from
from actions.whom import what_for, whom
from nlu.entities import details
from tests.actions.samples import PRACTICE


def _whom(text: str, intent: str = "book") -> tuple[Named, ...]:
    state = {"text": text, "intent": {"name": intent}, "entities": details(text), "message_id": "m1"}
    return whom(message_from(state, sender="ann", channel="web"), PRACTICE)


@pytest.mark.parametrize(
    "text",
    [
        "15 min w ben 2moro 10am",
        "two weeks from now on a tuesday, Ben, 1 hour",
        "please arrange a meeting between me (Carl Sandberg, carl@example.org) and Ben Okafor on Friday",
        "ben, 45 minutes",
        "tomorrow at ten. Ben.",
        "appointment okafor friday",
        "BEN OKAFOR FRIDAY",
        "is there any time ben has got on friday",
    ],
)
def test_whom_finds_names_of_the_calendar_that_nothing_around_them_shows(text: str) -> None:
    assert [named.handles for named in _whom(text)] == [("ben-okafor",)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("half an hour with dr meyer sometime next week", "dr meyer"),
        ("can i see doctor meyer perhaps on friday", "doctor meyer"),
        ("book me with eva meyer ideally on friday", "eva meyer"),
    ],
)
def test_whom_lets_a_name_end_where_the_sentence_goes_on(text: str, words: str) -> None:
    assert [(named.words, named.handles) for named in _whom(text)] == [(words, ("eva-meyer",))]


@pytest.mark.parametrize(
    "text", ["with Eva Brown on Friday", "with eva brown on friday", "with Dr. Meyer-Schulz"]
)
def test_whom_knows_nobody_of_another_family(text: str) -> None:
    assert [named.handles for named in _whom(text)] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "hi Ben, I need an appointment on Friday",
        "an appointment on Friday, but not Ben",
        "I'm Ben, ben@example.com, Friday at 10",
        "Friday at 10 please, it's about Ben",
        "Friday at 10 for Anabel",
        "an hour on Friday",
    ],
)
def test_whom_does_not_take_every_name_for_somebody_to_be_met(text: str) -> None:
    assert _whom(text) == ()


def test_whom_leaves_names_alone_in_what_is_no_wish() -> None:
    assert _whom("thanks, Ben was great on Friday", "thank") == ()


def test_whom_finds_them_beside_the_writers_own_name() -> None:
    named = _whom("10:30 tomorrow, okafor please, it's urgent. Mia Wong")
    assert [one.handles for one in named if not one.bare] == [("ben-okafor",)]


@pytest.mark.parametrize("text", ["doctor", "the doctor please", "I need to see a doctor on Friday"])
def test_whom_finds_those_who_have_a_title(text: str) -> None:
    assert [named.handles for named in _whom(text)] == [("eva-meyer",)]


def test_whom_takes_nobody_for_a_title_that_nobody_has() -> None:
    assert _whom("I need to see the professor on Friday") == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("an exaimnation with Eva on Friday", "exaimnation"),
        ("consultaion on Friday", "consultaion"),
        ("a conversation with Eva on Friday", ""),
        ("it is for my confirmation", ""),
        ("an hour on Friday", ""),
    ],
)
def test_what_for_is_a_misspelt_type(text: str, word: str) -> None:
    state = {"text": text, "intent": {"name": "book"}, "entities": [], "message_id": "m1"}
    assert what_for(message_from(state, sender="ann", channel="web"), PRACTICE) == word
