"""The dates and times of day of a message in their order, and which of them are refused; pure.

"not Monday", "except in the morning", "I can't on Friday", "Monday and Tuesday don't work"; but "why not
Friday?" asks for it, "no, Friday" corrects, and in "move my Friday appointment to Monday" only Monday is
wished for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from nlu.datephrase import days_from
from nlu.english import WEEKDAYS
from nlu.hours import Kind, TimeOfDay
from nlu.prepared import Prepared
from nlu.wishes import Days

_REFUSAL = re.compile(
    r"(?:(?<!why )\bnot\b(?! (?:only|sure|before|after|later|earlier))|\b(?:but|and) no\b"
    r"|\b(?:any|every|each|all)\s?(?:time|day|days|thing|where|week)s?,? but\b|\bneither\b"
    r"|\bexcept(?:ing)?(?: for)?\b"
    r"|\bexcluding\b|\bapart from\b|\bother than\b|\banything but\b|\bbesides\b|\bwithout\b|\bnever\b"
    r"|\bavoid\b"
    r"|\binstead of\b|\brather than\b|\bbetter than\b|\b(?:ca|could|do|does|wo|would|is|are|was)n't\b"
    r"|\b(?:can|could|do|does|will|would)\s?not\b"
    r"|\b(?:unable|unavailable|busy|away|not free|not available|booked|on holiday|on vacation"
    r"|out of office)\b|\bhate\b"
    r")(?P<words>[^.,;!?]*)$",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"^\s*(?:you|we|i|he|she|they)\b|\b(?:mind|care|matter|wait|why|rather|instead|but|how about|what about"
    r"|works"
    r"|prefer|better|please|let's)\b",
    re.IGNORECASE,
)
_REFUSED_AFTER = re.compile(
    r"\s*(?:,\s*)?(?:(?:is|are|was|does|do|did|will|would|can|could)\s+not\b"
    r"|(?:is|are|was|does|do|did|would|could|wo|ca)n't\b|cannot\b"
    r"|(?:is|are|'s)\s+(?:a\s+)?(?:bad|out|off|impossible|no good|difficult|tricky|hard|no\b|no-go|full"
    r"|(?:bank |public )?holiday"
    r"|too)\b"
    r"|(?:i|we) (?:ca|do|wo|could)(?:n't|nnot)"
    r"(?: (?:do|make|come|work|be|available|free|there|it))*\s*(?=$|[.,;!?])"
    r"|no good\b|not (?:good|possible|working|great|ideal|so good|an option)\b|never works?\b)",
    re.IGNORECASE,
)
_BOUNDS = {Kind.FROM, Kind.UNTIL}
_BARE = re.compile(r"\W*(?:(?:on|about|for)\s+)?(?P<day>\w+)\W*", re.IGNORECASE)
_MOVED = re.compile(
    r"(?:'s)?\s*(?:appointment|meeting|booking|slot|one|session|call)\b.*?\bto\b", re.IGNORECASE
)
_OWNED = re.compile(r"\b(?:my|our|the|that|this)\s+(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Atom:
    """One date or time of day at `start:end` of the prepared text."""

    start: int
    end: int
    days: tuple[Days, ...] = ()
    weekdays: tuple[int, ...] = ()
    time: TimeOfDay | None = None
    readings: tuple[Days, ...] = ()
    text: str = ""
    refused: bool = False

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return bool(self.days or self.weekdays)

    @property
    def bare(self) -> bool:
        """Whether it names a weekday and no week."""
        name = _BARE.fullmatch(self.text)
        return name is not None and name["day"].lower() in WEEKDAYS

    @property
    def many(self) -> bool:
        """Whether it was said in the plural."""
        return bool(self.weekdays) or (self.time is not None and self.time.many)


def atoms_of(prepared: Prepared, entities: Iterable[Mapping[str, Any]], today: Days) -> list[Atom]:
    """The dates among the entities and the times of day of the text; `today` is what "tonight" names."""
    atoms = [_date_atom(prepared, item) for item in entities if item["entity"] == "date"]
    atoms += [Atom(item.start, item.end, weekdays=item.weekdays) for item in prepared.recurring]
    for time in prepared.times:
        atoms.append(Atom(time.start, time.end, days=(today,) if time.today else (), time=time))
    ordered = sorted(atoms, key=lambda atom: atom.start)
    for i, (first, second) in enumerate(pairwise(ordered)):
        plural = second.time is not None and second.time.many and not second.dated
        if first.bare and plural and prepared.text[first.end : second.start].strip() in {"", "in the"}:
            ordered[i] = _every(first)  # "Saturday mornings"
    return ordered


def _date_atom(prepared: Prepared, entity: Mapping[str, Any]) -> Atom:
    start, end = prepared.respelt.forth(entity["start"], entity["end"])
    info = entity.get("additional_info") or {}
    readings = tuple(days_from(value) for value in info.get("readings", ()))
    return Atom(start, end, days=(days_from(entity["value"]),), readings=readings, text=info.get("text", ""))


def judged(text: str, atoms: list[Atom]) -> list[Atom]:
    """The atoms with those marked that are refused, and without those an appointment is moved from."""
    kept: list[Atom] = []
    end = 0
    for i, atom in enumerate(atoms):
        gap = text[end : atom.start]
        carried = bool(kept) and kept[-1].refused and _carries(gap)
        after = _REFUSED_AFTER.match(text[atom.end :])
        refused = carried or _refuses(gap, atom) or bool(after)
        if after and not carried:
            kept = _refuse_joined(text, kept, atom)
        end = atom.end + (after.end() if after else 0)
        last = i + 1 == len(atoms)
        source = _MOVED.match(text[atom.end :])
        owned = _OWNED.search(text[: atom.start]) or text[atom.end :].startswith("'s")
        if last or not (source and owned):
            kept.append(replace(_every(atom), refused=True) if refused else atom)
    return kept


def _every(atom: Atom) -> Atom:
    """Every such weekday, where the atom names one and no week: "not Monday" rules out every Monday."""
    name = re.fullmatch(r"(?:on\s+)?(\w+)", atom.text.strip(), re.IGNORECASE)
    weekday = WEEKDAYS.get(name[1].lower()) if name else None
    return atom if weekday is None else replace(atom, days=(), weekdays=(weekday,))


def _refuses(gap: str, atom: Atom) -> bool:
    if re.search(r"\bno\s+$", gap, re.IGNORECASE):
        return atom.many  # "no Mondays" refuses, "no Friday" corrects
    if atom.time and atom.time.kind in _BOUNDS and re.search(r"(?<!there )\bnothing\s*$", gap, re.IGNORECASE):
        return True  # "nothing before 10"
    match = _REFUSAL.search(gap)
    return bool(match) and not _ALLOWED.search(match["words"] if match else "")


def _carries(gap: str) -> bool:
    """Whether a refusal goes on: "not Monday or Tuesday", but not "not Monday, Tuesday"."""
    return bool(
        re.fullmatch(r"\s*(?:,?\s*(?:or|and|nor)\b|/|-)?\s*(?:(?:on|at|in|the)\b\s*)*", gap, re.IGNORECASE)
    )


def _refuse_joined(text: str, kept: list[Atom], atom: Atom) -> list[Atom]:
    """`Monday and Tuesday don't work`: what is joined to the refused one is refused with it."""
    marked = list(kept)
    following = atom
    for i in range(len(marked) - 1, -1, -1):
        if not _carries(text[marked[i].end : following.start]):
            break
        following = marked[i]
        marked[i] = replace(_every(following), refused=True)
    return marked
