from __future__ import annotations

import pytest

from actions.draft import Draft, Question
from actions.smalltalk import matters
from actions.turn import Named, Turn
from nlu.wishes import Move, MoveKind, TimeWish
from tests.actions.samples import says

IDLE = Draft()
ASKED = Draft(asked=Question.CONTACT)
FRIDAY = (("Friday", "2026-11-27"),)
STRANGER = (Named("Joy Hill", bare=True),)


@pytest.mark.parametrize(
    ("turn", "idle", "asked"),
    [
        (says("hello", "greet"), False, False),
        (says("hello, on Friday?", "greet", dates=FRIDAY), True, True),
        (says("what else can you do?", "help", when=TimeWish(move=Move(MoveKind.MORE))), False, False),
        (says("2", "chitchat", choice=2), False, True),
        (says("great, see you on Friday", "goodbye", dates=FRIDAY), False, True),
        (says("thanks, until Friday", "thank", dates=FRIDAY), False, True),
        (says("why these, on Friday", "ask_why_these", dates=FRIDAY), False, False),
        (says("will it rain on Friday", "out_of_scope", dates=FRIDAY), False, False),
        (says("a table for two at 7 pm", "out_of_scope"), False, False),
        (says("my visa, with Dr. Meyer", "out_of_scope", people=("Dr. Meyer",)), True, True),
        (says("Joy Hill", "out_of_scope", people=()), False, False),
        (Turn(intent="out_of_scope", text="Joy Hill", people=STRANGER), False, True),
        (says("joy@example.com", "out_of_scope", email="joy@example.com"), False, True),
    ],
)
def test_what_small_talk_says_besides_is_not_lost(turn: Turn, idle: bool, asked: bool) -> None:  # noqa: FBT001  (what is expected)
    assert (matters(IDLE, turn), matters(ASKED, turn)) == (idle, asked)
