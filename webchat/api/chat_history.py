"""What was said in a chat, for its pages that were away or have been loaded anew."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel

from scheduler_core import chat_tokens
from scheduler_core.errors import NotAllowed
from scheduler_core.transcripts import ChatLine, Speaker
from webchat.api.given import GivenCore
from webchat.api.openapi import failing

router = APIRouter(tags=["chat"])

_BEARER = "Bearer "


class SaidLine(BaseModel):
    """A line; `content` is what the page was sent, or for the writer's own `text` and `payload`."""

    id: str
    speaker: Speaker
    content: dict[str, Any]
    said_at: datetime

    @classmethod
    def of(cls, line: ChatLine) -> SaidLine:
        return cls(id=line.id, speaker=line.speaker, content=dict(line.content), said_at=line.said_at)


class ChatHistory(BaseModel):
    """The last 200 lines at most, of a day at most, in their order."""

    lines: list[SaidLine]


@router.get("/api/chat/history", responses=failing(400, 404, 422, 429))
def chat_history(
    core: GivenCore, authorization: Annotated[str, Header(max_length=chat_tokens.TOKEN_LIMIT + 10)] = ""
) -> ChatHistory:
    """What was said in the chat whose token is given as a bearer token.

    Raises:
        NotAllowed: it is no token, or has expired.

    """
    if not authorization.startswith(_BEARER):
        raise NotAllowed(what="chat_session")
    settings = core.settings
    token = authorization.removeprefix(_BEARER)
    session = chat_tokens.read(token, settings.secret_key, settings.clock.now())
    return ChatHistory(lines=[SaidLine.of(line) for line in core.chat_lines.of_chat(session.id)])
