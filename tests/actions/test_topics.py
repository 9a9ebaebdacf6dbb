from __future__ import annotations

import pytest

from actions.acts import Act
from actions.draft import Draft
from actions.topics import Topic, asks_why_not, is_foreign, topic_of
from actions.understanding import understood
from tests.actions.samples import FACTS, chosen, says


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("who will I meet?", Topic.WHO),
        ("Whom would I be seeing", Topic.WHO),
        ("who is it with?", Topic.WHO),
        ("where is it?", Topic.WHERE),
        ("where do we meet?", Topic.WHERE),
        ("what's the address?", Topic.WHERE),
        ("is it online?", Topic.WHERE),
        ("how will we talk", Topic.WHERE),
        ("how long does it take?", Topic.LENGTH),
        ("is it long?", Topic.LENGTH),
        ("how long is a consultation", Topic.LENGTH),
        ("How much time should I plan?", Topic.LENGTH),
        ("what types are there?", Topic.TYPES),
        ("which kinds of appointments do you offer", Topic.TYPES),
        ("what can I book", Topic.TYPES),
        ("who is there?", Topic.PEOPLE),
        ("which doctors do you have", Topic.PEOPLE),
        ("who works here?", Topic.PEOPLE),
        ("will I get a reminder?", Topic.REMINDERS),
        ("Do I get reminders for this", Topic.REMINDERS),
        ("when will I be reminded?", Topic.REMINDERS),
        ("do you send reminders", Topic.REMINDERS),
        ("will you remind me?", Topic.REMINDERS),
        ("are there any reminders", Topic.REMINDERS),
        ("remind me by text", None),
        ("no reminders please", None),
        ("remind me when my appointment is", None),
        ("can you remind me of my appointments", None),
        ("what does it cost?", Topic.PRICE),
        ("how much is it", Topic.PRICE),
        ("do I have to pay?", Topic.PRICE),
        ("what do I need to bring?", Topic.UNKNOWN),
        ("where can I park", Topic.UNKNOWN),
        ("you are useless", Topic.UNHAPPY),
        ("Ich brauche bitte einen Termin mit Ben", Topic.LANGUAGE),
        ("bonjour, je voudrais un rendez-vous", Topic.LANGUAGE),
        ("можно записаться на завтра", Topic.LANGUAGE),
        ("予約したいです", Topic.LANGUAGE),
        ("30 minutes with Dr. Meyer on Tuesday", None),
        ("yes please", None),
        ("the first one", None),
        ("Una Met", None),
        ("", None),
    ],
)
def test_what_a_question_is_about(text: str, topic: Topic | None) -> None:
    assert topic_of(text) is topic


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Why not Thursday at 10?", True),
        ("but why can't I have Monday", True),
        ("why isn’t Ben free on Friday?", True),
        ("how come there's no time on Monday", True),
        ("what's wrong with 3 pm?", True),
        ("not Thursday", False),
        ("why do you ask?", False),
        ("no, Monday", False),
    ],
)
def test_a_question_for_the_reason(text: str, asks: bool) -> None:  # noqa: FBT001  (a table of answers)
    assert asks_why_not(text) is asks


@pytest.mark.parametrize("text", ["Con Vorrei is my name", "ok", "123", "👍", "por favor call me back"])
def test_a_foreign_word_or_two_make_no_foreign_message(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    ("intent", "act"),
    [
        ("help", Act.ABOUT),
        ("out_of_scope", Act.ABOUT),
        ("ask_availability", Act.ABOUT),
        ("list_appointments", Act.ABOUT),
        ("nlu_fallback", Act.ABOUT),
        ("stop", Act.STOP),
    ],
)
def test_a_question_beside_the_point_is_told_by_its_words(intent: str, act: Act) -> None:
    turn = says("where is it?", intent, topic=Topic.WHERE)

    assert understood(chosen(), turn, FACTS).act is act


def test_a_question_that_says_something_besides_is_no_digression() -> None:
    turn = says("who is there?", "inform", topic=Topic.PEOPLE, email="ann@example.com")

    assert understood(chosen(), turn, FACTS).act is Act.TELL


def test_a_rude_word_beside_a_wish_is_not_taken_up() -> None:
    turn = says("a damn useless intro", "book", topic=Topic.UNHAPPY, type="intro")

    assert understood(Draft(), turn, FACTS).act is Act.TELL
