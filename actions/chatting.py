"""What the web chats' channel hands to the core and asks of it; the channel itself opens no database."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sanic import HTTPResponse, Request, Sanic, empty, json
from sanic.exceptions import BadRequest, ServiceUnavailable

from actions import voice
from actions.replies import Listing
from scheduler_core import wording
from scheduler_core.chat_lines import ChatLines
from scheduler_core.errors import SchedulerError
from scheduler_core.model import Booking
from scheduler_core.transcripts import ChatLine, News, Speaker

DOMAIN = Path(__file__).parents[1] / "domain.yml"
_RESPONSES = {News.MOVED: "utter_news_moved", News.CANCELLED: "utter_news_cancelled"}


def read_domain() -> Mapping[str, Any]:
    """The sentences, as Rasa has them."""
    domain: Mapping[str, Any] = YAML(typ="safe").load(DOMAIN.read_text(encoding="utf-8"))
    return domain


def install(app: Sanic[Any, Any], lines: ChatLines, domain: Mapping[str, Any]) -> None:
    """`POST /chat/lines` keeps what was said, `POST /chat/news` answers what chats have to be told."""

    async def keep(request: Request) -> HTTPResponse:
        await _asked(lines.keep, _lines(request.json))
        return empty()

    async def news(request: Request) -> HTTPResponse:
        chats = [str(chat) for chat in request.json["chats"]]
        told = await _asked(lines.news, chats, lambda what, booking: words(what, booking, domain))
        return json(
            {"lines": [{"chat": one.chat, "id": one.id, "content": dict(one.content)} for one in told]}
        )

    app.add_route(keep, "/chat/lines", methods=["POST"])
    app.add_route(news, "/chat/news", methods=["POST"])


def words(news: News, booking: Booking, domain: Mapping[str, Any]) -> dict[str, Any]:
    """The sentence about what the practice has done, in the attendee's time."""
    attendee = booking.attendee
    zone, locale = (attendee.zone, attendee.locale) if attendee else (booking.organizer.zone, "en")
    locale = locale if locale.startswith("en") else "en"
    who = Listing(tuple(person.name for person in booking.people))
    sentence = str(domain["responses"][_RESPONSES[news]][0]["text"])
    values = {
        "kind": booking.kind.name,
        "who": voice.text(who, domain),
        "when": wording.span(booking.time, zone, locale),
        "reference": booking.reference,
    }
    return {"text": sentence.format_map(values)}


async def _asked(use_case: Any, *given: Any) -> Any:
    try:
        return await asyncio.to_thread(use_case, *given)
    except SchedulerError as error:
        raise ServiceUnavailable(error.code) from error


def _lines(body: Any) -> list[ChatLine]:
    try:
        return [_line(one) for one in body["lines"]]
    except (KeyError, TypeError, ValueError) as error:
        raise BadRequest("these are no lines") from error


def _line(said: Mapping[str, Any]) -> ChatLine:
    return ChatLine(
        chat=str(said["chat"]),
        id=str(said["id"]),
        speaker=Speaker(said["speaker"]),
        content=dict(said["content"]),
        said_at=datetime.fromisoformat(said["said_at"]),
    )
