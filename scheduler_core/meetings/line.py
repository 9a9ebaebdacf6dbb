"""Requests to one outside service, of which none can hang and none fails without a word."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import requests

from scheduler_core.errors import TemporaryFailure


@dataclass(frozen=True)
class Patience:
    """How long a service may take, in seconds."""

    connecting: float = 5
    token: float = 5  #: for a new access token
    answer: float = 10  #: for anything else
    whole: float = 30  #: for all the requests that one call takes
    pause: float = 60  #: after a silence nothing is asked for so long


class Line(requests.Session):
    """A session that keeps time; redirects are not followed and no connection is kept.

    A connection of its own for each request costs little, and is never found dead just when a meeting is
    made, which would leave open whether it was.
    """

    def __init__(self, service: str, patience: Patience) -> None:
        super().__init__()
        self.service = service
        self.patience = patience
        self.headers["Connection"] = "close"
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=service)
        self._ends = 0.0
        self._silent_until = 0.0

    async def call[Answer](self, work: Callable[[], Answer]) -> Answer:
        """What the work gives, done in the service's own thread, one call after the other.

        Raises:
            TemporaryFailure: the service was silent just now, or the time is up. Work that has not begun by
                then never begins; what has begun asks for nothing more.

        """
        if time.monotonic() < self._silent_until:
            raise TemporaryFailure(reason=f"{self.service} did not answer a moment ago")
        working = asyncio.get_running_loop().run_in_executor(self._thread, self._timed, work)
        slack = self.patience.connecting
        try:
            return await asyncio.wait_for(working, self.patience.whole + slack)
        except TimeoutError:
            self._fall_silent()
            raise TemporaryFailure(reason=f"{self.service} took too long") from None

    def send(self, request: requests.PreparedRequest, **settings: Any) -> requests.Response:
        """The answer, whatever its status.

        Raises:
            TemporaryFailure: there was none in time.

        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TemporaryFailure(reason=f"{self.service} took too long")
        answer = min(left, self.patience.answer, settings.get("timeout") or left)
        patient = {"timeout": (min(left, self.patience.connecting), answer), "allow_redirects": False}
        try:
            return super().send(request, **{**settings, **patient})
        except requests.Timeout:
            self._fall_silent()
            raise TemporaryFailure(reason=f"{self.service} does not answer") from None
        except requests.RequestException as error:
            # What the error says may hold an address with a secret in it; its kind has to do.
            kind = type(error).__name__
            raise TemporaryFailure(reason=f"{self.service} cannot be reached: {kind}") from None

    def _fall_silent(self) -> None:
        self._silent_until = time.monotonic() + self.patience.pause

    def _timed[Answer](self, work: Callable[[], Answer]) -> Answer:
        self._ends = time.monotonic() + self.patience.whole
        return work()


def object_in(answer: requests.Response) -> dict[str, Any]:
    """The JSON object in the answer; an empty one where there is none."""
    try:
        content = answer.json()
    except requests.JSONDecodeError:
        return {}
    return content if isinstance(content, dict) else {}
