from __future__ import annotations

import pytest

from deploy.local.checks import count_pytest, count_vitest


@pytest.mark.parametrize(
    ("closing", "counts"),
    [
        ("==== 12 passed in 3.99s ====", (12, 0)),
        ("== 2 failed, 41 passed, 1 skipped, 3 warnings, 2 errors in 82.10s (0:01:22) ==", (41, 4)),
        ("no tests ran", (0, 0)),
    ],
)
def test_count_pytest_reads_the_closing_line(closing: str, counts: tuple[int, int]) -> None:
    assert count_pytest(["collected 12 items", closing]) == counts


@pytest.mark.parametrize(
    ("closing", "counts"),
    [("      Tests  9 passed (9)", (9, 0)), ("      Tests  3 failed | 9 passed (12)", (9, 3))],
)
def test_count_vitest_reads_the_line_of_totals(closing: str, counts: tuple[int, int]) -> None:
    assert count_vitest([" Test Files  2 passed (2)", closing, "   Duration  1.20s"]) == counts
