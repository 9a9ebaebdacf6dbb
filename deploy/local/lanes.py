"""Checks in lanes: one after the other within a lane, all lanes at the same time, and nothing interleaved."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import Callable, Dict, Iterator, List, Optional, Sequence, Tuple

from deploy.local import leash
from deploy.local.places import ROOT
from deploy.local.say import line

Counts = Tuple[int, int]  # passed, failed
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PATIENCE = 30.0
ATTENTION = 0.5  # seconds after which a signal that came at an unlucky moment is seen


@dataclass(frozen=True)
class Stage:
    """One check: a command whose exit code tells, and how its last lines count tests."""

    name: str
    command: Sequence[str]
    folder: Path = ROOT
    environment: Dict[str, str] = field(default_factory=dict)
    count: Optional[Callable[[List[str]], Counts]] = None


@dataclass(frozen=True)
class Result:
    """How a check went."""

    name: str
    good: bool
    counts: Counts
    seconds: float


def run(*lanes: Sequence[Stage]) -> bool:
    """Run every check, print the table and the totals, and say whether all are good.

    The first lane is shown as it goes, each further one once those before it are over.
    """
    running = [Lane(stages) for stages in lanes]
    try:
        for lane in running:
            lane.start()
        for lane in running:
            for row in lane.rows():
                sys.stdout.write(row)
                sys.stdout.flush()
    finally:
        for lane in running:
            lane.stop()
    results = [result for lane in running for result in lane.results]
    # A lane that broke off has told why; what it did not come to is not good.
    return _told(results) and len(results) == sum(map(len, lanes))


def _told(results: Sequence[Result]) -> bool:
    line("\n" + "\n".join(_row(result) for result in results))
    passed = sum(result.counts[0] for result in results)
    failed = sum(result.counts[1] for result in results)
    line(f"\n{passed} passed, {failed} failed")
    return all(result.good for result in results)


class Lane:
    """Checks that run one after the other in a thread of their own, and what they print."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self.results: List[Result] = []
        self._stages = stages
        self._printed: Queue[Optional[str]] = Queue()
        self._turn = threading.Lock()
        self._stopped = False
        self._program: Optional[subprocess.Popen[str]] = None
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def rows(self) -> Iterator[str]:
        """What is printed, from the first line to the last, as it comes."""
        return iter(self._next, None)

    def _next(self) -> Optional[str]:
        """The next line; None after the last.

        A signal that comes just before a wait is seen once the wait is over, so that no wait is endless.
        """
        while True:
            with suppress(Empty):
                return self._printed.get(timeout=ATTENTION)

    def stop(self) -> None:
        """End what still runs, and begin nothing more."""
        with self._turn:
            self._stopped = True
        if self._program is not None:
            _end(self._program)
        self._thread.join(PATIENCE)

    def _work(self) -> None:
        try:
            for stage in self._stages:
                self.results.append(self._run(stage))
        finally:
            self._printed.put(None)

    def _run(self, stage: Stage) -> Result:
        self._printed.put(f"\n=== {stage.name}\n")
        began = time.monotonic()
        code, rows = self._show(stage)
        passed, failed = stage.count(rows) if stage.count else (0, 0)
        if code != 0 and failed == 0:
            failed = 1
        return Result(stage.name, code == 0, (passed, failed), time.monotonic() - began)

    def _show(self, stage: Stage) -> Tuple[int, List[str]]:
        """The exit code of the command, and its lines without colours."""
        program = self._begin(stage)
        if program is None:
            return 1, []
        rows: List[str] = []
        try:
            for row in program.stdout or ():
                self._printed.put(row)
                rows.append(COLOUR.sub("", row.rstrip("\n")))
            return program.wait(), rows
        finally:
            _end(program)

    def _begin(self, stage: Stage) -> Optional["subprocess.Popen[str]"]:
        with self._turn:
            if self._stopped:
                return None
            try:
                self._program = _started(stage)
            except OSError as trouble:
                self._printed.put(f"{trouble}\n")
                return None
            return self._program


def _started(stage: Stage) -> "subprocess.Popen[str]":
    colours = {"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    return subprocess.Popen(
        stage.command,
        cwd=str(stage.folder),
        env={**(stage.environment or os.environ), **colours, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
        start_new_session=True,
    )


def _end(program: "subprocess.Popen[str]") -> None:
    if program.poll() is None:
        program.send_signal(signal.SIGINT)
        try:
            program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            program.kill()
    leash.signal_group(program.pid, signal.SIGKILL)


def _row(result: Result) -> str:
    passed, failed = result.counts
    counts = f"{passed} passed, {failed} failed" if passed or failed else ""
    verdict = "ok" if result.good else "FAILED"
    return f"  {verdict:<6} {result.seconds:7.1f} s  {result.name:<22} {counts}".rstrip()
