"""What the bare name of a field asks for, where it was asked what should be different. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.draft import Draft, Question
from actions.facts import Facts
from actions.telling import everyone
from actions.timing import MORE, read
from actions.turn import Turn
from nlu.english import ENGLISH
from nlu.language import Field, Language


def without_field(draft: Draft, turn: Turn, facts: Facts, words: Language = ENGLISH) -> Draft | None:
    """The draft without the one thing that is named as wrong ("the time"); None where none is named."""
    named = words.answers.named_field.fullmatch(turn.text)
    refused = draft.asked is Question.BOOK and turn.intent == "deny"
    if named is None or not (refused or draft.asked is Question.CHANGE):
        return None
    field = words.answers.fields[named["field"].lower()]
    if field is Field.TIME:
        return read(draft, MORE, facts)
    if draft.moving is not None:
        return None
    if field is Field.PERSON:
        return replace(draft, people=(), anyone=False, doubtful=everyone(facts.catalogue), confirmation=None)
    return replace(draft, writer=replace(draft.writer, **{field.value: ""}))
