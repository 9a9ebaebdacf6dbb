"""The checks of ``make test`` and ``make lint``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Dict, List, Optional

from deploy.local import model, node
from deploy.local.lanes import Counts, Stage
from deploy.local.places import RASA_PYTHON, SERVICE_PYTHON, UI
from deploy.local.say import Problem

TYPED = ("scheduler_core", "webchat/api", "actions", "nlu", "deploy", "tests/setup")
# What runs inside Rasa extends its classes, whose types are not published.
UNTYPED = "^nlu/(components/|evaluat)"
# The tests that start the whole assistant, once for all of them.
WHOLE = ("tests/conversation", "tests/browser")
CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def lint() -> List[Stage]:
    """What reads the code without running it."""
    tools = SERVICE_PYTHON.parent
    return [
        Stage("ruff", [str(tools / "ruff"), "check", "."]),
        Stage("ruff format", [str(tools / "ruff"), "format", "--check", "."]),
        Stage("mypy", [str(tools / "mypy"), "--exclude", UNTYPED, *TYPED]),
        Stage("import contracts", [str(tools / "lint-imports")]),
    ]


def tests() -> List[Stage]:
    """What runs the code, but for the whole assistant."""
    with_node = node.environment()
    return [
        _pytest("tests in .venv", *(f"--ignore={folder}" for folder in WHOLE)),
        Stage(
            "tests in .venv-rasa",
            [str(RASA_PYTHON), "-m", "pytest", "tests/rasa"],
            environment=model.environment(),
            count=count_pytest,
        ),
        Stage(
            "web pages",
            [node.npm(with_node), "test"],
            folder=UI,
            environment={**with_node, "CI": "1"},
            count=count_vitest,
        ),
    ]


def conversations() -> List[Stage]:
    """What talks to the whole assistant; its processes wait for each other, and leave room for the rest."""
    return [_pytest("conversations, browser", *WHOLE, environment={**os.environ, "CHROMIUM": chromium()})]


def _pytest(name: str, *words: str, environment: Optional[Dict[str, str]] = None) -> Stage:
    command = [str(SERVICE_PYTHON), "-m", "pytest", *words]
    return Stage(name, command, environment=environment or {}, count=count_pytest)


def chromium() -> str:
    """The browser of the browser tests: the system's, or the one that Playwright brought."""
    for name in CHROMIUMS:
        found = shutil.which(name)
        if found:
            return found
    asked = subprocess.run(
        [str(SERVICE_PYTHON), "-c", PLAYWRIGHTS_OWN],
        check=False,
        stdout=subprocess.PIPE,
        universal_newlines=True,
    )
    path = asked.stdout.strip()
    if path and Path(path).exists():
        return path
    raise Problem(
        "The browser tests need Chromium: install your system's chromium package, "
        "or run `.venv/bin/playwright install chromium`."
    )


PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def count_pytest(rows: List[str]) -> Counts:
    """Passed and failed tests by pytest's closing line; errors count as failed."""
    closing = [row for row in rows if re.search(r" in \d+\.\d+s", row)]
    found = (
        {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", closing[-1])} if closing else {}
    )
    return found.get("passed", 0), found.get("failed", 0) + found.get("error", 0) + found.get("errors", 0)


def count_vitest(rows: List[str]) -> Counts:
    """Passed and failed tests by vitest's line of totals."""
    closing = [row for row in rows if re.match(r"\s*Tests\s+\d", row)]
    found = (
        {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", closing[-1])} if closing else {}
    )
    return found.get("passed", 0), found.get("failed", 0)
