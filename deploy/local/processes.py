"""Programs that run beside this one: started, awaited and stopped with everything they started themselves."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Callable, Dict, Iterable, Mapping, Optional, Sequence

from deploy.local import leash, signals
from deploy.local.say import Problem, the_end_of

POLL = 0.05
PATIENCE = 5.0


class Process:
    """A program in a session of its own, with a log; no part of it outlives ``stop`` or this Python."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        folder: Optional[Path] = None,
        environment: Optional[Mapping[str, str]] = None,
        stop_signal: int = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.log = log
        self.folder = folder
        self.environment = environment
        self.stop_signal = stop_signal
        self._popen: Optional[subprocess.Popen[bytes]] = None
        self._asked = False

    @property
    def pid(self) -> int:
        if self._popen is None:
            raise Problem(f"{self.name} has not been started")
        return self._popen.pid

    def start(self) -> None:
        """Start the program; the log of the run before is kept as ``<log>.1``."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists():
            self.log.replace(self.log.with_name(self.log.name + ".1"))
        with self.log.open("wb") as output:
            self._popen = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=None if self.environment is None else dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _leash.watch(self._popen.pid, self.stop_signal)

    def alive(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    def ask_to_stop(self) -> None:
        """Send the program its signal, once: many take a second one as leave to drop everything."""
        if self.alive() and not self._asked:
            self._asked = True
            os.kill(self.pid, self.stop_signal)

    def stop(self, patience: float = PATIENCE) -> None:
        """Stop the program and all it started; what does not go within the seconds given is killed."""
        if self._popen is None:
            return
        self.ask_to_stop()
        try:
            self._popen.wait(patience)
        except subprocess.TimeoutExpired:
            self._popen.kill()
        self._bury()

    def kill(self) -> None:
        """Kill the program and all it started, at once."""
        if self._popen is not None:
            self._popen.kill()
            self._bury()

    def _bury(self) -> None:
        if self._popen is None:
            return
        leash.signal_group(self._popen.pid, signal.SIGKILL)
        self._popen.wait()
        _leash.forget(self._popen.pid)
        self._popen = None
        self._asked = False

    def check(self) -> None:
        """Raise a ``Problem`` that shows the end of the log if the program has died."""
        if self._popen is not None and self._popen.poll() is not None:
            raise Problem(f"{self.name} stopped by itself ({self._ending()}). {the_end_of(self.log)}")

    def wait(self) -> None:
        """Wait for the end of the program; raise a ``Problem`` that shows the end of the log if it failed."""
        if self._popen is None:
            return
        while self._popen.poll() is None:
            time.sleep(POLL)
        if self._popen.returncode != 0:
            raise Problem(f"{self.name} failed ({self._ending()}). {the_end_of(self.log)}")

    def _ending(self) -> str:
        code = self._popen.returncode if self._popen is not None else 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def wait_until(ready: Mapping[Process, Callable[[], bool]], *, seconds: float) -> None:
    """Return when every process is ready; raise a ``Problem`` if one dies or is not ready in time."""
    waiting: Dict[Process, Callable[[], bool]] = dict(ready)
    deadline = time.monotonic() + seconds
    while True:
        waiting = {process: check for process, check in waiting.items() if not check()}
        if not waiting:
            return
        for process in ready:
            process.check()
        if time.monotonic() > deadline:
            late = next(iter(waiting))
            raise Problem(f"{late.name} was not ready after {seconds:.0f} s. {the_end_of(late.log)}")
        time.sleep(POLL)


def run(process: Process) -> None:
    """Start the process and wait for its end, whatever happens meanwhile; a ``Problem`` if it fails."""
    process.start()
    try:
        process.wait()
    finally:
        process.stop()


def foreground(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> int:
    """Run a command that shares this terminal and ends, in its own way, with this program; its exit code."""
    check_that_somebody_is_there = signals.watch()
    program = subprocess.Popen(command, cwd=str(folder), env=dict(environment))
    try:
        while program.poll() is None:
            check_that_somebody_is_there()
            time.sleep(POLL)
        return program.returncode
    finally:
        if program.poll() is None:
            program.terminate()
            try:
                program.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                program.kill()


def succeeds(command: Sequence[str], *, environment: Optional[Mapping[str, str]] = None) -> bool:
    """Whether a short command exists and ends without an error; its output is thrown away."""
    try:
        ended = subprocess.run(
            command,
            check=False,
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return ended.returncode == 0


def stop_all(processes: Iterable[Process]) -> None:
    """Stop the processes, all at the same time."""
    running = list(processes)
    deadline = time.monotonic() + PATIENCE
    for process in running:
        process.ask_to_stop()
    for process in running:
        process.stop(patience=max(0.0, deadline - time.monotonic()))


class _Leash:
    """The other end of ``leash.py``: started with the first process, gone with this Python."""

    def __init__(self) -> None:
        self._helper: Optional[subprocess.Popen[str]] = None

    def watch(self, pid: int, number: int) -> None:
        self._tell(f"watch {pid} {int(number)}")

    def forget(self, pid: int) -> None:
        self._tell(f"forget {pid}")

    def _tell(self, message: str) -> None:
        pipe = self._pipe()
        pipe.write(message + "\n")
        pipe.flush()

    def _pipe(self) -> IO[str]:
        if self._helper is None:
            self._helper = subprocess.Popen(
                [sys.executable, "-I", leash.__file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                universal_newlines=True,
            )
            atexit.register(self._release)
        if self._helper.stdin is None:
            raise RuntimeError("the leash was started without a pipe")
        return self._helper.stdin

    def _release(self) -> None:
        if self._helper is not None:
            self._pipe().close()
            self._helper.wait()


_leash = _Leash()
