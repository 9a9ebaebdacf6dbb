"""Finds or brings Node, and builds the pages and the chat window with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import Dict, Mapping, Sequence

from deploy.local import environments, processes
from deploy.local.places import UI, VAR
from deploy.local.say import step
from deploy.local.stamps import Stamp, digest, files_in

OLDEST = (20, 19)
MADE = ("node_modules", "dist", "test-results", "coverage")
LOG = VAR / "log" / "ui.log"


def build_ui() -> None:
    """Build ``webchat/ui`` unless its sources are those of the last build."""
    installed = Stamp("ui-packages")
    built = Stamp("ui")
    packages = digest([UI / "package.json", UI / "package-lock.json"])
    sources = digest(files_in(UI, without=MADE))
    if built.text() == sources and (UI / "dist").is_dir():
        return
    built.remove()
    found = environment()
    if installed.text() != packages or not (UI / "node_modules").is_dir():
        installed.remove()
        with step("Packages of the web pages"):
            _npm(["ci", "--include=dev", "--no-audit", "--no-fund"], found)
        installed.write(packages)
    with step("Web pages"):
        _npm(["run", "build"], found)
    built.write(sources)


def environment() -> Dict[str, str]:
    """The environment in which ``node`` and ``npm`` are found, brought if this machine has none."""
    if _is_new_enough():
        return dict(os.environ)
    environments.bring(environments.NODE)
    path = os.pathsep.join([str(environments.NODE.folder / "bin"), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path}


def _is_new_enough() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    answer = subprocess.run([node, "--version"], check=False, stdout=subprocess.PIPE, universal_newlines=True)
    match = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return match is not None and (int(match.group(1)), int(match.group(2))) >= OLDEST


def npm(found: Mapping[str, str]) -> str:
    """The path of npm in an environment that ``environment`` gave."""
    return shutil.which("npm", path=found["PATH"]) or "npm"


def _npm(words: Sequence[str], found: Mapping[str, str]) -> None:
    name = f"npm {words[0]}"
    processes.run(processes.Process(name, [npm(found), *words], log=LOG, folder=UI, environment=found))
