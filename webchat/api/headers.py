"""Headers that every answer carries: what pages may load, who may read them, how long they may be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EMBEDDED = re.compile(r"/chat\.js|/w/.*|/assets/.*")  # other sites load these
_HASHED = re.compile(r"/w/[^/]+/widget\.mjs|/assets/.+[-.][A-Za-z0-9_-]{8}\.[a-z0-9]+")
_SECRET = re.compile(r"/([bd]|feeds)/.*|/mails(/.*)?")  # their addresses or contents are for one reader

_FOR_ANY_HOST = frozenset({"/health", "/health/live"})  # probes ask by number
_MISDIRECTED = PlainTextResponse("There is nothing here under that name.\n", 421)

_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"
_NEVER = "no-store"


@dataclass(frozen=True)
class HeaderPolicy:
    """Which headers an answer gets, by its path and status alone."""

    chat_url: str  #: where pages open the chat's socket
    is_secure: bool  #: whether people reach us by HTTPS, which browsers then keep to (RFC 6797)

    def headers(self, path: str, status: int) -> dict[str, str]:
        """The headers of an answer, unless it carries others of the same name itself."""
        headers = {
            "Content-Security-Policy": self._content_security_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "X-Frame-Options": "DENY",
            "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=()",
            "Cache-Control": _caching(path) if status < HTTPStatus.BAD_REQUEST else _NEVER,
        }
        if self.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if _EMBEDDED.fullmatch(path):
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if _SECRET.fullmatch(path):
            headers["X-Robots-Tag"] = "noindex, nofollow"
        return headers

    def _content_security_policy(self) -> str:
        parts = urlsplit(self.chat_url)
        socket = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
        return "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                f"connect-src 'self' {parts.scheme}://{parts.netloc} {socket}",
                "frame-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            )
        )


class Headers:
    """Middleware that adds the policy's headers to every answer."""

    def __init__(self, app: ASGIApp, policy: HeaderPolicy) -> None:
        self.app = app
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = MutableHeaders(scope=message)
                for name, value in self.policy.headers(scope["path"], message["status"]).items():
                    present.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class KnownHosts:
    """Middleware that answers only those who ask for a host of ours.

    A page of another site can make a browser ask a name of its own that leads here, and would then read
    whatever this machine may read (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_known = scope["type"] != "http" or scope["path"] in _FOR_ANY_HOST or self._asks_for_us(scope)
        await (self.app if is_known else _MISDIRECTED)(scope, receive, send)

    def _asks_for_us(self, scope: Scope) -> bool:
        try:
            return urlsplit(f"//{RequestHeaders(scope=scope).get('host', '')}").hostname in self.hosts
        except ValueError:
            return False


class ChatOrigins:
    """Middleware by which pages of the allowed origins, and no others, may start and read a chat."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self.app = app
        self.chat = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=3600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        in_chat = scope["type"] == "http" and scope["path"].startswith("/api/chat/")
        await (self.chat if in_chat else self.app)(scope, receive, send)


def _caching(path: str) -> str:
    if _HASHED.fullmatch(path):
        return _FOREVER
    if _EMBEDDED.fullmatch(path):
        return _SHORT
    return _NEVER
