"""Dialogues that are gone on with hours later: Rasa keeps what was said and ends their sessions by itself.

Rasa asks the machine for the time, so not the clock is moved but what it has stored: every event grows older.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.clockwork import START
from tests.script import Play, scripts_in, split_at
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

SCRIPTS = scripts_in(Path(__file__).parent / "expiries")
AWAY = timedelta(hours=3)  #: more than the hour after which a session ends
_GROW_OLDER = """
    UPDATE rasa.event
       SET data = jsonb_set(
           data::jsonb, '{timestamp}', to_jsonb((data::jsonb ->> 'timestamp')::float8 - :seconds))::text
"""


def grow_older(assistant: Assistant, by: timedelta) -> None:
    """Everything that was said lies so much further back."""
    assistant.rows.execute(_GROW_OLDER, seconds=by.total_seconds())


def sessions(assistant: Assistant) -> int:
    (row,) = assistant.rows.select("SELECT count(*) AS number FROM rasa.event WHERE begins_session")
    return int(row["number"])


def test_conversations_go_on_when_their_session_has_expired(assistant: Assistant) -> None:
    failures: dict[str, str] = {}
    plays = [(Play(assistant), *split_at(script, "later:")) for script in SCRIPTS]
    for play, before, _ in plays:
        play.perform(before)
    begun = sessions(assistant)

    grow_older(assistant, AWAY)
    for play, _, after in plays:
        assistant.clock.set(START + AWAY)
        try:
            play.perform(after)
        except AssertionError as failed:
            failures[after.name] = str(failed)
    ended = sessions(assistant) - begun

    # Each writer who was there before has a second session, and Zoe her first.
    assert (failures, ended) == ({}, len(SCRIPTS) + 1)
