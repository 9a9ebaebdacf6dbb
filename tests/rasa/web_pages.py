"""The web channel as Rasa serves it, and pages that talk to it."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import websockets
from rasa.core.channels.channel import InputChannel, UserMessage, register
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from websockets.client import WebSocketClientProtocol
from websockets.exceptions import InvalidStatusCode

from channels.diary import Diary
from channels.web import WebChannel
from scheduler_core import chat_tokens
from scheduler_core.chat_tokens import ChatSession

SECRET = "the secret of the tests, long enough"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
ORIGIN = "https://www.example.org"
ANN = ChatSession("A" * 22, NOW + timedelta(hours=1))
BEN = ChatSession("B" * 22, NOW + timedelta(hours=1))
PATIENCE = 10.0  #: seconds
ACTIONS_SECRET = "the secret of the action server under test"
TYPING = ("bot_typing", True)
SILENT = ("bot_typing", False)

Answer = Callable[[UserMessage], Awaitable[Any]]


def nowhere() -> Diary:
    """The diary of an action server that is not there."""
    return Diary("http://127.0.0.1:9/webhook", ACTIONS_SECRET)


async def echo(message: UserMessage) -> None:
    await message.output_channel.send_response(message.sender_id, {"text": f"You said: {message.text}"})


@dataclass
class Assistant:
    """Stands in the place of Rasa's agent: keeps what it is asked, and answers as it is told."""

    answer: Answer = echo
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def handle_message(self, message: UserMessage) -> None:
        self.asked.append(
            {
                "sender": message.sender_id,
                "channel": message.input_channel,
                "text": message.text,
                "metadata": message.metadata,
            }
        )
        await self.answer(message)

    @property
    def texts(self) -> list[str]:
        return [asked["text"] for asked in self.asked]


@asynccontextmanager
async def serving(channel: InputChannel, assistant: Assistant) -> AsyncIterator[str]:
    """The address at which the channel is served in the block, registered by Rasa's own code."""
    app = Sanic(f"test-{uuid.uuid4().hex}", configure_logging=False)
    Sanic.test_mode = True  # or only one app could be started in a process
    app.ctx.agent = assistant
    register([channel], app, route="/webhooks/")
    async with listening_on(app) as url:
        yield url


@dataclass
class Keeper:
    """Stands in the place of the action server: keeps what is said in chats, and has news for them."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    news: list[dict[str, Any]] = field(default_factory=list)
    authorizations: set[str] = field(default_factory=set)  #: by which it was asked
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep(self, request: Request) -> HTTPResponse:
        self.authorizations.add(request.headers["authorization"])
        self.lines.extend(request.json["lines"])
        return empty()

    async def tell(self, request: Request) -> HTTPResponse:
        self.authorizations.add(request.headers["authorization"])
        chats = request.json["chats"]
        told = [one for one in self.news if one["chat"] in chats]
        self.news = [one for one in self.news if one not in told]
        self.asked.set()
        return response.json({"lines": told})

    @property
    def said(self) -> list[tuple[str, dict[str, Any]]]:
        return [(line["speaker"], line["content"]) for line in self.lines]


@asynccontextmanager
async def keeping(keeper: Keeper) -> AsyncIterator[str]:
    """The address at which Rasa would call the action server."""
    app = Sanic(f"test-{uuid.uuid4().hex}", configure_logging=False)
    Sanic.test_mode = True
    app.add_route(keeper.keep, "/chat/lines", methods=["POST"])
    app.add_route(keeper.tell, "/chat/news", methods=["POST"])
    async with listening_on(app) as url:
        yield f"{url}/webhook"


@asynccontextmanager
async def listening_on(app: Sanic) -> AsyncIterator[str]:
    """The address of the app, which is served in the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.start_serving()
        await server.after_start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        await server.before_stop()
        await server.close()


class Refused(Exception):
    """The server did not let a page connect."""


@dataclass
class Page:
    """A page with an open chat, and what it has heard in the order in which it came.

    It speaks socket.io over a websocket, as browsers do first; the client library of this environment cannot,
    since its two halves disagree about aiohttp.
    """

    socket: WebSocketClientProtocol
    heard: asyncio.Queue[tuple[str, Any]] = field(default_factory=asyncio.Queue)
    ids: list[str] = field(default_factory=list)  #: of the lines it was told, which are not in `heard`
    receipts: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    listening: asyncio.Task[None] | None = None

    async def greet(self, **body: Any) -> None:
        await self.socket.send(f"42{json.dumps(['session_request', body])}")

    async def send(self, text: Any, **body: Any) -> asyncio.Future[Any]:
        """Writes a message; what is returned will be its receipt, which comes at the end of its turn."""
        number = len(self.receipts)
        self.receipts[number] = asyncio.get_running_loop().create_future()
        await self.socket.send(f"42{number}{json.dumps(['user_uttered', {'message': text, **body}])}")
        return self.receipts[number]

    async def say(self, text: Any, **body: Any) -> Any:
        """The receipt of a message, once its turn is over."""
        return await asyncio.wait_for(await self.send(text, **body), PATIENCE)

    async def hears(self, count: int) -> list[tuple[str, Any]]:
        """The next events."""
        return [await asyncio.wait_for(self.heard.get(), PATIENCE) for _ in range(count)]

    @property
    def unheard(self) -> list[tuple[str, Any]]:
        """Events that have come and that nobody has asked for yet."""
        return [self.heard.get_nowait() for _ in range(self.heard.qsize())]

    async def listen(self) -> None:
        """Takes in what the server sends, until it closes the connection."""
        async for frame in self.socket:
            kind, number, body = re.fullmatch(r"(\d\d?)(\d*)(.*)", str(frame), re.DOTALL).groups()
            if kind == "42":
                event, data = json.loads(body)
                if event == "bot_uttered":
                    self.ids.append(data.pop("id"))
                self.heard.put_nowait((event, data))
            elif kind == "43":
                self.receipts[int(number)].set_result(json.loads(body)[0])
            elif kind == "41":
                self.heard.put_nowait(("disconnect", None))
            elif kind == "2":
                await self.socket.send("3")


@asynccontextmanager
async def connected(url: str, token: str | None, *, origin: str = ORIGIN) -> AsyncIterator[Page]:
    """A page that has connected but said nothing.

    Raises:
        Refused: with what the server gave as its reason.

    """
    address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    try:
        opened = await websockets.connect(address, origin=origin)
    except InvalidStatusCode as error:
        raise Refused(error.status_code) from error
    try:
        yield await _joined(opened, token)
    finally:
        await opened.close()


async def _joined(opened: WebSocketClientProtocol, token: str | None) -> Page:
    """The page, once the server has taken its token."""
    assert str(await opened.recv()).startswith("0{")
    await opened.send("40" + ("" if token is None else json.dumps({"token": token})))
    answer = str(await opened.recv())
    if not answer.startswith("40"):
        raise Refused(json.loads(answer[2:])["message"])
    page = Page(opened)
    page.listening = asyncio.create_task(page.listen())
    return page


@asynccontextmanager
async def chatting(url: str, session: ChatSession = ANN, **body: Any) -> AsyncIterator[Page]:
    """A page in its chat, ready to write."""
    async with connected(url, chat_tokens.sign(session, SECRET)) as page:
        await page.greet(session_id=session.id, **body)
        assert await page.hears(1) == [("session_confirm", session.id)]
        yield page


def said(text: str) -> tuple[str, dict[str, str]]:
    return ("bot_uttered", {"text": text})


@dataclass
class Web:
    """The channel under test, and what stands behind it."""

    url: str
    channel: WebChannel
    assistant: Assistant
    keeper: Keeper
