"""Shows the metrics of a process that serves nothing else, on a port of this machine."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from http import HTTPStatus
from socketserver import ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from scheduler_core import metrics
from scheduler_core.clock import Clock
from scheduler_core.db.store import Store

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

HOST = "127.0.0.1"


class MetricsServer:
    """Answers `GET /metrics`, and nothing else."""

    def __init__(self, store: Store, clock: Clock, port: int) -> None:
        self._store = store
        self._clock = clock
        self._port = port

    async def run_until(self, stop: asyncio.Event) -> None:
        """Answers until the event is set; the worker goes on where the port is taken."""
        try:
            server = make_server(HOST, self._port, self._answer, _Server, _Handler)
        except OSError as error:
            log.error("metrics: port %d: %s", self._port, error.strerror)  # noqa: TRY400  (it says it all)
            return
        with server:
            thread = Thread(target=server.serve_forever, name="metrics", daemon=True)
            thread.start()
            await stop.wait()
            await asyncio.to_thread(server.shutdown)
            thread.join()

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        headers = {
            name.removeprefix("HTTP_").replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        is_asked = environ.get("REQUEST_METHOD") == "GET" and environ.get("PATH_INFO") == "/metrics"
        if not is_asked or not metrics.may_be_read(headers.get("host", ""), headers):
            start(f"{HTTPStatus.NOT_FOUND.value} Not Found", [("Content-Type", "text/plain")])
            return [b"There is nothing here.\n"]
        start("200 OK", [("Content-Type", metrics.CONTENT_TYPE), ("Cache-Control", "no-store")])
        return [metrics.exposition(self._store, self._clock)]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = 10  # seconds that a silent client is listened to

    def log_message(self, *_: object) -> None:
        """Nothing: who looks does so every few seconds."""
