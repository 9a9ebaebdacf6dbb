"""Learns from examples by likeness: kernel ridge regression, solved at once and always to the same numbers.

A text is scored for each intent by how like it is to each example, in meaning and in wording; how much an
example counts, and for what, is learned. A text like no example is left with what was expected beforehand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import cholesky, lapack
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix

Array = Any  # numpy's arrays, which carry no types on Python 3.10's numpy

# What cross-validation on our own examples found best; neighbouring values are as good.
_FADING = 3.0  # how fast likeness fades as two vectors turn away from each other
_WORDING = 0.2  # what shared words and letters count, where 1 is what meaning counts
_SLACK = 0.1  # by how much an example may be missed: the more, the smoother
_BALANCE = 0.5  # 0 counts each example alike, 1 each intent alike
_EXPECTED = 0.25  # what a text like no example is scored for the intent of everything else, where 1 is sure

_STEEPEST = 50.0
_BLOCK = 512  # rows whose shared words are in memory at a time


@dataclass(frozen=True)
class Learned:
    """What was learned; arrays of float32, rows of `shares` and `wording` have a column for each intent."""

    vectors: Array  #: of the examples
    shares: Array  #: what each example adds for an intent if a text is just like it
    wording: Array  #: what each word or run of letters adds
    before: Array  #: the score for an intent when nothing is known
    steepness: Array  #: turns differences of scores into chances

    def chances(self, vectors: Array, wording: csr_matrix) -> Array:
        """The probability of each intent, a row for each text."""
        scores = self.before + _alike(vectors, self.vectors) @ self.shares + wording @ self.wording
        return _chances(scores * self.steepness)


def learned(
    vectors: Array, wording: csr_matrix, intents: Sequence[str], rest: str
) -> tuple[list[str], Learned]:
    """The intents in the order of their columns, and what the examples teach; `rest` is everything else."""
    names = sorted(set(intents))
    targets = (np.array(intents)[:, None] == np.array(names)).astype(np.float32)
    before = (_EXPECTED * (np.array(names) == rest)).astype(np.float32)
    root = _inverse_root(_likeness(vectors, wording, intents))
    shares = root.T @ (root @ (targets - before))
    # What each example would have been scored by a model that learned from all the others.
    unseen = targets - shares / np.einsum("ij,ij->j", root, root)[:, None]
    spelt = _WORDING * (wording.T @ shares)
    return names, Learned(vectors, shares, spelt, before, _steepness(unseen, targets))


def _likeness(vectors: Array, wording: csr_matrix, intents: Sequence[str]) -> Array:
    """How like each example is to each, more so to itself by what it may be missed by."""
    like = _alike(vectors, vectors)
    for start in range(0, len(like), _BLOCK):
        rows = slice(start, start + _BLOCK)
        like[rows] += _WORDING * (wording[rows] @ wording.T).toarray()
    like[np.diag_indices_from(like)] += _SLACK / _weights(intents)
    return like


def _inverse_root(like: Array) -> Array:
    """The matrix whose transpose times itself is the inverse; what is given is used up."""
    # Transposed, a symmetric matrix is the same, and lies in memory as LAPACK wants it.
    factor = cholesky(like.T, lower=True, overwrite_a=True, check_finite=False)
    return lapack.strtri(factor, lower=1, overwrite_c=1)[0]


def _alike(texts: Array, examples: Array) -> Array:
    """How like the texts are to the examples, from 0 to 1; vectors have length one."""
    near = texts @ examples.T
    near -= 1
    near *= _FADING
    return np.exp(near, out=near)


def _weights(intents: Sequence[str]) -> Array:
    """What each example counts; those of rare intents count more."""
    counts = Counter(intents)
    usual = len(intents) / len(counts)
    return np.array([(usual / counts[intent]) ** _BALANCE for intent in intents])


def _steepness(scores: Array, targets: Array) -> Array:
    """The factor at which the chances of unseen examples are likeliest."""

    def surprise(factor: float) -> float:
        return float(-np.log((_chances(scores * factor) * targets).sum(axis=1) + 1e-9).mean())

    return np.float32(minimize_scalar(surprise, bounds=(1.0, _STEEPEST), method="bounded").x)


def _chances(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
