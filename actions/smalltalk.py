"""Intents that are answered in a sentence, and what such a message may say besides. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.asking import errand_in
from actions.draft import Draft
from actions.heretoo import wants_none_here
from actions.turn import Turn

#: Answered whatever they mention.
POINTED_ELSEWHERE = frozenset({"ask_why_these"})
SMALL_TALK = POINTED_ELSEWHERE | {
    "greet", "goodbye", "thank", "help", "bot_challenge", "out_of_scope", "chitchat",
}  # fmt: skip
SELF_CONTAINED = POINTED_ELSEWHERE | {"goodbye", "thank", "help"}  #: nothing need follow these
_CLOSING = frozenset({"goodbye", "thank"})  #: "great, see you on Tuesday" wishes for nothing


def matters(before: Draft, turn: Turn) -> bool:
    """Whether a message that looks like small talk says something that is needed."""
    if turn.intent in POINTED_ELSEWHERE or (turn.intent in _CLOSING and not before.open):
        return False
    if turn.topic is not None or errand_in(turn.text) is not None or wants_none_here(turn.text):
        return True
    if turn.intent == "out_of_scope":
        return _concerns_us(before, turn)
    said = replace(turn, when=replace(turn.when, move=None))  # "what else can you do?" asks for no time
    return said.says_something and (turn.choice is None or before.open)


def _concerns_us(before: Draft, turn: Turn) -> bool:
    """Whether it names somebody here or may answer what was asked; a flight has a day and an hour, too."""
    known = any(named.handles for named in turn.people)
    bare = any(named.bare for named in turn.people)
    told = bare or bool(turn.choice or turn.name or turn.email or turn.phone)
    return known or (before.open and told)
