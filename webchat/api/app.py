"""The web face: pages, public addresses and the live stream, over one core that it is given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI

from scheduler_core.bootstrap import Core
from scheduler_core.rate_limit import RateLimit
from scheduler_core.setting_values import LOOPBACK
from webchat.api import (
    addresses,
    answers,
    assets,
    calendars,
    chat_days,
    chat_history,
    chat_session,
    data,
    demo,
    feeds,
    health,
    holds,
    instead,
    live,
    mails,
    manage,
    manage_feed,
    metrics,
    mine,
    not_me,
)
from webchat.api.changes import Changes
from webchat.api.desk import routes as desk
from webchat.api.forms import FormGuard
from webchat.api.headers import ChatOrigins, HeaderPolicy, Headers, KnownHosts
from webchat.api.mailbox import Mailbox
from webchat.api.openapi import DescribedApi
from webchat.api.pages import Pages

BODY_LIMIT = 16 * 1024  #: bytes of one request
CHATS_A_MINUTE = 60  #: from one address
SIGN_INS_A_MINUTE = 20  #: from one address; tries count, too
HOLDS_A_MINUTE = 30  #: from one address


def create_app(core: Core, *, build: Path = assets.BUILD_FOLDER) -> FastAPI:
    """The app over that core; `build` is the folder of the built front end."""
    settings = core.settings
    public = urlsplit(settings.public_url)
    pages = Pages(settings.organisation_name, public.path, shows_mails=settings.shows_mails)
    is_secure = public.scheme == "https"
    policy = HeaderPolicy(settings.chat_url, is_secure)
    changes = Changes(core.scheduler.change)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with changes.polling():
            yield

    app = DescribedApi(
        title="Appointments",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page loads scripts from other sites
        redoc_url=None,
        max_body_size=BODY_LIMIT,
    )
    app.state.core = core
    app.state.pages = pages
    app.state.changes = changes
    app.state.guard = FormGuard(settings.secret_key, f"{public.path}/b", secure=is_secure)
    app.state.data_guard = FormGuard(settings.secret_key, f"{public.path}/d", secure=is_secure)
    app.state.not_me_guard = FormGuard(settings.secret_key, f"{public.path}/n", secure=is_secure)
    app.state.chat_limit = RateLimit(CHATS_A_MINUTE, seconds=60)
    app.state.desk_limit = RateLimit(SIGN_INS_A_MINUTE, seconds=60)
    app.state.hold_limit = RateLimit(HOLDS_A_MINUTE, seconds=60)
    answers.install(app, pages, policy, settings.clock)
    _route(app, pages, build, settings.mail_folder)
    app.add_middleware(ChatOrigins, origins=settings.chat_allowed_origins)
    app.add_middleware(KnownHosts, hosts=LOOPBACK | {settings.public_host})
    app.add_middleware(Headers, policy=policy)
    app.add_middleware(metrics.Measured)
    return app


def _route(app: FastAPI, pages: Pages, build: Path, mail_folder: Path) -> None:
    """Puts every address in its place."""
    for part in (
        calendars,
        chat_days,
        chat_history,
        chat_session,
        data,
        feeds,
        health,
        instead,
        live,
        manage,
        manage_feed,
        metrics,
        mine,
        not_me,
    ):
        app.include_router(part.router)
    for router in (addresses.router, holds.router, desk.router):
        app.include_router(router)
    app.include_router(demo.routes(build))
    if pages.shows_mails:
        app.include_router(mails.routes(Mailbox(mail_folder)))
    app.include_router(assets.routes(build, pages))
