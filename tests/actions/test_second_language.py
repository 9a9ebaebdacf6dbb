"""The words of answers are data: the same code reads German ones from a table that only this test has."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from actions.changing import without_field
from actions.draft import Draft, Question, Writer
from actions.turn import Turn
from actions.yesno import agrees, begins_with_no, has_all, hesitates, is_content, refuses
from nlu.language import AnswerWords, Field, Language
from tests.actions.samples import ANN, FACTS, chosen

GERMAN = Language(
    answers=AnswerWords(
        willing=re.compile(r"\W*(?:ja|klar|gern)\b", re.IGNORECASE),
        unwilling=re.compile(r"^\W*nein\b", re.IGNORECASE),
        denies=re.compile(r"\b(?:nein|nicht|kein\w*|falsch)\b", re.IGNORECASE),
        no_denial=re.compile(r"\bkein problem\b", re.IGNORECASE),
        twice=re.compile(r"\bnicht falsch\b", re.IGNORECASE),
        reserved=re.compile(r"\b(?:aber|wenn)\b|\?", re.IGNORECASE),
        unsure=re.compile(r"\bvielleicht\b", re.IGNORECASE),
        all_=re.compile(r"\bdas war(?:['’]s| alles)\b", re.IGNORECASE),
        content=re.compile(r"\bpasst\b", re.IGNORECASE),
        otherwise=re.compile(r"\b(?:nicht|lieber)\b", re.IGNORECASE),
        no_first=re.compile(r"\W*nein\b", re.IGNORECASE),
        named_field=re.compile(r"\W*(?:der|die)?\W*(?P<field>name|uhrzeit)\W*", re.IGNORECASE),
        fields={"name": Field.NAME, "uhrzeit": Field.TIME},
    )
)


@pytest.mark.parametrize(
    ("text", "intent", "clear"),
    [
        ("ja gern", "affirm", True),
        ("kein Problem", "affirm", True),
        ("das ist nicht falsch", "deny", True),
        ("ja, aber um drei", "affirm", False),
        ("nein", "affirm", False),
        ("ja, absagen", "cancel_appointment", False),
    ],
)
def test_a_yes_of_another_language_is_clear(text: str, intent: str, *, clear: bool) -> None:
    assert agrees(Turn(text=text, intent=intent), Question.BOOK, GERMAN) is clear


def test_what_an_answer_says_is_told_by_the_table_of_its_language() -> None:
    assert hesitates(Turn(text="vielleicht"), GERMAN)
    assert refuses(Turn(text="nein, behalten"), GERMAN)
    assert has_all(Turn(text="nein, das war's", intent="deny"), GERMAN)
    assert begins_with_no(Turn(text="Nein danke"), GERMAN)
    assert is_content(Turn(text="Dienstag passt"), GERMAN)
    assert not is_content(Turn(text="Dienstag passt nicht"), GERMAN)


def test_a_field_is_named_in_the_words_of_the_language() -> None:
    draft: Draft = replace(chosen(writer=ANN), asked=Question.CHANGE)

    emptied = without_field(draft, Turn(text="der Name"), FACTS, GERMAN)

    assert emptied == replace(draft, writer=Writer(name="", email=ANN.email))
    assert without_field(draft, Turn(text="the name"), FACTS, GERMAN) is None
