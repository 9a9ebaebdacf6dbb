"""Each part is killed in the middle of a conversation: it goes on, and a yes given twice is one booking."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import create_engine, text

from tests.chat import Conversation
from tests.dialogue import I_AM_ANN, booked, manage_link, only_row, received, wall
from tests.stack import Assistant, database

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"
PATIENCE = 20.0  #: seconds
_WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'scheduler'"


@pytest.fixture
def repaired(assistant: Assistant) -> Iterator[Assistant]:
    """The assistant, with every part running again behind the test."""
    yield assistant
    stack = assistant.stack
    if not stack.database.process.alive():
        stack.restart("postgres")
    for name in ("actions", "rasa", "api", "worker"):
        if name not in stack.processes:
            stack.restart(name)


@contextmanager
def locked(assistant: Assistant, table: str) -> Iterator[None]:
    """Nobody else gets at the table in the block, or until the database dies."""
    engine = create_engine(database(assistant.stack).url)
    connection = engine.connect()
    connection.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
    try:
        yield
    finally:
        connection.invalidate()
        engine.dispose()


def wait_for(assistant: Assistant, statement: str, **values: object) -> None:
    """Returns once the statement finds a row."""
    deadline = time.monotonic() + PATIENCE
    while not assistant.rows.select(statement, **values):
        assert time.monotonic() < deadline, statement
        time.sleep(0.02)


def at_the_yes(assistant: Assistant, start: str) -> Conversation:
    """A conversation that has been asked whether to book."""
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Monday 7 December at {start}. {I_AM_ANN}")
    assert "book this" in chat.last.text
    return chat


def test_rasa_killed_stands_where_it_stood(repaired: Assistant) -> None:
    chat = at_the_yes(repaired, "10:00")

    repaired.stack.kill_process("rasa")
    with pytest.raises(httpx.ConnectError):
        chat.say("yes")
    repaired.stack.restart("rasa")
    first, second = chat.say("yes"), chat.say("yes")

    row = booked(repaired, chat)
    assert row.starts == wall(LONDON, "2026-12-07 10:00")
    assert row.reference in first.text
    assert second.text


def test_action_server_killed_between_booking_and_answer_books_once(repaired: Assistant) -> None:
    chat = at_the_yes(repaired, "11:00")

    # What was arranged is kept for later in this table, after the booking is made and before it is told.
    with locked(repaired, "conversation"), ThreadPoolExecutor() as aside:
        answer = aside.submit(chat.say, "yes")
        wait_for(
            repaired,
            "SELECT 1 FROM booking WHERE status = 'CONFIRMED' AND actor_id LIKE '%:' || :sender",
            sender=chat.sender,
        )
        repaired.stack.kill_process("actions")
        told = answer.result()
    repaired.stack.restart("actions")
    first, second = chat.say("yes"), chat.say("yes")

    row = only_row(repaired, chat)
    assert told.text
    assert row.reference not in told.text
    assert (row.status, row.sequence) == ("CONFIRMED", 0)
    assert row.reference in first.text
    assert second.text


def test_database_killed_in_the_middle_of_a_turn_books_once(repaired: Assistant) -> None:
    chat = at_the_yes(repaired, "12:00")

    with locked(repaired, "booking"), ThreadPoolExecutor() as aside:
        answer = aside.submit(chat.say, "yes")
        wait_for(repaired, _WAITING)
        repaired.stack.kill_process("postgres")
        told = answer.result()
    repaired.stack.restart("postgres")
    first, second = chat.say("yes"), chat.say("yes")

    row = only_row(repaired, chat)
    assert told.text
    assert row.status == "CONFIRMED"
    assert row.reference in first.text
    assert second.text


def test_worker_and_web_server_killed_hold_up_no_conversation(repaired: Assistant) -> None:
    chat = at_the_yes(repaired, "13:00")

    repaired.stack.kill_process("worker")
    repaired.stack.kill_process("api")
    first, second = chat.say("yes"), chat.say("yes")
    repaired.stack.restart("worker")
    repaired.stack.restart("api")

    row = booked(repaired, chat)
    mails = received(repaired, row)
    assert row.reference in first.text
    assert second.text
    assert len(mails.all) == 2
    assert httpx.get(manage_link(mails.attendee), follow_redirects=True).status_code == 200
