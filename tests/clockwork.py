"""The time that all processes of the assistant under test believe in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

#: Tuesday, nine o'clock in Berlin, in the last week of summer time there: next week's offsets are others.
START = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Clockwork:
    """A file that holds the time; processes read it anew at each question."""

    file: Path

    @property
    def setting(self) -> str:
        """The value of `TEST_NOW`."""
        return f"@{self.file}"

    def now(self) -> datetime:
        return datetime.fromisoformat(self.file.read_text(encoding="ascii"))

    def set(self, instant: datetime) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(instant.isoformat(), encoding="ascii")
        new.replace(self.file)

    @contextmanager
    def moved(self, by: timedelta) -> Iterator[None]:
        """The time is later by so much in the block, and back to what it was behind it."""
        before = self.now()
        self.set(before + by)
        try:
            yield
        finally:
            self.set(before)

    @contextmanager
    def at(self, instant: datetime) -> Iterator[None]:
        """The time is this in the block, and back to what it was behind it."""
        with self.moved(instant - self.now()):
            yield
