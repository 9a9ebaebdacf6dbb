"""Changing one's mind, asking something else in between, and stopping."""

from __future__ import annotations

import pytest

from tests.chat import Conversation
from tests.dialogue import I_AM_ANN, booked, held, local, missing, offered, only_row, rows_of, wall
from tests.rows import Row
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"


def _asked_for_a_yes(assistant: Assistant, day: str, time: str) -> tuple[Conversation, Row]:
    """A chat that waits for the yes to a consultation with Ben, and its hold."""
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on {day} at {time}. {I_AM_ANN}")
    return chat, only_row(assistant, chat)


def test_the_length_alone_is_changed(assistant: Assistant) -> None:
    chat, before = _asked_for_a_yes(assistant, "Monday 16 November", "10:00")

    question = chat.say("make it 45 minutes")
    chat.say("yes")

    row = booked(assistant, chat)
    assert missing(question.text, "45 minutes", "10:00", "Ben Okafor", "Ann Lee", "ann@example.com") == []
    assert (row.minutes, row.starts, row.people) == (45, before.starts, before.people)
    assert len(rows_of(assistant, chat)) == 1 or held(assistant, chat) == []


def test_the_person_alone_is_changed(assistant: Assistant) -> None:
    chat, before = _asked_for_a_yes(assistant, "Wednesday 11 November", "15:00")

    question = chat.say("with Ana instead")
    chat.say("yes")

    row = booked(assistant, chat)
    assert missing(question.text, "Ana Souza", "15:00", "30 minutes", "Ann Lee") == []
    assert (row.people, row.starts, row.minutes) == (["ana-souza"], before.starts, 30)
    assert held(assistant, chat) == []


def test_the_day_alone_is_changed(assistant: Assistant) -> None:
    chat, _before = _asked_for_a_yes(assistant, "Monday 16 November", "11:00")

    question = chat.say("no, Wednesday 18 November")
    chat.say("yes")

    row = booked(assistant, chat)
    assert missing(question.text, "Wednesday 18 November 2026", "11:00") == []
    assert (row.starts, row.people) == (wall(LONDON, "2026-11-18 11:00"), ["ben-okafor"])
    assert held(assistant, chat) == []


def test_the_time_alone_is_changed(assistant: Assistant) -> None:
    chat, _before = _asked_for_a_yes(assistant, "Monday 16 November", "12:00")

    question = chat.say("actually 13:30 is better")
    chat.say("yes")

    assert missing(question.text, "Monday 16 November 2026", "13:30") == []
    assert booked(assistant, chat).starts == wall(LONDON, "2026-11-16 13:30")


def test_the_address_alone_is_changed(assistant: Assistant) -> None:
    chat, before = _asked_for_a_yes(assistant, "Monday 16 November", "14:30")

    question = chat.say("sorry, my mail is ann.lee@example.com")
    chat.say("yes")

    row = booked(assistant, chat)
    assert missing(question.text, "ann.lee@example.com", "Ann Lee", "14:30") == []
    assert (row.uid, row.starts, row.attendee) == (
        before.uid,
        before.starts,
        ("Ann Lee", "ann.lee@example.com"),
    )


def test_the_name_alone_is_changed(assistant: Assistant) -> None:
    chat, before = _asked_for_a_yes(assistant, "Monday 16 November", "15:30")

    question = chat.say("my name is Anna Leigh")
    chat.say("yes")

    row = booked(assistant, chat)
    assert missing(question.text, "Anna Leigh", "ann@example.com") == []
    assert (row.uid, row.attendee) == (before.uid, ("Anna Leigh", "ann@example.com"))


def test_the_channel_alone_is_changed(assistant: Assistant) -> None:
    chat, before = _asked_for_a_yes(assistant, "Monday 16 November", "16:30")

    chat.say("in person please")
    chat.say("yes")

    row = booked(assistant, chat)
    assert (row.channel, row.starts) == ("in_person", before.starts)


@pytest.mark.parametrize(
    ("question", "words", "time"),
    [
        ("what can you do?", "appointment", "10:00"),
        ("are you a robot?", "", "10:15"),
        ("who is there?", "Priya Nair", "10:30"),
        ("how long does it take?", "15 minutes", "10:45"),
        ("thanks", "", "11:00"),
        ("hello?", "", "11:15"),
        ("what's the weather like?", "", "11:30"),
    ],
)
def test_a_digression_comes_back_to_the_open_question(
    assistant: Assistant, question: str, words: str, time: str
) -> None:
    chat = assistant.chat(zone=LONDON)
    asked = chat.say(f"Intro with Ben on Friday 13 November at {time}")

    answer = chat.say(question)

    assert missing(asked.text.lower(), "name", "mail") == []
    assert missing(answer.text.lower(), "name", "mail") == []
    assert words in answer.text
    assert held(assistant, chat) == [wall(LONDON, f"2026-11-13 {time}")]


def test_a_digression_from_the_last_yes_comes_back_to_it(assistant: Assistant) -> None:
    chat, before = _asked_for_a_yes(assistant, "Tuesday 17 November", "11:00")

    again = chat.say("are you a bot?")
    chat.say("yes")

    assert missing(again.text, "11:00", "Ben Okafor") == []
    assert booked(assistant, chat).uid == before.uid


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("stop", "10:30"),
        ("never mind", "11:30"),
        ("start over", "12:30"),
        ("forget it", "14:30"),
        ("cancel", "15:00"),
        ("/restart", "15:30"),
    ],
)
def test_stopping_gives_the_time_back(assistant: Assistant, words: str, time: str) -> None:
    chat, before = _asked_for_a_yes(assistant, "Thursday 26 November", time)

    reply = chat.say(words)
    after = assistant.rows.at("ben-okafor", before.starts)
    chat.say("yes")

    assert reply.text
    assert after == []
    assert [row.status for row in rows_of(assistant, chat)] in ([], ["CANCELLED"])


def test_no_keeps_the_rest_and_asks_what_to_change(assistant: Assistant) -> None:
    chat, _before = _asked_for_a_yes(assistant, "Tuesday 17 November", "13:00")

    chat.say("no")
    chat.say("14:00 would be better")
    chat.say("yes")

    assert booked(assistant, chat).starts == wall(LONDON, "2026-11-17 14:00")


def test_a_stray_yes_books_nothing(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    first = chat.say("yes")
    chat.say("Consultation with Ben next week")
    starts = offered(chat.last, LONDON)
    chat.say("yes")

    assert first.text
    assert len(local(starts, LONDON)) == 3
    assert [row.status for row in rows_of(assistant, chat)] in ([], ["TENTATIVE"])


def test_the_next_appointment_does_not_ask_who_writes(assistant: Assistant) -> None:
    chat, _before = _asked_for_a_yes(assistant, "Tuesday 17 November", "16:00")
    chat.say("yes")

    question = chat.say("I need another appointment: intro with Ben on Tuesday 17 November at 17:00")
    chat.say("yes")

    rows = rows_of(assistant, chat)
    assert missing(question.text, "Ann Lee", "ann@example.com", "17:00") == []
    assert [(row.status, row.kind) for row in rows] == [("CONFIRMED", "consultation"), ("CONFIRMED", "intro")]
