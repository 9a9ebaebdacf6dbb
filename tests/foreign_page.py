"""Somebody else's web page that holds the chat by one script tag, under a strict policy of its own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from deploy.local import ports

PAGE = """<!doctype html>
<html lang="en" dir="{direction}">
<head><meta charset="utf-8"><title>A bakery</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">{head}</head>
<body><main><h1>A bakery</h1><p>Bread and cake, and a chat to book a tasting.</p></main>
<script src="{api}/chat.js" data-title="Book a tasting" {attributes} defer></script>
</body>
</html>
"""
USUAL = {"direction": "ltr", "head": "", "attributes": ""}
STYLES = "/hostile.css"
#: What is different on the page under each path.
VARIANTS = {
    "/": {},
    "/hostile": {"head": f'<link rel="stylesheet" href="{STYLES}">'},
    "/rtl": {"direction": "rtl", "attributes": 'data-locale="ar"'},
    "/voice": {"attributes": 'data-voice="on"'},
    "/teaser": {"attributes": 'data-teaser="May I help you to find a time?" data-teaser-after="0.1"'},
}
#: What pages do to all that stands in them, by mistake or on purpose.
HOSTILE = """
html { font-size: 64px !important; line-height: 4 !important }
* {
  all: revert !important;
  --accent: red; --on-accent: red; --surface: red; --ink: red; --line: red;
  font: italic 900 40px/3 serif !important; letter-spacing: 9px !important; word-spacing: 2em !important;
  text-transform: uppercase !important; text-align: center !important; text-indent: 4em !important;
  white-space: nowrap !important; color: red !important; background: yellow !important;
  transition: all 3s !important; animation: 3s infinite tumble !important;
}
body * {
  opacity: 0.4 !important; filter: blur(2px) !important; zoom: 1.5 !important; float: left !important;
  position: static !important; transform: scale(2) !important; visibility: hidden !important;
}
*::before, *::after { content: "!" !important; display: block !important }
div, section, button, ol, ul, li, appointment-chat { display: none !important }
button, textarea { appearance: none !important; width: 600px !important; height: 3px !important }
html, body, main { animation: none !important; transition: none !important }
@keyframes tumble { 50% { transform: rotate(180deg) } }
"""


class ForeignPage:
    """A small web server on the loopback address, under the name `localhost` where the API is `127.0.0.1`."""

    def __init__(self, port: int, *, api: str, chat: str) -> None:
        self.url = f"http://localhost:{port}/"
        socket = f"ws://{urlsplit(chat).netloc}"
        policy = (
            f"default-src 'none'; script-src {api}; connect-src {api} {chat} {socket}; style-src 'self'; "
            "img-src data:; require-trusted-types-for 'script'; trusted-types 'none'"
        )

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                kind = "text/css" if path == STYLES else "text/html"
                content = (HOSTILE if path == STYLES else written_for(path, api)).encode()
                self.send_response(200)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

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


def written_for(path: str, api: str) -> str:
    """The page under the path, which is one of the variants."""
    return PAGE.format(api=api, **{**USUAL, **VARIANTS[path]})
