"""Parts that fail while somebody writes: always a sentence, never a lost booking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.dialogue import I_AM_ANN, booked, only_row, received, rows_of, wall
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"


@pytest.fixture
def repaired(assistant: Assistant) -> Iterator[Assistant]:
    """The assistant, with every part running again behind the test."""
    yield assistant
    for name in ("postgres", "actions", "worker"):
        alive = (
            assistant.stack.database.process.alive()
            if name == "postgres"
            else name in assistant.stack.processes
        )
        if not alive:
            assistant.stack.restart(name)


def test_without_the_action_server_there_is_a_sentence_and_then_it_goes_on(repaired: Assistant) -> None:
    chat = repaired.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Monday 30 November at 10:00. {I_AM_ANN}")
    repaired.stack.kill_process("actions")

    reply = chat.say("yes")
    repaired.stack.restart("actions")
    chat.say("yes")

    assert reply.text
    assert booked(repaired, chat).starts == wall(LONDON, "2026-11-30 10:00")


def test_a_first_message_without_the_action_server_is_answered(repaired: Assistant) -> None:
    repaired.stack.kill_process("actions")
    chat = repaired.chat(zone=LONDON)

    reply = chat.say("hi")
    repaired.stack.restart("actions")
    after = chat.say("hi")

    assert reply.text
    assert after.text
    assert after.text != reply.text


def test_without_the_database_there_is_a_sentence_and_then_it_goes_on(repaired: Assistant) -> None:
    chat = repaired.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Monday 30 November at 11:00. {I_AM_ANN}")
    before = only_row(repaired, chat)
    repaired.stack.stop_process("postgres")

    replies = [chat.say("yes"), chat.say("make it 45 minutes"), repaired.chat(zone=LONDON).say("hello")]
    repaired.stack.restart("postgres")
    chat.say("yes")

    row = booked(repaired, chat)
    assert all(reply.text for reply in replies)
    assert row.starts == before.starts
    assert len(received(repaired, row).all) == 2


def test_a_crash_of_the_database_loses_no_booking(repaired: Assistant) -> None:
    chat = repaired.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Monday 30 November at 12:00. {I_AM_ANN}")
    answer = chat.say("yes")

    repaired.stack.kill_process("postgres")
    repaired.stack.restart("postgres")

    row = booked(repaired, chat)
    assert row.reference in answer.text
    with repaired.clock.moved(timedelta(minutes=2)):  # when a message that was at hand is tried again
        assert len(received(repaired, row).all) == 2


def test_mails_wait_for_the_worker(repaired: Assistant) -> None:
    repaired.stack.stop_process("worker")
    chat = repaired.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Monday 30 November at 14:00. {I_AM_ANN}")
    answer = chat.say("yes")
    row = booked(repaired, chat)
    waiting = repaired.rows.messages(row.uid)

    repaired.stack.restart("worker")

    assert row.reference in answer.text
    assert not any(done for _topic, _recipient, done in waiting)
    assert len(received(repaired, row).all) == 2
    assert len(rows_of(repaired, chat)) == 1


def test_a_killed_worker_sends_nothing_twice(repaired: Assistant) -> None:
    chat = repaired.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Monday 30 November at 15:00. {I_AM_ANN}")
    chat.say("yes")
    row = booked(repaired, chat)
    first = received(repaired, row)

    repaired.stack.kill_process("worker")
    repaired.stack.restart("worker")
    other = repaired.chat(zone=LONDON)
    other.say(f"Consultation with Ben on Monday 30 November at 16:00. {I_AM_ANN}")
    other.say("yes")
    received(repaired, booked(repaired, other))

    assert received(repaired, row) == first
