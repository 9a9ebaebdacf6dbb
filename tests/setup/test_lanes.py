from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.checks import count_pytest
from deploy.local.lanes import Stage, run
from deploy.local.places import ROOT

PYTEST = "import sys; print('==== 2 failed, 41 passed, 1 skipped, 1 error in 12.34s ===='); sys.exit(1)"
INTERRUPTED = """
import sys
from deploy.local.__main__ import guarded
from deploy.local.lanes import Stage, run
wait = "trap 'echo over >> {ends}; exit' INT; echo begun > {begun}; while :; do sleep 0.1; done"
sys.exit(guarded(lambda: run([Stage("one", ["sh", "-c", wait])], [Stage("two", ["sh", "-c", wait])])))
"""


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


def test_lanes_run_at_the_same_time_and_are_shown_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for pipe in (first, second):
        os.mkfifo(pipe)
    # Neither comes to its end without the other.
    one = f"echo one; echo > {first}; cat {second}; echo over one; exit 3"
    two = f"echo two; cat {first}; echo > {second}; echo over two"

    good = run([Stage("one", ["sh", "-c", one])], [Stage("two", ["sh", "-c", two]), Stage("three", ["true"])])

    rows = [row for row in capsys.readouterr().out.splitlines() if row]
    assert not good
    assert rows[:7] == ["=== one", "one", "over one", "=== two", "two", "over two", "=== three"]
    assert [row.split()[0] for row in rows[7:]] == ["FAILED", "ok", "ok", "0"]


def test_command_that_is_not_there_fails_and_the_others_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert not run([Stage("gone", ["./no-such-program"]), Stage("there", ["echo", "hello"])])

    rows = capsys.readouterr().out.splitlines()
    assert [row for row in rows if "no-such-program" in row] != []
    assert "hello" in rows
    assert rows[-1] == "0 passed, 1 failed"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_the_checks_stops_every_lane(tmp_path: Path, number: signal.Signals) -> None:
    begun, ends = tmp_path / "begun", tmp_path / "ends"
    os.mkfifo(begun)
    script = INTERRUPTED.replace("{begun}", str(begun)).replace("{ends}", str(ends))
    program = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    pipe = os.open(begun, os.O_RDWR)
    heard = b""
    while heard.count(b"begun\n") < 2:
        heard += os.read(pipe, 100)
    os.close(pipe)

    program.send_signal(number)
    output, said = program.communicate(timeout=60)

    assert (program.returncode, said.strip()) == (130, "Stopped.")
    assert ends.read_text() == "over\nover\n"
    assert "passed" not in output
