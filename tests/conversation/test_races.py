"""Others who want the same time, time that passes, and requests that come twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.dialogue import I_AM_ANN, book, booked, held, missing, offered, received, rows_of, wall
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"
EXPIRED = timedelta(minutes=11)


def test_a_time_that_was_taken_in_between_leads_to_what_is_near(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Thursday 19 November between 10:00 and 11:30. {I_AM_ANN}")
    starts = offered(chat.last, LONDON)
    book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Thursday 19 November at 10:30")

    reply = chat.say("the second one")

    near = offered(reply, LONDON)
    assert starts[1] == wall(LONDON, "2026-11-19 10:30")
    assert "taken" in reply.text.lower()
    assert starts[1] not in near
    assert all(abs(start - starts[1]) <= timedelta(hours=2) for start in near)
    assert held(assistant, chat) == []


def test_a_hold_keeps_the_time_from_others(assistant: Assistant) -> None:
    first, second = assistant.chat(zone=LONDON), assistant.chat(zone=LONDON)
    wish = f"Consultation with Ben on Thursday 19 November at 13:00. {I_AM_ANN}"
    first.say(wish)

    refused = second.say(wish)
    first.say("yes")

    assert "taken" in refused.text.lower()
    assert booked(assistant, first).starts == wall(LONDON, "2026-11-19 13:00")
    assert rows_of(assistant, second) == []


def test_a_late_yes_books_what_is_still_free(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Thursday 19 November at 14:00. {I_AM_ANN}")

    with assistant.clock.moved(EXPIRED):
        chat.say("yes")

    assert booked(assistant, chat).starts == wall(LONDON, "2026-11-19 14:00")


def test_a_late_yes_to_a_lost_time_leads_to_offers(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Thursday 19 November at 15:00. {I_AM_ANN}")

    with assistant.clock.moved(EXPIRED):
        other = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on 19 November at 15:00")
        reply = chat.say("yes")
        near = offered(reply, LONDON)

    assert other.status == "CONFIRMED"
    assert "taken" in reply.text.lower()
    assert other.starts not in near
    assert all(row.status != "CONFIRMED" for row in rows_of(assistant, chat))


def test_a_second_yes_books_nothing_more(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Thursday 19 November at 16:00. {I_AM_ANN}")
    chat.say("yes")

    again = chat.say("yes")

    row = booked(assistant, chat)
    assert again.text
    assert len(rows_of(assistant, chat)) == 1
    assert received(assistant, row).attendee.to == "ann@example.com"


def test_two_yeses_at_once_make_one_booking(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Thursday 19 November at 17:00. {I_AM_ANN}")

    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(chat.say, ["yes", "yes"]))

    row = booked(assistant, chat)
    assert all(reply.text for reply in replies)
    assert len(rows_of(assistant, chat)) == 1
    assert len(received(assistant, row).all) == 2


def test_two_conversations_do_not_see_each_other(assistant: Assistant) -> None:
    first, second = assistant.chat(zone=LONDON), assistant.chat(zone=LONDON)
    first.say("Consultation with Ben on Friday 20 November at 11:00. I'm Zoe Secret, zoe@example.com")

    answers = [
        second.say("yes"),
        second.say("when is my appointment?"),
        second.say("cancel it"),
        second.say("move it to Friday"),
        second.say(first.last.button("yes").payload),
    ]
    first.say("yes")

    said = "\n".join(answer.text for answer in answers)
    assert missing(said, "Zoe", "zoe@example.com", "11:00") == ["Zoe", "zoe@example.com", "11:00"]
    assert all(answer.text for answer in answers)
    assert rows_of(assistant, second) == []
    assert booked(assistant, first).attendee == ("Zoe Secret", "zoe@example.com")


def test_ten_conversations_at_once_get_what_they_asked_for(assistant: Assistant) -> None:
    times = ["12:00", "12:15", "12:30", "12:45", "13:00", "13:15", "13:30", "13:45", "14:00", "14:15"]
    chats = [assistant.chat(zone=LONDON) for _ in times]

    def arrange(number: int) -> None:
        wish = f"Intro with Ben on Friday 20 November at {times[number]}"
        chats[number].say(f"{wish}, I'm Kim Number, kim{number}@example.com")
        chats[number].say("yes")

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(arrange, range(10)))

    rows = [booked(assistant, chat) for chat in chats]
    assert [row.starts for row in rows] == [wall(LONDON, f"2026-11-20 {time}") for time in times]
    assert [row.attendee_email for row in rows] == [f"kim{number}@example.com" for number in range(10)]
