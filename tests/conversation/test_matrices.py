"""Each question with each digression and each correction, over HTTP and through the whole assistant.

The tables are those of `tests/actions`, where each cell is looked at more closely; here the model finds the
intents, and Rasa's rules choose what is done. Of each row every third cell is played, in another row another
third; all of them where WHOLE_MATRIX is set, which takes some minutes.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import pytest
from ruamel.yaml import YAML

from actions.draft import Draft, Question, from_json
from deploy.local.places import ROOT
from tests.actions.test_corrections import ARRANGING, CORRECTIONS, known
from tests.actions.test_digressions import CASES, DIGRESSIONS, END, OF_NEW_ONES, Case, settled
from tests.chat import Reply
from tests.script import Play
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

#: What ends a session has tests of its own, since Rasa goes by the clock of the machine there. Questions that
#: are put on other channels alone have theirs, too.
HERE = [name for name, case in CASES.items() if END not in case.before and case.channel == "rest"]
#: What the tables call otherwise than the demo data, where Ben is busy at eleven.
OTHERWISE = {" 11:00": " 12:00", "ben@example.org": "ben.okafor@example.org"}
OF_BEA = ("Consultation with Ben on Wednesday at {}. Bea Lund, bea@example.com", "yes")
STEP = 1 if os.environ.get("WHOLE_MATRIX") else 3
_PLACE = re.compile(r"\{\w+\}")
RESPONSES = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]


def is_said(text: str, response: str) -> bool:
    """Whether the text is the response in one of its variations, whatever its values."""
    return any(_fits(text.strip(), one.get("text", "").strip()) for one in RESPONSES[response])


def _fits(text: str, template: str) -> bool:
    first, *others = _PLACE.split(template)
    if not others:
        return text == template
    place = len(first)
    for piece in others[:-1]:
        place = text.find(piece, place) + len(piece)
        if place < len(piece):
            return False
    return text.startswith(first) and text[place:].endswith(others[-1])


@dataclass
class Matrix:
    """A conversation in which a question was put, and how it stands."""

    play: Play
    assistant: Assistant

    def draft(self) -> Draft:
        """What is kept of the draft, which is all but what counts for one message only."""
        (row,) = self.assistant.rows.select(
            "SELECT content FROM conversation WHERE sender = :sender", sender=self.play.chat.sender
        )
        return from_json(row["content"])

    def say(self, text: str) -> Reply:
        for words, others in OTHERWISE.items():
            text = text.replace(words, others)
        self.play.say(text)
        return self.play.chat.last


def begun(assistant: Assistant, case: Case) -> Matrix:
    """The conversation up to the question."""
    matrix = Matrix(Play(assistant), assistant)
    for text, _ in case.before:
        matrix.say(text)
    return matrix


def booked_for_bea(assistant: Assistant) -> None:
    for time in ("14:00", "15:00"):
        play = Play(assistant)
        for text in OF_BEA:
            play.say(text.format(time))


@pytest.mark.parametrize("name", HERE)
def test_a_digression_is_answered_and_the_question_put_again(assistant: Assistant, name: str) -> None:
    case = CASES[name]
    booked_for_bea(assistant)
    matrix = begun(assistant, case)
    before = matrix.draft()
    wrong: dict[str, object] = {}
    digressions = DIGRESSIONS | (OF_NEW_ONES if name in ARRANGING else {})

    for said, (text, _) in list(digressions.items())[HERE.index(name) % STEP :: STEP]:
        reply = matrix.say(text or " ")
        kept = settled(matrix.draft()) == settled(before)
        if said == "empty":
            put_again = bool(reply.text)  # what is no message does not reach the assistant
        else:
            put_again = len(reply.texts) > 1 and any(is_said(reply.texts[-1], one) for one in case.again)
        if not (put_again and kept):
            wrong[said] = (reply.texts, kept)
    then = matrix.say(case.answer[0])

    assert (before.asked, wrong) == (case.asked, {})
    assert any(is_said(text, f"utter_{case.then}") for text in then.texts), then


@pytest.mark.parametrize("name", ARRANGING)
def test_a_correction_changes_exactly_what_it_says(assistant: Assistant, name: str) -> None:
    wrong: dict[str, object] = {}

    for correction in CORRECTIONS[ARRANGING.index(name) % STEP :: STEP]:
        matrix = begun(assistant, CASES[name])
        before = known(matrix.draft())
        reply = matrix.say(correction.text)
        after = known(matrix.draft())
        expected = before | {correction.changes: correction.value}
        changed = {fact: after[fact] for fact in after if fact != "day" and after[fact] != expected[fact]}
        if changed or matrix.draft().asked is Question.NOTHING:
            wrong[correction.text] = (changed, reply.texts)
        assistant.rows.forget_conversations()

    assert wrong == {}
