"""Duckling in a process of its own, which is given up where a text keeps it busy."""

from __future__ import annotations

from datetime import datetime

import pytest

from nlu.components.duckling import DucklingLibrary, DucklingProcess
from scheduler_core.errors import TemporaryFailure

WALL = datetime.fromisoformat("2026-11-24T10:00")
#: Each would keep the library busy for hours.
ENDLESS = ("from 2 to 5 " * 8, "at 3 " * 400, "Tuesday " * 30)


def test_process_finds_what_the_library_finds() -> None:
    text = "Tuesday or Thursday between 2 and 5, um halb drei\n\u2028“at 3”"

    found = DucklingProcess().parse(text, wall=WALL, locale="EN_GB")

    assert found == DucklingLibrary().parse(text, wall=WALL, locale="EN_GB")
    assert found


@pytest.mark.parametrize("text", ENDLESS)
def test_text_that_takes_too_long_is_given_up_and_the_next_is_read(text: str) -> None:
    process = DucklingProcess()

    with pytest.raises(TemporaryFailure):
        process.parse(text, wall=WALL, locale="EN_GB")

    assert [one["body"] for one in process.parse("tomorrow", wall=WALL, locale="EN_GB")] == ["tomorrow"]


def test_years_that_no_date_can_have_are_left_out() -> None:
    found = DucklingLibrary().parse("tomorrow, or 42 bc", wall=WALL, locale="EN_GB")

    assert [one["body"] for one in found] == ["tomorrow"]
