"""The processes of this machine, from /proc where there is one and from ``ps`` elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Iterable, List, Tuple

PROC = Path("/proc")


def exists(pid: int) -> bool:
    """Whether a process has this number; a dead one that nobody has collected yet does not count."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"


def command(pid: int) -> str:
    """The command line of a process; empty if there is no such process."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return "" if PROC.is_dir() else _ps("-p", str(pid), "-o", "command=")


def children(pid: int) -> List[int]:
    """The processes that this one started and that are its direct children."""
    return [child for child, parent in _table() if parent == pid]


def working_in(folder: Path) -> List[int]:
    """Processes whose working folder this is; empty where the system does not tell."""
    place = str(folder.resolve())
    return [pid for pid, _ in _table() if _working_folder(pid) == place]


def send(pid: int, number: int) -> None:
    """Send a signal; a process that is gone already is no error."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def kill(pid: int) -> None:
    send(pid, signal.SIGKILL)


def wait_until_gone(pids: Iterable[int], *, seconds: float) -> bool:
    """Whether all processes ended within the time."""
    deadline = time.monotonic() + seconds
    left = list(pids)
    while True:
        left = [pid for pid in left if exists(pid)]
        if not left or time.monotonic() > deadline:
            return not left
        time.sleep(0.02)


def _table() -> List[Tuple[int, int]]:
    """Number and parent of every process."""
    if PROC.is_dir():
        pids = [int(row.name) for row in PROC.iterdir() if row.name.isdigit()]
        return [(pid, _parent(pid)) for pid in pids]
    rows = [row.split() for row in _ps("-axo", "pid=,ppid=").splitlines()]
    return [(int(pid), int(parent)) for pid, parent in rows]


def _working_folder(pid: int) -> str:
    try:
        return os.readlink(str(PROC / str(pid) / "cwd"))
    except OSError:
        return ""


def _stat(pid: int) -> List[str]:
    """The fields after the name, which may itself hold spaces and brackets."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _state(pid: int) -> str:
    if PROC.is_dir():
        fields = _stat(pid)
        return fields[0] if fields else "Z"
    return _ps("-p", str(pid), "-o", "state=")[:1] or "Z"


def _ps(*options: str) -> str:
    answer = subprocess.run(["ps", *options], check=False, stdout=subprocess.PIPE, universal_newlines=True)
    return answer.stdout.strip()
