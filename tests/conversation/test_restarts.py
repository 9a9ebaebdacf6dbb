"""Dialogues of which Rasa loses all that it kept: all begin, its events are dropped, all go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clockwork import START
from tests.script import Play, scripts_in, split_at
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

SCRIPTS = scripts_in(Path(__file__).parent / "restarts")


def test_conversations_go_on_that_rasa_has_lost(assistant: Assistant) -> None:
    plays = [(Play(assistant), *split_at(script, "lost:")) for script in SCRIPTS]
    for play, before, _ in plays:
        play.perform(before)

    assistant.rows.execute("DELETE FROM rasa.event")

    failures: dict[str, str] = {}
    for play, _, after in plays:
        assistant.clock.set(START)
        try:
            play.perform(after)
        except AssertionError as failed:
            failures[after.name] = str(failed)
    assert failures == {}
