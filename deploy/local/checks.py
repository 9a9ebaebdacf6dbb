"""The checks of ``make test`` and ``make lint``: all run, all is shown, and a table tells how they went."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Dict, List, Optional, Sequence, Tuple

from deploy.local import leash, model, node
from deploy.local.places import RASA_PYTHON, ROOT, SERVICE_PYTHON, UI
from deploy.local.say import Problem, line

Counts = Tuple[int, int]  # passed, failed
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
TYPED = ("scheduler_core", "webchat/api", "actions", "nlu", "deploy", "tests/setup")
# What runs inside Rasa extends its classes, whose types are not published.
UNTYPED = "^nlu/(components/|evaluat)"
CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


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


def run(stages: Sequence[Stage]) -> bool:
    """Run every check, print the table and the totals, and say whether all are good."""
    results = [_run(stage) for stage in stages]
    line("\n" + "\n".join(_row(result) for result in results))
    passed = sum(result.counts[0] for result in results)
    failed = sum(result.counts[1] for result in results)
    line(f"\n{passed} passed, {failed} failed")
    return all(result.good for result in results)


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
    """What runs the code."""
    with_node = node.environment()
    return [
        Stage(
            "tests in .venv",
            [str(SERVICE_PYTHON), "-m", "pytest"],
            environment={**os.environ, "CHROMIUM": chromium()},
            count=count_pytest,
        ),
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


def _run(stage: Stage) -> Result:
    line(f"\n=== {stage.name}")
    began = time.monotonic()
    code, rows = _show(stage)
    passed, failed = stage.count(rows) if stage.count else (0, 0)
    if code != 0 and failed == 0:
        failed = 1
    return Result(stage.name, code == 0, (passed, failed), time.monotonic() - began)


def _show(stage: Stage) -> Tuple[int, List[str]]:
    """Run the command with its output visible; its exit code, and its lines without colours."""
    colours = {"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    program = subprocess.Popen(
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
    rows: List[str] = []
    try:
        for row in program.stdout or ():
            sys.stdout.write(row)
            sys.stdout.flush()
            rows.append(COLOUR.sub("", row.rstrip("\n")))
        return program.wait(), rows
    finally:
        _end(program)


def _end(program: "subprocess.Popen[str]") -> None:
    if program.poll() is None:
        program.send_signal(signal.SIGINT)
        try:
            program.wait(30)
        except subprocess.TimeoutExpired:
            program.kill()
    leash.signal_group(program.pid, signal.SIGKILL)


def _row(result: Result) -> str:
    passed, failed = result.counts
    counts = f"{passed} passed, {failed} failed" if passed or failed else ""
    verdict = "ok" if result.good else "FAILED"
    return f"  {verdict:<6} {result.seconds:7.1f} s  {result.name:<22} {counts}".rstrip()
