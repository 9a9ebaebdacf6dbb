"""Signed tokens of web chats. Whoever holds a token is that chat, until it expires.

A token reads `<session id>.<expiry in unix seconds>.<signature>`; the signature is HMAC-SHA256 under the
secret key over `chat-session:<session id>.<expiry>`, in base64url without padding. The web face makes tokens,
the chat channel checks them; neither keeps a list.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from scheduler_core.errors import NotAllowed

LIFETIME = timedelta(hours=24)
TOKEN_LIMIT = 100  #: characters; a real token has 78 or fewer

_TOKEN = re.compile(
    r"(?P<session>[A-Za-z0-9_-]{22})\.(?P<expiry>[0-9]{1,11})\.(?P<signature>[A-Za-z0-9_-]{43})"
)


@dataclass(frozen=True)
class ChatSession:
    """A chat of one browser, known by 128 random bits."""

    id: str
    expires_at: datetime  #: whole seconds, in UTC


def new_session(now: datetime) -> ChatSession:
    """A chat that nobody else has, valid for 24 hours."""
    return ChatSession(secrets.token_urlsafe(16), _expiry(now))


def renewed(session: ChatSession, now: datetime) -> ChatSession:
    """The same chat, valid for 24 hours from now."""
    return ChatSession(session.id, _expiry(now))


def sign(session: ChatSession, secret: str) -> str:
    """The token of a chat."""
    claim = f"{session.id}.{int(session.expires_at.timestamp())}"
    return f"{claim}.{_signature(claim, secret)}"


def read(token: str, secret: str, now: datetime) -> ChatSession:
    """The chat whose token this is.

    Raises:
        NotAllowed: it is no token, was signed with another key, or has expired.

    """
    match = _TOKEN.fullmatch(token) if len(token) <= TOKEN_LIMIT else None
    if match is None:
        raise NotAllowed(what="chat_session")
    claim = f"{match['session']}.{match['expiry']}"
    if not hmac.compare_digest(match["signature"], _signature(claim, secret)):
        raise NotAllowed(what="chat_session")
    session = ChatSession(match["session"], datetime.fromtimestamp(int(match["expiry"]), timezone.utc))
    if session.expires_at <= now:
        raise NotAllowed(what="chat_session")
    return session


def _expiry(now: datetime) -> datetime:
    return (now + LIFETIME).replace(microsecond=0)


def _signature(claim: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"chat-session:{claim}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
