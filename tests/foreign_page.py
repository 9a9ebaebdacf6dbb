"""Somebody else's web page that holds the chat by one script tag, under a strict policy of its own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from deploy.local import ports

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A bakery</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"></head>
<body><main><h1>A bakery</h1><p>Bread and cake, and a chat to book a tasting.</p></main>
<script src="{api}/chat.js" data-title="Book a tasting" defer></script>
</body>
</html>
"""


class ForeignPage:
    """A small web server on the loopback address, under the name `localhost` where the API is `127.0.0.1`."""

    def __init__(self, port: int, *, api: str, chat: str) -> None:
        self.url = f"http://localhost:{port}/"
        socket = f"ws://{urlsplit(chat).netloc}"
        policy = f"default-src 'none'; script-src {api}; connect-src {api} {chat} {socket}; img-src data:"
        page = PAGE.format(api=api).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base's name)
                """Nothing: the browser tells what matters."""

        self._server = ThreadingHTTPServer((ports.HOST, port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
