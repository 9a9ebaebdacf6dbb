from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from deploy.local import checks, ports
from deploy.local.places import VAR
from deploy.local.say import Problem
from tests.foreign_page import ForeignPage
from tests.stack import Assistant

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000
PICTURES = VAR / "screenshots"


@dataclass
class Window:
    """A browser's window with everything that it complains about."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def picture(self, name: str) -> None:
        """Keep what is seen under the screenshots."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program; without one the message says how to install it."""
    try:
        return os.environ.get("CHROMIUM") or checks.chromium()
    except Problem as problem:
        pytest.fail(str(problem), pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests: starting one takes longer than most of what is done in it."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def open_window(
    browser: Browser, assistant: Assistant, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Window]]:
    """Opens windows of newcomers: they share nothing, and believe in the assistant's time."""
    opened: list[tuple[BrowserContext, Window]] = []

    def open_one(
        *, zone: str = "Europe/London", locale: str = "en-GB", width: int = 1200, height: int = 800
    ) -> Window:
        context = browser.new_context(
            timezone_id=zone, locale=locale, viewport={"width": width, "height": height}
        )
        context.set_default_timeout(PATIENCE_MS)
        context.clock.set_fixed_time(assistant.clock.now())
        window = Window(context.new_page())
        window.watch()
        opened.append((context, window))
        return window

    yield open_one
    name = re.sub(r"\W+", "-", request.node.name)
    for number, (context, window) in enumerate(opened):
        window.picture(f"{name}-{number}")
        context.close()


@pytest.fixture(scope="session")
def foreign_page(whole_assistant: Assistant) -> Iterator[ForeignPage]:
    """A page of an origin that may hold the chat."""
    urls = whole_assistant.stack.urls
    page = ForeignPage(whole_assistant.foreign_port, api=urls["api"], chat=urls["rasa"])
    page.start()
    yield page
    page.stop()


@pytest.fixture
def uninvited_page(assistant: Assistant) -> Iterator[ForeignPage]:
    """The same page on an origin that may not."""
    page = ForeignPage(ports.free_port(), api=assistant.stack.urls["api"], chat=assistant.stack.urls["rasa"])
    page.start()
    yield page
    page.stop()
