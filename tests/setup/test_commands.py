from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.places import ROOT
from deploy.local.say import Problem
from deploy.local.stack import Stack

TARGETS = [
    "bench",
    "clean",
    "core",
    "evaluate",
    "help",
    "lint",
    "lock",
    "migrate",
    "run",
    "shell",
    "simulate",
    "test",
    "train",
    "worker",
]


def make(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("make") or "make"
    return subprocess.run(
        [program, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def local(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.local", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_without_a_target_lists_them_all() -> None:
    said = make().stdout

    assert sorted(re.findall(r"^make (\w+) +\S", said, re.MULTILINE)) == TARGETS


def test_make_without_any_python_says_what_to_install(tmp_path: Path) -> None:
    ended = make("run", PATH=str(tmp_path), PYENV_ROOT=str(tmp_path))

    assert ended.returncode == 2
    assert "Python 3.8 or newer is needed: install the package python3" in ended.stderr


def test_busy_port_is_named_with_its_variable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        stack = Stack(tmp_path, {"API_PORT": str(port)})

        with pytest.raises(
            Problem, match=f"^Port {port} is taken by another program: stop it, or set API_PORT"
        ):
            stack.check_ports()


def test_run_with_a_broken_setting_names_it() -> None:
    ended = local("run", RASA_PORT="99999")

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.strip() == "RASA_PORT='99999' is no port: set it to a number from 1 to 65535."


def test_unknown_command_is_answered_with_the_known_ones() -> None:
    ended = local("fly")

    assert ended.returncode == 2
    assert ended.stderr.strip().startswith("Say one of: run, test, lint,")
