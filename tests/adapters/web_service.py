"""A real web server for tests, on loopback, that can lose answers, keep silent, and say what it is told."""

from __future__ import annotations

import dataclasses
import json
import ssl
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content: str

    @property
    def fields(self) -> dict[str, Any]:
        """The JSON object it carries."""
        assert self.headers["Content-Type"].split(";")[0] == "application/json", self.headers
        content = json.loads(self.content)
        assert isinstance(content, dict)
        return content

    @property
    def form(self) -> dict[str, str]:
        """The form it carries."""
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded", self.headers
        return dict(parse_qsl(self.content, strict_parsing=True))

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Answer:
    status: int
    content: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    slowly: bool = False


LOST = "the work is done, but the connection is cut before an answer"
CUT = "the connection is cut before anything is done"
SILENT = "nothing is said until the test is over"
SLOWLY = "the answer comes drop by drop"
DONE_SILENTLY = "the work is done, but nothing is said until the test is over"


class WebService(ABC):
    """What fake services have in common: they keep what they were asked, and whatever they find wrong."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.wrong: list[str] = []
        self.over = threading.Event()
        self._faults: list[tuple[str, str | Answer]] = []

    def fail(self, request: str, *faults: str | Answer) -> None:
        """Lets the next requests that begin like this, such as `POST /v2`, go wrong, one after the other."""
        self._faults += [(request, fault) for fault in faults]

    def count(self, request: str) -> int:
        """How many requests began like this."""
        return sum(str(one).startswith(request) for one in self.asked)

    @abstractmethod
    def answer(self, asked: Asked) -> Answer:
        """What the service says to a well-formed request; raises AssertionError for others."""

    def reply(self, asked: Asked) -> Answer | None:
        """What is said to the request; None where the connection is cut instead."""
        self.asked.append(asked)
        fault = self._next_fault(asked)
        if isinstance(fault, Answer):
            return fault
        answer = None if fault in {CUT, SILENT} else self._checked(asked)
        if fault in {SILENT, DONE_SILENTLY}:
            self.over.wait(20)
        if fault == SLOWLY and answer is not None:
            return dataclasses.replace(answer, slowly=True)
        return answer if fault is None else None

    def _checked(self, asked: Asked) -> Answer:
        try:
            return self.answer(asked)
        except (AssertionError, KeyError, ValueError) as error:
            self.wrong.append(f"{asked}: {error!r}")
            return Answer(400, {"code": 300, "message": f"not as documented: {error!r}"})

    def _next_fault(self, asked: Asked) -> str | Answer | None:
        for position, (request, fault) in enumerate(self._faults):
            if str(asked).startswith(request):
                del self._faults[position]
                return fault
        return None


class _Handler(BaseHTTPRequestHandler):
    service: ClassVar[WebService]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        headers = {name.title(): value for name, value in self.headers.items()}
        reply = self.service.reply(Asked(self.command, unquote(parts.path), query, headers, content))
        self.close_connection = True
        if reply is not None:
            with suppress(ConnectionError):  # whoever asked may be gone
                self._say(reply)

    do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815  (the library's names)

    def _say(self, reply: Answer) -> None:
        body = b"" if reply.content is None else json.dumps(reply.content).encode()
        self.send_response(reply.status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/json")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for position in range(len(body) if reply.slowly else 0):
            self.wfile.write(body[position : position + 1])
            self.service.over.wait(0.05)
        self.wfile.write(b"" if reply.slowly else body)

    def log_message(self, *_: Any) -> None:
        """Nothing on the error stream."""


@contextmanager
def serving_web(service: WebService, *, port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address at which the service answers inside the block; whatever it found wrong fails the test."""
    handler = type("Handler", (_Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        service.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
    assert service.wrong == []
