from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import ports, process_table
from deploy.local.places import ROOT
from deploy.local.processes import Process, run, wait_until
from deploy.local.say import Problem

# Starts a child of its own, writes both numbers into the log, and ignores the wish to stop.
STUBBORN = "trap '' TERM; sleep 600 & echo $$ $!; wait"


def family(process: Process) -> list[int]:
    wait_until({process: lambda: process.log.read_text().endswith("\n")}, seconds=10)
    return [int(word) for word in process.log.read_text().split()]


def test_stopping_ends_the_program_and_what_it_started(tmp_path: Path) -> None:
    process = Process("stubborn", ["sh", "-c", STUBBORN], log=tmp_path / "log")
    process.start()
    pids = family(process)

    process.stop(patience=0.2)

    assert process_table.wait_until_gone(pids, seconds=5)


def test_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "talk.log"
    for word in ("first", "second", "third"):
        run(Process("talk", ["echo", word], log=log))

    assert (log.read_text(), (tmp_path / "logs" / "talk.log.1").read_text()) == ("third\n", "second\n")


def test_failing_command_shows_the_end_of_its_log(tmp_path: Path) -> None:
    process = Process("migrate", ["sh", "-c", "echo no such table; exit 3"], log=tmp_path / "migrate.log")

    with pytest.raises(Problem, match=r"migrate failed \(exit code 3\)[^$]*migrate\.log:\n    no such table"):
        run(process)


def test_program_that_dies_while_it_is_awaited_is_named(tmp_path: Path) -> None:
    process = Process("worker", ["sh", "-c", "echo lost; kill -9 $$"], log=tmp_path / "worker.log")
    process.start()

    with pytest.raises(Problem, match=r"worker stopped by itself \(signal 9\)[^$]*lost"):
        wait_until({process: lambda: False}, seconds=10)


def test_program_that_is_not_ready_in_time_is_named(tmp_path: Path) -> None:
    process = Process("slow", ["sleep", "600"], log=tmp_path / "slow.log")
    process.start()
    try:
        with pytest.raises(Problem, match="slow was not ready after 0 s"):
            wait_until({process: lambda: False}, seconds=0.1)
    finally:
        process.stop()


def test_killed_supervisor_leaves_no_process(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = (
        "import pathlib, signal, sys\n"
        "from deploy.local.processes import Process\n"
        "command = ['sh', '-c', 'sleep 600 & echo $$ $!; wait']\n"
        "Process('child', command, log=pathlib.Path(sys.argv[1])).start()\n"
        "print('started', flush=True)\n"
        "signal.pause()\n"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", program, str(log)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert supervisor.stdout is not None
    supervisor.stdout.readline()
    child = Process("child", [], log=log)
    pids = family(child)

    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.communicate()

    assert process_table.wait_until_gone(pids, seconds=10)


def test_port_is_free_until_somebody_listens() -> None:
    port = ports.free_port()
    before = ports.is_free(port), ports.answers(port)

    with socket.create_server((ports.HOST, port)):
        during = ports.is_free(port), ports.answers(port)

    assert (before, during) == ((True, False), (False, True))
