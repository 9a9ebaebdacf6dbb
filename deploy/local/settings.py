"""The settings of all processes: the environment over ``.env`` over defaults."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Dict, Mapping

from deploy.local import ports
from deploy.local.say import Problem

DEFAULT_PORTS = {"POSTGRES_PORT": 5433, "ACTIONS_PORT": 5055, "RASA_PORT": 5005, "API_PORT": 8080}
SECRETS = {"SECRET_KEY": "secret-key", "ACTIONS_SECRET": "actions-secret"}
FOREIGN = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX"}
ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")


def read_env_file(file: Path) -> Dict[str, str]:
    """The assignments of a ``.env`` file; quotes round a value and comments after it are dropped.

    Raises:
        Problem: names the first line that is no assignment.

    """
    if not file.exists():
        return {}
    values: Dict[str, str] = {}
    for number, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text = row.strip()
        if not text or text.startswith("#"):
            continue
        match = ASSIGNMENT.fullmatch(text)
        if match is None:
            raise Problem(f"Line {number} of {file} is not of the form NAME=value: {text}")
        values[match.group(1)] = _value(match.group(2), f"Line {number} of {file}")
    return values


def _value(text: str, where: str) -> str:
    quote = text[:1]
    if quote in {"'", '"'}:
        end = text.find(quote, 1)
        if end < 0 or not re.fullmatch(r"\s*(#.*)?", text[end + 1 :]):
            raise Problem(f"{where}: the quotes do not close round the value: {text}")
        return text[1:end]
    return re.split(r"\s#", text)[0].strip()


def inherited() -> Dict[str, str]:
    """The environment of this program, less what points others at the packages of a foreign Python."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def read(folder: Path) -> Dict[str, str]:
    """What the environment and the folder's ``.env`` say, with the default ports where they say nothing."""
    given = {**read_env_file(folder / ".env"), **inherited()}
    values = {name: value for name, value in given.items() if value != "" or name not in DEFAULT_PORTS}
    defaults = {name: str(port) for name, port in DEFAULT_PORTS.items()}
    if values.get("EMBEDDED_POSTGRES", "") not in {"", "system", "wheel"}:
        raise Problem(
            "EMBEDDED_POSTGRES is neither system nor wheel: set it to one of them, or leave it out."
        )
    return check_ports({**defaults, **values})


def check_ports(environment: Dict[str, str]) -> Dict[str, str]:
    """The same settings.

    Raises:
        Problem: a port is no port, or two servers were given the same one.

    """
    owners: Dict[int, str] = {}
    for name in DEFAULT_PORTS:
        text = environment[name]
        if not text.isdigit() or not 0 < int(text) < 65536:
            raise Problem(f"{name}={text!r} is no port: set it to a number from 1 to 65535.")
        if int(text) in owners:
            raise Problem(
                f"{name} and {owners[int(text)]} are both {text}: give each server a port of its own."
            )
        owners[int(text)] = name
    return environment


def with_secrets(environment: Mapping[str, str], folder: Path) -> Dict[str, str]:
    """The settings with each secret: one that they lack is made up once and kept in the folder."""
    made = {name: environment.get(name) or _kept(folder / file) for name, file in SECRETS.items()}
    return {**environment, **made}


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(file, "w", encoding="ascii", opener=_private) as new:
            new.write(secrets.token_urlsafe(48) + "\n")
    return file.read_text(encoding="ascii").strip()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def with_free_ports(environment: Mapping[str, str]) -> Dict[str, str]:
    """The settings with a free port for each server that they give none."""
    chosen = {name: str(ports.free_port()) for name in DEFAULT_PORTS if not environment.get(name)}
    return check_ports({**environment, **chosen})


def with_addresses(environment: Mapping[str, str]) -> Dict[str, str]:
    """The settings with the addresses that follow from the ports, where they are not set."""
    defaults = {
        "ACTIONS_URL": f"http://{ports.HOST}:{environment['ACTIONS_PORT']}/webhook",
        "PUBLIC_URL": f"http://{ports.HOST}:{environment['API_PORT']}",
        "CHAT_URL": f"http://{ports.HOST}:{environment['RASA_PORT']}",
    }
    return {**environment, **{name: value for name, value in defaults.items() if not environment.get(name)}}
