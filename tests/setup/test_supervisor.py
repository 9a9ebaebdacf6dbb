from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import process_table
from deploy.local.places import ROOT

PROGRAM = Path(__file__).with_name("small_stack.py")


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-u", str(PROGRAM), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as started:
        yield started
        started.kill()


def read_until(program: subprocess.Popen[str], word: str) -> None:
    assert program.stdout is not None
    for row in program.stdout:
        if word in row:
            return
    raise AssertionError(f"the program ended without saying {word}")


def descendants(pid: int) -> list[int]:
    found = process_table.children(pid)
    return found + [deeper for child in found for deeper in descendants(child)]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_the_supervisor_stops_everything(
    supervisor: subprocess.Popen[str], ending: signal.Signals
) -> None:
    read_until(supervisor, "Open http://127.0.0.1:")
    family = descendants(supervisor.pid)

    supervisor.send_signal(ending)
    supervisor.communicate(timeout=20)

    assert supervisor.returncode == 0
    assert len(family) > 6
    assert process_table.wait_until_gone(family, seconds=2)


def test_killed_supervisor_takes_everything_with_it(supervisor: subprocess.Popen[str]) -> None:
    read_until(supervisor, "Open http://127.0.0.1:")
    family = descendants(supervisor.pid)

    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()

    assert process_table.wait_until_gone(family, seconds=20)


def test_death_of_one_process_stops_the_others_and_names_its_log(
    supervisor: subprocess.Popen[str], tmp_path: Path
) -> None:
    read_until(supervisor, "Open http://127.0.0.1:")
    family = descendants(supervisor.pid)
    worker = next(pid for pid in family if "sleep 600 & wait" in process_table.command(pid))

    os.kill(worker, signal.SIGKILL)
    said, _ = supervisor.communicate(timeout=20)

    assert supervisor.returncode == 1
    assert f"Worker stopped by itself (signal 9). The end of {tmp_path}/log/worker.log:" in said
    assert process_table.wait_until_gone(family, seconds=2)


def test_closed_terminal_stops_everything(tmp_path: Path) -> None:
    # A shell that waits without passing the news on, as `make` does.
    patient_shell = ["sh", "-c", 'trap "" HUP; "$0" "$@"; true']
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execvp("sh", [*patient_shell, sys.executable, str(PROGRAM), str(tmp_path)])  # noqa: S606  pty.fork wants it
    said = b""
    while b"Open http://127.0.0.1:" not in said:
        said += os.read(terminal, 1024)
    family = descendants(pid)

    os.close(terminal)

    assert process_table.wait_until_gone(family, seconds=20)
    os.waitpid(pid, 0)
