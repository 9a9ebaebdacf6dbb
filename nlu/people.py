"""Whom the writer wants to meet, as written: "with Dr. Meyer", "Ben or Ana", "is Priya free", "anyone"; pure.

Who that is decides `People.named`; here only the words are found. "anyone" stands for every way of not
minding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.names import PROPER, until_stop
from nlu.words import CALENDAR, NO_PERSON, STOP

ANYONE = "anyone"

_TITLE = r"(?:(?:[Dd]r|[Dd]octor|[Pp]rof|[Pp]rofessor|[Mm]rs|[Mm]r|[Mm]s|[Mm]iss|DR|MR|MRS|MS)\b\.?\s*)"
_ANYONE = re.compile(
    r"\b(?:(?:with\s+)?(?:anyone|anybody|any one|whoever|whomever|no matter who|who ever|someone|somebody)"
    r"(?:\s+(?:is|who(?:'s| is)))?(?:\s+(?:free|available|open))?(?:\s+(?:first|soonest|earliest))?"
    r"|(?:any|either)\s+(?:of\s+(?:the\s+)?(?:doctors?|people|persons?|colleagues?|staff|team|you|them who)"
    r"|doctor|person|colleague|team member|staff member|consultant|advisor)"
    r"|(?:do not|don't|does not|doesn't)\s+(?:care|matter|mind)\s+(?:who|which (?:person|doctor)))\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:is|are|was)\s+(?:anyone|anybody|someone|somebody)\s+(?:there|here|home)\b", re.IGNORECASE
)
_WITH = re.compile(r"\b(?:with|w/|by|via|between me and)\s+", re.IGNORECASE)
_PROPERLY = re.compile(
    r"\b(?:see|seeing|meet|meeting|visit|visiting|talk(?:ing)? to|speak(?:ing)? (?:to|with)|to|for|at|not"
    r"|and|or|about"
    r"|prefer|rather|want|try|take|book|how about|what about|ask|instead of)\s+",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:is|are|does|do|did|can|could|has|have|when's|when is|when does|when can|when has|will|would"
    r"|isn't|doesn't)\s+",
    re.IGNORECASE,
)
_ASKED_ON = re.compile(
    r"\s+(?:(?:also|still|ever)\s+)?(?:be\s+)?(?:free|available|have|has|got|there|in\b|working|work|open"
    r"|around|do|see"
    r"|take|meet|busy|offer|next|today|tomorrow|on\b|at\b|this|any|time)",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"(?<!\w){_TITLE}(?P<name>[^\W\d_][\w'’-]+)")
_OWNER = re.compile(
    rf"(?<!\w)(?P<name>{PROPER})['’]s\s+(?:calendar|schedule|availability|free|next|times?|slots?|hours)"
)
_JOINT = re.compile(
    r"\s*(?:,\s*(?:or|and|&)?|\b(?:or|and)\b|/|&|\+)\s*(?:with\s+|maybe\s+|even\s+)?", re.IGNORECASE
)
_BARE_TAIL = r"(?:\s*,?\s*(?:please|instead|then|thanks|thank you|pls))?"
_NOT_PEOPLE = STOP | NO_PERSON


@dataclass(frozen=True)
class Wanted:
    """A person as named at `start:end`; `join` is how the text joins them to the person named before."""

    start: int
    end: int
    words: str
    join: str = ""
    bare: bool = False  #: the message is nothing but this name, so it may be the writer's own


def people(text: str) -> list[Wanted]:
    """Everyone the writer wants to meet, in order; "anyone" alone where that was said."""
    if (match := _ANYONE.search(text)) and not _NOBODY.search(text):
        return [Wanted(match.start(), match.end(), ANYONE)]
    found: list[Wanted] = []
    for start, proper in _starts(text):
        if all(start >= other.end or start < other.start for other in found):
            found += _listed(text, start, proper=proper)
    found = found or _bare(text)
    return sorted(dict.fromkeys(found), key=lambda wanted: wanted.start)


def _starts(text: str) -> list[tuple[int, bool]]:
    """Where a name can begin, and whether it has to look like one there."""
    starts = [(match.end(), False) for match in _WITH.finditer(text)]
    starts += [(match.start(), True) for match in _TITLED.finditer(text)]
    starts += [(match.start("name"), True) for match in _OWNER.finditer(text)]
    starts += [
        (match.end(), True) for match in _PROPERLY.finditer(text) if re.match(_TITLE, text[match.end() :])
    ]
    starts += [(match.end(), True) for match in _PROPERLY.finditer(text) if _met(match)]
    starts += [(match.end(), False) for match in _ASKED.finditer(text) if _asks(text, match.end())]
    return sorted(starts, key=lambda item: item[0])


def _met(match: re.Match[str]) -> bool:
    """Whether what follows the word is somebody met, and not a place or thing as after "for" or "at"."""
    return match[0].strip().lower() not in {"to", "for", "at", "not", "and", "or", "about", "take"}


def _asks(text: str, start: int) -> bool:
    words = _name_at(text, start, proper=False)
    return bool(words) and bool(_ASKED_ON.match(text[start + len(words) :]))


def _listed(text: str, start: int, *, proper: bool) -> list[Wanted]:
    """The name at `start` and those joined to it: "Ben or Ana", "Dr. Meyer and Priya Nair"."""
    found: list[Wanted] = []
    join = ""
    written = text != text.lower()  # who writes no capitals at all writes names without them, too
    while words := _name_at(text, start, proper=proper or (bool(join) and written)):
        found.append(Wanted(start, start + len(words), words, join))
        joint = _JOINT.match(text[start + len(words) :])
        if not joint:
            break
        join = "and" if re.search(r"and|&|\+", joint[0], re.IGNORECASE) else "or"
        start += len(words) + joint.end()
    return found


def _name_at(text: str, start: int, *, proper: bool) -> str:
    """The words at `start` that can be a name; in lower case only where `proper` is not asked for."""
    title = re.match(_TITLE, text[start:])
    offset = start + (title.end() if title else 0)
    match = re.match(PROPER, text[offset:])
    name = until_stop(match[0], proper=True) if match else ""
    if not name and (title or not proper):
        lower = re.match(r"[^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w'’-]+)?", text[offset:])
        name = until_stop(lower[0], proper=False) if lower else ""
        name = name if title or not _common(name.split()) else ""
    name = re.sub(r"['’]s$", "", name.rstrip(" ,;:!?."))
    if (
        not name
        or _common(name.split()[:1])
        or (len(name.split()) == 1 and not title and name.lower() in CALENDAR - _FIRST)
    ):
        return ""
    return text[start:offset] + name


_FIRST = frozenset({"may", "april", "june", "august", "summer", "mark", "will"})


def _common(words: list[str]) -> bool:
    pieces = [piece for word in words for piece in re.split(r"[-/]", word)]
    return any(word.strip(".,!?").lower() in _NOT_PEOPLE - CALENDAR for word in pieces)


def _bare(text: str) -> list[Wanted]:
    """A message that is one name, or a few, and nothing else."""
    core = re.fullmatch(rf"\W*(?P<core>[^\d@?]+?){_BARE_TAIL}\W*", text, re.IGNORECASE)
    if not core or len(core["core"].split()) > 6:
        return []
    found = _listed(text, core.start("core"), proper=False)
    whole = bool(found) and found[-1].end == core.end("core")
    if not whole or any(
        set(name.words.lower().split()) & CALENDAR and " " not in name.words for name in found
    ):
        return []
    return [Wanted(name.start, name.end, name.words, name.join, bare=True) for name in found]
