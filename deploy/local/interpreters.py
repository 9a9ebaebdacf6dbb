"""Finds Python interpreters: on PATH, in pyenv's folder, or brought by uv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, List, Optional, Sequence, Tuple

from deploy.local.say import Problem, line

SERVICE_VERSIONS = ("3.12", "3.13", "3.14")
RASA_VERSIONS = ("3.10",)
# Parts that some builds lack because a library was missing when they were compiled.
NEEDED_PARTS = "ssl, zlib, ctypes, sqlite3"
PROBE = f"""
import sys
print("%d.%d" % sys.version_info[:2], sys.executable, sep="\\n")
import {NEEDED_PARTS}
"""


def find(versions: Sequence[str]) -> Optional[Path]:
    """An interpreter of the first version that this machine has; None if it has none of them."""
    for version in versions:
        for candidate in _candidates(version):
            found, complaint = _probe(candidate)
            if found is None or found[0] != version:
                continue
            if not complaint:
                return Path(found[1])
            line(f"  {candidate} is passed over: {complaint}")
    return None


def missing(versions: Sequence[str], reason: str) -> Problem:
    """What to say when a version is neither here nor to be had."""
    version = versions[0]
    return Problem(
        f"Python {version} was not found on PATH or in pyenv's folder, and uv could not bring it ({reason}). "
        f"Install it (`pyenv install {version}`, or your system's package python{version}) and try again."
    )


def _candidates(version: str) -> Iterator[str]:
    names = [f"python{version}", "python3", "python"]
    yield from (path for path in map(shutil.which, names) if path)
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    yield from map(str, sorted(root.glob(f"{version}.*/bin/python"), key=_newest_first))
    brought = Path.home() / ".local" / "share" / "uv" / "python"
    yield from map(str, sorted(brought.glob(f"cpython-{version}*/bin/python{version}")))
    yield sys.executable


def _newest_first(path: Path) -> List[int]:
    numbers = path.parents[1].name.split(".")
    return [-int(number) if number.isdigit() else 0 for number in numbers]


def _probe(candidate: str) -> Tuple[Optional[Tuple[str, str]], str]:
    """Version and true path of the interpreter, and its complaint; no version if it does not run."""
    try:
        answer = subprocess.run(
            [candidate, "-I", "-c", PROBE],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None, ""
    rows = answer.stdout.split("\n")
    if len(rows) < 2:
        return None, ""
    complaint = "" if answer.returncode == 0 else answer.stderr.strip().splitlines()[-1]
    return (rows[0], rows[1]), complaint
