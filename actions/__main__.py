"""Serves the actions to Rasa: `python -m actions`. It can be reached from this machine only."""

from __future__ import annotations

import hmac
import logging
import os
import sys
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Request, Sanic, empty

from actions import chatting, heard
from actions.conversation import Converse, NothingFits, Restart, SmallTalk
from actions.services import Services
from actions.session import SessionStart
from scheduler_core.bootstrap import build
from scheduler_core.chat_lines import ChatLines
from scheduler_core.errors import InvalidSetting
from scheduler_core.heard import Heard
from scheduler_core.settings import read_settings

HOST = "127.0.0.1"
HEALTH = "/health"  #: says that it serves
SECRETLESS = "ACTIONS_SECRET: Rasa and the action server need one of 32 characters or more in common\n"


def executor(services: Services) -> ActionExecutor:
    """All the actions of `domain.yml`."""
    served = ActionExecutor()
    for action in (Converse, NothingFits, Restart, SmallTalk):
        served.register_action(action(services))
    served.register_action(SessionStart())
    return served


def application(services: Services, lines: ChatLines, known: Heard) -> Sanic[Any, Any]:
    """The action server; whoever does not know its secret learns that it is there, and nothing else."""
    expected = f"Bearer {services.settings.actions_secret}".encode()

    async def refuse_strangers(request: Request) -> HTTPResponse | None:
        given = request.headers.get("authorization", "").encode()
        is_known = request.path == HEALTH or hmac.compare_digest(given, expected)
        return empty(status=403) if "origin" in request.headers or not is_known else None

    app: Sanic[Any, Any] = create_app(executor(services), cors_origins="")
    chatting.install(app, lines, chatting.read_domain())
    heard.install(app, known)
    app.register_middleware(refuse_strangers, "request")
    return app


def main() -> int:
    """Serves until it is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = read_settings(os.environ)
    except InvalidSetting as error:
        sys.stderr.writelines(f"{fault}\n" for fault in error.details["faults"])
        return 2
    if not settings.actions_secret:
        sys.stderr.write(SECRETLESS)
        return 2
    core = build(settings)
    services = Services(
        scheduler=core.scheduler,
        people=core.people,
        identity=core.identity,
        hosting=core.hosting,
        tickets=core.tickets,
        privacy=core.privacy,
        preferences=core.preferences,
        consents=core.chat_consents,
        conversations=core.conversations,
        settings=settings,
    )
    app = application(services, core.chat_lines, core.heard)
    app.run(HOST, settings.actions_port, single_process=True, motd=False, access_log=False)
    core.store.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
