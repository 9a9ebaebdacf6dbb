"""Messages to people on Slack: `conversations.open`, then `chat.postMessage`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from scheduler_core.accounts import Slack
from scheduler_core.chat_messages import ChatMessage
from scheduler_core.clock import Clock
from scheduler_core.errors import PermanentFailure, TemporaryFailure
from scheduler_core.meetings.line import Line, Patience, object_in
from scheduler_core.meetings.refusals import failure

#: Errors by which there is nobody to be told any more.
_GONE = frozenset(
    {
        *("user_not_found", "users_not_found", "user_disabled", "user_not_visible", "channel_not_found"),
        *("cannot_dm_bot", "is_archived", "messages_tab_disabled"),
    }
)
#: Errors by which the message itself will never be taken; all others may pass, or be mended.
_NEVER = frozenset({"msg_too_long", "no_text", "invalid_arguments", "invalid_arg_name"})


class SlackMessenger:
    """Hands messages to Slack, which knows no key by which a repeated request were harmless.

    So a message whose acceptance was not heard may arrive twice.
    """

    def __init__(self, account: Slack, clock: Clock, patience: Patience | None = None) -> None:
        self._account = account
        self._clock = clock
        self._line = Line("Slack", patience or Patience(whole=15))

    async def send(self, message: ChatMessage) -> None:
        """As `ChatMessenger.send` says; people are told in their direct messages with the app."""
        await self._line.call(lambda: self._post(message))

    def _post(self, message: ChatMessage) -> None:
        opened = self._called("conversations.open", {"users": message.address})
        self._called(
            "chat.postMessage",
            {
                "channel": opened["channel"]["id"],
                "text": _escaped(message.words),
                "unfurl_links": False,
                "unfurl_media": False,
            },
        )

    def _called(self, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        answer = self._line.post(
            f"{self._account.url}/{method}",
            json=fields,
            headers={"Authorization": f"Bearer {self._account.bot_token}"},
        )
        content = object_in(answer)
        error = str(content.get("error", "unknown"))
        if answer.status_code != HTTPStatus.OK:
            raise failure("Slack", answer.status_code, error, answer.headers, self._clock.now())
        if content.get("ok") is True:
            return content
        if error in _GONE:
            raise PermanentFailure(reason=f"Slack: {error}", stopped=True)
        if error in _NEVER:
            raise PermanentFailure(reason=f"Slack: {error}")
        raise TemporaryFailure(reason=f"Slack: {error}")


def _escaped(words: str) -> str:
    """The words without Slack's own markup: three characters are its control characters."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
