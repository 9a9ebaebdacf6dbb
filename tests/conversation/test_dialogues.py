"""The dialogues in the folder `dialogues`, performed with the whole assistant; see `tests/script.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.script import Play, Script, scripts_in
from tests.stack import Assistant

pytestmark = pytest.mark.conversation


@pytest.mark.parametrize("script", scripts_in(Path(__file__).parent / "dialogues"), ids=lambda one: one.name)
def test_dialogue(assistant: Assistant, script: Script) -> None:
    Play(assistant).perform(script)
