"""The figures as Markdown, and their places in `docs/evaluation.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.evaluation.history import History, Run


@dataclass(frozen=True)
class Figure:
    """A row of a table: how it is called in the history and on the page, its unit, and what it should be."""

    name: str
    unit: str = "%"
    aim: str = ""


def put(page: Path, section: str, rows: Sequence[str]) -> None:
    """Put the rows between the two marks of the section; the rest of the page stays."""
    marks = re.compile(rf"(?<=<!-- {section} -->\n).*?(?=<!-- end of {section} -->)", re.DOTALL)
    text = page.read_text(encoding="utf-8")
    page.write_text(marks.sub(lambda _: "\n".join(rows) + "\n", text), encoding="utf-8")


def table(
    shown: Sequence[Figure], now: Mapping[str, float], history: History, others: Sequence[str] = ()
) -> list[str]:
    """The figures beside the aim, the run before and the youngest figures of other systems."""
    columns = {"before": "ours", **{other: other for other in others}}
    runs = {head: [history.last(system, one.name) for one in shown] for head, system in columns.items()}
    rows = ["| | now | aim | " + " | ".join(columns) + " |", "|---|---:|---:|" + "---:|" * len(columns)]
    for figure, *found in zip(shown, *runs.values(), strict=True):
        cells = [_value(figure, now.get(figure.name)), figure.aim, *(_cell(figure, run) for run in found)]
        rows.append(f"| {figure.name} | " + " | ".join(cells) + " |")
    return [*rows, *_days(runs)]


def _cell(figure: Figure, run: Run | None) -> str:
    return _value(figure, run.figures[figure.name]) if run else ""


def _value(figure: Figure, value: float | None) -> str:
    return f"{value:,.1f} {figure.unit}".rstrip() if value is not None else ""


def _days(runs: Mapping[str, Sequence[Run | None]]) -> list[str]:
    """When what the table compares with was measured."""
    days = {head: [run.day for run in found if run] for head, found in runs.items()}
    told = [f"{head} on {max(listed)}" for head, listed in days.items() if listed]
    return ["", f"Compared with: {', '.join(told)}."] if told else []
