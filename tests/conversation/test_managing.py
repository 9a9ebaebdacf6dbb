"""What can be done in the same chat about the appointment that was booked in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat import Conversation
from tests.dialogue import ANN, book, missing, offered, received, rows_of
from tests.rows import Row
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"


def _booked(assistant: Assistant, time: str) -> tuple[Conversation, Row]:
    """A chat that has booked a consultation on a day of its own, and the row."""
    chat = assistant.chat(zone=LONDON)
    return chat, book(assistant, chat, f"Consultation with Ben on Tuesday 1 December at {time}")


def test_an_appointment_is_moved_in_its_chat_after_a_yes(assistant: Assistant) -> None:
    chat, row = _booked(assistant, "10:00")
    first = received(assistant, row)

    question = chat.say("can we make it an hour later?")
    before = assistant.rows.by_uid(row.uid)
    chat.say("yes")

    after = assistant.rows.by_uid(row.uid)
    mails = received(assistant, after)
    assert missing(question.text, "10:00", "11:00", "Tuesday 1 December 2026") == []
    assert before == row
    assert (after.status, after.starts, after.sequence) == ("CONFIRMED", row.starts + timedelta(hours=1), 1)
    assert {mail.uid for mail in mails.invitations} == {first.invitations[0].uid}
    assert assistant.rows.at("ben-okafor", row.starts) == []


def test_moving_to_another_day_offers_times_and_keeps_the_old_one(assistant: Assistant) -> None:
    chat, row = _booked(assistant, "12:00")

    chat.say("I need to move it to Wednesday 2 December")
    starts = offered(chat.last, LONDON)
    meanwhile = assistant.rows.by_uid(row.uid)
    chat.say("the first one")
    chat.say("yes")

    after = assistant.rows.by_uid(row.uid)
    assert meanwhile == row
    assert (after.starts, after.sequence, after.attendee) == (starts[0], 1, ANN)
    assert [one.status for one in rows_of(assistant, chat) if one.uid != row.uid] in ([], ["CANCELLED"])


def test_an_appointment_is_cancelled_in_its_chat_after_a_yes(assistant: Assistant) -> None:
    chat, row = _booked(assistant, "13:00")

    question = chat.say("I can't make it, please cancel")
    before = assistant.rows.by_uid(row.uid)
    answer = chat.say("yes")

    after = assistant.rows.by_uid(row.uid)
    assert missing(question.text, "Ben Okafor", "13:00", "Tuesday 1 December 2026") == []
    assert before == row
    assert (after.status, after.sequence) == ("CANCELLED", 1)
    assert [card["status"] for card in answer.cards] == ["CANCELLED"]
    assert len(received(assistant, after, method="CANCEL").all) == 2


def test_a_no_to_cancelling_keeps_the_appointment(assistant: Assistant) -> None:
    chat, row = _booked(assistant, "14:00")

    chat.say("cancel my appointment")
    reply = chat.say("no, keep it")

    assert reply.text
    assert assistant.rows.by_uid(row.uid) == row


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("3 pm is fine as scheduled", "15:00"),
        ("thank you!", "15:15"),
        ("great, see you then", "15:30"),
        ("👍", "15:45"),
    ],
)
def test_kind_words_after_a_booking_change_nothing(assistant: Assistant, words: str, time: str) -> None:
    chat = assistant.chat(zone=LONDON)
    row = book(assistant, chat, f"Intro with Ben on Thursday 3 December at {time}")

    reply = chat.say(words)
    chat.say("yes")

    assert reply.text
    assert rows_of(assistant, chat) == [row]


def test_when_the_appointment_is_can_be_asked(assistant: Assistant) -> None:
    chat, row = _booked(assistant, "17:00")

    reply = chat.say("when is my appointment?")

    assert missing(reply.text, "Ben Okafor", "Tuesday 1 December 2026", "17:00", row.reference) == []
