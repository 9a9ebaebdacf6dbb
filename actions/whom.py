"""Whom and what a message names, with the calendar at hand: what patterns of words miss or overrun; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from actions.catalogue import Catalogue
from actions.turn import ANYONE, Message, Named, people_named
from nlu.nametokens import WORD, is_proper
from nlu.words import CALENDAR, NO_NAME, NO_PERSON, STOP
from scheduler_core.common_names import GIVEN, SURNAMES

#: Where a name that only the calendar knows is looked for: "thanks, Ben" or "I spoke to Ben" wants nobody.
_WISHES = frozenset({"book", "ask_availability", "inform", "alternatives"})
#: Before a name, these say that it is called to, refused, or the writer's own.
_NOT_WANTED = re.compile(
    r"(?:\b(?:hi|hello|hey|dear|morning|afternoon|evening|thanks|thank you|cheers|not|instead of|rather than"
    r"|except|but|without|i am|i'm|i’m|this is|my name is|no longer)(?: with)?[\s,]*|[@#])\Z",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:^\W*|\b(?:an?|the|any|your)\s+)(?P<title>doctor|doc|dr|professor|prof)\b(?!['’.])", re.IGNORECASE
)
_LOOK_BACK = 24  # characters before a name


def whom(message: Message, catalogue: Catalogue) -> tuple[Named, ...]:
    """Who is named, and who that may be.

    What the words around show to be a name counts; of one that fits nobody as written, what stands behind it
    in small letters is taken to be the sentence going on ("dr meyer sometime"). Where nothing is shown, words
    count that are names of people of the calendar ("15 min w eva", "Friday at ten, Priya").
    """
    shown = tuple(_known(named, catalogue) for named in people_named(message))
    settled = any(named.handles or not named.bare for named in shown)
    if settled or ANYONE in message.values("person") or message.intent not in _WISHES:
        return shown
    return (*(tuple(_mentioned(message, catalogue)) or _titled(message, catalogue)), *shown)


def what_for(message: Message, catalogue: Catalogue) -> str:
    """A word that is a misspelt appointment type ("exaimnation"); empty where none is."""
    if message.intent not in _WISHES:
        return ""
    words = (word[0] for word in WORD.finditer(message.unused()))
    return next((word for word in words if catalogue.is_misspelt_type(word)), "")


def _known(named: Named, catalogue: Catalogue) -> Named:
    words = named.words.split()
    for kept in range(len(words), 0, -1):
        said = " ".join(words[:kept])
        if handles := catalogue.named(said):
            return replace(named, words=said, handles=handles)
        if kept > 1 and (is_proper(words[kept - 1]) or words[kept - 1] in GIVEN | SURNAMES):
            break
    return named


def _mentioned(message: Message, catalogue: Catalogue) -> Iterator[Named]:
    """The people of the calendar whose names stand in what no other part of the message is made of."""
    text = message.unused()
    names = [word for word in WORD.finditer(text) if _may_name(word, text, catalogue)]
    while names:
        beside = len(names) > 1 and not text[names[0].end() : names[1].start()].strip(" .")
        both = " ".join(word[0] for word in names[:2])
        used = 2 if beside and catalogue.named(both) else 1
        words = both if used > 1 else names[0][0]
        yield Named(words, catalogue.named(words))
        names = names[used:]


def _titled(message: Message, catalogue: Catalogue) -> tuple[Named, ...]:
    """Those who have the title that somebody asks for: "the doctor please"."""
    title = _TITLE.search(message.unused())
    handles = catalogue.named(title["title"]) if title else ()
    return (Named(title["title"], handles),) if title and handles else ()


def _may_name(word: re.Match[str], text: str, catalogue: Catalogue) -> bool:
    """Whether the word is just the name of somebody here, and nothing speaks against its being meant so."""
    low = word[0].lower()
    if low in STOP | NO_NAME | NO_PERSON | CALENDAR and not (is_proper(word[0]) and word.start()):
        return False
    before = text[max(0, word.start() - _LOOK_BACK) : word.start()]
    return catalogue.has_called(word[0]) and not _NOT_WANTED.search(before)
