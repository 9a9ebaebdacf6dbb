"""What was measured before, a line of JSON for each run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """The figures of one run of one system (`ours`, `DIET`, `Duckling`); the day is an ISO date in UTC."""

    day: str
    system: str
    figures: Mapping[str, float]


class History:
    """The runs in a file, the oldest first."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def add(self, run: Run) -> None:
        """Write the run at the end."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(run)) + "\n")

    def last(self, system: str, figure: str) -> Run | None:
        """The youngest run of the system that has the figure."""
        if not self._file.exists():
            return None
        lines = self._file.read_text(encoding="utf-8").splitlines()
        runs = (Run(**json.loads(line)) for line in reversed(lines))
        return next((run for run in runs if run.system == system and figure in run.figures), None)
