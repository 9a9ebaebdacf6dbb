"""The writer's own name: "my name is …", "I'm …", "Ann Lee, ann@example.org", a signature; pure.

A message that is a name and nothing else is left to `nlu.people`: whose name it is depends on what was asked.

Words that are names and something else (May, Mark, Will, April, August, Summer, Sunday) count as names only
where the sentence makes them one: after an introduction, beside an address, or with a second name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from nlu.addresses import Address, addresses
from nlu.nametokens import Run, is_proper, run_at, run_before, without_title
from nlu.words import CALENDAR, DAYS_AND_MONTHS
from scheduler_core.common_names import GIVEN

_LINK = (
    r"(?:\s*(?:is|was|'s|’s|:|=|-|–|should (?:be|read)|will be|would be)"
    r"(?:\s*(?:actually|really|just|spelt|spelled|written))?\s*:?\s*)"
)
_INTRODUCED = re.compile(
    rf"\bmy\s+(?:(?:full|own|first|last|given|family|middle|real)\s+)?(?:name|surname){_LINK}"
    rf"|\b(?:full\s)?name(?: of (?:the )?(?:patient|client|customer|attendee|participant))?{_LINK}"
    r"|\bi\s?(?:am|'m|’m) (?:called|named)\s|\bcall me\s|\b(?:like|want|prefer) to be called\s|\bi (?:go"
    r"|went) by(?: the name(?: of)?)?\s"
    r"|\b(?:change|set|correct|update) (?:my|the) name (?:to|into)\s|\buse (?:the|my) name,?\s"
    r"|\b(?:put|book|reserve|make|schedule|register|have|keep) (?:it|this|that|me)(?: in| down)? "
    r"(?:under|in|for)(?: the name(?: of)?)?:?\s"
    r"|\b(?:under|in) (?:the|my) name(?: of)?[,:]?\s|\bon behalf of\s|\bsigned[,:]?\s",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:his|her|their|your|its|whose|what|no|a|doctor|\w+['’]s?)\s\Z", re.IGNORECASE)
_CLAIMED = re.compile(
    r"(?:\b(?:i\s?['’]\s?m|i am|im|this is|(?:it['’]?s|it is) me,?|me is|here is|here['’]s"
    r"|(?P<loose>it['’]s|it is|its)))\s",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(
    r"\s*(?:[.,!;?)\n–-]|$)|\s(?:and|from|here|speaking|again|i|i['’]\w+|my|can|could|who|at|with|of|,)\b",
    re.IGNORECASE,
)
_STATE = re.compile(r"(?:ing|ed|ful|less|ous|ive|able|ible|ent|ant|ish|sy|py|gry|ly|tic|nal|ese|ian)$")
_NO_CLAIM = re.compile(r"['’]s\b|\s(?:based|born|time|office)\b", re.IGNORECASE)
_PRESENT = re.compile(r"\s(?:here|speaking)\b(?!\s*\?)", re.IGNORECASE)
_NAME_AFTER = re.compile(r"\s(?:is|was) (?:my|the) name\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:^\s*|[.!?,;:\n–-]\s?|\b(?:hi|hello|hey)\b[,!]?\s)(?=[^\W\d_])", re.IGNORECASE)
_CLOSING = re.compile(
    r"\b(?:(?:kind|best|warm|many|with)\s)?(?:(?:kind|best|warm)\s)?(?:regards|wishes|thanks|thank you"
    r"|thx|cheers"
    r"|sincerely|faithfully|yours|greetings|best|br|lg|mfg)(?:\s(?:sincerely|faithfully|again|in advance))?"
    r"\s?(?P<mark>[,!.]?\s?\n+\s?|\s?[,–-]+\s?|[!.]\s)(?=[^\W\d_][^,;!?\n]*\s?$)",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?:^|[\s.!?])(?:--?|[–—/])\s*\n?\s?(?=[^\W\d_][^,;!?\n]*$)")
_BETWEEN = re.compile(
    r"(?:[\s,;:(<|/=–-]|(?<=\w\w\w)\.(?=\s)|\b(?:and|my|the|e-?mail|mail|address|is|at|under|me|reach"
    r"|contact|it['’]s|its|i['’]m|to|on)\b"
    r"|\+?\(?\d[\d\s()/-]{5,}\d)*\Z",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:[,;:!?\n(]|(?<!\b\w)\.(?=\s))\s*")
_LAST_CLAUSE = re.compile(r"(?:[,;.!?\n–-]|\bplease\b|\bthanks\b)\s+(?=[^\W\d_])", re.IGNORECASE)
_GREETING = re.compile(
    r"\W*(?:(?:hi|hello|hey|dear|good|morning|afternoon|evening|thanks|thank|you|bye|goodbye|ok|okay|yes|no)\b\W*)*",
    re.IGNORECASE,
)
_MOST_CLAUSES, _MOST_NAMES = 40, 4
_LONGEST = 80
_REACH = 140  #: how far before an address its name is looked for


@dataclass(frozen=True)
class OwnName:
    """A name as written at `start:end`."""

    start: int
    end: int
    name: str
    sure: bool  #: the sentence says that it is the writer's; else it only stands beside an address


def own_name(text: str) -> OwnName | None:
    """The writer's own name, where the text says it; none where it does not."""
    for find in (_introduced, _claimed, _named_after, _beside_address, _closing):
        found = find(text)
        if found and found.end - found.start <= _LONGEST:
            sure = find is not _beside_address or _is_in_address(text, found)
            return OwnName(found.start, found.end, text[found.start : found.end], sure)
    return None


def family_first(text: str, run: Run | None, *, beside: bool = False) -> Run | None:
    """The name with the given one behind a comma: "LEE, Ann", and "Lee, Ann" `beside` an address."""
    comma = re.match(r",\s?", text[run.end : run.end + 2]) if run else None
    given = run_at(text, run.end + comma.end(), proper=True) if run and comma else None
    if run is None or given is None or len(given.words) > 2 or given.lower[0] in DAYS_AND_MONTHS:
        return None
    capitals = run.words[-1].isupper() and len(run.words[-1]) > 1
    single = len([word for word in run.words if is_proper(word)]) == 1 and run.lower[0] not in CALENDAR
    alike = len(given.words) == 1 and beside
    return Run(run.start, given.end, run.words + given.words) if single and (capitals or alike) else None


def _introduced(text: str) -> Run | None:
    for match in _INTRODUCED.finditer(text):
        if _OTHERS.search(text, max(0, match.start() - 24), match.start()):
            continue
        start = without_title(text, match.end())
        run = run_at(text, start, proper=True, named=True) or run_at(text, start, proper=False, named=True)
        if run and _is_told(match[0], run):
            return _said_again(text, run) or family_first(text, run) or run
    return None


def _is_told(before: str, run: Run) -> bool:
    """Whether the words after an introduction are a name; "book it for" may go on with a day or a place."""
    if "name" not in before.lower() and run.lower[0].endswith("day") and len(run.words) == 1:
        return False
    if "name" not in before.lower() and re.search(r"\b(?:in|for|under):?\s$", before, re.IGNORECASE):
        return is_proper(run.words[0]) and (
            len(run.words) > 1 or run.lower[0] in GIVEN or "under" in before.lower()
        )
    return len(run.words) > 1 or is_proper(run.words[0]) or not _STATE.search(run.lower[0])


def _said_again(text: str, run: Run) -> Run | None:
    """The whole name in "Stone, Bob Stone"."""
    again = run_at(text, run.end + 2, proper=True) if text[run.end : run.end + 2] == ", " else None
    return again if again and len(again.words) > 1 and again.words[-1] == run.words[-1] else None


def _claimed(text: str) -> Run | None:
    """`I'm Ann Lee`, `this is ann`: a proper name, or in lower case what is no state and ends its clause."""
    for match in _CLAIMED.finditer(text):
        start = without_title(text, match.end())
        loose = match["loose"] is not None
        run = run_at(text, start, proper=True)
        if run is None:
            run = run_at(text, start, proper=False, named=True)
            fits = run is not None and _is_somebody(text, run, loose=loose)
        else:
            fits = _is_own(text, run) and (not loose or _is_whole(text, start - match.end(), run))
        if run and fits:
            return run
    return None


def _is_own(text: str, run: Run) -> bool:
    """Whether a proper name after "I'm" is the writer's: not in "I'm Ben's patient", "I'm Berlin based"."""
    owner = run.words[-1].endswith(("'s", "’s"))
    return not owner and not _NO_CLAIM.match(text, run.end) and not _is_day(text, run)


def _is_whole(text: str, titled: int, run: Run) -> bool:
    """Whether "it's" goes on with a name and no more."""
    named = len(run.words) > 1 or run.lower[0] in GIVEN
    return not titled and named and bool(_CLAUSE_ENDS.match(text, run.end))


def _is_day(text: str, run: Run) -> bool:
    """Whether "this is Friday" goes on as a date."""
    return len(run.words) == 1 and run.lower[0] in DAYS_AND_MONTHS and not _CLAUSE_ENDS.match(text, run.end)


def _is_somebody(text: str, run: Run, *, loose: bool) -> bool:
    """Whether words in lower case are a name and no state; in a text with capitals only known names are."""
    if not _CLAUSE_ENDS.match(text, run.end):
        return False
    if run.lower[0] in GIVEN:
        return True
    state = _STATE.search(run.lower[0]) or run.lower[0].endswith(("'s", "’s"))
    return text == text.lower() and not loose and len(run.words) < 3 and not state


def _named_after(text: str) -> Run | None:
    """`Ann Lee here`, `Ann Lee is my name`, at the beginning of a clause."""
    for clause in _CLAUSE.finditer(text):
        start = without_title(text, clause.end())
        run = run_at(text, start, proper=True) or run_at(text, start, proper=False)
        if run is None:
            continue
        if _NAME_AFTER.match(text, run.end):
            return run
        if _PRESENT.match(text, run.end) and (is_proper(run.words[0]) or run.lower[0] in GIVEN):
            return run
    return None


def _beside_address(text: str) -> Run | None:
    """`Ann Lee, ann@example.org` and `ann@example.org (Ann Lee)`, also in lower case."""
    for address in addresses(text):
        found = None if address.guest else _before_address(text, address) or _after_address(text, address)
        if found:
            return found
    return None


def _is_in_address(text: str, run: Run) -> bool:
    """Whether a name that stands beside an address is part of it, and nobody to be met."""
    with_whom = re.search(r"\bwith\s(?:\w+\.?\s)?$", text[max(0, run.start - 16) : run.start], re.IGNORECASE)
    return not with_whom and any(
        len(word) > 2 and word in one.email.lower() for one in addresses(text) for word in run.lower
    )


def _before_address(text: str, address: Address) -> Run | None:
    first = max(0, address.start - _REACH)
    between = _BETWEEN.search(text, first, address.start)
    end = between.start() if between else address.start
    cuts = [first, *(cut.end() for cut in _CUT.finditer(text, first, end))]
    for clause in cuts[-2:]:
        run = run_at(text, clause, proper=True)
        family = family_first(text, run, beside=True)
        if family and family.end == end:
            return family
    run = run_before(text, end, least=cuts[-1])
    if run and not (len(run.words) == 1 and run.lower[0] in CALENDAR):
        return _untitled(text, run)
    lower = run_at(text, cuts[-1], proper=False)
    return lower if lower and lower.end == end and _fits(lower, address) else None


def _untitled(text: str, run: Run) -> Run | None:
    start = without_title(text, run.start)
    return Run(start, run.end, run.words) if start < run.end else None


def _fits(run: Run, address: Address) -> bool:
    """Whether a name in lower case belongs to the address it stands beside."""
    local = address.email.split("@")[0].lower()
    return len(run.words) > 1 or any(word in local for word in run.lower)


def _after_address(text: str, address: Address) -> Run | None:
    gap = re.match(r"[\s,;(>|/–-]+", text[address.end : address.end + 5])
    if not gap:
        return None
    start = without_title(text, address.end + gap.end())
    run = run_at(text, start, proper=True) or run_at(text, start, proper=False)
    ends = run and re.match(r"\s?\)?\s?(?:$|[.,;!?\n])", text[run.end : run.end + 4])
    if not run or not ends or (len(run.words) == 1 and run.lower[0] in CALENDAR):
        return None
    return run if is_proper(run.words[0]) or _fits(run, address) else None


def _closing(text: str) -> Run | None:
    """A signature: on a line of its own, after a dash, or two names after the thanks."""
    for pattern in (_CLOSING, _DASHED):
        for match in pattern.finditer(text):
            start = without_title(text, match.end())
            own_line = "\n" in match[0]
            run = run_at(text, start, proper=not own_line)
            ends = run and not text[run.end :].strip(" .\n")
            told = own_line or pattern is _DASHED or (start == match.end() and _is_signed(text, match, run))
            if run and ends and told and not (len(run.words) == 1 and run.lower[0] in CALENDAR):
                return run
    return None


def last_name(text: str) -> Run | None:
    """Two or more names that are all the message ends with ("Jan 5 please, Ann Lee"): perhaps the writer's.

    The first is a given name, no title stands before it, and more than a greeting has been said.
    """
    for clause in islice(_LAST_CLAUSE.finditer(text), _MOST_CLAUSES):
        start = clause.end()
        run = run_at(text, start, proper=True)
        if run is None and text == text.lower():
            run = run_at(text, start, proper=False)
        if run is None or not 2 <= len(run.words) <= _MOST_NAMES or text[run.end :].strip(" .!\n"):
            continue
        if run.lower[0] in GIVEN and (is_proper(run.words[0]) or run.lower[0] not in CALENDAR):
            return None if _GREETING.fullmatch(text[: clause.start()]) else run
    return None


def _is_signed(text: str, closing: re.Match[str], run: Run | None) -> bool:
    """Whether a name after "thanks," on the same line is the writer's, and not the one who is thanked."""
    return bool(text[: closing.start()].strip()) or (run is not None and len(run.words) > 1)
