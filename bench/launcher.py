"""How soon the chat's launcher can be used on a slow phone: Slow 4G, and a processor four times slower.

A page of somebody else's holds one tag; loader and launcher come from the built front end. The floor is the
same page whose script, from the same place, does nothing but put a button there.

    make bench ARGS=launcher
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, sync_playwright

from bench._practice import Figures, show
from deploy.local import checks, ports
from webchat.api.assets import BUILD_FOLDER

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A bakery</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<h1>A bakery</h1><script src="{script}" defer></script></html>
"""
BARE = "const b = document.createElement('button'); b.textContent = 'Chat'; document.body.append(b);"
#: Resolves with the milliseconds since the page was asked for, one frame after a button has been drawn.
SEEN = """() => new Promise((resolve) => {
  const look = () => {
    const root = document.querySelector("appointment-chat")?.shadowRoot ?? document;
    const { width = 0 } = root.querySelector("button")?.getBoundingClientRect() ?? {};
    requestAnimationFrame(width > 0 ? () => resolve(performance.now()) : look);
  };
  look();
})"""
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
MOST = 1000.0  #: milliseconds of the 95th percentile


def main() -> None:
    loads = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with pages() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=checks.chromium(), args=["--no-sandbox"])
        # In turns, so that both meet the same disturbances; the first of each warms the browser.
        measured = [(seconds(browser, f"{address}chat"), seconds(browser, address)) for _ in range(loads + 1)]
        browser.close()
    launcher, floor = (Figures(times) for times in zip(*measured[1:], strict=True))
    show(
        f"{loads} loads, Slow 4G, processor {SLOWER} times slower",
        ("", "p50 ms", "p95 ms", "of floor"),
        [
            ("floor: a button by a script", f"{floor.median:.0f}", f"{floor.slow:.0f}", "100%"),
            (
                "launcher",
                f"{launcher.median:.0f}",
                f"{launcher.slow:.0f}",
                f"{launcher.median / floor.median:.0%}",
            ),
        ],
    )
    if launcher.slow > MOST:
        sys.exit(f"More than {MOST:.0f} ms.")


def seconds(browser: Browser, address: str) -> float:
    """From asking for the page until its button can be tapped, with nothing cached and no connection open."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    device = page.context.new_cdp_session(page)
    device.send("Network.enable")
    device.send("Network.emulateNetworkConditions", SLOW_4G)
    device.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    taken: float = page.evaluate(SEEN)
    page.close()
    return taken / 1000


@contextmanager
def pages() -> Iterator[str]:
    """The address of the bare page, with `chat` below it; their scripts come from another origin."""
    port = ports.free_port()
    scripts = f"http://{ports.HOST}:{port}"
    files = {
        "/": ("text/html", PAGE.format(script=f"{scripts}/bare.js").encode()),
        "/chat": ("text/html", PAGE.format(script=f"{scripts}/chat.js").encode()),
        "/bare.js": ("text/javascript", BARE.encode()),
        "/chat.js": ("text/javascript", (BUILD_FOLDER / "chat.js").read_bytes()),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, content = files[self.path]
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base's name)
            """Nothing: only times matter here."""

    server = ThreadingHTTPServer((ports.HOST, port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{port}/"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    main()
