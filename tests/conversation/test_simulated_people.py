"""A few simulated people; `make simulate` lets hundreds of them talk."""

from __future__ import annotations

import pytest

from tests.simulation.__main__ import simulate
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

SEED = 7


@pytest.mark.parametrize("number", range(12))
def test_simulated_people_get_what_they_came_for(assistant: Assistant, number: int) -> None:
    verdict, _ = simulate(assistant, SEED, number)

    assert (verdict.wrong, verdict.dead_end, verdict.surprises) == ((), "", ())
