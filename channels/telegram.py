"""Telegram: private chats with a bot, whose updates are asked for or sent to us.

Rasa's own channel trusts whoever posts to it, answers edits and repeats like new messages, and does not start
with the library that it needs.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from channels.guard import Handler
from channels.once import Once
from channels.telegram_api import TelegramApi
from channels.telegram_chats import Chats
from channels.telegram_output import TelegramOutput
from channels.telegram_wire import introduce, poll
from scheduler_core.accounts import Telegram
from scheduler_core.links import Links
from scheduler_core.settings import Settings, read_settings

BODY_LIMIT = 256 * 1024  #: bytes of one update
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (its name)


@dataclass(frozen=True)
class SetUp:
    """What the channel works with."""

    account: Telegram
    address: str  #: at which Telegram finds us; empty where we ask
    secret: str = field(repr=False)  #: by which we know Telegram there
    links: Links
    once: Once


class TelegramChannel(InputChannel):
    """Conversations are named by the chat's number; with the channel before it, `telegram:<n>` is who acts.

    Without a bot of its own the channel is there and does nothing.
    """

    def __init__(self, set_up: SetUp | None, api: TelegramApi | None = None) -> None:
        self._set_up = set_up
        self._api = api or (TelegramApi(set_up.account) if set_up else None)
        self._serving: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        """`telegram`."""
        return "telegram"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TelegramChannel:  # noqa: ARG003  (Rasa's signature)
        """The channel as the environment sets it up; the token has no place in a file of the project.

        Raises:
            InvalidSetting: the environment is no good.

        """
        return cls(set_up_from(read_settings(os.environ)))

    def get_output_channel(self) -> OutputChannel | None:
        """The way to a chat without a message from it; None where there is no bot."""
        if self._set_up is None or self._api is None:
            return None
        return TelegramOutput(self._api, self._set_up.links)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """A route that says whether there is a bot, and one for Telegram where it sends us updates."""
        webhook = Blueprint("telegram_webhook", __name__)

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "off" if self._set_up is None else "ok"})

        if self._set_up is not None and self._api is not None:
            chats = Chats(
                self._set_up.account, self._api, self._set_up.links, self._set_up.once, on_new_message
            )
            self._serve(webhook, self._set_up, self._api, chats)
        return webhook

    def _serve(self, webhook: Blueprint, set_up: SetUp, api: TelegramApi, chats: Chats) -> None:
        async def begin(*_: Any) -> None:
            self._serving = asyncio.create_task(_attend(set_up, api, chats))

        async def end(*_: Any) -> None:
            if self._serving is not None:
                self._serving.cancel()
            await chats.close()
            await api.close()

        async def receive(request: Request) -> HTTPResponse:
            return _receive(request, set_up.secret, chats)

        webhook.listener(begin, "after_server_start")
        webhook.listener(end, "before_server_stop")
        if set_up.address:
            webhook.add_route(receive, "/webhook", methods=["POST"])


def set_up_from(settings: Settings) -> SetUp | None:
    """The set-up that the settings ask for; None where they name no bot."""
    account = settings.telegram
    if account is None:
        return None
    return SetUp(
        account=account,
        address=account.address(settings.chat_url),
        secret=webhook_secret(settings.secret_key, account),
        links=Links(settings.secret_key, settings.public_url),
        once=Once(settings.actions_url, settings.actions_secret),
    )


def webhook_secret(secret_key: str, account: Telegram) -> str:
    """By which we know Telegram: 64 characters of those that it allows, other ones for each bot."""
    return hmac.new(
        secret_key.encode(), b"telegram-webhook\0" + account.token.encode(), hashlib.sha256
    ).hexdigest()


def _receive(request: Request, secret: str, chats: Chats) -> HTTPResponse:
    """Takes an update of Telegram's; it is worked on after the answer, as Telegram waits for that."""
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return response.json({"error": "not_allowed"}, status=HTTPStatus.UNAUTHORIZED)
    if len(request.body) > BODY_LIMIT:
        return response.json({"error": "too_long"}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    chats.hear(request.json)
    return response.json({"ok": True})


async def _attend(set_up: SetUp, api: TelegramApi, chats: Chats) -> None:
    """Says who we are, then has updates sent or asks for them, until it is cancelled."""
    chats.bot = await introduce(api, set_up.address, set_up.secret)
    if not set_up.address:
        await poll(api, chats.hear)
