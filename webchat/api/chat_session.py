"""The signed token with which a browser opens its chat."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from scheduler_core import chat_tokens
from scheduler_core.chat_tokens import ChatSession
from scheduler_core.errors import NotAllowed
from webchat.api.given import ClientAddress, GivenChatLimit, GivenCore
from webchat.api.openapi import failing

router = APIRouter(tags=["chat"])


class ChatRequest(BaseModel):
    """What a browser knows of an earlier chat."""

    model_config = ConfigDict(extra="forbid")

    token: Annotated[str, Field(max_length=chat_tokens.TOKEN_LIMIT)] | None = None


class ChatToken(BaseModel):
    """A chat and the proof that it is the holder's."""

    session_id: str
    token: str
    expires_at: datetime
    chat_url: str


@router.post("/api/chat/session", responses=failing(413, 422, 429))
def chat_session(
    wanted: ChatRequest, core: GivenCore, limit: GivenChatLimit, address: ClientAddress
) -> ChatToken:
    """A new chat; the earlier one, renewed, where its token still holds."""
    if not limit.allows(address):
        raise HTTPException(429, headers={"Retry-After": "60"})
    settings = core.settings
    now = settings.clock.now()
    session = _continued(wanted.token, settings.secret_key, now) or chat_tokens.new_session(now)
    token = chat_tokens.sign(session, settings.secret_key)
    return ChatToken(
        session_id=session.id, token=token, expires_at=session.expires_at, chat_url=settings.chat_url
    )


def _continued(token: str | None, secret: str, now: datetime) -> ChatSession | None:
    """The session of an earlier token, renewed; None where the token no longer counts."""
    if token is None:
        return None
    try:
        return chat_tokens.renewed(chat_tokens.read(token, secret, now), now)
    except NotAllowed:
        return None
