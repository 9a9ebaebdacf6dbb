"""The dates and times of day of a message in their order, and which of them are refused; pure.

"not Monday", "except in the morning", "I can't on Friday", "Monday and Tuesday don't work"; but "why not
Friday?" asks for it, "no, Friday" corrects, and in "move my Friday appointment to Monday" only Monday is
wished for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from nlu.datephrase import days_from
from nlu.english import ENGLISH
from nlu.hours import TimeOfDay
from nlu.language import Kind, Language
from nlu.prepared import Prepared
from nlu.wishes import Days

_BOUNDS = {Kind.FROM, Kind.UNTIL}


@dataclass(frozen=True)
class Atom:
    """One date or time of day at `start:end` of the prepared text."""

    start: int
    end: int
    days: tuple[Days, ...] = ()
    weekdays: tuple[int, ...] = ()
    time: TimeOfDay | None = None
    readings: tuple[Days, ...] = ()
    missing: bool = False  #: no calendar has its date
    text: str = ""
    refused: bool = False
    weekday: int | None = None  #: where it names a weekday and no week

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return bool(self.days or self.weekdays)

    @property
    def bare(self) -> bool:
        """Whether it names a weekday and no week."""
        return self.weekday is not None

    @property
    def many(self) -> bool:
        """Whether it was said in the plural."""
        return bool(self.weekdays) or (self.time is not None and self.time.many)


def atoms_of(
    prepared: Prepared, entities: Iterable[Mapping[str, Any]], today: Days, words: Language = ENGLISH
) -> list[Atom]:
    """The dates among the entities and the times of day of the text; `today` is what "tonight" names."""
    atoms = [_date_atom(prepared, item, words) for item in entities if item["entity"] == "date"]
    atoms += [Atom(item.start, item.end, weekdays=item.weekdays) for item in prepared.recurring]
    for time in prepared.times:
        atoms.append(Atom(time.start, time.end, days=(today,) if time.today else (), time=time))
    ordered = sorted(atoms, key=lambda atom: atom.start)
    for i, (first, second) in enumerate(pairwise(ordered)):
        plural = second.time is not None and second.time.many and not second.dated
        if (
            first.bare
            and plural
            and prepared.text[first.end : second.start].strip() in words.refusals.plural_joints
        ):
            _make_every(ordered, i, prepared.text, words)
    return ordered


def _make_every(atoms: list[Atom], place: int, text: str, words: Language) -> None:
    """`Saturday mornings` are those of every Saturday, and with "Friday or" before them of every Friday."""
    atoms[place] = _every(atoms[place])
    while (
        place
        and atoms[place - 1].bare
        and words.joints.times_or.fullmatch(text[atoms[place - 1].end : atoms[place].start])
    ):
        place -= 1
        atoms[place] = _every(atoms[place])


def _date_atom(prepared: Prepared, entity: Mapping[str, Any], words: Language) -> Atom:
    start, end = prepared.respelt.forth(entity["start"], entity["end"])
    info = entity.get("additional_info") or {}
    readings = tuple(days_from(value) for value in info.get("readings", ()))
    text = info.get("text", "")
    name = words.refusals.bare.fullmatch(text)
    return Atom(
        start,
        end,
        days=(days_from(entity["value"]),),
        readings=readings,
        missing=bool(info.get("missing")),
        text=text,
        weekday=words.weekdays.get(name["day"].lower()) if name else None,
    )


def judged(text: str, atoms: list[Atom], words: Language = ENGLISH) -> list[Atom]:
    """The atoms with those marked that are refused, and without those an appointment is moved from."""
    kept: list[Atom] = []
    end = 0
    atoms = _wished(text, atoms, words)
    for i, atom in enumerate(atoms):
        gap = text[end : atom.start]
        carried = bool(kept) and kept[-1].refused and _carries(gap, words)
        asked = words.refusals.why.search(text[: atom.start])  # "why can't I come on Friday?"
        after = None if asked else words.refusals.refused_after.match(text[atom.end :])
        within = i > 0 and bool(words.refusals.but.fullmatch(gap)) and _inside(atom, atoms[i - 1])
        refused = not asked and (carried or within or _refuses(gap, atom, words) or bool(after))
        if after and not carried:
            kept = _refuse_joined(text, kept, atom, words)
        end = max(end, atom.end + (after.end() if after else 0))
        last = i + 1 == len(atoms)
        source = words.refusals.moved.match(text[atom.end :])
        owned = words.refusals.owned.search(text[: atom.start]) or words.refusals.owns.match(text, atom.end)
        if last or not (source and owned):
            kept.append(replace(_every(atom), refused=True) if refused else atom)
    return kept


def _wished(text: str, atoms: list[Atom], words: Language) -> list[Atom]:
    """Without the time that the writer has already, where another is asked for: "I have a booking at 2, can I
    come at 4". Where only another hour is asked for, it is one of the same day.
    """
    held = [_is_held(text, atom, words) for atom in atoms]
    if not any(held) or held[-1]:
        return atoms
    last = max(place for place, had in enumerate(held) if had)
    asks = words.refusals.wants.search(text, atoms[last].end, atoms[last + 1].start)
    new_day = any(atom.dated for atom in atoms[last + 1 :])
    kept = [
        not had or (atom.dated and not atom.time and not new_day)
        for atom, had in zip(atoms, held, strict=True)
    ]
    return [atom for atom, keeps in zip(atoms, kept, strict=True) if keeps] if asks else atoms


def _is_held(text: str, atom: Atom, words: Language) -> bool:
    """Whether the clause before it says that the writer has something then, and asks for nothing."""
    found = words.refusals.held.search(text, 0, atom.start)
    return found is not None and not words.refusals.wants.search(found[0])


def _inside(atom: Atom, other: Atom) -> bool:
    """Whether its days are some of the other's: "this week but today"."""
    return bool(atom.days and other.days) and all(
        any(whole.first <= days.first and days.end <= whole.end and whole != days for whole in other.days)
        for days in atom.days
    )


def _every(atom: Atom) -> Atom:
    """Every such weekday, where the atom names one and no week: "not Monday" rules out every Monday."""
    return atom if atom.weekday is None else replace(atom, days=(), weekdays=(atom.weekday,))


def _refuses(gap: str, atom: Atom, words: Language) -> bool:
    if words.refusals.no.search(gap):
        return atom.many  # "no Mondays" refuses, "no Friday" corrects
    if atom.time and atom.time.kind in _BOUNDS and words.refusals.nothing.search(gap):
        return True  # "nothing before 10"
    match = words.refusals.refusal.search(gap)
    return bool(match) and not words.refusals.allowed.search(match["words"] if match else "")


def _carries(gap: str, words: Language) -> bool:
    """Whether a refusal goes on: "not Monday or Tuesday", but not "not Monday, Tuesday"."""
    return bool(words.refusals.carried.fullmatch(gap))


def _refuse_joined(text: str, kept: list[Atom], atom: Atom, words: Language) -> list[Atom]:
    """`Monday and Tuesday don't work`: what is joined to the refused one is refused with it."""
    marked = list(kept)
    following = atom
    for i in range(len(marked) - 1, -1, -1):
        if not _carries(text[marked[i].end : following.start], words):
            break
        following = marked[i]
        marked[i] = replace(_every(following), refused=True)
    return marked
