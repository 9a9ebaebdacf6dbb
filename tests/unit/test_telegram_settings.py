from __future__ import annotations

import pytest

from scheduler_core.accounts import Telegram
from scheduler_core.errors import InvalidSetting
from scheduler_core.settings import read_settings

TOKEN = "123456789:AAE-telegram-bot-of-the-tests_0"
GIVEN = {"SECRET_KEY": "x" * 32, "TELEGRAM_BOT_TOKEN": TOKEN}


def test_bot_polls_unless_told_otherwise() -> None:
    settings = read_settings(GIVEN)

    assert settings.telegram == Telegram(TOKEN, polls=True, url="https://api.telegram.org")
    assert settings.telegram.bot_id == "123456789"
    assert TOKEN not in repr(settings)
    assert read_settings({"SECRET_KEY": "x" * 32}).telegram is None


def test_bot_is_sent_its_messages_at_an_encrypted_address() -> None:
    sent = {**GIVEN, "TELEGRAM_MODE": "webhook", "CHAT_URL": "https://chat.example.org"}

    assert read_settings(sent).telegram == Telegram(TOKEN, polls=False)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (
            {"TELEGRAM_BOT_TOKEN": "s3cret"},
            "TELEGRAM_BOT_TOKEN: a token of @BotFather looks like 123456789:AbC-dEf…",
        ),
        ({"TELEGRAM_MODE": "push"}, "TELEGRAM_MODE='push': one of polling, webhook"),
        (
            {"TELEGRAM_MODE": "webhook", "CHAT_URL": "http://chat.example.org"},
            "TELEGRAM_MODE: Telegram sends to https:// alone; set CHAT_URL, or poll",
        ),
        (
            {"TELEGRAM_API_URL": "http://telegram.example.org"},
            "TELEGRAM_API_URL='http://telegram.example.org': secrets are sent there, so it begins with https://",
        ),
    ],
)
def test_bot_that_could_not_work_or_would_leak_is_refused(changed: dict[str, str], fault: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        read_settings({**GIVEN, **changed})

    assert refused.value.details["faults"] == (fault,)
