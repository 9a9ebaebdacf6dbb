"""What a person reads while the set-up works."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator


class Problem(Exception):
    """Something a person can mend: its text says what is wrong and what to do."""


def line(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print the name while the block works, and its seconds when it is done."""
    print(f"  {name} ...", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(" stopped", flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def problem(text: str) -> None:
    print(f"\n{text}", file=sys.stderr, flush=True)


def the_end_of(log: Path, count: int = 15) -> str:
    """A sentence that names the log, and its last lines below it."""
    try:
        rows = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        rows = []
    return "\n".join([f"The end of {log}:", *(f"    {row}" for row in rows[-count:])])
