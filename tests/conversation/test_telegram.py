"""Bookings on Telegram, from the phone to the database: by buttons, and in words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.dialogue import wall
from tests.rasa.telegram_server import Shown, TelegramServer
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

BERLIN = "Europe/Berlin"
CLEO = {"id": 7101, "is_bot": False, "first_name": "Cleo", "last_name": "Hart", "language_code": "en"}
DAVE = {"id": 7102, "is_bot": False, "first_name": "Dave", "language_code": "en"}


def shown(telegram: TelegramServer, who: dict[str, Any], words: str) -> Shown:
    """The message with these words, once it is there."""

    def found() -> Shown | None:
        return next((one for one in reversed(telegram.chats[who["id"]]) if words in one.text), None)

    message: Shown = telegram.until(found)
    return message


def test_a_booking_by_buttons_on_telegram(assistant: Assistant) -> None:
    telegram = assistant.telegram
    telegram.writes("Consultation with Ben Okafor on 11 November in the afternoon, cleo@example.org", CLEO)
    offers = shown(telegram, CLEO, "1. ")
    first = offers.titles[0]
    telegram.taps(first, CLEO)
    question = shown(telegram, CLEO, "Shall I book this")
    telegram.taps("Yes", CLEO)
    answer = shown(telegram, CLEO, "eference is")

    (row,) = assistant.rows.of_conversation("7101")
    assert (row.status, row.people, row.attendee) == (
        "CONFIRMED",
        ["ben-okafor"],
        ("Cleo Hart", "cleo@example.org"),
    )
    assert row.reference in answer.text
    assert (offers.titles, question.titles) == ([], [])
    assert offers.text.endswith(f"\n\n✓ {first}")
    assert any(f"all times are in {BERLIN}" in text for text in telegram.said(CLEO))


def test_a_booking_in_words_on_telegram(assistant: Assistant) -> None:
    telegram = assistant.telegram
    telegram.writes("/start", DAVE)
    telegram.until(lambda: telegram.said(DAVE))
    telegram.writes("Consultation with Ben Okafor on 12 November at 10:30, use New York time", DAVE)
    telegram.writes("I'm Dave Moss, dave@example.org", DAVE)
    shown(telegram, DAVE, "Shall I book this")
    telegram.writes("yes", DAVE)
    answer = shown(telegram, DAVE, "eference is")

    (row,) = assistant.rows.of_conversation("7102")
    assert row.agreed == (
        "CONFIRMED",
        ["ben-okafor"],
        "consultation",
        wall("America/New_York", "2026-11-12 10:30"),
        30,
    )
    assert (row.attendee, row.attendee_zone) == (("Dave Moss", "dave@example.org"), "America/New_York")
    assert "10:30" in answer.text
    assert not any("all times are in" in text for text in telegram.said(DAVE))
