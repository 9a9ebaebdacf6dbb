"""The writer's own name: "my name is …", "I'm …", "Ann Lee, ann@example.org", a signature; pure.

A message that is a name and nothing else is left to `nlu.people`: whose name it is depends on what was asked.

Words that are names and something else (May, Mark, Will, April, August, Summer, Sunday) count as names only
where the sentence makes them one: after an introduction, beside an address, or with a second name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.addresses import Address, addresses
from nlu.words import CALENDAR, STOP

_PARTICLE = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ben|ter|ten|zu|zur|af|av|st\.?"
    r"|y|e|d'|o')"
)
_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}[\w'’.-]*"
_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞĀ-ž\u0370-\u1fff\u3040-\u9fff\uac00-\ud7af](?:[\w'’-]*\w)?\.?)"
PROPER = rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITAL}){{0,4}}"
_ANY = rf"{_WORD}(?:\s+{_WORD}){{0,3}}"
_INTRODUCED = [
    re.compile(
        r"\b(?:my\s+(?:full\s+)?name(?:\s+is|'s|:)|name\s*(?:is|:)|the\s+name(?:'s|\s+is)|i\s+am\s+called"
        r"|call\s+me"
        r"|i\s+go\s+by|(?:please\s+)?(?:put|book)\s+(?:it|this|me)\s+(?:under|in)(?:\s+the\s+name(?:\s+of)?)?"
        r"|under\s+the\s+name(?:\s+of)?|in\s+the\s+name\s+of|on\s+behalf\s+of|it'?s\s+for|signed)\s*:?\s*",
        re.IGNORECASE,
    ),
]
_CLAIMED = re.compile(
    r"(?:\b(?:i'?m|i\s+am|im|this\s+is|it'?s|it\s+is|here\s+is|here's)|\bfor)\s+", re.IGNORECASE
)
_HERE = re.compile(rf"(?:^|[.!?,]\s*|\b(?:hi|hello|hey)\b[,!]?\s+)(?P<name>{PROPER})\s+here\b")
_SIGNED = re.compile(
    rf"(?:(?:^|\s)[-–—]{{1,2}}\s*|\b(?:[Bb]est(?:\s+regards|\s+wishes)?|[Rr]egards|[Kk]ind\s+regards"
    rf"|[Cc]heers|[Tt]hanks"
    rf"|[Tt]hank\s+you|[Ss]incerely|[Yy]ours|BR|MfG"
    rf"|[Bb]est)\s*[,!.]?\s*[\n,-]\s*)(?P<name>{PROPER})\s*[.]?\s*$"
)
_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam)\.?\s+", re.IGNORECASE)
_STATE = re.compile(r"(?:ing|ed|ful|less|ous|ive|able|ible|ent|ish|sy|ry|py|gry)$")
_LONGEST = 80


@dataclass(frozen=True)
class OwnName:
    """A name as written at `start:end`."""

    start: int
    end: int
    name: str


def own_name(text: str) -> OwnName | None:
    """The writer's own name, where the text says it; none where it does not."""
    for find in (_introduced, _claimed, _beside_address, _closing):
        if found := find(text):
            return found
    return None


def _placed(start: int, words: str) -> OwnName | None:
    """The name at `start`, without titles and what follows it; none if no word of it can be a name."""
    name = words.rstrip(" ,;:-–—")
    if not re.search(r"\b[A-Z]\.$", name):
        name = name.rstrip(".!?")
    title = _TITLE.match(name)
    if title:
        start, name = start + title.end(), name[title.end() :]
    if not name or len(name) > _LONGEST or re.search(r"[\d@<>{}\[\]]", name):
        return None
    return OwnName(start, start + len(name), name)


def _taken(text: str, start: int) -> OwnName | None:
    """The words from `start` on that form a name: proper ones, or any up to the first that is no name."""
    rest = text[start:]
    if match := re.match(PROPER, rest):
        words = until_stop(match[0], proper=True)
        if words:
            return _placed(start, words)
    match = re.match(_ANY, rest)
    return _placed(start, until_stop(match[0], proper=False)) if match else None


def until_stop(words: str, *, proper: bool) -> str:
    """The words before the first that cannot belong to a name; a calendar word may be one if it is "
    "capital.
    """
    kept = []
    for piece in re.finditer(r"\S+", words):
        bare = piece[0].strip(".,;:!?").lower()
        calendar = bare in CALENDAR and proper
        if (bare in STOP and not calendar) or bare.startswith(("i'", "we'")) or "n't" in bare:
            break
        kept.append(piece)
        if piece[0][-1] in ",;:!?" or (piece[0][-1] == "." and len(bare) > 2):
            break
    return words[kept[0].start() : kept[-1].end()] if kept else ""


def _introduced(text: str) -> OwnName | None:
    for pattern in _INTRODUCED:
        for match in pattern.finditer(text):
            if found := _taken(text, match.end()):
                return found
    return None


def _claimed(text: str) -> OwnName | None:
    """`I'm Ann Lee`, `this is Ann`: a proper name, or in all lower case one word or two up to the end of "
    "the clause.
    """
    for match in _CLAIMED.finditer(text):
        rest = text[match.end() :]
        loose = match[0].strip().lower() in {"for", "it's", "its", "it is"}
        proper = re.match(PROPER, rest)
        if proper:
            words = until_stop(proper[0], proper=True)
            alone = len(words.split()) == 1 and words.lower() in CALENDAR
            if words and not (loose and (alone or len(words.split()) < 2)):
                return _placed(match.end(), words)
        elif not loose and (
            lower := re.match(r"([^\W\d_]{2,}(?:\s+[^\W\d_]{2,})?)\s*(?:[.,!;]|$|and\b)", rest)
        ):
            words = lower[1]
            if not set(words.lower().split()) & STOP and not _is_adjective(words):
                return _placed(match.end(), words)
    return None


def _is_adjective(words: str) -> bool:
    """Whether "i'm …" goes on with a state and no name."""
    return bool(_STATE.search(words.split(maxsplit=1)[0].lower()))


def _beside_address(text: str) -> OwnName | None:
    """`Ann Lee, ann@example.org` and `ann@example.org (Ann Lee)`, in lower case too where nothing else "
    "stands there.
    """
    for address in addresses(text):
        found = None if address.guest else _before_address(text, address) or _after_address(text, address)
        if found:
            return found
    return None


def _before_address(text: str, address: Address) -> OwnName | None:
    before = re.sub(
        r"(?:[\s,;:(<|/-]|\b(?:and|my|the|e-?mail|mail|address|is|at|under|me|reach|contact|it's|its"
        r"|i'm)\b)*$",
        "", text[: address.start], flags=re.IGNORECASE,
    )  # fmt: skip
    clause = re.search(r"(?:^|[.,;:!?\n(])\s*(?P<words>[^.,;:!?\n(]*(?:\b[A-Z]\.[^.,;:!?\n(]*)*)$", before)
    if not clause:
        return None
    start = clause.start("words")
    words = clause["words"]
    proper = re.search(rf"(?:^|\s)(?P<name>{PROPER})$", words)
    if proper and (name := _without_stops(proper["name"])):
        return _placed(start + proper.start("name") + proper["name"].rindex(name), name)
    plain = re.fullmatch(r"(?:and\s+)?(?P<name>[^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w'’-]+){1,2})", words)
    if (
        plain
        and not set(plain["name"].lower().split()) & (STOP - CALENDAR)
        and _matches(plain["name"], address)
    ):
        return _placed(start + plain.start("name"), plain["name"])
    return None


def _matches(name: str, address: Address) -> bool:
    """Whether a name in lower case shares a word with the address it stands beside."""
    local = address.email.split("@")[0].lower()
    return any(word in local for word in name.lower().split()) or len(name.split()) == 2


def _without_stops(words: str) -> str:
    """The last run of words that can be a name."""
    run: list[str] = []
    for word in reversed(words.split()):
        if word.strip(".,").lower() in STOP - CALENDAR:
            break
        run.insert(0, word)
    name = " ".join(run)
    return name if name in words and not (len(run) == 1 and name.lower() in CALENDAR) else ""


def _after_address(text: str, address: Address) -> OwnName | None:
    match = re.match(rf"[\s,;(>|/-]+(?P<name>{PROPER})\s*\)?\s*(?=$|[.,;!?\n])", text[address.end :])
    if not match or not (name := _without_stops(match["name"])):
        return None
    return _placed(address.end + match.start("name") + match["name"].rindex(name), name)


def _closing(text: str) -> OwnName | None:
    for pattern in (_SIGNED, _HERE):
        match = pattern.search(text)
        if match and (name := _without_stops(match["name"])):
            return _placed(match.start("name") + match["name"].rindex(name), name)
    return None
