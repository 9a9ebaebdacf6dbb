"""Measures how well messages are understood: `python -m nlu.evaluate` in the Rasa environment.

Asks the trained model, cross-validates on our own examples and writes the figures into `docs/evaluation.md`,
between its marks, beside those of the run before. Where EVALUATION_DATA names a folder of other people's
utterances, these are asked too. `--diet` also trains Rasa's own classifier, which takes many minutes.

`spans` and `plain_spans` hand the times in a text to whoever wants to measure those.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.shared.nlu.training_data.loading import load_data

from nlu import entities
from nlu import spans as times
from nlu.components.duckling import Duckling, duckling_for
from nlu.components.intents import examples_in
from nlu.evaluation import outside, own, page
from nlu.evaluation.diet import diet
from nlu.evaluation.history import History, Run
from nlu.evaluation.judged import by_intent, confused, shares
from nlu.evaluation.model import Model, memory, pace
from nlu.evaluation.page import Figure

_ROOT = Path(__file__).resolve().parent.parent
_EXAMPLES = _ROOT / "data" / "nlu"
_MODEL = _ROOT / "var" / "models" / "assistant.tar.gz"
_HISTORY = _ROOT / "var" / "evaluation.jsonl"
_PAGE = _ROOT / "docs" / "evaluation.md"
_ASKED = 500  #: examples whose answers are timed

_OWN = (
    Figure("own examples: right"),
    Figure("own examples: right in scope"),
    Figure("own examples: out of scope found"),
    Figure("own examples: in scope turned away"),
    Figure("a message, median", "ms", "15"),
    Figure("a message, 95 of 100 below", "ms", "30"),
    Figure("training, processor time", "s", "60"),
    Figure("memory of the process", "MB", "900"),
)
_OUTSIDE = (
    Figure("right", aim="92"),
    Figure("right in scope"),
    Figure("out of scope found", aim="93"),
    Figure("in scope turned away", aim="3"),
    Figure("turns of appointment dialogues that fit"),
    Figure("dates right", aim="99.8"),
    Figure("times right", aim="98"),
    Figure("turns with all of them right"),
    Figure("single time expressions", aim="Duckling's"),
    Figure("a message, median", "ms"),
    Figure("training, processor time", "s"),
)


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


def plain_spans(text: str, reference: datetime) -> list[dict[str, Any]]:
    """The times in a text as Duckling alone finds them, in the form of `spans`."""
    found = _duckling().parse(text, wall=reference.replace(tzinfo=None), locale="EN_US")
    return [{"start": one["start"], "end": one["end"], **one["value"]} for one in found]


@lru_cache(maxsize=1)
def _duckling() -> Duckling:
    return duckling_for("")


def main(*options: str) -> None:
    """Measure, and write the figures down."""
    history = History(_HISTORY)
    folder = os.environ.get("EVALUATION_DATA", "")
    model = Model(_MODEL)
    ours = _own(model, history)
    if folder:
        _rivals(Path(folder), history, options)
        ours |= _outside(model, Path(folder), history, ours)
    history.add(Run(_today(), "ours", ours))
    sys.stdout.write(_PAGE.read_text(encoding="utf-8"))


def _own(model: Model, history: History) -> dict[str, float]:
    """The figures on our own examples, put on the page."""
    texts, intents = examples_in(load_data(str(_EXAMPLES)))
    middle, slow = pace(model.answers(texts[:: max(1, len(texts) // _ASKED)]))
    figures = {
        "a message, median": middle,
        "a message, 95 of 100 below": slow,
        "memory of the process": memory(),
        "training, processor time": own.training_seconds(texts, intents),
    }
    judged = own.cross_validated(texts, intents)
    figures |= {f"own examples: {name}": share for name, share in shares(judged).items()}
    told = f"{len(judged)} examples, {len(set(intents))} intents, {own.FOLDS} folds."
    tables = [*page.table(_OWN, figures, history), "", *by_intent(judged), "", *own.thresholds(judged)]
    page.put(_PAGE, "figures", [told, "", *tables, "", confused(judged)])
    return figures


def _outside(model: Model, folder: Path, history: History, cost: Mapping[str, float]) -> dict[str, float]:
    """The figures on other people's words, put on the page beside those of other systems."""
    lines, turns = outside.utterances(folder), outside.turns(folder)
    judged = outside.judged(lines, model.answers([line["text"] for line in lines]))
    fitting = outside.fitting(turns, model.answers([turn["text"] for turn in turns]))
    figures = {**shares(judged), "turns of appointment dialogues that fit": fitting}
    figures |= outside.times(folder, "nlu.evaluate:spans")
    told = f"{len(lines)} utterances, {len(turns)} turns."
    known = {**cost, **figures}
    tables = [*page.table(_OUTSIDE, known, history, ("DIET", "Duckling")), "", *by_intent(judged)]
    page.put(_PAGE, "outside", [told, "", *tables, "", confused(judged)])
    return figures


def _rivals(folder: Path, history: History, options: tuple[str, ...]) -> None:
    """Measure other systems on the same words, and keep their figures."""
    history.add(Run(_today(), "Duckling", outside.times(folder, "nlu.evaluate:plain_spans")))
    if "--diet" in options:
        model, seconds = diet(_EXAMPLES)
        lines = outside.utterances(folder)
        answers = model.answers([line["text"] for line in lines])
        figures = shares(outside.judged(lines, answers))
        cost = {"a message, median": pace(answers)[0], "training, processor time": seconds}
        history.add(Run(_today(), "DIET", {**figures, **cost}))


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()


if __name__ == "__main__":
    main(*sys.argv[1:])
