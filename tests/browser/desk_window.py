"""What tests of the hosts' desk do and look for."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from deploy.local.places import ROOT
from tests.browser.conftest import Window
from tests.mailbox import Mail
from tests.stack import Assistant

AXE = ROOT / "webchat" / "ui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 360)
EXPECTED = (
    "401 (Unauthorized)",  #: the browser's own words when the desk asks who is signed in
    "409 (Conflict)",  #: and when a time is not free
)


def violations(page: Page) -> list[str]:
    """What axe finds wrong with what is seen now, at the width of a desk and of a phone."""
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
        found += [f"{width}: {rule['id']}: {rule['nodes'][0]['html']}" for rule in result["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: it is wider than the window")
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return found


def faults_of(window: Window) -> list[str]:
    """What the browser complains about, but for the refusals that belong to the test."""
    return [fault for fault in window.faults if not any(words in fault for words in EXPECTED)]


def sign_in(assistant: Assistant, page: Page, address: str) -> None:
    """Somebody asks for a code and signs in by it."""

    def is_code(mail: Mail) -> bool:
        return mail.to == address and "#code=" in mail.text

    asked = len(assistant.mailbox.matching(is_code))
    page.goto(f"{assistant.api}/desk")
    page.get_by_role("textbox", name="E-mail address").fill(address)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Code")).to_be_focused()
    mail = assistant.mailbox.wait(is_code, count=asked + 1)[-1]
    page.keyboard.type(_code(mail.text))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Calendar", level=1)).to_be_visible()


def _code(text: str) -> str:
    found = re.search(r"^ *(\d{4} \d{4})\s*$", text, re.MULTILINE)
    assert found
    return found[1]


def go(page: Page, view: str) -> None:
    """Step to another of the desk's views."""
    page.get_by_role("navigation", name="Desk").get_by_role("link", name=view).press("Enter")
