"""Each message of a chat service once, however often the service sends it.

Whoever keeps that is asked by way of the action server, since nothing in here opens the scheduler's database.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict

import aiohttp

log = logging.getLogger(__name__)

PATIENCE = 1.5  #: seconds, which leaves time to answer a service within its three
MOST_KNOWN = 10_000  #: messages that this process knows by itself


class Once:
    """Tells new messages from repeated ones; `actions_url` and `secret` are those of the action server.

    Where it does not answer, what this process remembers decides.
    """

    def __init__(self, actions_url: str, secret: str) -> None:
        self._place = actions_url.rsplit("/", 1)[0] + "/chat/heard"
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def first_time(self, channel: str, identity: str) -> bool:
        """Whether the message is new; of equal ones at the same time, one is."""
        if (channel, identity) in self._known:
            return False
        self._known[channel, identity] = None
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return await self._is_new(channel, identity)

    async def _is_new(self, channel: str, identity: str) -> bool:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        body = {"channel": channel, "id": identity}
        try:
            async with aiohttp.ClientSession(timeout=timeout, raise_for_status=True) as session:
                response = await session.post(self._place, json=body, headers=self._headers)
                return bool((await response.json())["first"])
        except (aiohttp.ClientError, asyncio.TimeoutError, KeyError, TypeError, ValueError) as error:
            log.warning("what was heard on %s: %s", channel, type(error).__name__)
            return True
