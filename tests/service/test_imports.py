from __future__ import annotations

import subprocess
import sys

import pytest

#: What only the worker needs; together they take as long to load as all the rest.
OUTSIDE = {"googleapiclient", "google.auth", "zoomus", "aiosmtplib"}


@pytest.mark.parametrize("face", ["webchat.api.__main__", "actions.__main__"])
def test_faces_start_without_the_libraries_of_the_outside(face: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, {face}; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )

    loaded = set(said.stdout.split())
    assert face in loaded
    assert loaded & OUTSIDE == set()
