"""A real SMTP server for tests, on loopback, that can be told what to answer."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import SimpleNamespace
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(frozen=True)
class Received:
    """A mail as it came in."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=default)


@dataclass
class Postbox:
    """Takes mail; `answers` hold what is said to the next commands instead of yes."""

    received: list[Received] = field(default_factory=list)
    answers: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    named: asyncio.Queue[str] = field(default_factory=asyncio.Queue)  #: recipients, as they are named
    before_first_answer: Callable[[], None] | None = None  #: done when the first recipient is named
    connections: int = 0
    accepted: asyncio.Event | None = None  #: set when a mail has been taken
    silent_after_content: bool = False
    drop_after_content: bool = False
    speech: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_MAIL(  # noqa: N802  (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers["MAIL"]:
            return self.answers["MAIL"].popleft()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.before_first_answer is not None:
            before, self.before_first_answer = self.before_first_answer, None
            await asyncio.to_thread(before)
        if self.answers["RCPT"]:
            return self.answers["RCPT"].popleft()
        envelope.rcpt_tos.append(address)
        self.named.put_nowait(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers["DATA"]:
            return self.answers["DATA"].popleft()
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.received.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        if self.accepted is not None:
            self.accepted.set()
        if self.silent_after_content:
            await self.speech.wait()
        if self.drop_after_content:
            self.drop_after_content = False
            _close(server)
        return "250 taken"

    def speak(self) -> None:
        """Ends the silence."""
        self.silent_after_content = False
        self.speech.set()

    @property
    def subjects(self) -> list[str]:
        return [received.mail["Subject"] for received in self.received]


@dataclass
class Endpoint:
    """Where a running server listens; its open connections can be cut."""

    port: int
    sessions: list[SMTP]

    def cut(self) -> None:
        for session in self.sessions:
            _close(session)


@asynccontextmanager
async def serving(
    postbox: Postbox,
    *,
    port: int = 0,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    password: str | None = None,
    greeting: str = "",
) -> AsyncIterator[Endpoint]:
    """The server runs inside the block, in the test's own event loop."""
    sessions: list[SMTP] = []
    # aiosmtpd reads every attribute of its handler at each connection; those of a full postbox take long.
    handler = SimpleNamespace(
        handle_MAIL=postbox.handle_MAIL, handle_RCPT=postbox.handle_RCPT, handle_DATA=postbox.handle_DATA
    )

    def session() -> SMTP:
        postbox.connections += 1
        sessions.append(
            SMTP(
                handler,
                hostname="mail.example.org",
                ident=greeting or None,
                enable_SMTPUTF8=True,
                tls_context=starttls,
                require_starttls=starttls is not None,
                **({} if password is None else _login(password, encrypted=tls is not None)),
            )
        )
        return sessions[-1]

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", port, ssl=tls)
    endpoint = Endpoint(server.sockets[0].getsockname()[1], sessions)
    try:
        yield endpoint
    finally:
        server.close()
        endpoint.cut()


def _close(session: SMTP) -> None:
    transport = session.transport  # none where the other side went first
    if transport is not None:
        transport.close()


def _login(password: str, *, encrypted: bool) -> dict[str, Any]:
    def check(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: Any) -> AuthResult:
        return AuthResult(success=given.password == password.encode(), handled=False)

    check_login: Callable[..., AuthResult] = check
    return {"authenticator": check_login, "auth_required": True, "auth_require_tls": not encrypted}
