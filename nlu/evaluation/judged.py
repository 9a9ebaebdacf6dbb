"""What was said about examples whose intent is known, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nlu.components.intents import OUT_OF_SCOPE

_PAIRS = 12


@dataclass(frozen=True)
class Judged:
    """One example: its intent, and what a model that never saw it said."""

    intent: str
    given: str
    confidence: float

    def at(self, threshold: float) -> Judged:
        """The same after the fallback at that threshold."""
        return self if self.confidence >= threshold else Judged(self.intent, OUT_OF_SCOPE, self.confidence)

    @property
    def right(self) -> bool:
        """Whether the intent was found."""
        return self.intent == self.given


def percent(of: Iterable[Judged], fits: Callable[[Judged], bool]) -> float:
    """How many in a hundred fit."""
    listed = [fits(one) for one in of]
    return 100 * sum(listed) / len(listed) if listed else 0.0


def shares(judged: Sequence[Judged]) -> dict[str, float]:
    """Percent right, and of what is out of scope and what is not."""
    inside = [one for one in judged if one.intent != OUT_OF_SCOPE]
    outside = [one for one in judged if one.intent == OUT_OF_SCOPE]
    return {
        "right": percent(judged, lambda one: one.right),
        "right in scope": percent(inside, lambda one: one.right),
        "out of scope found": percent(outside, lambda one: one.right),
        "in scope turned away": percent(inside, lambda one: one.given == OUT_OF_SCOPE),
    }


def by_intent(judged: Sequence[Judged]) -> list[str]:
    """Precision and recall of each intent, as a Markdown table."""
    rows = ["| intent | utterances | precision | recall |", "|---|---:|---:|---:|"]
    for name in sorted({one.intent for one in judged}):
        of_it = [one for one in judged if one.intent == name]
        given = [one for one in judged if one.given == name]
        precision, recall = percent(given, lambda one: one.right), percent(of_it, lambda one: one.right)
        rows.append(f"| {name} | {len(of_it)} | {precision:.1f} % | {recall:.1f} % |")
    return rows


def confused(judged: Sequence[Judged]) -> str:
    """The pairs most often taken for each other, as a sentence."""
    pairs = Counter((one.intent, one.given) for one in judged if not one.right)
    told = [f"{intent} as {given} ({count})" for (intent, given), count in pairs.most_common(_PAIRS)]
    return f"Most confused: {', '.join(told)}." if told else "Nothing was confused."
