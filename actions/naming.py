"""The writer's name where it was asked for, from words around which nothing shows that they are one. Pure."""

from __future__ import annotations

import re

from actions.turn import Turn
from nlu.nametokens import is_proper
from nlu.words import CALENDAR, NO_PERSON, STOP
from scheduler_core.common_names import GIVEN, SURNAMES

_BARE_NAME = re.compile(r"[^\W\d_][\w.'’ -]*")
_LIKE_ADDRESS = re.compile(r"\S*@\S*|\S+ at \S+(?: dot \S+|(?<=\w)\.\w+)+", re.IGNORECASE)
_MOST_WORDS_IN_A_NAME = 5
_NO_NAMES = (STOP | NO_PERSON) - CALENDAR


def bare_name(turn: Turn) -> str:
    """The first words between commas that can be a name; empty if there are none.

    "My mail is", "invite" and "hold on" are what is left of a sentence about something else.
    """
    without = " ".join(word for word in turn.rest.split() if "@" not in word)
    first = re.split(r"[,;:]", without)[0].strip()
    words = first.split()
    possible = _BARE_NAME.fullmatch(first) and not _LIKE_ADDRESS.search(first)
    if turn.guests or not possible or len(words) > _MOST_WORDS_IN_A_NAME or _is_left_over(words):
        return ""
    beside = bool(turn.email or turn.phone)
    known = len(words) > 1 or is_proper(first) or first.casefold() in GIVEN | SURNAMES
    return first if known or not beside else ""


def like_addresses(words: str) -> list[str]:
    """What may be meant as an address and is none: "ann@example,org", "ann lee at example dot org"."""
    return [match[0].strip("<>,;") for match in _LIKE_ADDRESS.finditer(words)]


def _is_left_over(words: list[str]) -> bool:
    """Whether they are rather part of a sentence: a name of several words may be spelt as some of these."""
    spelt_as_name = len(words) > 1 and all(map(is_proper, words))
    return not spelt_as_name and any(word.casefold().strip(".") in _NO_NAMES for word in words)
