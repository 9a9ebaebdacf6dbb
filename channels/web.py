"""The chat of the web pages: socket.io, bound to signed sessions, open to known origins only.

Rasa's own socket.io channel cannot join rooms with today's socketio, does not check origins, and believes
whatever session a client names.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.channels.socketio import SocketBlueprint, SocketIOInput, SocketIOOutput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as Refused

from channels.diary import Diary, line, new_id
from channels.guard import Handler, answered
from channels.incoming import TEXT_LIMIT, known_metadata, line_id, readable, shown_text
from scheduler_core import chat_tokens
from scheduler_core.clock import Clock
from scheduler_core.errors import NotAllowed
from scheduler_core.rate_limit import RateLimit
from scheduler_core.settings import read_settings

log = logging.getLogger(__name__)

FRAME_LIMIT = 64 * 1024  #: bytes of one frame from a browser
MESSAGES_A_MINUTE = 30  #: of one chat
NEWS_EVERY = 1.0  #: seconds

REFUSALS = {
    "too_long": f"That is too long for me: please say it in less than {TEXT_LIMIT:,} characters.",
    "too_fast": "That was a lot at once. Please wait a minute, then write again.",
    "empty": "Please write a few words about the appointment that you need.",
}


class WebOutput(SocketIOOutput):
    """Sends to all the open pages of one chat, and has it kept for those that are away."""

    def __init__(self, sio: AsyncServer, event: str, diary: Diary, clock: Clock) -> None:
        super().__init__(sio, event)
        self._diary = diary
        self._clock = clock

    @classmethod
    def name(cls) -> str:
        """`web`."""
        return "web"

    async def send_text_message(self, recipient_id: str, text: str, **_: Any) -> None:
        """One message, blank lines and all."""
        await self._send_message(recipient_id, {"text": text})

    async def send_text_with_buttons(
        self, recipient_id: str, text: str, buttons: list[dict[str, Any]], **_: Any
    ) -> None:
        """One message with its quick replies."""
        replies = [
            {"content_type": "text", "title": button["title"], "payload": button["payload"]}
            for button in buttons
        ]
        await self._send_message(recipient_id, {"text": text, "quick_replies": replies})

    async def send_custom_json(self, recipient_id: str, json_message: dict[str, Any], **_: Any) -> None:
        """A card; the browser gets it under `data`, whether or not it is already."""
        card = json_message if set(json_message) == {"data"} else {"data": json_message}
        await self._send_message(recipient_id, card)

    async def _send_message(self, socket_id: str, response: Any) -> None:
        """The one way out; pages that hear a line twice know it by its id."""
        identity = new_id()
        await super()._send_message(socket_id, {**response, "id": identity})
        said = line(socket_id, "assistant", response, id=identity, said_at=self._clock.now())
        self._diary.add(said)


@dataclass(frozen=True)
class Visitor:
    """A connected page: the chat it has proven to be, and what it said about its browser."""

    session_id: str
    expires_at: datetime  #: from then on the page has to come with a new token
    metadata: dict[str, str]


class WebChannel(SocketIOInput):
    """Conversations are named by their session id; with the channel before it, `web:<id>` is who acts."""

    def __init__(self, secret: str, origins: tuple[str, ...], clock: Clock, diary: Diary) -> None:
        super().__init__(session_persistence=True)
        self._secret = secret
        self._origins = origins
        self._clock = clock
        self._limit = RateLimit(MESSAGES_A_MINUTE, seconds=60)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._farewells: set[asyncio.Task[None]] = set()
        self._diary = diary
        self._pages: dict[str, str] = {}  # chats of the pages that are connected
        self._telling: asyncio.Task[None] | None = None

    @classmethod
    def name(cls) -> str:
        """`web`."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:  # noqa: ARG003  (Rasa's signature)
        """The channel as the environment sets it up; the secret has no place in a file of the project.

        Raises:
            InvalidSetting: the environment is no good.

        """
        settings = read_settings(os.environ)
        origins = _with_localhost(settings.chat_allowed_origins)
        diary = Diary(settings.actions_url, settings.actions_secret)
        return cls(settings.secret_key, origins, settings.clock, diary)

    def get_output_channel(self) -> OutputChannel | None:
        """The way to an open chat without a message from it; None until the channel serves."""
        return None if self.sio is None else self._output()

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The socket's server, and a route that says that it is there."""
        self.sio = AsyncServer(
            async_mode="sanic",
            cors_allowed_origins=list(self._origins),
            cors_credentials=False,
            max_http_buffer_size=FRAME_LIMIT,
        )
        webhook = SocketBlueprint(self.sio, self.socketio_path, "web_webhook", __name__)

        @webhook.route("/", methods=["GET"])
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        async def user_uttered(sid: str, data: Any = None) -> dict[str, Any]:
            return await self._receive(sid, data, on_new_message)

        self.sio.on("connect", self._connect)
        self.sio.on("disconnect", self._part)
        self.sio.on("session_request", self._greet)
        self.sio.on(self.user_message_evt, user_uttered)
        return webhook

    async def _connect(self, sid: str, _: dict[str, Any], auth: Any = None) -> None:
        """Lets in who holds a token of ours; the chat is the one it names, whatever is said later."""
        token = auth.get("token") if isinstance(auth, dict) else None
        try:
            session = chat_tokens.read(str(token), self._secret, self._clock.now())
        except NotAllowed as error:
            raise Refused(error.code) from error
        await self.sio.save_session(sid, Visitor(session.id, session.expires_at, {}))

    async def _greet(self, sid: str, data: Any = None) -> None:
        """Joins the page to its chat, in which other pages may be already."""
        visitor: Visitor = await self.sio.get_session(sid)
        said = data if isinstance(data, dict) else {}
        if said.get("session_id", visitor.session_id) != visitor.session_id:
            await self.sio.disconnect(sid)
            return
        facts = known_metadata(said.get("metadata"))
        facts.pop("link", None)  # it counts for the one message that it comes with
        await self.sio.save_session(sid, replace(visitor, metadata=facts))
        await self.sio.enter_room(sid, visitor.session_id)
        self._pages[sid] = visitor.session_id
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_news())
        await self._diary.settled()  # the page asks next what was said while it was away
        await self.sio.emit("session_confirm", visitor.session_id, to=sid)

    async def _receive(self, sid: str, data: Any, on_new_message: Handler) -> dict[str, Any]:
        """Takes a message; what is returned tells the page, at the end of the turn, how it went."""
        visitor: Visitor = await self.sio.get_session(sid)
        said = data if isinstance(data, dict) else {}
        if said.get("session_id", visitor.session_id) != visitor.session_id:
            return _failed("not_allowed")
        if visitor.expires_at <= self._clock.now():
            self._part_from(sid)
            return _failed("not_allowed")
        written = said.get("message")
        written = written if isinstance(written, str) else ""
        text = readable(written[:TEXT_LIMIT])
        refusal = self._refusal(visitor.session_id, text, is_cut=len(written) > TEXT_LIMIT)
        output = self._output()
        if refusal:
            await output.send_text_message(visitor.session_id, REFUSALS[refusal])
            return _failed(refusal)
        self._note(visitor.session_id, text, said)
        metadata = visitor.metadata | known_metadata(said.get("metadata"))
        message = UserMessage(text, output, visitor.session_id, input_channel=self.name(), metadata=metadata)
        return {"ok": True} if await self._take_turn(message, on_new_message) else _failed("failed")

    def _output(self) -> WebOutput:
        return WebOutput(self.sio, self.bot_message_evt, self._diary, self._clock)

    def _note(self, chat: str, text: str, said: dict[str, Any]) -> None:
        """Has a message kept as its page shows it: what stood on a button, and what that meant."""
        content = {"text": shown_text(said.get("shown")) or text, "payload": text}
        identity = line_id(said.get("id")) or new_id()
        self._diary.add(line(chat, "writer", content, id=identity, said_at=self._clock.now()))

    def _part(self, sid: str, *_: Any) -> None:
        self._pages.pop(sid, None)

    async def _tell_news(self) -> None:
        """As long as pages are open, tells their chats what has become of their appointments meanwhile."""
        while self._pages:
            for told in await self._diary.news(set(self._pages.values())):
                body = {**told["content"], "id": told["id"]}
                await self.sio.emit(self.bot_message_evt, body, room=told["chat"])
            await asyncio.sleep(NEWS_EVERY)

    def _part_from(self, sid: str) -> None:
        """Ends the page's connection once it has its receipt; it will come back with a new token."""
        farewell = asyncio.create_task(self.sio.disconnect(sid))
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)

    def _refusal(self, session_id: str, text: str, *, is_cut: bool) -> str:
        """Why a message is not handled; nothing where it is."""
        if not self._limit.allows(session_id):
            return "too_fast"
        if is_cut:
            return "too_long"
        return "" if text else "empty"

    async def _take_turn(self, message: UserMessage, on_new_message: Handler) -> bool:
        """Has the message answered when those before it are; its pages see that somebody is writing."""
        chat = message.sender_id
        turn = self._turns.setdefault(chat, asyncio.Lock())
        async with turn:
            await self.sio.emit("bot_typing", True, to=chat)
            try:
                return await answered(on_new_message, message)
            finally:
                await self.sio.emit("bot_typing", False, to=chat)


def _with_localhost(origins: tuple[str, ...]) -> tuple[str, ...]:
    """The origins, those of this very machine under both its names, since people type either."""
    names = ((origin, re.sub(r"(?<=://)127\.0\.0\.1(?=:|$)", "localhost", origin)) for origin in origins)
    return tuple(dict.fromkeys(chain.from_iterable(names)))


def _failed(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}
