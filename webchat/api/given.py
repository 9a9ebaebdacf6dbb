"""What the endpoints are given: the parts that `create_app` put into the state of its app."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from scheduler_core.bootstrap import Core
from scheduler_core.rate_limit import RateLimit
from webchat.api.changes import Changes
from webchat.api.forms import FormGuard
from webchat.api.pages import Pages


def _core(request: Request) -> Core:
    core: Core = request.app.state.core
    return core


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


def _changes(request: Request) -> Changes:
    changes: Changes = request.app.state.changes
    return changes


def _guard(request: Request) -> FormGuard:
    guard: FormGuard = request.app.state.guard
    return guard


def _chat_limit(request: Request) -> RateLimit:
    limit: RateLimit = request.app.state.chat_limit
    return limit


def _desk_limit(request: Request) -> RateLimit:
    limit: RateLimit = request.app.state.desk_limit
    return limit


def _hold_limit(request: Request) -> RateLimit:
    limit: RateLimit = request.app.state.hold_limit
    return limit


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


GivenCore = Annotated[Core, Depends(_core)]
GivenPages = Annotated[Pages, Depends(_pages)]
GivenChanges = Annotated[Changes, Depends(_changes)]
GivenGuard = Annotated[FormGuard, Depends(_guard)]
GivenChatLimit = Annotated[RateLimit, Depends(_chat_limit)]
GivenDeskLimit = Annotated[RateLimit, Depends(_desk_limit)]
GivenHoldLimit = Annotated[RateLimit, Depends(_hold_limit)]
ClientAddress = Annotated[str, Depends(_address)]
