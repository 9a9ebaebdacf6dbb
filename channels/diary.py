"""What was said in the web chats, handed to who keeps it, and news for open chats, fetched from there.

Both go by way of the action server, since nothing in here opens the scheduler's database. A conversation
waits for neither: what cannot be kept costs a page that was away a line, nothing else.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from typing import Any

import aiohttp

log = logging.getLogger(__name__)

PATIENCE = 3.0  #: seconds for one request
SETTLING = 1.0  #: seconds that a page which comes back waits at most for what is being written
MOST_WAITING = 1000  #: lines

Line = dict[str, Any]


def new_id() -> str:
    """What pages know a line by."""
    return uuid.uuid4().hex


def line(chat: str, speaker: str, content: dict[str, Any], *, id: str, said_at: datetime) -> Line:  # noqa: A002  (its name on the wire)
    """Something that was said, as the action server takes it."""
    return {
        "chat": chat,
        "id": id,
        "speaker": speaker,
        "content": content,
        "said_at": said_at.isoformat(),
    }


class Diary:
    """Writes in the background and in order; `actions_url` is where Rasa calls the action server."""

    def __init__(self, actions_url: str, secret: str) -> None:
        self._place = actions_url.rsplit("/", 1)[0] + "/chat"
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._waiting: list[Line] = []
        self._writing: asyncio.Task[None] | None = None

    def add(self, said: Line) -> None:
        """Has the line written soon."""
        self._waiting = [*self._waiting[-MOST_WAITING:], said]
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def settled(self) -> None:
        """Returns once all that was added is written, or cannot be for the moment."""
        if self._writing is not None:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._writing), SETTLING)

    async def news(self, chats: Collection[str]) -> list[Line]:
        """What these chats have to be told now; nothing where nobody can say."""
        answer = await self._ask("news", {"chats": sorted(chats)})
        return list(answer["lines"]) if answer else []

    async def _write(self) -> None:
        while self._waiting:
            lines, self._waiting = self._waiting, []
            await self._ask("lines", {"lines": lines})

    async def _ask(self, what: str, body: dict[str, Any]) -> Any:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        try:
            async with aiohttp.ClientSession(timeout=timeout, raise_for_status=True) as session:
                response = await session.post(f"{self._place}/{what}", json=body, headers=self._headers)
                return await response.json() if response.status == HTTPStatus.OK else None
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            log.warning("the chats' %s: %s", what, type(error).__name__)
            return None
