"""Brings uv, and with it the Python environments, from the hash-locked requirements."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

from deploy.local import interpreters, processes, settings
from deploy.local.places import REQUIREMENTS, ROOT, VAR
from deploy.local.say import Problem, step
from deploy.local.stamps import Stamp, digest

UV_FOLDER = VAR / "uv"
UV = UV_FOLDER / "bin" / "uv"
LOG = VAR / "log" / "setup.log"
ADVICE = (
    "If packages cannot be reached from here: set a proxy with HTTPS_PROXY, or another package index with "
    "UV_DEFAULT_INDEX or pip's index-url, and try again; what was done so far is kept."
)
# What pip was told about where packages come from, and what uv calls it.
PIP_TO_UV = {
    "index-url": ("UV_DEFAULT_INDEX",),
    "cert": ("SSL_CERT_FILE",),
    "proxy": ("HTTPS_PROXY", "HTTP_PROXY"),
}


@dataclass(frozen=True)
class Environment:
    """A folder with a Python and its packages; each lock is a superset of the one before."""

    folder: Path
    locks: Tuple[str, ...]
    versions: Sequence[str]

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def lock(self, held: str, *, dev: bool) -> str:
        """The lock to install where ``held`` is installed: packages of the tests, once there, stay."""
        return self.locks[-1] if dev or held == self.locks[-1] else self.locks[0]


SERVICE = Environment(ROOT / ".venv", ("service", "dev"), interpreters.SERVICE_VERSIONS)
RASA = Environment(ROOT / ".venv-rasa", ("rasa", "rasa-dev"), interpreters.RASA_VERSIONS)
POSTGRES = Environment(VAR / "postgres", ("postgres",), interpreters.SERVICE_VERSIONS)
NODE = Environment(VAR / "node", ("node",), interpreters.SERVICE_VERSIONS)


def bring(environment: Environment, *, dev: bool = False) -> None:
    """Install what the lock says, unless that is what the folder holds already."""
    stamp = Stamp(environment.folder.name.lstrip("."))
    lock = environment.lock(stamp.text().partition(" ")[0], dev=dev)
    wanted = f"{lock} {_digest(environment)}"
    if environment.python.exists() and stamp.text() == wanted:
        return
    stamp.remove()
    with step(f"Packages of {environment.folder.relative_to(ROOT)}"):
        uv = bring_uv()
        _make_folder(environment, uv)
        locked = str(REQUIREMENTS / f"{lock}.txt")
        sync = [uv, "pip", "sync", "--require-hashes", "--python", str(environment.python), locked]
        run_tool("uv pip sync", sync)
    stamp.write(wanted)


def bring_uv() -> str:
    """The path of uv, installed under ``var/`` by the pip or the venv of a Python at hand."""
    stamp = Stamp("uv")
    wanted = digest([REQUIREMENTS / "uv.txt"])
    if UV.exists() and stamp.text() == wanted:
        return str(UV)
    pip = _pip()
    if pip is None:
        return _uv_of_the_user()
    stamp.remove()
    target = ["install", "--quiet", "--upgrade", "--target", str(UV_FOLDER), "--require-hashes", "--no-deps"]
    run_tool("pip", [*pip, *target, "-r", str(REQUIREMENTS / "uv.txt")])
    stamp.write(wanted)
    return str(UV)


def _pip() -> Optional[List[str]]:
    """A command that runs pip: the one of this Python, or one in an environment made for it."""
    if _works([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    home = VAR / "pip"
    if _works([sys.executable, "-m", "venv", "--clear", str(home)]):
        return [str(home / "bin" / "python"), "-m", "pip"]
    return None


def _uv_of_the_user() -> str:
    found = shutil.which("uv")
    if found is None:
        raise Problem(
            f"{sys.executable} has neither pip nor venv: install your system's python3-venv (or python3-pip) "
            "package and try again."
        )
    return found


def _make_folder(environment: Environment, uv: str) -> None:
    if _is_at_home(environment) and _version(environment.python) in environment.versions:
        return
    interpreter = interpreters.find(environment.versions) or _brought_by_uv(environment.versions, uv)
    run_tool("uv venv", [uv, "venv", "--clear", "--python", str(interpreter), str(environment.folder)])


def _is_at_home(environment: Environment) -> bool:
    """Whether the environment was made in this very place: its scripts would not work in another."""
    activate = environment.folder / "bin" / "activate"
    return activate.exists() and str(environment.folder) in activate.read_text(encoding="utf-8")


def _version(python: Path) -> str:
    if not python.exists():
        return ""
    answer = subprocess.run(
        [str(python), "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        universal_newlines=True,
    )
    return answer.stdout.strip()


def _brought_by_uv(versions: Sequence[str], uv: str) -> Path:
    """An interpreter that uv knows of or downloads; it stays under ``var/``."""
    try:
        run_tool("uv python install", [uv, "python", "install", "--no-bin", versions[0]])
    except Problem as problem:
        reason = str(problem).splitlines()[-2].strip()
        raise interpreters.missing(versions, reason) from None
    found = sorted((VAR / "python").glob(f"cpython-{versions[0]}*/bin/python{versions[0]}"))
    if not found:
        raise interpreters.missing(versions, "it left no interpreter behind")
    return found[-1]


def _works(command: Sequence[str]) -> bool:
    return processes.succeeds(command, environment=_environment())


def run_tool(name: str, command: Sequence[str], *, folder: Path = ROOT) -> None:
    """Run a command of uv or pip with the user's configuration; a ``Problem`` shows what it said."""
    try:
        processes.run(processes.Process(name, command, log=LOG, folder=folder, environment=_environment()))
    except Problem as problem:
        raise Problem(f"{problem}\n{ADVICE}") from None


def _environment() -> Dict[str, str]:
    """The user's own configuration, and nothing written outside the project's folder."""
    ours = {
        "PIP_USER": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_PYTHON_INSTALL_DIR": str(VAR / "python"),
    }
    return {**_from_pip(), **settings.inherited(), **ours}


def _from_pip() -> Dict[str, str]:
    """What only pip was told about the package index, for uv, which does not read pip's configuration."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX")):
        return {}
    answer = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        universal_newlines=True,
    )
    told: Dict[str, str] = {}
    for row in answer.stdout.splitlines():
        key, _, value = row.partition("=")
        for name in PIP_TO_UV.get(key.rpartition(".")[2], ()):
            told[name] = value.strip("'\"")
    return told


def _digest(environment: Environment) -> str:
    locks = [REQUIREMENTS / f"{name}.txt" for name in environment.locks]
    return digest(locks, str(environment.folder))
