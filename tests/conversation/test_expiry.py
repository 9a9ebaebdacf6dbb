"""Dialogues that are gone on with hours later: a Rasa that keeps what was said ends their sessions by itself.

Rasa asks the machine for the time, so not the clock is moved but what it has stored: every event grows older.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.local import model, ports, processes
from deploy.local.places import MODEL, ROOT
from deploy.local.processes import Process
from deploy.local.stack import START_SECONDS, answers
from tests.clockwork import START
from tests.script import Play, scripts_in, split_at
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

SCRIPTS = scripts_in(Path(__file__).parent / "expiries")
AWAY = timedelta(hours=3)  #: more than the hour after which a session ends
_ENDPOINTS = """
action_endpoint:
  url: ${{ACTIONS_URL}}
tracker_store:
  type: SQL
  dialect: sqlite
  db: {events}
"""


@contextmanager
def keeping_rasa(assistant: Assistant, folder: Path) -> Iterator[Path]:
    """Another Rasa for the block, to which the chats go; yields the file in which it keeps its events."""
    events, endpoints, port = folder / "events.db", folder / "endpoints.yml", ports.free_port()
    endpoints.write_text(_ENDPOINTS.format(events=events), encoding="utf-8")
    files = ["--model", str(MODEL), "--endpoints", str(endpoints), "--credentials", "credentials.yml"]
    rasa = Process(
        "Rasa with a store",
        model.rasa("run", *files, "-i", ports.HOST, "-p", str(port)),
        log=folder / "rasa.log",
        folder=ROOT,
        environment=model.environment(assistant.stack.environment),
    )
    urls, before = assistant.stack.urls, assistant.stack.urls["rasa"]
    rasa.start()
    try:
        processes.wait_until({rasa: lambda: answers(port, "/")}, seconds=START_SECONDS)
        urls["rasa"] = f"http://{ports.HOST}:{port}"
        yield events
    finally:
        urls["rasa"] = before
        rasa.stop()


def grow_older(events: Path, by: timedelta) -> None:
    """Everything that was said lies so much further back, for whoever reads it anew."""
    with closing(sqlite3.connect(events)) as database, database:
        for number, data in database.execute("SELECT id, data FROM events").fetchall():
            event = json.loads(data)
            moment = event["timestamp"] - by.total_seconds()
            database.execute(
                "UPDATE events SET timestamp = ?, data = ? WHERE id = ?",
                (moment, json.dumps(event | {"timestamp": moment}), number),
            )


def sessions(events: Path) -> int:
    with closing(sqlite3.connect(events)) as database:
        (number,) = database.execute(
            "SELECT count(*) FROM events WHERE type_name = 'session_started'"
        ).fetchone()
        return int(number)


def test_conversations_go_on_when_their_session_has_expired(assistant: Assistant, tmp_path: Path) -> None:
    failures: dict[str, str] = {}
    with keeping_rasa(assistant, tmp_path) as events:
        plays = [(Play(assistant), *split_at(script, "later:")) for script in SCRIPTS]
        for play, before, _ in plays:
            play.perform(before)
        begun = sessions(events)

        grow_older(events, AWAY)
        for play, _, after in plays:
            assistant.clock.set(START + AWAY)
            try:
                play.perform(after)
            except AssertionError as failed:
                failures[after.name] = str(failed)
        ended = sessions(events) - begun

    # Each writer who was there before has a second session, and Zoe her first.
    assert (failures, ended) == ({}, len(SCRIPTS) + 1)
