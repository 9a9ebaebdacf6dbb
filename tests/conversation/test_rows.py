"""Each thing that people say, and each manner, has three dialogues at least: `rows.txt` names them."""

from __future__ import annotations

from pathlib import Path

from tests.script import scripts_in

HERE = Path(__file__).parent
MANNERS = 8  #: in `rows.txt` the manners come first
FEWEST = 3


def shown_by() -> dict[str, list[str]]:
    """The dialogues by the title of what they show."""
    rows: dict[str, list[str]] = {}
    title = ""
    for line in (HERE / "rows.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            title = line.removeprefix("== ")
            rows[title] = []
        elif line.startswith("- "):
            rows[title].append(line.removeprefix("- "))
    return rows


def test_each_row_and_each_manner_has_three_dialogues() -> None:
    known = {script.name for script in scripts_in(HERE / "dialogues")}

    few = {title: names for title, names in shown_by().items() if len(set(names)) < FEWEST}
    missing = {name for names in shown_by().values() for name in names} - known

    assert (few, missing) == ({}, set())
    assert len(shown_by()) == MANNERS + 22
