"""Conversations on Slack: each message once, in order, and in direct messages alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import UserMessage

from channels import slack_blocks
from channels.guard import Handler, answered
from channels.incoming import TEXT_LIMIT, readable
from channels.once import Once
from channels.replies import Reply
from channels.slack_api import SlackApi, SlackError
from channels.slack_events import Place, Tapped, Writer, Written
from channels.slack_markup import mentioned, plain
from channels.slack_output import SlackOutput
from channels.slack_people import Profile, SlackPeople
from channels.web import MESSAGES_A_MINUTE, REFUSALS
from scheduler_core.rate_limit import RateLimit

log = logging.getLogger(__name__)

NAME = "slack"
MOST_MENTIONS = 5  #: whose names are looked up for one message
ELSEWHERE = "I have answered you in a direct message, where nobody else reads it."
WRITE_TO_ME = "Please write to me in a direct message, where nobody else reads it."


class SlackChats:
    """Takes what is written and tapped, and has it answered in the background."""

    def __init__(self, api: SlackApi, people: SlackPeople, once: Once, on_new_message: Handler) -> None:
        self._api = api
        self._people = people
        self._once = once
        self._on_new_message = on_new_message
        self._limit = RateLimit(MESSAGES_A_MINUTE, seconds=60)
        self._turns: WeakValueDictionary[Writer, asyncio.Lock] = WeakValueDictionary()
        self._working: set[asyncio.Task[None]] = set()

    def take(self, heard: Written | Tapped) -> None:
        """Has it answered soon, after what the same writer has said before."""
        work = self._hear(heard) if isinstance(heard, Written) else self._tap(heard)
        task = asyncio.create_task(self._in_turn(heard.writer, work))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _in_turn(self, writer: Writer, work: Coroutine[Any, Any, None]) -> None:
        turn = self._turns.setdefault(writer, asyncio.Lock())
        async with turn:
            try:
                await work
            except Exception:
                log.exception("slack: a message was not answered")

    async def _hear(self, written: Written) -> None:
        if not await self._once.first_time(NAME, written.identity):
            return
        if not self._limit.allows(written.writer.sender):
            await self._refuse(written, "too_fast")
            return
        profile = await self._people.profile(written.writer)
        if profile.is_app:
            return
        text = readable(plain(written.text, await self._names(written)))
        if not text or len(text) > TEXT_LIMIT:
            await self._refuse(written, "too_long" if text else "empty")
            return
        output = await self._way_back(written)
        if output is not None:
            await self._answer(written.writer, text, profile, output)

    async def _tap(self, tapped: Tapped) -> None:
        """A button counts once; whoever has tapped it twice sees that it was taken."""
        is_first = await self._once.first_time(NAME, tapped.identity)
        await self._show_choice(tapped)
        if not is_first:
            return
        output = SlackOutput(self._api, tapped.writer, tapped.place)
        if not self._limit.allows(tapped.writer.sender):
            await output.say(Reply(REFUSALS["too_fast"]))
            return
        profile = await self._people.profile(tapped.writer)
        await self._answer(tapped.writer, tapped.payload, profile, output)

    async def _answer(self, writer: Writer, text: str, profile: Profile, output: SlackOutput) -> None:
        message = UserMessage(
            text, output, writer.sender, input_channel=NAME, metadata=dict(profile.metadata)
        )
        await answered(self._on_new_message, message)

    async def _names(self, written: Written) -> dict[str, str]:
        """The names of those who are mentioned, but for the assistant's own."""
        others = [user for user in mentioned(written.text) if user != written.me][:MOST_MENTIONS]
        found = {user: await self._people.profile(Writer(written.writer.team, user)) for user in others}
        return {user: profile.name for user, profile in found.items() if not profile.is_app}

    async def _refuse(self, written: Written, why: str) -> None:
        output = await self._way_back(written)
        if output is not None:
            await output.say(Reply(REFUSALS[why]))

    async def _way_back(self, written: Written) -> SlackOutput | None:
        """Where the answer goes: direct messages, as is said where others read. None if there is no way."""
        writer = written.writer
        if written.is_direct:
            return SlackOutput(self._api, writer, written.place)
        in_public = SlackOutput(self._api, writer, written.place)
        try:
            direct = await self._api.open_direct(writer.user)
        except (SlackError, KeyError, TypeError) as error:
            log.warning("slack: no direct message: %s", error)
            await in_public.say(Reply(WRITE_TO_ME))
            return None
        await in_public.say(Reply(ELSEWHERE))
        return SlackOutput(self._api, writer, Place(direct))

    async def _show_choice(self, tapped: Tapped) -> None:
        body = slack_blocks.chosen(tapped.blocks, tapped.title)
        try:
            await self._api.update(tapped.place.channel, tapped.message, body)
        except SlackError as error:
            log.warning("slack: a choice is not shown: %s", error)
