"""Writes the hash-locked requirements from ``requirements/*.in``."""

from __future__ import annotations

from typing import Dict

from deploy.local import environments
from deploy.local.places import REQUIREMENTS
from deploy.local.say import step

# Each lock, the oldest Python it has to fit, in an order in which constraints are there before they are used.
LOCKS: Dict[str, str] = {
    "uv": "3.8",
    "postgres": "3.12",
    "node": "3.12",
    "service": "3.12",
    "dev": "3.12",
    "rasa": "3.10",
    "rasa-dev": "3.10",
}


def write(*options: str) -> None:
    """Bring every lock in line with its ``.in`` file; pins that fit stay, unless ``--upgrade`` is said."""
    uv = environments.bring_uv()
    for name, python in LOCKS.items():
        rasa = name.startswith("rasa")
        overrides = ["--override", "overrides.txt", "--excludes", "excludes.txt"] if rasa else []
        form = ["--quiet", "--universal", "--generate-hashes", "--no-header", "--python-version", python]
        files = [f"{name}.in", "-o", f"{name}.txt"]
        with step(f"requirements/{name}.txt"):
            command = [uv, "pip", "compile", *form, *overrides, *files, *options]
            environments.run_tool("uv pip compile", command, folder=REQUIREMENTS)
