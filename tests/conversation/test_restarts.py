"""Dialogues with a restart of Rasa in the middle: all begin, Rasa is started anew, all go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clockwork import START
from tests.script import Play, scripts_in, split_at
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

SCRIPTS = scripts_in(Path(__file__).parent / "restarts")


def test_conversations_go_on_after_a_restart(assistant: Assistant) -> None:
    plays = [(Play(assistant), *split_at(script, "restart:")) for script in SCRIPTS]
    for play, before, _ in plays:
        play.perform(before)

    assistant.stack.kill_process("rasa")
    assistant.stack.restart("rasa")

    failures: dict[str, str] = {}
    for play, _, after in plays:
        assistant.clock.set(START)
        try:
            play.perform(after)
        except AssertionError as failed:
            failures[after.name] = str(failed)
    assert failures == {}
