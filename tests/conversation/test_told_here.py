"""A chat on Telegram that wants it is reminded of its booking and told what the practice does to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scheduler_core.db.store import Store
from scheduler_core.model import Actor, ActorKind
from scheduler_core.scheduler import Scheduler
from tests.rasa.telegram_server import Shown
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

ERIN: dict[str, Any] = {"id": 7201, "is_bot": False, "first_name": "Erin", "language_code": "en"}


def shown(assistant: Assistant, words: str) -> Shown:
    """The newest message with these words, once it is there."""

    def found() -> Shown | None:
        return next((one for one in reversed(telegram.chats[ERIN["id"]]) if words in one.text), None)

    telegram = assistant.telegram
    message: Shown = telegram.until(found)
    return message


def test_booking_on_telegram_is_followed_there(assistant: Assistant) -> None:
    telegram = assistant.telegram
    telegram.writes("Consultation with Ben Okafor on 17 November at 11:30. Erin Wood, erin@example.org", ERIN)
    shown(assistant, "Shall I book this")
    telegram.taps("Yes", ERIN)
    assert shown(assistant, "Shall I send reminders").titles == ["Yes, here too", "No, mail is enough"]
    telegram.taps("Yes, here too", ERIN)
    shown(assistant, "erin@example.org come here, too")

    (row,) = assistant.rows.of_conversation("7201")
    with assistant.clock.moved(row.starts - timedelta(days=1) - assistant.clock.now()):
        reminder = shown(assistant, "Reminder: Consultation with Ben Okafor")
        url = assistant.stack.urls["database"].replace("postgresql://", "postgresql+psycopg2://", 1)
        practice = Actor(ActorKind.OPERATOR, "test")
        Scheduler(Store(url), assistant.clock).cancel(row.uid, version=row.version, key="ill", actor=practice)
        cancelled = shown(assistant, "Example Practice has cancelled your appointment")

    assert "Tuesday 17 November 2026, 11:30–12:00 (Europe/Berlin, UTC+1)" in reminder.text
    assert "/b/" in reminder.text
    assert "Tuesday 17 November 2026, 11:30" in cancelled.text
