"""Messages that try to be more than messages, and what nobody can understand."""

from __future__ import annotations

import httpx
import pytest

from tests.dialogue import I_AM_ANN, booked, held, missing, offered, only_row, rows_of, wall
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"


@pytest.mark.parametrize(
    "typed",
    [
        "/affirm",
        '/pick{"option":"aaaaaa"}',
        '/inform{"email":"thief@example.com"}',
        "/session_start",
        "/restart",
        '/EXTERNAL_remind{"name":"x"}',
        "/",
        "//affirm",
    ],
)
def test_commands_typed_by_hand_book_nothing(assistant: Assistant, typed: str) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say("Consultation with Ben on Monday 23 November between 10:00 and 11:30")

    reply = chat.say(typed)

    assert reply.text
    assert all(row.status != "CONFIRMED" for row in rows_of(assistant, chat))
    chat.say("stop")


def test_a_button_of_another_conversation_does_nothing(assistant: Assistant) -> None:
    first, second = assistant.chat(zone=LONDON), assistant.chat(zone=LONDON)
    wish = "Consultation with Ben on Monday 23 November between 12:00 and 13:30"
    first.say(wish)
    second.say("hello")

    reply = second.say(first.last.buttons[0].payload)

    assert reply.text
    assert rows_of(assistant, second) == []


def test_an_old_button_does_nothing(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    old = chat.say(
        f"Consultation with Ben on Monday 23 November between 12:00 and 13:30. {I_AM_ANN}"
    ).buttons[0]
    chat.say("stop")

    reply = chat.say(old.payload)

    assert reply.text
    assert held(assistant, chat) == []


def test_nonsense_twice_leads_to_the_menu(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    first = chat.say("qwrtz plfgh zzkx")
    second = chat.say("blorp snarf wibble")

    assert first.text
    assert first.text != second.text
    assert second.buttons
    assert rows_of(assistant, chat) == []


@pytest.mark.parametrize(
    ("contact", "time"),
    [
        ("Ann Lee, ann@@example", "14:00"),
        ("Ann Lee, ann at home", "14:15"),
        ("Ann Lee, ann@example", "14:30"),
        ("Ann Lee, @example.com", "14:45"),
    ],
)
def test_a_bad_address_is_asked_for_again(assistant: Assistant, contact: str, time: str) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Intro with Ben on Monday 23 November at {time}")

    again = chat.say(contact)
    question = chat.say("ann@example.com")

    assert "mail" in again.text.lower()
    assert missing(question.text, "Ann Lee", "ann@example.com", time) == []


def test_two_addresses_in_one_are_not_both_used(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say("Intro with Ben on Monday 23 November at 15:00")

    chat.say("Ann Lee, ann@example.com,bob@example.com")
    chat.say("ann@example.com")
    chat.say("yes")

    assert booked(assistant, chat).attendee == ("Ann Lee", "ann@example.com")


def test_a_message_of_10_000_characters_is_refused_in_a_sentence(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    body = {"sender": chat.sender, "message": "word " * 2000}

    answer = httpx.post(f"{assistant.stack.urls['rasa']}/webhooks/rest/webhook", json=body, timeout=30)

    assert answer.status_code == 400
    assert "at most 2000 characters" in answer.text
    assert chat.say("hi").text


@pytest.mark.parametrize("text", ["word " * 399, "a" * 2000, "😀" * 999, "Consultation with Ben. " * 80])
def test_a_long_message_gets_a_sentence(assistant: Assistant, text: str) -> None:
    chat = assistant.chat(zone=LONDON)

    reply = chat.say(text)

    assert reply.text
    assert len(reply.text) < 500
    assert rows_of(assistant, chat) == []


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "?", "\u202e\u0000", "<script>alert(1)</script>", "🙃"])
def test_an_odd_message_gets_a_sentence(assistant: Assistant, text: str) -> None:
    chat = assistant.chat(zone=LONDON)

    reply = chat.say(text)

    assert reply.text


def test_a_name_cannot_smuggle_a_mail_header(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say("Intro with Ben on Monday 23 November at 16:00")

    chat.say("my name is Ann\r\nBcc: thief@example.com")
    chat.say("ann@example.com")
    chat.say("yes")

    assert all(row.attendee_email != "thief@example.com" for row in rows_of(assistant, chat))
    assert assistant.mailbox.matching(lambda mail: "thief@example.com" in mail.recipients) == []


def test_metadata_of_any_shape_does_no_harm(assistant: Assistant) -> None:
    for number, metadata in enumerate(
        [
            {"timezone": ["x"], "locale": {}},
            {"timezone": 7},
            {"locale": "xx-YY-zz"},
            {"timezone": "a" * 5000},
            {},
        ]
    ):
        body = {"sender": f"odd-{number}", "message": "I need an appointment", "metadata": metadata}
        answer = httpx.post(f"{assistant.stack.urls['rasa']}/webhooks/rest/webhook", json=body, timeout=30)
        assert answer.status_code in {200, 400}
        if answer.status_code == 200:
            assert [message["text"] for message in answer.json()]


def test_a_typed_payload_of_an_offered_option_is_the_button(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say("Consultation with Ben on Tuesday 24 November between 10:00 and 11:30")
    starts = offered(chat.last, LONDON)

    chat.say(chat.last.buttons[2].payload)

    assert held(assistant, chat) == [starts[2]] == [wall(LONDON, "2026-11-24 11:00")]
    assert only_row(assistant, chat).status == "TENTATIVE"
