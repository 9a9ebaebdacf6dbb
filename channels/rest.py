"""Rasa's REST channel for programs on the same machine; it can be reached there only."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.rest import RestInput
from sanic.exceptions import InvalidUsage
from sanic.request import Request

from channels.guard import Guarded
from channels.incoming import TEXT_LIMIT, known_metadata, readable


class RestChannel(Guarded, RestInput):
    """`POST /webhooks/rest/webhook` with `{sender, message, metadata}`; answers the list of messages.

    The sender is whatever the caller says, so nothing but this machine may call.
    """

    @classmethod
    def name(cls) -> str:
        """`rest`."""
        return "rest"

    def _extract_message(self, req: Request) -> str:
        text = req.json.get("message")
        if not isinstance(text, str) or len(text) > TEXT_LIMIT:
            raise InvalidUsage(f"a message is a text of at most {TEXT_LIMIT} characters")
        return readable(text)

    def _extract_input_channel(self, req: Request) -> str:  # noqa: ARG002  (a caller may not speak for another channel)
        return self.name()

    def get_metadata(self, request: Request) -> dict[str, Any]:
        """What the caller says about the writer, as far as it can be used."""
        return dict(known_metadata(request.json.get("metadata")))
