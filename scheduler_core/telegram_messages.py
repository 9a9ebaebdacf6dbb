"""Messages to people on Telegram: `sendMessage`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import requests

from scheduler_core.accounts import Telegram
from scheduler_core.chat_messages import ChatMessage
from scheduler_core.clock import Clock
from scheduler_core.errors import PermanentFailure, TemporaryFailure
from scheduler_core.meetings.line import Line, Patience, object_in
from scheduler_core.meetings.refusals import failure

#: What Telegram says of a token that it does not know, or that is none. Either can be mended.
_MENDABLE = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})
#: How its words begin where there is nobody to be told any more.
_GONE = ("bad request: chat not found", "bad request: user not found", "bad request: peer_id_invalid")


class TelegramMessenger:
    """Hands messages to Telegram, which knows no key by which a repeated request were harmless.

    So a message whose acceptance was not heard may arrive twice. The token stands in every address that is
    asked, and in nothing that is logged.
    """

    def __init__(self, account: Telegram, clock: Clock, patience: Patience | None = None) -> None:
        self._account = account
        self._clock = clock
        self._line = Line("Telegram", patience or Patience(whole=15))

    async def send(self, message: ChatMessage) -> None:
        """As `ChatMessenger.send` says; who has blocked the bot wants no more."""
        await self._line.call(lambda: self._post(message))

    def _post(self, message: ChatMessage) -> None:
        answer = self._line.post(
            f"{self._account.url}/bot{self._account.token}/sendMessage",
            json={
                "chat_id": int(message.address),
                "text": message.words,
                "link_preview_options": {"is_disabled": True},
            },
        )
        if answer.status_code != HTTPStatus.OK:
            self._refused(answer, object_in(answer))

    def _refused(self, answer: requests.Response, content: dict[str, Any]) -> None:
        status, said = answer.status_code, str(content.get("description", "unknown"))
        if status == HTTPStatus.FORBIDDEN or said.lower().startswith(_GONE):
            raise PermanentFailure(reason=f"Telegram {status}: {said[:200]}", stopped=True)
        parameters = content.get("parameters")
        wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
        if isinstance(wait, int):
            raise TemporaryFailure(reason=f"Telegram {status}", retry_after=float(wait))
        mendable = status in _MENDABLE
        raise failure("Telegram", status, said, answer.headers, self._clock.now(), may_pass=mendable)
