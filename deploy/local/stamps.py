"""Remembers which inputs a step of the set-up was last done for."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Iterable, Iterator

from deploy.local.places import ROOT, VAR

STAMPS = VAR / "stamps"


class Stamp:
    """One step's memory: a small file that is written only after the step has succeeded."""

    def __init__(self, name: str, folder: Path = STAMPS) -> None:
        self._file = folder / name

    def text(self) -> str:
        """What was last written; empty if the step has never succeeded."""
        try:
            return self._file.read_text(encoding="utf-8")
        except OSError:
            return ""

    def write(self, text: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(text, encoding="utf-8")

    def remove(self) -> None:
        if self._file.exists():
            self._file.unlink()


def digest(files: Iterable[Path], *words: str) -> str:
    """A short text that changes when a file's place or content, or one of the words, changes."""
    total = hashlib.sha256()
    for word in words:
        total.update(word.encode() + b"\0")
    for file in sorted(files):
        name = os.path.relpath(str(file), str(ROOT))
        total.update(name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def files_in(folder: Path, *, without: Iterable[str] = ()) -> Iterator[Path]:
    """All files below a folder, but for those in folders of the given names."""
    left_out = {*without, "__pycache__"}
    for entry in sorted(folder.iterdir()):
        if entry.name in left_out:
            continue
        if entry.is_dir():
            yield from files_in(entry, without=left_out)
        elif entry.is_file():
            yield entry
