"""Whom the writer wants to meet, as written: "with Dr. Meyer", "Ben or Ana", "is Priya free", "anyone"; pure.

Who that is decides `People.named`; here only the words are found. "anyone" stands for every way of not
minding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from nlu.nametokens import PARTICLES, WORD, Run, is_proper, run_at, without_title
from nlu.places import places
from nlu.words import CALENDAR, NO_PERSON
from scheduler_core.common_names import GIVEN

ANYONE = "anyone"

_ANYONE = re.compile(
    r"\b(?:(?:with\s+)?(?:anyone|anybody|any one|whoever|whomever|no matter who|who ever|someone|somebody)"
    r"(?:\s+(?:is|who(?:'s| is)))?(?:\s+(?:else|free|available|open))?(?:\s+(?:first|soonest|earliest))?"
    r"|(?:(?:any|either|whichever|no matter which)\s+|(?:any|either|one|some)\s+of\s+(?:the|your)\s+)"
    r"(?:doctors?|people|person|colleagues?|staff|team member|staff member|consultants?|advis[oe]rs?)"
    r"|any of (?:them|you|the team)(?!\s+(?:works?|is|are|times?))"
    r"|(?:the\s+)?(?:first|next) (?:available|free) (?:person|doctor|colleague|consultant|advis[oe]r)"
    r"|(?:do not|don't|does not|doesn't)\s+(?:care|matter|mind)\s+(?:who|which (?:person|doctor)))\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:is|are|was)\s+(?:anyone|anybody|someone|somebody)\s+(?:there|here|home)\b"
    r"|\b(?:did|has) (?:anyone|anybody|someone|somebody)\b"
    r"|\b(?:does|do|can|could|would|will) (?:anyone|anybody|someone|somebody)"
    r" (?:know|tell|help|say|explain)\b",
    re.IGNORECASE,
)
_ANY_CASE = re.compile(
    r"\bwith (?:both |either |maybe |perhaps )?|\bw(?:/ ?(?!c\b)|\. )|\bbetween me and "
    r"|\b(?:his|her|their|the \w+['’]s) name (?:is|was)(?: actually)? "
    r"|\b(?:doctor|dentist|therapist|person|consultant|advis[oe]r|lawyer|stylist|practice|clinic|salon)"
    r" is (?:named|called) ",
    re.IGNORECASE,
)
_LIKE_A_NAME = re.compile(
    r"\b(?:see|seeing|meet|meeting|visit|visiting|talk(?:ing)? (?:to|with)|speak(?:ing)? (?:to|with)"
    r"|prefer|rather|want"
    r"|try|take|book|ask for|how about|what about|ask|both|either|appointment at|not) ",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?<!\bi )(?<!\b(?:it|we|he) )(?<!\b(?:you|she) )(?<!\b(?:they|that|this) )"
    r"\b(?:is|are|does|do|did|can|could|has|have|when's|when is|when does|when can|when has|will|would"
    r"|isn't"
    r"|doesn't) (?:both |either )?",
    re.IGNORECASE,
)
_ASKED_ON = re.compile(
    r"\s(?:(?:both|also|still|ever|usually|not)\s)?(?:be\s)?(?:free|available|have|has|got|there|here|in\b"
    r"|working|work|open|away|off\b|out\b|ill\b|sick|absent"
    r"|around|do|see|take|meet|busy|offer|join|attend|come|help|make it|next|today|tomorrow|on\b"
    r"|ring|call|phone|write"
    r"|at\b(?!\s\S{1,60}(?:\sdot\s|\.\w))"
    r"|this|any|time)",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?<!\w)(?:(?:[Dd]r|[Pp]rof|[Mm]rs|[Mm]r|Ms|DR)\b\.?\s?|(?:[Dd]octor|[Pp]rofessor|Miss|Herr"
    r"|Frau)\s)(?=\w)"
)
_OWNED = re.compile(
    r"['’]s?\s(?:calendar|schedule|availability|diary|agenda|(?:(?:next|first|earliest|free"
    r"|open)\s?){0,3}(?:times?|slots?|appointments?)?(?<=\w)|hours)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\s(?:on|at(?=\s(?:\d|noon|half|quarter|lunch|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven))|tomorrow|today|next|this|not|works|suits|mon|tue|wed|thu|fri|sat|sun)"
    r"(?:(?:s|nes|rs|ur)?day|s|rs?)?\b|\s(?:would be|is (?:fine|ok|okay|great|good|perfect))\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:(?:no|nope|yes|ok|okay|actually|sorry|then|hmm|well|rather|make it"
    r"|change it to)\b[,.]?\s)+(?:then )?",
    re.IGNORECASE,
)
_NEEDED = re.compile(r"\bneed ", re.IGNORECASE)
_FREE = re.compile(
    r"(?=\s(?:is|are)(?:n't| not)? (?:free|available|there|working|around|open)\b)", re.IGNORECASE
)
_JOINT = re.compile(
    r"\s?(?:,\s?(?:or|and|&)?|\b(?:or|and|plus|as well as|together with)\b|/|&"
    r"|\+)\s?(?:(?:also\s)?with\s|maybe\s|even\s)?",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"and|&|\+|plus|as well as|together", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:not|instead of|rather than|no longer|except|(?:all|anything|everything|anyone|anybody|everyone"
    r"|everybody) but)(?: with)? \Z",
    re.IGNORECASE,
)
_GIVEN = re.compile(rf",\s?(?P<given>{WORD.pattern}(?: [A-Z]\.)?)(?!\s?,\s?\S+@)")
_TAIL = re.compile(r"\s?,?\s?(?:please|instead|then|thanks|thank you|pls)?\W*", re.IGNORECASE)
_ACTION = re.compile(r"(?:ing|ed)$")
_MOST_BARE = 6
_MOST_STARTS = 60  #: more places where a name may begin are looked at in no message


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
    known: set[int] = set()
    for start, proper in sorted(islice(_starts(text), _MOST_STARTS)):
        if start not in known and all(start >= other.end or start < other.start for other in found):
            known.add(start)
            refused = bool(_REFUSED.search(text, max(0, start - 20), start))
            found += _listed(text, start, proper=proper, commas=refused)
    kept = [one for one in found if not _REFUSED.search(text, max(0, one.start - 20), one.start)]
    return _rejoined(kept) if found else _bare(text)


def _rejoined(kept: list[Wanted]) -> list[Wanted]:
    """In order and once; nobody is joined to somebody who was refused."""
    ordered = sorted(dict.fromkeys(kept), key=lambda wanted: wanted.start)
    return [replace(one, join="") if place == 0 else one for place, one in enumerate(ordered)]


def _starts(text: str) -> Iterator[tuple[int, bool]]:
    """Where a name can begin, and whether it has to look like one there."""
    yield from ((match.end(), False) for match in _ANY_CASE.finditer(text))
    yield from ((match.start(), False) for match in _TITLED.finditer(text))
    yield from (
        (match.end(), True) for match in _LIKE_A_NAME.finditer(text) if not _is_place(text, match.end())
    )
    yield from (
        (match.end(), text != text.lower()) for match in _ASKED.finditer(text) if _asks(text, match.end())
    )
    for pattern in (_OWNED, _FREE):
        for match in pattern.finditer(text):
            yield from _owners(text, match.start())
    yield from ((match.end(), False) for match in _NEEDED.finditer(text) if _is_known(text, match.end()))
    yield from _first(text)


def _asks(text: str, start: int) -> bool:
    """Whether a question goes on as one about people: "is Ben free"."""
    listed = _listed(text, start, proper=False)
    return bool(listed) and bool(_ASKED_ON.match(text, listed[-1].end))


def _is_known(text: str, start: int) -> bool:
    word = WORD.match(text, start)
    return word is not None and word[0].lower() in GIVEN


def _first(text: str) -> Iterator[tuple[int, bool]]:
    """Where a known name stands at the beginning: "Ben on Friday", "no, Ana please"."""
    opening = _OPENING.match(text)
    begin = re.search(r"\w", text)
    start = opening.end() if opening else begin.start() if begin else 0
    listed = _listed(text, start, proper=False) if _is_known(text, start) else []
    if not listed:
        return
    whole = bool(_TAIL.fullmatch(text, listed[-1].end))
    if (whole and opening) or (not whole and (len(listed) > 1 or _FIRST.match(text, listed[-1].end))):
        yield start, False


def _is_place(text: str, start: int) -> bool:
    """Whether "visiting" or "how about" goes on with a place that is nobody's usual name."""
    run = run_at(text, start, proper=True)
    return run is not None and " ".join(run.lower) in places() and run.lower[0] not in GIVEN


def _owners(text: str, end: int) -> Iterator[tuple[int, bool]]:
    """Where the name before "'s calendar" begins."""
    words = list(WORD.finditer(text, max(0, end - 60), end))
    proper = [word for word in words if is_proper(word[0])]
    for word in proper or [word for word in words[-1:] if word[0].lower().removesuffix("'s") in GIVEN]:
        run = run_at(text, word.start(), proper=bool(proper))
        if run and run.end >= end:
            yield word.start(), False
            return


def _listed(text: str, start: int, *, proper: bool, commas: bool = False) -> list[Wanted]:
    """The name at `start` and those joined to it: "Ben or Ana", "Ben, Ana or Priya".

    After a last comma the writer's own name may follow, so it ends the list where `commas` alone do not join.
    """
    found: list[Wanted] = []
    join, settled = "", 0
    written = text != text.lower()  # who writes no capitals at all writes names without them, too
    while name := _name_at(text, start, proper=proper or (bool(join) and written)):
        found.append(Wanted(name.start, name.end, text[name.start : name.end], join))
        joint = _JOINT.match(text, name.end)
        if joint is None:
            break
        settled = settled if joint[0].strip() == "," else len(found) + 1
        join = "and" if _TOGETHER.search(joint[0]) else "or"
        start = joint.end()
    return found if commas else found[: max(settled, 1)]


def _name_at(text: str, start: int, *, proper: bool) -> Run | None:
    """The name at `start` with its titles; in lower case where it need not be proper, or is a known one."""
    untitled = without_title(text, start)
    titled = untitled > start
    run = run_at(text, untitled, proper=True)
    if run is None:
        run = run_at(text, untitled, proper=False)
        if run is None or (
            run.lower[0] not in GIVEN and (_ACTION.search(run.lower[0]) or (proper and not titled))
        ):
            return None
        run = _short(text, run)
    if run.lower[0] in NO_PERSON or (len(run.words) == 1 and not titled and not _alone(run)):
        return None
    end = run.end - 2 if run.words[-1].endswith(("'s", "’s")) else run.end
    return Run(start, _with_given(text, end, run, titled=titled), run.words)


def _short(text: str, run: Run) -> Run:
    """At most two words in lower case; the second only if it is not what the sentence goes on with."""
    words = list(WORD.finditer(text, run.start, run.end))
    return Run(run.start, words[min(1, len(words) - 1)].end(), run.words[:2]) if len(words) > 2 else run


def _alone(run: Run) -> bool:
    """Whether the one word is a name without another."""
    return run.lower[0] not in CALENDAR or run.lower[0] in _NAMES_OF_TIME


_NAMES_OF_TIME = frozenset({"may", "april", "june", "august", "summer", "mark", "will"})


def _with_given(text: str, end: int, run: Run, *, titled: bool) -> int:
    """Where the name ends if a given name follows the family name: "Dr. Meyer, Eva"."""
    given = _GIVEN.match(text, end) if len(run.words) == 1 and run.lower[0] not in GIVEN else None
    if given is None or not is_proper(given["given"]):
        return end
    known = given["given"].lower() in GIVEN or (titled and given["given"].endswith("."))
    return given.end() if known else end


def _bare(text: str) -> list[Wanted]:
    """A message that is one name, or a few, and nothing else."""
    first = WORD.search(text)
    if first is None or len(text.split()) > _MOST_BARE + 2 or re.search(r"\w", text[: first.start()]):
        return []
    found = _listed(text, first.start(), proper=False, commas=True)
    if not found or not _TAIL.fullmatch(text, found[-1].end) or any(map(_is_odd, found)):
        return []
    return [replace(name, bare=True) for name in found]


def _is_odd(name: Wanted) -> bool:
    """Whether only some words have capitals ("Grace period"), or it is a word of the calendar alone."""
    words = [word[0] for word in WORD.finditer(name.words, without_title(name.words, 0))]
    mixed = len({is_proper(word) for word in words if word.lower() not in PARTICLES}) > 1
    return mixed or (len(words) == 1 and words[0].lower() in CALENDAR - {"mark"})
