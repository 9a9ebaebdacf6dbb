"""What the assistant says, on its way to a chat on Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from rasa.core.channels.channel import OutputChannel

from channels.replies import Card, reply_from
from channels.telegram_api import CallFailed, TelegramApi
from channels.telegram_messages import link_keyboard, messages
from scheduler_core.links import ATTENDEE, Links
from scheduler_core.setting_values import LOOPBACK

log = logging.getLogger(__name__)

TYPING_LASTS = 4.0  #: seconds; Telegram shows it for five


class TelegramOutput(OutputChannel):
    """Sends the messages of one turn; what cannot be sent is logged, since the turn itself has been done."""

    def __init__(self, api: TelegramApi, links: Links) -> None:
        self._api = api
        self._links = links
        self._last: int | None = None  # the message that a card belongs to
        self._is_blocked = False

    @classmethod
    def name(cls) -> str:
        """`telegram`."""
        return "telegram"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Sends a reply to the chat of that number; a card becomes a button under the text before it."""
        reply, chat = reply_from(message), int(recipient_id)
        for parameters in messages(chat, reply.text, reply.choices):
            said = await self._call("sendMessage", parameters)
            self._last = said.get("message_id") if isinstance(said, dict) else None
        if reply.card is not None:
            await self._offer_page(chat, reply.card)

    async def _offer_page(self, chat: int, card: Card) -> None:
        """Puts a link to the appointment's page under its confirmation.

        The link is made here, as it proves something: nothing that Rasa keeps may hold it.
        """
        if self._last is None or card.facts.get("status") != "CONFIRMED" or not _is_public(self._links):
            return
        url = self._links.manage(UUID(str(card.facts["uid"])), ATTENDEE)
        place = {"chat_id": chat, "message_id": self._last}
        await self._call("editMessageReplyMarkup", {**place, "reply_markup": link_keyboard(url)})

    async def _call(self, method: str, parameters: dict[str, Any]) -> Any:
        if self._is_blocked:
            return None
        try:
            return await self._api.call(method, parameters)
        except CallFailed as failed:
            self._is_blocked = failed.is_blocked
            log.warning("telegram does not pass on an answer: %s", failed)
            return None


@asynccontextmanager
async def typing(api: TelegramApi, chat: int) -> AsyncIterator[None]:
    """Shows in the chat, during the block, that somebody is writing."""
    showing = asyncio.create_task(_show_typing(api, chat))
    try:
        yield
    finally:
        showing.cancel()


async def _show_typing(api: TelegramApi, chat: int) -> None:
    while True:
        with suppress(CallFailed):
            await api.ask("sendChatAction", {"chat_id": chat, "action": "typing"})
        await asyncio.sleep(TYPING_LASTS)


def _is_public(links: Links) -> bool:
    """Whether others reach the page: Telegram refuses buttons that lead to one's own machine."""
    return urlsplit(links.public_url).hostname not in LOOPBACK
