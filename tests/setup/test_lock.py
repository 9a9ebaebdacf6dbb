from __future__ import annotations

import os
from pathlib import Path

import pytest

from deploy.local.lock import in_turn, is_held, only_one
from deploy.local.say import Problem


def test_second_run_in_one_folder_is_refused_with_the_number_of_the_first(tmp_path: Path) -> None:
    file = tmp_path / "run.lock"

    with (
        only_one(file, "`make run`"),
        pytest.raises(Problem, match=rf"running in this folder already \(process {os.getpid()}\)"),
        only_one(file, "`make run`"),
    ):
        pass


def test_lock_is_held_for_the_block_only(tmp_path: Path) -> None:
    file = tmp_path / "run.lock"
    with in_turn(file, "set-up"):
        during = is_held(file)

    assert (during, is_held(file)) == (True, False)
