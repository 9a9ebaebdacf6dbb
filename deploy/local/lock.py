"""Keeps two runs of the same kind from working in one folder."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Iterator

from deploy.local.say import Problem, line


@contextmanager
def only_one(file: Path, what: str) -> Iterator[None]:
    """Hold the lock for the block; a ``Problem`` if another process holds it."""
    with _open(file) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = file.read_text(encoding="ascii").strip()
            raise Problem(
                f"{what} is running in this folder already (process {holder}): stop that one first."
            ) from None
        _sign(handle)
        yield


@contextmanager
def in_turn(file: Path, what: str) -> Iterator[None]:
    """Hold the lock for the block, after waiting for another process that holds it."""
    with _open(file) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            line(f"  Waiting for another {what} in this folder ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        _sign(handle)
        yield


def is_held(file: Path) -> bool:
    """Whether a process holds the lock now."""
    with _open(file) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        return False


def _open(file: Path) -> IO[str]:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.open("a+", encoding="ascii")


def _sign(handle: IO[str]) -> None:
    handle.truncate(0)
    handle.write(f"{os.getpid()}\n")
    handle.flush()
