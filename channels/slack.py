"""The chat on Slack: direct messages with the assistant, and mentions that lead there.

Rasa's own Slack channel takes what Slack repeats for new, reads marked-up text as it comes, drops all buttons
where there are more than five, and answers in front of everybody.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.guard import Handler
from channels.once import Once
from channels.slack_api import SlackApi
from channels.slack_chats import NAME, SlackChats
from channels.slack_events import is_signed, tapped_in, written_in
from channels.slack_people import SlackPeople
from scheduler_core.accounts import Slack
from scheduler_core.clock import Clock
from scheduler_core.settings import read_settings

BODY_LIMIT = 1024 * 1024  #: bytes; a tap brings the message along that it was on
_FORM = "application/x-www-form-urlencoded"


class SlackChannel(InputChannel):
    """`POST /webhooks/slack/webhook` for Slack's Events and Interactivity; 404 without an account.

    Conversations are named `<team>:<user>`; with the channel before it, `slack:<team>:<user>` is who acts.
    """

    def __init__(self, account: Slack | None, clock: Clock, once: Once) -> None:
        self._account = account
        self._clock = clock
        self._once = once

    @classmethod
    def name(cls) -> str:
        """`slack`."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SlackChannel:  # noqa: ARG003  (Rasa's signature)
        """The channel as the environment sets it up; secrets have no place in a file of the project.

        Raises:
            InvalidSetting: the environment is no good.

        """
        settings = read_settings(os.environ)
        return cls(settings.slack, settings.clock, Once(settings.actions_url, settings.actions_secret))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The route, which answers at once; what is to be said follows by Slack's own API."""
        webhook = Blueprint("slack_webhook", __name__)
        chats = self._chats(on_new_message)

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if chats is None:
                return response.empty(HTTPStatus.NOT_FOUND)
            if len(request.body) > BODY_LIMIT:
                return response.empty(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            if not self._is_signed(request):
                return response.text("not signed by Slack", HTTPStatus.BAD_REQUEST)
            try:
                return _taken(_body(request), chats)
            except ValueError:
                return response.text("not understood", HTTPStatus.BAD_REQUEST)

        return webhook

    def _chats(self, on_new_message: Handler) -> SlackChats | None:
        if self._account is None:
            return None
        api = SlackApi(self._account)
        return SlackChats(api, SlackPeople(api, self._clock), self._once, on_new_message)

    def _is_signed(self, request: Request) -> bool:
        secret = self._account.signing_secret if self._account else ""
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        return bool(secret) and is_signed(request.body, timestamp, signature, secret, self._clock.now())


def _body(request: Request) -> dict[str, Any]:
    """What Slack says: events as JSON, interactions as JSON in a form.

    Raises:
        ValueError: it is neither.

    """
    text = request.body.decode()
    if request.headers.get("content-type", "").partition(";")[0].strip() == _FORM:
        text = parse_qs(text).get("payload", [""])[0]
    body = json.loads(text)
    if not isinstance(body, dict):
        raise ValueError("an object was expected")  # noqa: TRY004  (a matter of the value)
    return body


def _taken(body: Mapping[str, Any], chats: SlackChats) -> HTTPResponse:
    """The answer to Slack itself, which wants it within three seconds."""
    if body.get("type") == "url_verification":
        return response.text(str(body.get("challenge", "")))
    heard = written_in(body) if body.get("type") == "event_callback" else tapped_in(body)
    if heard is not None:
        chats.take(heard)
    return response.empty(HTTPStatus.OK)
