"""Whom of a directory some words may mean; pure.

Words and names are compared letter by letter without accents, then by what they are short for or sound like,
then with a slip of the keyboard forgiven. Each step is taken only if the one before found nobody, and a word
that is a common name is never a slip: "Maria" is not "Mario", "Peters" not "Peter". All who fit equally well
are returned, so that the caller can ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from scheduler_core.common_names import GIVEN, SURNAMES
from scheduler_core.model import Person
from scheduler_core.nicknames import FULL, SHORT

_TITLES = frozenset(
    ("dr", "doctor", "doc", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "herr", "frau", "hr", "fr",
     "med")
)  # fmt: skip
_FULL_TITLES = {"dr": "doctor", "doc": "doctor", "prof": "professor"}
_EARNED = frozenset(("doctor", "professor"))
_PARTICLES = frozenset(
    ("van", "von", "vom", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la",
     "le", "el", "al", "bin", "ibn", "ter", "ten", "zu", "zur", "af", "av", "y", "e", "o", "d", "st")
)  # fmt: skip
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)  # letters that stand beside an accented one and have no accent
_SPELT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))  # how umlauts and å are written without them
_SOUNDS = (
    (re.compile(r"ph"), "f"), (re.compile(r"th|dt"), "t"), (re.compile(r"c(?=[aoulrk]|$)|q"), "k"),
    (re.compile(r"y"), "i"), (re.compile(r"[ae]i"), "ai"), (re.compile(r"ie"), "i"), (re.compile(r"z"), "s"),
    (re.compile(r"ck"), "k"), (re.compile(r"(?<=[aeiou])h(?=[^aeiou]|$)"), ""), (re.compile(r"(.)\1"), r"\1"),
)  # fmt: skip
_MOST_LETTERS = 200
_SHORTEST, _LONG = 4, 8  # letters of a word in which one slip, or two, are forgiven


Places = frozenset[int]  #: of people in the directory
_NOBODY: Places = frozenset()


@dataclass(frozen=True)
class _Directory:
    """Who is called by which words, in each of the forms that are compared."""

    words: Mapping[str, Places]
    spelt: Mapping[str, Places]
    sounds: Mapping[str, Places]


_Reading = Callable[[str, _Directory], Places]


def who_is_named(words: str, people: Sequence[Person]) -> list[Person]:
    """All whom the words may mean equally well, in the order of `people`; none if they fit nobody."""
    said = tuple(word for word in _words(words) if word not in _TITLES)
    if not said:
        return _titled(_words(words), people)
    if all(word in _PARTICLES or (len(word) == 1 and word.isascii()) for word in said):
        return []
    directory = _directory(tuple((person.name, person.handle) for person in people))
    for read in (_same, _spelt_alike, _short_or_sounding_alike, _mistyped):
        if found := _all_said(said, read, directory):
            return [people[place] for place in sorted(found)]
    return []


def is_called(word: str, people: Sequence[Person]) -> bool:
    """Whether somebody has the word for a name just as it is spelt, but for accents; no title or particle."""
    said = _words(word)
    directory = _directory(tuple((person.name, person.handle) for person in people))
    return bool(said) and all(
        len(one) > 1 and one not in _TITLES | _PARTICLES and bool(_same(one, directory)) for one in said
    )


def _titled(titles: Sequence[str], people: Sequence[Person]) -> list[Person]:
    """All who have one of the titles: "the doctor". Forms of address are everybody's and name nobody."""
    wanted = {_FULL_TITLES.get(title, title) for title in titles} & _EARNED
    return [
        person
        for person in people
        if wanted & {_FULL_TITLES.get(word, word) for word in _words(person.name) if word in _TITLES}
    ]


def _all_said(said: tuple[str, ...], read: _Reading, directory: _Directory) -> Places:
    """Those of whom each word said is a name; of three or more, one behind the first may be unknown."""
    hits = [read(word, directory) | _with_initial(word, directory) for word in said]
    found = frozenset.intersection(*hits)
    if not found and len(said) > 1 and read is not _mistyped:
        found = read("".join(said), directory)
    if not found and len(said) > 2 and len(said[0]) > 1:
        known = Counter(place for places in hits for place in places)
        found = frozenset(place for place in hits[0] if known[place] == len(said) - 1)
    return found


def _same(word: str, directory: _Directory) -> Places:
    return directory.words.get(word, _NOBODY)


def _spelt_alike(word: str, directory: _Directory) -> Places:
    """Muller, Mueller and Müller."""
    return directory.spelt.get(_spelt(word), _NOBODY)


def _short_or_sounding_alike(word: str, directory: _Directory) -> Places:
    """Liz for Elizabeth, Elizabeth for Liz; Meier for Meyer."""
    others = SHORT.get(word, frozenset()) | FULL.get(word, frozenset())
    known = [_same(other, directory) for other in others]
    return _spelt_alike(word, directory).union(directory.sounds.get(_sound(word), _NOBODY), *known)


def _mistyped(word: str, directory: _Directory) -> Places:
    """A letter wrong, missing, doubled or in the wrong place, in a word that is nobody's name."""
    alike = _short_or_sounding_alike(word, directory)
    if len(word) < _SHORTEST or word in GIVEN or word in SURNAMES:
        return alike
    near = process.extract(word, directory.words.keys(), scorer=OSA.distance, score_cutoff=2, limit=None)
    slips = [directory.words[own] for own, distance, _ in near if _is_slip(word, own, int(distance))]
    return alike.union(*slips)


def _is_slip(word: str, own: str, distance: int) -> bool:
    """Whether so many changes are likely: one in five letters, two in eight, and disorder in four."""
    if len(own) < _SHORTEST or not set(word[:2]) & set(own[:2]):
        return False
    in_order = len(own) > _SHORTEST or sorted(word) == sorted(own)
    return in_order and distance <= (2 if len(own) >= _LONG else 1)


def _with_initial(word: str, directory: _Directory) -> Places:
    if len(word) > 1 or not word.isascii():
        return _NOBODY
    return _NOBODY.union(*(places for own, places in directory.words.items() if own.startswith(word)))


@lru_cache(maxsize=8)
def _directory(people: tuple[tuple[str, str], ...]) -> _Directory:
    words: defaultdict[str, set[int]] = defaultdict(set)
    for place, (name, handle) in enumerate(people):
        own = [word for word in _words(name) if word not in _TITLES]
        joined = ["".join(own[first:last]) for first in range(len(own)) for last in (first + 2, first + 3)]
        for word in (*own, *joined, *_words(handle)):
            words[word].add(place)
    forms: tuple[defaultdict[str, set[int]], ...] = (words, defaultdict(set), defaultdict(set))
    for word, places in words.items():
        forms[1][_spelt(word)] |= places
        forms[2][_sound(word)] |= places
    return _Directory(*({form: frozenset(places) for form, places in known.items()} for known in forms))


def _spelt(word: str) -> str:
    for written, plain in _SPELT:
        word = word.replace(written, plain)
    return word


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _words(text: str) -> list[str]:
    """Lower-case words without accents."""
    bare = unicodedata.normalize("NFKD", text[:_MOST_LETTERS].casefold().translate(_LETTERS))
    return re.findall(r"[^\W_]+", "".join(sign for sign in bare if not unicodedata.combining(sign)))
