"""How our own examples are understood by models that never saw them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from sklearn.model_selection import StratifiedKFold

from nlu.components.intents import LikenessClassifier
from nlu.evaluation.judged import Judged, shares

FOLDS = 5
_THRESHOLDS = (0.0, 0.2, 0.25, 0.3, 0.35, 0.4)


def training_seconds(texts: Sequence[str], intents: Sequence[str]) -> float:
    """Processor time that learning all examples takes; only the first time in a process tells."""
    began = time.process_time()
    _learned(texts, intents)
    return time.process_time() - began


def cross_validated(texts: Sequence[str], intents: Sequence[str]) -> list[Judged]:
    """Every example, judged by a model that was trained without it."""
    judged: list[Judged] = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    for learned, held in folds.split(list(texts), list(intents)):
        classifier = _learned([texts[i] for i in learned], [intents[i] for i in learned])
        for i in held:
            best = classifier.ranked(texts[i])[0]
            judged.append(Judged(intents[i], best["name"], best["confidence"]))
    return judged


def thresholds(judged: Sequence[Judged]) -> list[str]:
    """What the fallback's threshold does, as a Markdown table."""
    rows = ["| fallback below | right | out of scope found | in scope turned away |", "|---|---:|---:|---:|"]
    for threshold in _THRESHOLDS:
        found = shares([one.at(threshold) for one in judged])
        names = ("right", "out of scope found", "in scope turned away")
        rows.append(f"| {threshold} | " + " | ".join(f"{found[name]:.1f} %" for name in names) + " |")
    return rows


def _learned(texts: Sequence[str], intents: Sequence[str]) -> LikenessClassifier:
    classifier = LikenessClassifier(None, None)
    classifier.learn(texts, intents)
    return classifier
