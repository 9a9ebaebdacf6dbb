"""Messages to people on Slack and Telegram: what is asked of the services, and what their refusals mean."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from scheduler_core.chat_messages import ChatMessage
from scheduler_core.clock import FixedClock
from scheduler_core.errors import DeliveryError, PermanentFailure, TemporaryFailure
from scheduler_core.meetings.line import Patience
from scheduler_core.ports import ChatMessenger
from scheduler_core.slack_messages import SlackMessenger
from scheduler_core.telegram_messages import TelegramMessenger
from tests.adapters.chat_servers import (
    OPEN,
    POST,
    SEND,
    TELEGRAM_TOKEN,
    SlackServer,
    TelegramServer,
    slack_account,
    telegram_account,
)
from tests.adapters.samples import NOW
from tests.adapters.web_service import CUT, LOST, SILENT, Answer, serving_web

QUICK = Patience(connecting=0.5, answer=0.3, whole=1, pause=0)
ANN_ON_SLACK = ChatMessage("slack:T1:U7", "Talk with <Eva> & Ben\nhttps://book.example.org/b/x?a=1&b=2")
ANN_ON_TELEGRAM = ChatMessage("telegram:77", "Talk with <Eva> & *Ben*")


@pytest.fixture
def slack() -> Iterator[tuple[SlackServer, SlackMessenger]]:
    server = SlackServer()
    with serving_web(server) as url:
        yield server, SlackMessenger(slack_account(url), FixedClock(NOW), QUICK)


@pytest.fixture
def telegram() -> Iterator[tuple[TelegramServer, TelegramMessenger]]:
    server = TelegramServer()
    with serving_web(server) as url:
        yield server, TelegramMessenger(telegram_account(url), FixedClock(NOW), QUICK)


async def failure_of(messenger: ChatMessenger, message: ChatMessage) -> DeliveryError:
    with pytest.raises(DeliveryError) as failed:
        await messenger.send(message)
    return failed.value


async def test_person_on_slack_is_told_in_a_direct_message_without_markup(
    slack: tuple[SlackServer, SlackMessenger],
) -> None:
    server, messenger = slack

    await messenger.send(ANN_ON_SLACK)

    words = "Talk with &lt;Eva&gt; &amp; Ben\nhttps://book.example.org/b/x?a=1&amp;b=2"
    assert server.sent == [("DU7", words)]


async def test_person_on_telegram_is_told_word_for_word(
    telegram: tuple[TelegramServer, TelegramMessenger],
) -> None:
    server, messenger = telegram

    await messenger.send(ANN_ON_TELEGRAM)

    assert server.sent == [(77, ANN_ON_TELEGRAM.words)]


@pytest.mark.parametrize("error", ["user_disabled", "channel_not_found", "cannot_dm_bot"])
async def test_who_is_gone_from_slack_is_told_nothing_more(
    slack: tuple[SlackServer, SlackMessenger], error: str
) -> None:
    server, messenger = slack
    server.errors["U7"] = error

    failure = await failure_of(messenger, ANN_ON_SLACK)

    assert isinstance(failure, PermanentFailure)
    assert failure.details == {"reason": f"Slack: {error}", "stopped": True}


@pytest.mark.parametrize("chat", [77, -5])
async def test_who_has_blocked_the_bot_or_is_gone_is_told_nothing_more(
    telegram: tuple[TelegramServer, TelegramMessenger], chat: int
) -> None:
    server, messenger = telegram
    server.blocked.add(77)

    failure = await failure_of(messenger, ChatMessage(f"telegram:{chat}", "Hello"))

    assert isinstance(failure, PermanentFailure)
    assert failure.details["stopped"] is True


@pytest.mark.parametrize(
    ("call", "answer", "details"),
    [
        (POST, Answer(200, {"ok": False, "error": "internal_error"}), {"reason": "Slack: internal_error"}),
        (
            OPEN,
            Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "30"}),
            {"reason": "Slack 429: ratelimited", "retry_after": 30.0},
        ),
        (POST, Answer(503), {"reason": "Slack 503: unknown"}),
        (POST, CUT, {"reason": "Slack cannot be reached: ConnectionError"}),
        (POST, SILENT, {"reason": "Slack does not answer"}),
    ],
)
async def test_slack_is_asked_again_later(
    slack: tuple[SlackServer, SlackMessenger], call: str, answer: str | Answer, details: dict[str, object]
) -> None:
    server, messenger = slack
    server.fail(call, answer)

    failure = await failure_of(messenger, ANN_ON_SLACK)

    assert isinstance(failure, TemporaryFailure)
    assert failure.details == details
    assert server.sent == []


@pytest.mark.parametrize(
    ("answer", "details"),
    [
        (
            Answer(429, {"ok": False, "parameters": {"retry_after": 7}}),
            {"reason": "Telegram 429", "retry_after": 7.0},
        ),
        (Answer(502), {"reason": "Telegram 502: unknown"}),
        (CUT, {"reason": "Telegram cannot be reached: ConnectionError"}),
        (LOST, {"reason": "Telegram cannot be reached: ConnectionError"}),
    ],
)
async def test_telegram_is_asked_again_later(
    telegram: tuple[TelegramServer, TelegramMessenger], answer: str | Answer, details: dict[str, object]
) -> None:
    server, messenger = telegram
    server.fail(SEND, answer)

    failure = await failure_of(messenger, ANN_ON_TELEGRAM)

    assert isinstance(failure, TemporaryFailure)
    assert failure.details == details


async def test_wrong_tokens_may_be_mended_and_are_told_nobody(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with serving_web(SlackServer()) as url:
        account = slack_account(url, token="xoxb-old")
        on_slack = await failure_of(SlackMessenger(account, FixedClock(NOW), QUICK), ANN_ON_SLACK)
    with serving_web(TelegramServer()) as url:
        old = telegram_account(url, token=f"{TELEGRAM_TOKEN}-old")
        on_telegram = await failure_of(TelegramMessenger(old, FixedClock(NOW), QUICK), ANN_ON_TELEGRAM)

    assert [type(one) for one in (on_slack, on_telegram)] == [TemporaryFailure, TemporaryFailure]
    said = f"{on_slack.details} {on_telegram.details} {caplog.text} {old}"
    assert "xoxb" not in said
    assert TELEGRAM_TOKEN not in said
