"""What Prometheus is told by the web server, and only on this machine."""

from __future__ import annotations

import time

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler_core import metrics
from webchat.api.given import GivenCore

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_OTHER = "other"  #: whatever else somebody sends, which would otherwise make a label of its own

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def show(request: Request, core: GivenCore) -> Response:
    """The metrics; for anybody but this machine there is nothing here."""
    if not metrics.may_be_read(request.headers.get("host", ""), request.headers):
        raise HTTPException(404)
    content = metrics.exposition(core.store, core.settings.clock)
    return Response(content, headers={"Content-Type": metrics.CONTENT_TYPE})


class Measured:
    """Middleware that counts the requests, and takes the time to the first byte of each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, answered = time.monotonic(), False

        async def send_measured(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                _count(scope, message["status"], time.monotonic() - begun)
            await send(message)

        try:
            await self.app(scope, receive, send_measured)
        except Exception:
            if not answered:
                _count(scope, 500, time.monotonic() - begun)
            raise


def _count(scope: Scope, status: int, seconds: float) -> None:
    """Under the route as it is declared: a real path may hold the token of a link."""
    method = scope["method"] if scope["method"] in _METHODS else _OTHER
    route = getattr(scope.get("route"), "path", _OTHER)
    metrics.REQUEST_SECONDS.labels(method, route, str(status)).observe(seconds)
