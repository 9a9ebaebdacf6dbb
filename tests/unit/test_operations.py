"""The guide for those who run it names what they can set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scheduler_core.settings import read_settings

_ROOT = Path(__file__).parents[2]
_GUIDE = (_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
_EXPLAINED = set(
    re.findall(r"^#([A-Z][A-Z_]+)=", (_ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
)


class Environment(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, **values: str) -> None:
        self.values_given = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.values_given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_given)

    def __len__(self) -> int:
        return len(self.values_given)


def test_the_guide_names_every_setting() -> None:
    assert _EXPLAINED - set(re.findall(r"`([A-Z][A-Z_]+)`", _GUIDE)) == set()


def test_the_example_explains_every_setting_that_is_read() -> None:
    environment = Environment(SECRET_KEY="x" * 32, SMTP_HOST="mail.example.org", TESTING="1")

    read_settings(environment)

    assert {"DATABASE_URL", "SMTP_PASSWORD"} <= environment.asked
    assert environment.asked - _EXPLAINED == set()


def test_every_test_that_the_guide_names_is_there() -> None:
    files = (_ROOT / "tests").rglob("test_*.py")
    there = {name for file in files for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}

    named = set(re.findall(r"`(test_\w+)`", _GUIDE))

    assert "test_one_of_many_gets_the_slot" in named
    assert named - there == set()
