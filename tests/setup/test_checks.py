from __future__ import annotations

import sys

import pytest

from deploy.local.checks import Stage, count_pytest, count_vitest, run

PYTEST = "import sys; print('==== 2 failed, 41 passed, 1 skipped, 1 error in 12.34s ===='); sys.exit(1)"


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


def test_all_checks_run_and_the_totals_close_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    good = run(
        [
            Stage("lint", ["sh", "-c", "echo bad line; exit 1"]),
            Stage("tests", [sys.executable, "-c", PYTEST], count=count_pytest),
            Stage("format", ["true"]),
        ]
    )

    output = capsys.readouterr().out
    assert not good
    assert "bad line" in output
    assert output.splitlines()[-1] == "41 passed, 4 failed"
    assert [row.split()[0] for row in output.splitlines()[-5:-2]] == ["FAILED", "FAILED", "ok"]
