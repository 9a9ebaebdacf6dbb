"""What the channels of chat services ask, which repeat their messages: whether one is new."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic import HTTPResponse, Request, Sanic, json
from sanic.exceptions import BadRequest, ServiceUnavailable

from scheduler_core.errors import InvalidText, SchedulerError
from scheduler_core.heard import Heard


def install(app: Sanic[Any, Any], heard: Heard) -> None:
    """`POST /chat/heard` with `{channel, id}` answers `{first}`, which is true once."""

    async def hear(request: Request) -> HTTPResponse:
        channel, identity = _named(request.json)
        try:
            first = await asyncio.to_thread(heard.first_time, channel, identity)
        except InvalidText as error:
            raise BadRequest(error.code) from error
        except SchedulerError as error:
            raise ServiceUnavailable(error.code) from error
        return json({"first": first})

    app.add_route(hear, "/chat/heard", methods=["POST"])


def _named(body: Any) -> tuple[str, str]:
    try:
        return str(body["channel"]), str(body["id"])
    except (KeyError, TypeError) as error:
        raise BadRequest("channel and id are needed") from error
