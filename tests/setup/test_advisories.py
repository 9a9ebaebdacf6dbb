"""The list of advisories speaks of the versions that are locked."""

from __future__ import annotations

import re

from deploy.local.places import REQUIREMENTS, ROOT

_LISTED = re.compile(r"\b([a-z][a-z0-9-]+) (\d+(?:\.\d+)+)\b")


def test_advisories_speak_of_the_locked_versions() -> None:
    lock, page = (REQUIREMENTS / "rasa.txt").read_text(), (ROOT / "docs" / "advisories.md").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock, re.MULTILINE))
    rows = re.findall(r"^\| ([a-z].+?) \|", page, re.MULTILINE)

    listed = dict(pair for row in rows[1:] for pair in _LISTED.findall(row))

    assert len(listed) > 15
    assert {name: locked.get(name) for name in listed} == listed
