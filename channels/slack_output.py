"""The way back to somebody on Slack."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.channels.channel import OutputChannel

from channels import slack_blocks
from channels.replies import Reply, reply_from
from channels.slack_api import SlackApi, SlackError
from channels.slack_events import Place, Writer

log = logging.getLogger(__name__)

#: What Slack says of direct messages that are not open any more.
_GONE = frozenset({"channel_not_found", "is_archived", "not_in_channel"})


class SlackOutput(OutputChannel):
    """Sends to one user, where they have written; what cannot be sent is logged, and the turn goes on."""

    def __init__(self, api: SlackApi, writer: Writer, place: Place) -> None:
        self._api = api
        self._writer = writer
        self._place = place

    @classmethod
    def name(cls) -> str:
        """`slack`."""
        return "slack"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:  # noqa: ARG002  (whom is known)
        """Sends one message; the only method that Rasa calls."""
        await self.say(reply_from(message))

    async def say(self, reply: Reply) -> None:
        """Sends a reply; to direct messages opened anew, where they were gone."""
        body = slack_blocks.message(reply)
        if not body:
            return
        try:
            await self._post(body)
        except SlackError as error:
            log.error("slack: an answer was not sent: %s", error)  # noqa: TRY400  (the code says all)

    async def _post(self, body: dict[str, Any]) -> None:
        try:
            await self._api.post(self._place.channel, self._place.thread, body)
        except SlackError as error:
            if error.code not in _GONE:
                raise
            self._place = Place(await self._api.open_direct(self._writer.user))
            await self._api.post(self._place.channel, "", body)
