"""Going back by one question: to the times on offer, to the address, to what waits. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.acts import Act
from actions.draft import Draft, Question
from actions.managing import PROVING
from actions.turn import Turn

_LIST = (
    r"(?:the )?(?:list|times|offers|options|choices|last (?:one|question)|previous (?:one|question)|question)"
)
_BACK = re.compile(
    rf"\W*(?:(?:can|could) (?:we|i|you) |please |i want to |let['’]?s |take me |show me )*"
    rf"(?:(?:go )?back(?: (?:one step|a step|again|to {_LIST}))?|one step back|step back|{_LIST} again)"
    rf"(?: please)?\W*",
    re.IGNORECASE,
)


def wants_back(turn: Turn) -> bool:
    """Whether the whole message only asks for what was asked before."""
    return _BACK.fullmatch(turn.text) is not None


def gone_back(draft: Draft) -> tuple[Draft, Act]:
    """The draft one question earlier, and what is to be done about it."""
    if draft.chosen is not None and len(draft.offers) > 1:
        return replace(draft.without_time(), asked=Question.OFFERS), Act.BACK
    if draft.asked in {Question.CONTACT, Question.BOOK}:
        return draft, Act.REFUSE
    if draft.asked in PROVING and draft.waiting is not None:
        return draft, Act.STOP
    if draft.asked is Question.CODE:
        return replace(draft, asked=Question.ADDRESS), Act.BACK
    return draft, Act.BACK
