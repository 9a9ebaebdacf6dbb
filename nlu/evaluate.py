"""Measures how well messages are understood: `python -m nlu.evaluate` in the Rasa environment.

Cross-validates the intents on our own examples and writes the figures into `docs/evaluation.md`, between its
two marks, and to standard output. `spans` hands the times in a text to whoever wants to measure those.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.loading import load_data
from sklearn.model_selection import StratifiedKFold

from nlu import entities
from nlu import spans as times
from nlu.components.duckling import Duckling, duckling_for
from nlu.components.intents import LikenessClassifier, examples_in
from nlu.timephrases import wish_from

_ROOT = Path(__file__).resolve().parent.parent
_REPORT = _ROOT / "docs" / "evaluation.md"
_FIGURES = re.compile(r"(?<=<!-- figures -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)
_FOLDS = 5
_THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4)
_OUT = "out_of_scope"


@dataclass(frozen=True)
class Judged:
    """One example: its intent, and what a model that never saw it said."""

    intent: str
    given: str
    confidence: float

    def at(self, threshold: float) -> str:
        """The intent after the fallback at that threshold."""
        return self.given if self.confidence >= threshold else _OUT


def cross_validated(texts: Sequence[str], intents: Sequence[str]) -> list[Judged]:
    """Every example, judged by a model that was trained without it."""
    judged: list[Judged] = []
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    for learned, held in folds.split(list(texts), list(intents)):
        classifier = LikenessClassifier(None, None)
        classifier.learn([texts[i] for i in learned], [intents[i] for i in learned])
        for i in held:
            best = classifier.ranked(texts[i])[0]
            judged.append(Judged(intents[i], best["name"], best["confidence"]))
    return judged


def report(judged: Sequence[Judged], milliseconds: Sequence[float]) -> str:
    """The figures as Markdown."""
    right = sum(one.intent == one.given for one in judged)
    middle, slow = np.percentile(milliseconds, [50, 95])
    intents = len({one.intent for one in judged})
    lines = [
        f"{len(judged)} examples, {intents} intents, {_FOLDS} folds: {_share(right, len(judged))} right.",
        f"Details, times and wish of a message: {middle:.1f} ms (median), {slow:.1f} ms (95th percentile).",
        "",
        *_intent_table(judged),
        "",
        *_threshold_table(judged),
        "",
        "Most confused: " + ", ".join(_confused(judged)) + ".",
    ]
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _intent_table(judged: Sequence[Judged]) -> list[str]:
    lines = ["| intent | examples | precision | recall |", "|---|---:|---:|---:|"]
    for name in sorted({one.intent for one in judged}):
        of_it = [one for one in judged if one.intent == name]
        given = [one for one in judged if one.given == name]
        hits = sum(one.given == name for one in of_it)
        lines.append(f"| {name} | {len(of_it)} | {_share(hits, len(given))} | {_share(hits, len(of_it))} |")
    return lines


def _threshold_table(judged: Sequence[Judged]) -> list[str]:
    lines = [
        "| fallback below | right | out of scope found | in scope turned away |",
        "|---|---:|---:|---:|",
    ]
    inside = [one for one in judged if one.intent != _OUT]
    outside = [one for one in judged if one.intent == _OUT]
    for threshold in _THRESHOLDS:
        right = sum(one.at(threshold) == one.intent for one in judged)
        found = sum(one.at(threshold) == _OUT for one in outside)
        away = sum(one.at(threshold) == _OUT for one in inside)
        cells = (_share(right, len(judged)), _share(found, len(outside)), _share(away, len(inside)))
        lines.append(f"| {threshold} | " + " | ".join(cells) + " |")
    return lines


def _confused(judged: Sequence[Judged]) -> list[str]:
    pairs = Counter((one.intent, one.given) for one in judged if one.intent != one.given)
    return [f"{intent} as {given} ({count})" for (intent, given), count in pairs.most_common(8)]


def latencies(texts: Sequence[str], now: datetime, zone: str) -> list[float]:
    """Milliseconds from a text to its details and its wish."""
    return [_timed(partial(_understood, text, now, zone)) for text in texts]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def _understood(text: str, now: datetime, zone: str) -> object:
    wall = now.replace(tzinfo=None)

    def parse(words: str) -> Any:
        return _duckling().parse(words, wall=wall, locale="EN_GB")

    known = entities.details(text)
    known += entities.times(text, known, parse, today=wall.date(), day_first=True)
    known += times.time_entities(text, known, parse)
    return wish_from(text, known, now=now, zone=zone)


@lru_cache(maxsize=1)
def _duckling() -> Duckling:
    return duckling_for("")


def spans(text: str, reference: datetime) -> list[dict[str, Any]]:
    """The times in a text as the pipeline finds them, for a writer whose clock shows `reference`.

    Each has `start`, `end` and either `value` with `grain` or `from` and/or `to`.
    """
    wall = reference.replace(tzinfo=None)

    def parse(words: str) -> Any:
        return _duckling().parse(words, wall=wall, locale="EN_US")

    found = []
    for entity in times.time_entities(text, entities.details(text), parse):
        info = entity["additional_info"]
        sides = {name: info[name] for name in ("from", "to") if name in info}
        value = sides or {"value": entity["value"], "grain": info["grain"]}
        found.append({"start": entity["start"], "end": entity["end"], **value})
    return found


def main() -> None:
    """Measure, and write the figures down."""
    texts, intents = examples_in(load_data(str(_ROOT / "data" / "nlu")))
    judged = cross_validated(texts, intents)
    figures = report(judged, latencies(texts, datetime.fromisoformat("2026-11-24T09:00+00:00"), "UTC"))
    page = _REPORT.read_text(encoding="utf-8")
    _REPORT.write_text(_FIGURES.sub(lambda _: figures, page), encoding="utf-8")
    sys.stdout.write(figures)


if __name__ == "__main__":
    main()
