"""Calls to Telegram's Bot API. Their addresses hold the bot's token, so no address is logged or raised."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import aiohttp

from scheduler_core.accounts import Telegram

log = logging.getLogger(__name__)

PATIENCE = 10.0  #: seconds for one call
PAUSES = (1.0, 3.0)  #: seconds before a call is tried a second and a third time
LONGEST_PAUSE = 30.0  #: seconds that Telegram may ask for; a turn does not wait longer

Sleep = Callable[[float], Awaitable[None]]


class CallFailed(Exception):
    """Telegram did not do what it was asked to."""

    def __init__(self, method: str, reason: str, code: int = 0, pause: float | None = None) -> None:
        super().__init__(f"{method}: {reason}")
        self.code = code  #: an HTTP status; 0 where there was no answer
        self.pause = pause  #: seconds after which Telegram wants to be asked again

    @property
    def is_blocked(self) -> bool:
        """Whether the other one does not want to hear from us, or is gone."""
        return self.code == HTTPStatus.FORBIDDEN

    @property
    def may_pass(self) -> bool:
        """Whether the same call may do later."""
        return not self.code or self.code >= HTTPStatus.INTERNAL_SERVER_ERROR or self.pause is not None


class TelegramApi:
    """The bot's calls, by one client that is made on the event loop which first needs it."""

    def __init__(self, account: Telegram, *, sleep: Sleep = asyncio.sleep) -> None:
        self._base = f"{account.url}/bot{account.token}"
        self._sleep = sleep
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, parameters: dict[str, Any] | None = None) -> Any:
        """The result of a call, which is tried again as long as that may help.

        A message whose acceptance was not heard may arrive twice, since Telegram knows no key for it.

        Raises:
            CallFailed: Telegram refuses, or cannot be reached.

        """
        for usual in PAUSES:
            try:
                return await self.ask(method, parameters)
            except CallFailed as failed:  # noqa: PERF203  (the call takes longer)
                pause = usual if failed.pause is None else failed.pause
                if not failed.may_pass or pause > LONGEST_PAUSE:
                    raise
                await self._sleep(pause)
        return await self.ask(method, parameters)

    async def ask(
        self, method: str, parameters: dict[str, Any] | None = None, *, patience: float = PATIENCE
    ) -> Any:
        """The result of a call that is tried once, within so many seconds.

        Raises:
            CallFailed: Telegram refuses, or cannot be reached.

        """
        status, body = await self._post(method, parameters or {}, patience)
        if status == HTTPStatus.OK and body.get("ok") is True:
            return body.get("result")
        wanted = body.get("parameters")
        pause = wanted.get("retry_after") if isinstance(wanted, dict) else None
        reason = f"{status} {body.get('description', '')}".strip()
        raise CallFailed(method, reason, status, float(pause) if isinstance(pause, int) else None)

    async def close(self) -> None:
        """Lets go of the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, method: str, parameters: dict[str, Any], patience: float) -> tuple[int, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=patience)
        try:
            async with self._session.post(
                f"{self._base}/{method}", json=parameters, timeout=timeout, allow_redirects=False
            ) as answer:
                body = await answer.json(content_type=None)
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise CallFailed(method, type(error).__name__) from None
        return answer.status, body if isinstance(body, dict) else {}
