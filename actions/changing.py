"""What the bare name of a field asks for, where it was asked what should be different. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.draft import Draft, Question
from actions.facts import Facts
from actions.telling import everyone
from actions.timing import MORE, read
from actions.turn import Turn

_FIELD = re.compile(
    r"\W*(?:no\W+)?(?:(?:change|only|just|a|an|the|my|this|that|other|another|different|wrong)\W+)*"
    r"(?P<field>time|hour|day|date|slot|person|doctor|name|e-?mail|address)s?"
    r"(?:\W+(?:address|please|is (?:wrong|incorrect|not right)))*\W*",
    re.IGNORECASE,
)
_TIMES = frozenset({"time", "hour", "day", "date", "slot"})
_PEOPLE = frozenset({"person", "doctor"})


def without_field(draft: Draft, turn: Turn, facts: Facts) -> Draft | None:
    """The draft without the one thing that is named as wrong ("the time"); None where none is named."""
    named = _FIELD.fullmatch(turn.text)
    refused = draft.asked is Question.BOOK and turn.intent == "deny"
    if named is None or not (refused or draft.asked is Question.CHANGE):
        return None
    field = named["field"].lower()
    if field in _TIMES:
        return read(draft, MORE, facts)
    if draft.moving is not None:
        return None
    if field in _PEOPLE:
        return replace(draft, people=(), anyone=False, doubtful=everyone(facts.catalogue), confirmation=None)
    emptied = {"name": ""} if field == "name" else {"email": ""}
    return replace(draft, writer=replace(draft.writer, **emptied))
