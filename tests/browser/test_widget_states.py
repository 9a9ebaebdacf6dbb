"""Each state of the chat on a page with a strict policy, among styles of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_window import OpenWindow, faults_of_chat, open_chat, thinking, write
from tests.foreign_page import ForeignPage
from tests.stack import Assistant

pytestmark = pytest.mark.browser

type Scheme = Literal["light", "dark"]
SESSION = "**/api/chat/session"
STATES = ["closed", "greeting", "waiting", "unread", "offers", "question", "card", "offline", "failed"]


def _states(assistant: Assistant, page: Page, address: str, email: str) -> Iterator[str]:
    """Brings a page into each state, one after the other, and names it; the pointer rests beside the chat."""
    page.goto(address)
    yield "closed"
    chat = open_chat(page)
    page.mouse.move(0, 0)
    yield "greeting"
    with thinking(assistant):
        write(chat, f"Consultation with Ben next week? Ann Lee, {email}")
        expect(chat.get_by_role("status").last).to_have_text("Assistant is typing")
        yield "waiting"
        page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Open chat, 1 new message")).to_be_visible()
    yield "unread"
    chat = open_chat(page)
    page.mouse.move(0, 0)
    expect(chat.get_by_role("list", name="Free times")).to_be_visible()
    yield "offers"
    chat.get_by_role("list", name="Free times").get_by_role("button").first.press("Enter")
    expect(chat.get_by_role("button", name="yes")).to_be_visible()
    yield "question"
    chat.get_by_role("button", name="yes").press("Enter")
    expect(chat.get_by_role("article", name="Appointment confirmed")).to_be_visible()
    expect(chat.get_by_text("Delivered")).to_be_visible()
    yield "card"
    page.context.set_offline(True)
    expect(chat.get_by_text("No connection", exact=True)).to_be_visible()
    write(chat, "Thank you")
    expect(chat.get_by_text("Waiting for connection")).to_be_visible()
    yield "offline"
    page.route(SESSION, lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    page.get_by_role("button", name="Open chat").press("Enter")
    expect(chat.get_by_role("button", name="Retry")).to_be_visible()
    expect(chat.get_by_role("article", name="Appointment confirmed")).to_be_visible()
    yield "failed"
    page.unroute(SESSION)
    chat.get_by_role("button", name="Retry").press("Enter")
    expect(chat.get_by_text("Delivered")).to_be_visible()


@dataclass
class Seen:
    """What was seen of a page, by state."""

    looks: dict[str, set[str]] = field(default_factory=dict)  #: styles and places, whatever the words
    shifts: dict[str, list[float]] = field(default_factory=dict)  #: by how much things moved before
    faults: dict[str, list[str]] = field(default_factory=dict)  #: what axe found, light and dark


def _seen(assistant: Assistant, page: Page, address: str, email: str, schemes: Sequence[Scheme]) -> Seen:
    """The page in each state; axe looks at it in each colour scheme that is named."""
    seen = Seen()
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(SHIFTS)
    for state in _states(assistant, page, address, email):
        seen.looks[state] = set(page.evaluate(LOOKS))
        seen.shifts[state] = page.evaluate("shifts.splice(0)")
        seen.faults[state] = []
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            seen.faults[state] += faults_of_chat(page)
        page.emulate_media(color_scheme="light")
    return seen


def test_every_state_looks_the_same_among_hostile_styles(
    assistant: Assistant, open_window: OpenWindow, foreign_page: ForeignPage
) -> None:
    plain, hostile = open_window(), open_window()
    asked: set[str] = set()
    for window in (plain, hostile):
        window.page.on("request", lambda request: asked.add(request.url))
        window.page.on("websocket", lambda socket: asked.add(socket.url))

    expected = _seen(assistant, plain.page, foreign_page.url, "plain@example.com", ("light", "dark"))
    found = _seen(assistant, hostile.page, f"{foreign_page.url}hostile", "hostile@example.com", ())

    assert expected.faults == {state: [] for state in STATES}
    assert {state: found.looks[state] ^ expected.looks[state] for state in STATES} == {
        state: set() for state in STATES
    }
    assert [expected.shifts[state] for state in ("closed", "greeting", "unread")] == [[], [], []]
    plain.page.evaluate("document.querySelector('main').style.paddingTop = '200px'")
    plain.page.wait_for_function("shifts.length > 0")
    chats = urlsplit(assistant.stack.urls["rasa"]).netloc
    ours = {urlsplit(foreign_page.url).netloc, urlsplit(assistant.api).netloc, chats}
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == ours
    faults = [fault for fault in plain.faults + hostile.faults if "net::ERR_" not in fault]
    assert faults == []


#: Collects what moves on the page without the reader's doing.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
  .observe({ type: "layout-shift", buffered: true });
"""

#: Computed styles of everything in the chat, and where it and its launcher stand.
LOOKS = """() => {
  const properties = ["animation-name", "background-color", "border-radius", "border-top-width", "box-sizing",
    "clip-path", "color", "cursor", "display", "filter", "flex", "float", "font-family", "font-size",
    "font-style", "font-weight", "letter-spacing", "line-height", "list-style-type", "margin-top", "opacity",
    "padding-top", "padding-left", "position", "text-align", "text-decoration-line", "text-indent",
    "text-transform", "transform", "transition-duration", "visibility", "white-space", "word-spacing"];
  const root = document.querySelector("appointment-chat").shadowRoot;
  const seen = new Set();
  for (const element of root.querySelectorAll("*"))
    for (const part of ["", "::before", "::after"]) {
      const styles = getComputedStyle(element, part);
      if (part && styles.content === "none") continue;
      const name = `${element.localName}.${element.getAttribute("class") ?? ""}${part}`;
      seen.add([name, ...properties.map((each) => `${each}=${styles.getPropertyValue(each)}`)].join("; "));
    }
  for (const element of root.querySelectorAll(".launcher, .panel:not(.teaser), .head, .composer")) {
    const { x, y, width, height } = element.getBoundingClientRect();
    seen.add([element.className, x, y, width, height].join(" "));
  }
  return [...seen].sort();
}"""
