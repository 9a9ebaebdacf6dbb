"""Answers every question on a port of 127.0.0.1 with 200."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Fine(BaseHTTPRequestHandler):
    """Finds everything all right."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Fine).serve_forever()
