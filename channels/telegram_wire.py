"""How updates come from Telegram: it is told where to send them, or asked for them again and again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from channels.telegram_api import PATIENCE, CallFailed, TelegramApi
from channels.telegram_updates import Bot

log = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query")
LONG_POLL = 25  #: seconds that Telegram keeps a question open while nothing happens
LONGEST_PAUSE = 60.0  #: seconds
COMMANDS = (
    {"command": "start", "description": "Begin"},
    {"command": "help", "description": "What I can do"},
    {"command": "cancel", "description": "Stop what we are at"},
)


class Pauses:
    """Waits longer after each failure in a row, and logs a reason once as long as it stays the same."""

    def __init__(self) -> None:
        self._seconds = 1.0
        self._reason = ""

    async def after(self, failed: CallFailed) -> None:
        """Waits until it is time to try again."""
        if str(failed) != self._reason:
            log.error("telegram: %s; see docs/telegram.md", failed)
        self._reason = str(failed)
        pause = min(max(self._seconds, failed.pause or 0.0), LONGEST_PAUSE)
        self._seconds = min(2 * self._seconds, LONGEST_PAUSE)
        await asyncio.sleep(pause)

    def over(self) -> None:
        """It works again."""
        if self._reason:
            log.info("telegram: answers again")
        self._seconds, self._reason = 1.0, ""


async def introduce(api: TelegramApi, address: str, secret: str) -> Bot:
    """Who the bot is, once Telegram knows its commands and whether to send updates to an address of ours."""
    pauses = Pauses()
    while True:
        try:
            me = await api.ask("getMe")
            await api.ask("setMyCommands", {"commands": list(COMMANDS)})
            await _wire(api, address, secret)
        except CallFailed as failed:  # noqa: PERF203  (the calls take longer)
            await pauses.after(failed)
        else:
            log.info("telegram: @%s, %s", me["username"], "sent here" if address else "asked for")
            return Bot(me["id"], me["username"])


async def poll(api: TelegramApi, hear: Callable[[Any], None]) -> None:
    """Asks for updates for ever; what was heard is not sent again once the next question has arrived."""
    pauses, offset = Pauses(), 0
    while True:
        asked = {"offset": offset, "timeout": LONG_POLL, "allowed_updates": list(ALLOWED)}
        try:
            updates = await api.ask("getUpdates", asked, patience=LONG_POLL + PATIENCE)
        except CallFailed as failed:
            await pauses.after(failed)
            continue
        pauses.over()
        for update in updates:
            offset = update["update_id"] + 1
            _heard(hear, update)


def _heard(hear: Callable[[Any], None], update: Any) -> None:
    """Has the update worked on; one that cannot be keeps nobody else's from that."""
    try:
        hear(update)
    except Exception:
        log.exception("an update of telegram was not understood")


async def _wire(api: TelegramApi, address: str, secret: str) -> None:
    """Nothing that waits at Telegram is dropped by either."""
    if address:
        settings = {"url": address, "secret_token": secret, "allowed_updates": list(ALLOWED)}
        await api.ask("setWebhook", settings)
    else:
        await api.ask("deleteWebhook")
