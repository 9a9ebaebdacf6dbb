from __future__ import annotations

import re
from pathlib import Path

_ESCAPE = re.compile(r"\\(?:n|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def rows(name: str) -> list[tuple[str, str]]:
    """The lines of a table beside this file: what was written, and after the last bar what it means."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    halves = [line.rpartition("|") for line in lines if line and not line.startswith("# ")]
    return [(_unescaped(text.strip()), _unescaped(meaning.strip())) for text, _, meaning in halves]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: match[0].encode().decode("unicode_escape"), text)
