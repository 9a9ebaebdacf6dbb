from __future__ import annotations

from scheduler_core.accounts import Telegram
from scheduler_core.cli.telegram import remark
from tests.adapters.web_service import CUT, serving_web
from tests.rasa.telegram_server import TOKEN, TelegramServer

CHAT = "https://chat.example.org"
ADDRESS = f"{CHAT}/webhooks/telegram/webhook"
ADVICE = "see docs/telegram.md"


def test_doctor_knows_the_bot_and_how_its_messages_come() -> None:
    server = TelegramServer()
    with serving_web(server) as url:
        polled = remark(Telegram(TOKEN, url=url), CHAT)
        server.webhook = {"url": ADDRESS}
        sent = remark(Telegram(TOKEN, polls=False, url=url), CHAT)

    assert polled == (True, "telegram: @practice_test_bot, asked for its messages")
    assert sent == (True, "telegram: @practice_test_bot, sent its messages")


def test_doctor_finds_a_bot_that_hears_nothing() -> None:
    server = TelegramServer()
    with serving_web(server) as url:
        asking, hearing = Telegram(TOKEN, url=url), Telegram(TOKEN, polls=False, url=url)
        unset = remark(hearing, CHAT)
        server.webhook = {"url": ADDRESS}
        elsewhere = remark(asking, CHAT)
        server.last_error = "Connection timed out"
        server.writes("hello")
        unreached = remark(hearing, CHAT)
        unknown = remark(Telegram("123456789:AAE-another-bot-than-the-one-0", url=url), CHAT)
        server.fail("POST", CUT)
        cut = remark(asking, CHAT)

    bot = "telegram: @practice_test_bot"
    assert unset == (
        False,
        f"{bot}: messages are sent to nowhere, not to {ADDRESS}; start Rasa anew; {ADVICE}",
    )
    assert elsewhere == (
        False,
        f"{bot}: messages are sent to {ADDRESS}, not to nowhere; start Rasa anew; {ADVICE}",
    )
    assert unreached == (
        False,
        f"{bot}: 1 wait, since {ADDRESS} was not reached: Connection timed out; {ADVICE}",
    )
    assert unknown == (False, f"telegram: the token is refused (401); {ADVICE}")
    assert cut == (False, f"telegram: it does not answer (ConnectionError); {ADVICE}")
