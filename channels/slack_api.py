"""Slack's Web API, as far as the channel calls it: https://docs.slack.dev/apis/web-api."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from typing import Any

import aiohttp

from scheduler_core.accounts import Slack

log = logging.getLogger(__name__)

PATIENCE = 5.0  #: seconds for one call
MOST_TRIES = 3
LONGEST_WAIT = 30.0  #: seconds that Slack may ask us to wait; after that a message is of no use any more
RATE_LIMITED = "ratelimited"


class SlackError(Exception):
    """A call that came to nothing."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.code = code  #: as Slack names it, or what became of the connection


class _Slower(Exception):
    """Slack wants to be asked later."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


class SlackApi:
    """Calls with the token of the app, which is never logged. Every method may raise SlackError."""

    def __init__(self, account: Slack) -> None:
        self._url = account.url
        self._headers = {"Authorization": f"Bearer {account.bot_token}"}
        self._free_at: dict[str, float] = {}  # by method, in the time of the loop

    async def post(self, channel: str, thread: str, body: dict[str, Any]) -> None:
        """Sends a message; `body` has its `text` and `blocks`."""
        hanging = {"thread_ts": thread} if thread else {}
        await self.call("chat.postMessage", {"channel": channel, **hanging, **body, "unfurl_links": False})

    async def update(self, channel: str, message: str, body: dict[str, Any]) -> None:
        """Shows something else in the place of a message of ours."""
        await self.call("chat.update", {"channel": channel, "ts": message, **body})

    async def open_direct(self, user: str) -> str:
        """The channel of direct messages with a user."""
        return str((await self.call("conversations.open", {"users": user}))["channel"]["id"])

    async def user(self, user: str) -> dict[str, Any]:
        """What Slack knows of a user: https://docs.slack.dev/reference/objects/user-object."""
        found = await self.call("users.info", {"user": user, "include_locale": "true"}, writes=False)
        return dict(found["user"])

    async def call(self, method: str, fields: dict[str, Any], *, writes: bool = True) -> dict[str, Any]:
        """What Slack answers; where it wants us to be slower, we are."""
        loop = asyncio.get_running_loop()
        for _ in range(MOST_TRIES):
            wait = self._free_at.get(method, 0) - loop.time()
            if wait > LONGEST_WAIT:
                break
            await asyncio.sleep(max(wait, 0))
            try:
                return await self._call(method, fields, writes=writes)
            except _Slower as slower:
                log.warning("slack %s: to be called again in %g seconds", method, slower.wait)
                self._free_at[method] = loop.time() + slower.wait
        raise SlackError(method, RATE_LIMITED)

    async def _call(self, method: str, fields: dict[str, Any], *, writes: bool) -> dict[str, Any]:
        """One call. Those that only read take no JSON."""
        verb, given = ("POST", {"json": fields}) if writes else ("GET", {"params": fields})
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        try:
            async with (
                aiohttp.ClientSession(headers=self._headers, timeout=timeout) as session,
                session.request(verb, f"{self._url}/{method}", **given) as response,
            ):
                if response.status == HTTPStatus.TOO_MANY_REQUESTS:
                    raise _Slower(_seconds(response.headers.get("Retry-After", "")))
                response.raise_for_status()
                answer = await response.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise SlackError(method, type(error).__name__) from error
        return _checked(method, answer)


def _checked(method: str, answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict):
        raise SlackError(method, "no_object")
    if answer.get("ok") is True:
        return answer
    code = str(answer.get("error"))
    if code == RATE_LIMITED:
        raise _Slower(1)
    raise SlackError(method, code)


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() else 1.0
