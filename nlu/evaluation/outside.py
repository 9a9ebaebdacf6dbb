"""How words of other people are understood, from a folder of utterances with neutral labels.

Intents are compared here. Times are compared by the folder's own program, `eval_time.py`, which knows the
conventions of its data; a share counts the spans whose value is the expected one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from nlu.components.intents import OUT_OF_SCOPE
from nlu.evaluation.judged import Judged
from nlu.evaluation.model import Answer

#: Our intents in the words of the data; those that are not in it count as `other`.
LABELS = {
    "affirm": "affirm",
    "alternatives": "request_alts",
    "ask_availability": "ask_availability",
    "book": "book",
    "cancel_appointment": "cancel",
    "deny": "deny",
    "goodbye": "goodbye",
    "greet": "greet",
    "help": "help",
    "human": "human_handoff",
    "inform": "inform",
    "list_appointments": "list_my_appointments",
    "nlu_fallback": OUT_OF_SCOPE,
    OUT_OF_SCOPE: OUT_OF_SCOPE,
    "reschedule": "reschedule",
    "thank": "thank",
}
_OTHER = "other"
_ROOT = Path(__file__).resolve().parent.parent.parent
_CLOCK = frozenset(("time", "timerange"))

Line = Mapping[str, Any]


def utterances(folder: Path) -> list[Line]:
    """The utterances with one label each that is ours."""
    return [line for line in _lines(folder / "intent_external.jsonl") if line["label"] != _OTHER]


def turns(folder: Path) -> list[Line]:
    """Turns of appointment dialogues of which each possible label is ours."""
    ours = {*LABELS.values(), _OTHER}
    listed = _lines(folder / "sgd_appointments.jsonl")
    return [line for line in listed if line["kind"] == "appointments" and set(line["accept"]) <= ours]


def judged(lines: Sequence[Line], answers: Sequence[Answer]) -> list[Judged]:
    """Each utterance and what was said about it, in the words of the data."""
    return [
        Judged(line["label"], LABELS.get(answer.intent, _OTHER), answer.confidence)
        for line, answer in zip(lines, answers, strict=True)
    ]


def fitting(lines: Sequence[Line], answers: Sequence[Answer]) -> float:
    """Percent of the turns whose intent is among those that fit."""
    pairs = zip(lines, answers, strict=True)
    fits = [LABELS.get(answer.intent, _OTHER) in line["accept"] for line, answer in pairs]
    return 100 * sum(fits) / len(fits)


def times(folder: Path, parser: str) -> dict[str, float]:
    """Percent of dates, times and whole turns read right by `module:function`, and of single expressions."""
    cases = _outcomes(folder, parser)
    dialogues = [case for case in cases if case["set"] == "sgd_appointments"]
    spans = [span for case in dialogues for span in zip(case["gold"], case["spans"], strict=True)]
    clock = [status == "ok" for gold, (_, status, _) in spans if gold["values"][0]["type"] in _CLOCK]
    days = [status == "ok" for gold, (_, status, _) in spans if gold["values"][0]["type"] not in _CLOCK]
    single = [case["status"] == "ok" for case in cases if case["set"] == "time_recognizers"]
    return {
        "dates right": _percent(days),
        "times right": _percent(clock),
        "turns with all of them right": _percent(case["status"] == "ok" for case in dialogues),
        "single time expressions": _percent(single),
    }


def _outcomes(folder: Path, parser: str) -> list[Any]:
    """What the folder's program says about each case."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "outcomes.jsonl"
        command = [sys.executable, str(folder / "eval_time.py"), "--data", str(folder), "--parser", parser]
        sets = ["--sets", "sgd_appointments", "time_recognizers", "--json", str(file)]
        subprocess.run([*command, *sets], check=True, cwd=_ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        return _lines(file)


def _lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _percent(fits: Iterable[bool]) -> float:
    listed = list(fits)
    return 100 * sum(listed) / len(listed) if listed else 0.0
