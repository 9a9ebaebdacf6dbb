"""`python -m webchat.api`: serves the web face on 127.0.0.1 at API_PORT; `openapi` writes its description."""

from __future__ import annotations

import logging
import os
import socket
import sys
from contextlib import suppress

import uvicorn

from scheduler_core import bootstrap
from scheduler_core.errors import InvalidSetting
from scheduler_core.settings import read_settings
from webchat.api import export
from webchat.api.app import create_app
from webchat.api.changes import Changes

PATIENCE = 5  #: seconds that requests may still take once the server is told to stop


class Server(uvicorn.Server):
    """Ends the live streams first when it stops; they would otherwise keep it waiting for ever."""

    def __init__(self, config: uvicorn.Config, changes: Changes) -> None:
        super().__init__(config)
        self._changes = changes

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops serving."""
        self._changes.close()
        await super().shutdown(sockets)


def main() -> int:
    """Serves until it is stopped, or writes the file that describes what it would serve."""
    if sys.argv[1:] == ["openapi"]:
        export.FILE.write_text(export.description(), encoding="utf-8")
        return 0
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = read_settings(os.environ)
    except InvalidSetting as error:
        sys.stderr.writelines(f"{fault}\n" for fault in error.details["faults"])
        return 2
    core = bootstrap.build(settings)
    app = create_app(core)
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=settings.api_port,
        access_log=False,  # addresses hold the tokens of manage links
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=PATIENCE,
    )
    with suppress(KeyboardInterrupt):  # uvicorn passes the signal on when it has stopped
        Server(config, app.state.changes).run()
    core.store.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
