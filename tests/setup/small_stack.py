"""The real supervisor over a real PostgreSQL; small servers stand in for the assistant, which is slow."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from deploy.local.__main__ import guarded
from deploy.local.stack import Stack
from deploy.local.supervisor import supervise


class SmallStack(Stack):
    """A stack whose programs are as small as they can be."""

    def command(self, name: str) -> list[str]:
        if name == "worker":
            return ["sh", "-c", "sleep 600 & wait"]
        return [sys.executable, __file__, "serve", str(self.ports[name])]

    def prepare_database(self) -> None:
        """Nobody here reads a table."""


class Fine(BaseHTTPRequestHandler):
    """Answers every question with 200."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        HTTPServer(("127.0.0.1", int(sys.argv[2])), Fine).serve_forever()
    else:
        sys.exit(guarded(lambda: supervise(SmallStack(Path(sys.argv[1]), {}))))
