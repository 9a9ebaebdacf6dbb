"""Chats on Telegram: each update once, those of one chat in their order, every one with an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import UserMessage

from channels.guard import Handler, answered
from channels.incoming import TEXT_LIMIT, readable
from channels.once import Once
from channels.telegram_api import CallFailed, TelegramApi
from channels.telegram_messages import MESSAGE_LIMIT, PLAIN, chosen, units
from channels.telegram_output import TelegramOutput, typing
from channels.telegram_updates import Bot, Kind, Tap, Update, update_from
from channels.web import MESSAGES_A_MINUTE, REFUSALS
from scheduler_core.accounts import Telegram
from scheduler_core.links import Links
from scheduler_core.rate_limit import RateLimit

log = logging.getLogger(__name__)

CHANNEL = "telegram"
NO_WORDS = "I understand nothing but text. Please write to me in words."
EDITED = "I go by what you wrote first. To change something, please write it in a new message."
_REMARKS = {Kind.NO_WORDS: NO_WORDS, Kind.EDIT: EDITED}
IN_GROUP = "I talk about appointments in private alone. Please write to me there: https://t.me/{username}"


class Chats:
    """Hears updates and has them answered in the background."""

    def __init__(
        self, account: Telegram, api: TelegramApi, links: Links, once: Once, on_new_message: Handler
    ) -> None:
        self.bot = Bot(int(account.bot_id))  #: its name is known later
        self._api = api
        self._links = links
        self._once = once
        self._on_new_message = on_new_message
        self._limit = RateLimit(MESSAGES_A_MINUTE, seconds=60)
        self._warnings = RateLimit(1, seconds=60)
        self._remarks = RateLimit(1, seconds=5)  # an album is many messages
        self._groups = RateLimit(1, seconds=3600)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._working: set[asyncio.Task[None]] = set()
        self._tapped: set[tuple[int, int]] = set()  # messages of which a button is being answered

    def hear(self, raw: Any) -> None:
        """Takes an update as Telegram sends it, and has it worked on once those before it are."""
        update = update_from(raw, self.bot)
        if update is None:
            return
        if update.tap is not None:
            self._begin(self._acknowledge(update.tap))
            if readable(update.text) != update.text or (update.chat, update.tap.message) in self._tapped:
                return  # not of our own making, or tapped twice
            self._tapped.add((update.chat, update.tap.message))
        self._begin(self._take(update))

    async def close(self) -> None:
        """Leaves what is being worked on."""
        for task in self._working:
            task.cancel()
        await asyncio.gather(*self._working, return_exceptions=True)

    async def _take(self, update: Update) -> None:
        turn = self._turns.setdefault(update.chat, asyncio.Lock())
        try:
            async with turn:
                if await self._once.first_time(CHANNEL, f"{self.bot.id}:{update.id}"):
                    await self._answer(update)
        finally:
            if update.tap is not None:
                self._tapped.discard((update.chat, update.tap.message))

    async def _answer(self, update: Update) -> None:
        remark = self._remark(update)
        if remark is None:
            await self._take_turn(update)
        elif remark:
            output = TelegramOutput(self._api, self._links)
            await output.send_response(str(update.chat), {"text": remark})

    def _remark(self, update: Update) -> str | None:
        """What is said in the assistant's place: nothing if it was said just now; None if that answers."""
        chat = str(update.chat)
        if update.kind is Kind.GROUP:
            is_due = self.bot.username and self._groups.allows(chat)
            return IN_GROUP.format(username=self.bot.username) if is_due else ""
        if not self._limit.allows(chat):
            return REFUSALS["too_fast"] if self._warnings.allows(chat) else ""
        if update.kind in _REMARKS:
            return _REMARKS[update.kind] if self._remarks.allows(f"{chat}:{update.kind.value}") else ""
        if len(update.text) > TEXT_LIMIT:
            return REFUSALS["too_long"]
        return None if readable(update.text) else REFUSALS["empty"]

    async def _take_turn(self, update: Update) -> None:
        if update.tap is not None:
            self._begin(self._show_choice(update.chat, update.tap))
        message = UserMessage(
            readable(update.text),
            TelegramOutput(self._api, self._links),
            str(update.chat),
            input_channel=CHANNEL,
            metadata=dict(update.metadata),
        )
        async with typing(self._api, update.chat):
            await answered(self._on_new_message, message)

    async def _acknowledge(self, tap: Tap) -> None:
        """Ends the waiting that the app shows; where that is too late, nothing is lost."""
        with suppress(CallFailed):
            await self._api.ask("answerCallbackQuery", {"callback_query_id": tap.query})

    async def _show_choice(self, chat: int, tap: Tap) -> None:
        """Puts the choice in the place of the buttons, none of which can be used again."""
        text, place = chosen(tap.text, tap.title), {"chat_id": chat, "message_id": tap.message}
        with suppress(CallFailed):
            if tap.text and tap.title and units(text) <= MESSAGE_LIMIT:
                await self._api.call("editMessageText", {**place, "text": text, **PLAIN})
            elif tap.message:
                await self._api.call("editMessageReplyMarkup", place)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("an update of telegram was not worked on", exc_info=task.exception())
