"""Runs of words that can be a name, grown from where a sentence lets one begin; pure.

Names are capitalised words and the particles between them ("Maria de la Cruz", "Omar al-Hassan"), or in a
text without capitals any words up to the first that no name holds. What a run means (the writer, somebody to
be met) is decided by `nlu.names` and `nlu.people`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.spelling import WORDS
from nlu.words import CALENDAR, DAYS_AND_MONTHS, NO_NAME, NO_PERSON, STOP

_MARK = (
    r"\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0962\u0963\u09bc-\u09cd\u0a3c-\u0a4d"
    r"\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)  # vowels and accents of other scripts, which are no letters by themselves
_LETTER = rf"(?:[^\W\d_][{_MARK}]*)"
_PIECE = rf"{_LETTER}{{1,40}}"
WORD = re.compile(rf"(?<![\w@]){_PIECE}(?:['’.-]-?{_PIECE}){{0,6}}(?![\w@{_MARK}])")
TITLE = re.compile(
    r"(?:(?:dr|prof|mrs|mr|ms|mx|pd)\b\.?|(?:doctor|doc|professor|miss|sir|madam|herr"
    r"|frau)\b)(?:\s(?=\w)|(?<=\.)(?=\w))",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    ("van", "von", "vom", "zum", "der", "den", "de", "del", "della", "di", "da", "das", "do",
     "dos", "du", "la", "le", "las", "los", "el", "al", "bin", "bint", "ibn", "ben", "ter",
     "ten", "te", "zu", "zur", "af", "av", "st", "y", "e", "und", "bte", "abu", "mac", "mc")
)  # fmt: skip
_SHORT_NAMES = frozenset(("an", "do", "to", "so", "my", "day", "bot", "book", "early"))
_HEAD = re.compile(r"(?:[dloDLO]['’]|[Aa]l-|[Ee]l-|[Aa]r-|[Aa]s-)(?=\w)")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_DATE_BEFORE = re.compile(
    r"(?:(?<![:.\d])\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?|\b(?:on|next|this|every|in|of))\s+\Z", re.IGNORECASE
)
_AFTER_INITIAL = re.compile(r"\.? ?")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\b\.?")
_MOST_WORDS, _MOST_LOWER, _MOST_TITLES = 7, 4, 4


@dataclass(frozen=True)
class Run:
    """Words at `start:end` of the text that can be a name."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def lower(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple(word.lower() for word in self.words)


def is_proper(word: str) -> bool:
    """Whether a word is written as a name: a capital first, or letters that have none."""
    bare = _HEAD.sub("", word)
    return bool(bare) and not bare[0].islower()


def can_name(word: str, *, calendar: bool, second: bool = False) -> bool:
    """Whether a word can be part of a name; words of the calendar only where they may be one.

    A `second` word with a capital may be "Young" or "Price".
    """
    low = word.lower()
    pieces = re.split(r"[-.]", low)
    if low in CALENDAR:
        return calendar
    chinese = _CHINESE.fullmatch(word)
    return not (
        low in STOP
        or ((low in NO_NAME or low in NO_PERSON) and not (second and is_proper(word)))
        or (low in WORDS and not is_proper(word))
        or re.fullmatch(
            r"(?:i|we|you|he|she|it|they|that|what|who|where|when|there|here|let)['’]\w+|\w+n['’]t", low
        )
        or (len(pieces) > 1 and all(piece in STOP for piece in pieces))
        or (chinese and (len(word) > 4 or word[0] in "我你他她"))
    )


def run_at(text: str, start: int, *, proper: bool, named: bool = False) -> Run | None:
    """The longest name that begins exactly at `start`; None if none does.

    In lower case only unless `proper` is asked for, and "may" or "august" only where somebody was said to be
    `named` so.
    """
    most = _MOST_WORDS if proper else _MOST_LOWER
    words: list[re.Match[str]] = []
    ahead: list[re.Match[str]] = []
    position = start
    while len(words) + len(ahead) < most and (word := WORD.match(text, position)):
        capital = is_proper(word[0])
        if word[0].lower() in PARTICLES and not capital and (words or ahead or proper):
            ahead.append(word)
        elif (capital or not proper) and _goes_on(text, word, words, named=named):
            words += [*ahead, word]
            ahead = []
        else:
            break
        gap = _gap(text, word)
        if gap is None:
            break
        position = gap
    return _run(text, words)


def run_before(text: str, end: int, *, least: int) -> Run | None:
    """The longest proper name that ends exactly at `end` and begins at `least` or later."""
    words = WORD.finditer(text, max(least, end - 90), end)
    for start in (word.start() for word in words if not _ends_a_date(text, word)):
        run = run_at(text, start, proper=True)
        if run and run.end == end:
            return run
    return None


def _ends_a_date(text: str, word: re.Match[str]) -> bool:
    """Whether a word of the calendar belongs to what stands before it: "9 November Ann Lee"."""
    before = text[max(0, word.start() - 12) : word.start()]
    return word[0].lower() in DAYS_AND_MONTHS and bool(_DATE_BEFORE.search(before))


def without_title(text: str, start: int) -> int:
    """Where the name begins after its titles, of which nobody has more than a few."""
    for _ in range(_MOST_TITLES):
        title = TITLE.match(text, start)
        start = title.end() if title else start
    return start


def _gap(text: str, word: re.Match[str]) -> int | None:
    """Where the next word of the same name may begin: after one space, and after the dot of an initial."""
    end = word.end()
    if (len(word[0]) == 1 and word[0].isupper()) or word[0].lower() in {"st", "mc"}:
        gap = _AFTER_INITIAL.match(text, end)
        return gap.end() if gap and gap.end() > end else None
    return end + 1 if text[end : end + 1] == " " else None


def _goes_on(text: str, word: re.Match[str], before: list[re.Match[str]], *, named: bool) -> bool:
    """Whether a word belongs to the name that the words before began."""
    capital = is_proper(word[0])
    if _is_date(text, word, before):
        return False
    if named and before and capital and word[0].lower() in _SHORT_NAMES:
        return True
    return can_name(word[0], calendar=capital or (named and not before), second=bool(before))


def _is_date(text: str, word: re.Match[str], before: list[re.Match[str]]) -> bool:
    """Whether a day or month follows a name as a date: "with Ben Friday", "with Ben May 5"."""
    if word[0].lower() not in DAYS_AND_MONTHS:
        return False
    rest = text[word.end() : word.end() + 6]
    numbered = bool(re.match(r"\s*(?:the\s)?\d", rest))
    return numbered or (bool(before) and (word[0].lower().endswith("day") or not is_proper(before[-1][0])))


def _run(text: str, words: list[re.Match[str]]) -> Run | None:
    if not words:
        return None
    end = words[-1].end()
    if suffix := _SUFFIX.match(text, end):
        end = suffix.end()
    elif (
        len(words) > 1
        and (len(words[-1][0]) == 1 or words[-1][0] in {"Jr", "Sr"})
        and text[end : end + 1] == "."
    ):
        end += 1
    return Run(words[0].start(), end, tuple(word[0] for word in words))
