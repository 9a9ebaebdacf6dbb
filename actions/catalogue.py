"""Who can be booked for what, as read at the beginning of a turn, and what follows from that for a draft."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from actions.draft import Draft, Groups
from scheduler_core.likeness import is_called, who_is_named
from scheduler_core.model import AppointmentType, Channel, Person

_ALIKE = 0.75  #: how much of a misspelled word has to be right
_SHORTEST_STEM = 5
_LONG_WORD, _MISSPELT = 7, 0.88  #: letters, and how much of them, where nothing around a word shows a type
VIDEO = (Channel.ZOOM, Channel.GOOGLE_MEET, Channel.JITSI)


@dataclass(frozen=True)
class Catalogue:
    """The people, the appointment types, and which of them go together; each in the order of the calendar."""

    people: tuple[Person, ...]
    types: tuple[AppointmentType, ...]
    offers: frozenset[tuple[str, str]]  #: handle of a person, handle of a type that they offer

    def person(self, handle: str) -> Person:
        """The person of that handle."""
        return next(person for person in self.people if person.handle == handle)

    def type(self, handle: str) -> AppointmentType:
        """The appointment type of that handle."""
        return next(kind for kind in self.types if kind.handle == handle)

    def named(self, words: str) -> tuple[str, ...]:
        """The handles of the people whom somebody may mean by these words."""
        return tuple(person.handle for person in who_is_named(words, self.people))

    def has_called(self, word: str) -> bool:
        """Whether the word, as it is spelt, is a name of somebody."""
        return is_called(word, self.people)

    def offering(self, kind: AppointmentType) -> tuple[Person, ...]:
        """The people who offer a type."""
        return tuple(person for person in self.people if (person.handle, kind.handle) in self.offers)

    def offered_by(self, group: Iterable[str]) -> tuple[AppointmentType, ...]:
        """The types that every one of the group offers; those that anybody offers, for an empty group."""
        people = tuple(group)
        if not people:
            return tuple(kind for kind in self.types if self.offering(kind))
        return tuple(
            kind for kind in self.types if all((person, kind.handle) in self.offers for person in people)
        )

    def is_misspelt_type(self, word: str) -> bool:
        """Whether the word is hardly anything else than a misspelt name of a type."""
        parts = (part for kind in self.types for part in kind.name.casefold().split())
        return any(_is_misspelt(word.casefold(), part) for part in parts)

    def types_named(self, words: str) -> tuple[AppointmentType, ...]:
        """The types that somebody may mean by these words, small misspellings forgiven."""
        said = words.casefold().split()
        return tuple(kind for kind in self.types if _alike(said, kind.name.casefold().split()))


def _is_misspelt(word: str, part: str) -> bool:
    """Whether a long word is that other one but for a slip or two, and is no form of it."""
    ratio = difflib.SequenceMatcher(None, word, part).ratio()
    return len(word) >= _LONG_WORD and word != part and ratio >= _MISSPELT


def _alike(said: list[str], name: list[str]) -> bool:
    """Whether a word of the name was said, nearly: misspelled, or as a word of the same stem."""
    return any(
        word.startswith(part)
        or _share_a_stem(word, part)
        or difflib.SequenceMatcher(None, word, part).ratio() >= _ALIKE
        for word in said
        for part in name
    )


def _share_a_stem(word: str, part: str) -> bool:
    """Whether they begin alike: "consult" and "consultation", "examined" and "examination"."""
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, part, strict=False)))
    return stem >= _SHORTEST_STEM and 3 * stem >= 2 * min(len(word), len(part))


def group_of(draft: Draft) -> tuple[str, ...]:
    """The people that decide which types are to be had: the first group that was named."""
    return draft.people[0] if draft.people else ()


def kind_of(draft: Draft, catalogue: Catalogue) -> AppointmentType | None:
    """The appointment type to be booked; None if the people wanted offer none.

    A type that was named counts. Otherwise it is one that the people offer at the length that was named, and
    of those the one that can be had at the most lengths, since that is the general one; then the first.
    """
    if draft.kind:
        return catalogue.type(draft.kind)
    candidates = catalogue.offered_by(group_of(draft))
    fitting = [kind for kind in candidates if draft.minutes in _minutes(kind)]
    return max(fitting or candidates, key=lambda kind: len(kind.durations), default=None)


def length_of(draft: Draft, kind: AppointmentType) -> timedelta:
    """The length to be booked: the one named, else the next longer one there is, else the longest."""
    if draft.minutes is None:
        return kind.duration
    wanted = timedelta(minutes=draft.minutes)
    longer = [length for length in kind.durations if length >= wanted]
    return min(longer) if longer else max(kind.durations)


def groups_of(draft: Draft, kind: AppointmentType, catalogue: Catalogue) -> Groups:
    """The groups of people to look for; each single person who offers the type, where none was named."""
    named = tuple(
        group for group in draft.people if all((person, kind.handle) in catalogue.offers for person in group)
    )
    return named or tuple((person.handle,) for person in catalogue.offering(kind))


def channel_of(draft: Draft, kind: AppointmentType, usual: str) -> Channel:
    """How they will meet: as wished, else as is usual, where the type allows it; else its first way.

    `usual` is the value of a channel, `video`, or empty.
    """
    ways = (draft.channel, *(VIDEO if usual == "video" else [one for one in Channel if one.value == usual]))
    return next((channel for channel in ways if channel in kind.channels and channel), kind.channels[0])


def _minutes(kind: AppointmentType) -> tuple[int, ...]:
    return tuple(length // timedelta(minutes=1) for length in kind.durations)
