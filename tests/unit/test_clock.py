from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scheduler_core.clock import FixedClock, ShiftedClock, SystemClock, clock_from
from scheduler_core.errors import InvalidSetting

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spec", "clock"),
    [
        (None, SystemClock()),
        ("", SystemClock()),
        ("+86400", ShiftedClock(timedelta(days=1))),
        ("-3600", ShiftedClock(timedelta(hours=-1))),
        ("2026-11-24T12:00:00Z", FixedClock(NOON)),
        ("2026-11-24T13:00:00+01:00", FixedClock(NOON)),
    ],
)
def test_clock_is_as_described(spec: str | None, clock: object) -> None:
    assert clock_from(spec) == clock


@pytest.mark.parametrize(
    "spec",
    [
        "yesterday",
        "2026-11-24T12:00:00",
        "2026-13-01T00:00:00Z",
        "12",
        "+99999999999999",  # more than a timedelta holds
        "-99999999999",  # before the year 1
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_clock_without_meaning_is_refused(spec: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        clock_from(spec)

    assert refused.value.details == {"setting": "TEST_NOW", "value": spec}


def test_shifted_clock_runs_ahead_of_the_machines() -> None:
    before = SystemClock().now()
    shifted = clock_from("+3600").now()
    after = SystemClock().now()

    assert before <= shifted - timedelta(hours=1) <= after


def test_clock_of_a_file_follows_the_file(tmp_path: Path) -> None:
    file = tmp_path / "now"
    file.write_text("2026-11-24T12:00:00Z\n")
    clock = clock_from(f"@{file}")
    first = clock.now()

    file.write_text("2026-11-25T12:00:00Z")

    assert (first, clock.now()) == (NOON, NOON + timedelta(days=1))
