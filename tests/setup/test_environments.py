from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deploy.local import environments, interpreters
from deploy.local.environments import SERVICE, bring_uv
from deploy.local.say import Problem

WORKING = "#!/bin/sh\nprintf '%s\\n%s\\n' {version} {path}\n"
WITHOUT_SSL = WORKING + "echo \"ModuleNotFoundError: No module named '_ssl'\" >&2\nexit 1\n"
SHIM_OF_ANOTHER_VERSION = "#!/bin/sh\necho 'pyenv: python3.12: command not found' >&2\nexit 127\n"


def program(file: Path, text: str, version: str = "3.12") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.format(version=version, path=file))
    file.chmod(0o755)
    return file


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no Python but those that the test puts into `path` and `pyenv`."""
    path = tmp_path / "path"
    path.mkdir()
    monkeypatch.setenv("PATH", f"{path}:/bin")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(sys, "executable", str(program(path / "this-python", WORKING, version="3.8")))
    for name in ("python3", "python"):
        program(path / name, WORKING, version="3.8")
    return tmp_path


def test_interpreter_on_path_is_found_by_its_version(machine: Path) -> None:
    newer = program(machine / "path" / "python3.13", WORKING, version="3.13")
    wanted = program(machine / "path" / "python3.12", WORKING)

    assert interpreters.find(["3.12", "3.13"]) == wanted
    assert interpreters.find(["3.13"]) == newer
    assert interpreters.find(["3.10"]) is None


def test_interpreter_in_the_folder_of_pyenv_is_found_behind_a_shim_that_does_not_work(machine: Path) -> None:
    program(machine / "path" / "python3.12", SHIM_OF_ANOTHER_VERSION)
    program(machine / "pyenv" / "versions" / "3.12.9" / "bin" / "python", WORKING)
    newest = program(machine / "pyenv" / "versions" / "3.12.11" / "bin" / "python", WORKING)

    assert interpreters.find(["3.12"]) == newest


def test_interpreter_without_a_needed_part_is_passed_over_with_the_reason(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lame = program(machine / "path" / "python3.12", WITHOUT_SSL)
    sound = program(machine / "pyenv" / "versions" / "3.12.1" / "bin" / "python", WORKING)

    found = interpreters.find(["3.12"])

    assert found == sound
    assert (
        capsys.readouterr().out == f"  {lame} is passed over: ModuleNotFoundError: No module named '_ssl'\n"
    )


def test_python_without_pip_and_venv_is_told_what_to_install(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(Path(sys.executable), "#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(environments, "UV", machine / "uv")

    with pytest.raises(Problem, match=r"has neither pip nor venv: install .*python3-venv \(or python3-pip\)"):
        bring_uv()


@pytest.mark.parametrize(
    ("held", "dev", "lock"),
    [("", False, "service"), ("", True, "dev"), ("service", True, "dev"), ("dev", False, "dev")],
)
def test_packages_of_the_tests_stay_once_they_are_there(held: str, lock: str, *, dev: bool) -> None:
    assert SERVICE.lock(held, dev=dev) == lock
