"""Words to the pieces that the sentence model knows (WordPiece, as BERT defines it for lower case); pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

_TOKEN = re.compile(r"\w+|[^\w\s]|_")
_LONGEST_WORD = 100
MOST_PIECES = 256  #: what the model was measured with by its makers, the two marks included


def piece_ids(text: str, vocabulary: Mapping[str, int]) -> list[int]:
    """The numbers of the first pieces of a text, between the marks for its beginning and its end."""
    pieces = (piece for word in _words(text) for piece in _pieces(word, vocabulary))
    marked = ["[CLS]", *islice(pieces, MOST_PIECES - 2), "[SEP]"]
    return [vocabulary[piece] for piece in marked]


def _words(text: str) -> Iterator[str]:
    """Words and marks in lower case and without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return iter(_TOKEN.findall(plain))


def _pieces(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """The longest pieces from the left that make up a word; the mark for the unknown if none do."""
    if len(word) > _LONGEST_WORD:
        return ["[UNK]"]
    pieces: list[str] = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if prefix + word[start:end] in vocabulary), None)
        if end is None:
            return ["[UNK]"]
        pieces.append(prefix + word[start:end])
        start = end
    return pieces
