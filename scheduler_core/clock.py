"""The only module that asks what time it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

from scheduler_core.errors import InvalidSetting

_SHIFT = re.compile(r"[+-]\d+")


class Clock(Protocol):
    """What answers `now`; handed in, so that a test can hold the time still."""

    def now(self) -> datetime:
        """The current instant, in UTC."""
        ...


@dataclass(frozen=True)
class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant, in UTC."""
        return datetime.now(timezone.utc)


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's clock, moved by a fixed time."""

    shift: timedelta

    def now(self) -> datetime:
        """The current instant, moved, in UTC."""
        return datetime.now(timezone.utc) + self.shift


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still."""

    instant: datetime

    def now(self) -> datetime:
        """Always the same instant, in UTC."""
        return self.instant


@dataclass(frozen=True)
class FileClock:
    """A clock that a file sets; the file is read at each question, so all processes move together."""

    path: Path

    def now(self) -> datetime:
        """The instant the file names right now, in UTC."""
        return clock_from(self.path.read_text(encoding="utf-8").strip()).now()


def clock_from(spec: str | None) -> Clock:
    """The clock that a `TEST_NOW` value describes; the machine's where there is none.

    Forms: `2026-11-24T09:00:00Z` stands still, `+86400` or `-3600` is shifted by so many seconds, `@path` is
    a file that holds one of these.

    Raises:
        InvalidSetting: the value has none of these forms.

    """
    if not spec:
        return SystemClock()
    if spec.startswith("@"):
        return FileClock(Path(spec[1:]))
    try:
        return _shifted(spec) if _SHIFT.fullmatch(spec) else _fixed(spec)
    except (ValueError, OverflowError) as error:
        raise InvalidSetting(setting="TEST_NOW", value=spec) from error


def _shifted(spec: str) -> ShiftedClock:
    clock = ShiftedClock(timedelta(seconds=int(spec)))
    clock.now()  # overflows where it lies beyond all years
    return clock


def _fixed(spec: str) -> FixedClock:
    instant = datetime.fromisoformat(spec.replace("Z", "+00:00"))
    if instant.utcoffset() is None:
        raise ValueError("a time without an offset names no instant")
    return FixedClock(instant.astimezone(timezone.utc))
