from __future__ import annotations

from pathlib import Path

import pytest

from scheduler_core import cli
from scheduler_core.db.store import Store
from scheduler_core.hosting import Hosting
from scheduler_core.people import People
from tests.conftest import MovableClock
from tests.service.practice import open_practice


class Terminal:
    """Runs commands as a shell would, and keeps what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *words: str) -> tuple[int, list[str]]:
        """Exit code and lines of either stream."""
        self._capsys.readouterr()
        try:
            code = cli.main(words)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        said = self._capsys.readouterr()
        return code, (said.out + said.err).splitlines()


@pytest.fixture
def terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, database: str, tmp_path: Path
) -> Terminal:
    for name, value in {
        "DATABASE_URL": database,
        "SECRET_KEY": "x" * 32,
        "TESTING": "1",
        "TEST_NOW": "2026-11-24T09:00:00Z",
        "MAIL_FOLDER": str(tmp_path / "mail"),
    }.items():
        monkeypatch.setenv(name, value)
    return Terminal(capsys)


@pytest.fixture
def hosting(store: Store, clock: MovableClock, people: People) -> Hosting:
    """What hosts can do, in a practice with Eva and Ben."""
    open_practice(people, "eva", "ben")
    return Hosting(store, clock)
