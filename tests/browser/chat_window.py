"""What the tests of the chat in a browser do and look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import text

from deploy.local.places import UI
from tests.browser.conftest import Window
from tests.stack import Assistant, database

LONDON = "Europe/London"
AXE = UI / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
OpenWindow = Callable[..., Window]


def open_chat(page: Page) -> Locator:
    """The chat, once its launcher has been pressed and it has a line to the server."""
    page.get_by_role("button", name="Open chat").click()
    chat = page.get_by_role("dialog")
    expect(chat.get_by_text("Online", exact=True)).to_be_visible()
    return chat


def write(chat: Locator, words: str) -> None:
    """Send a message as people do: by Enter."""
    box = chat.get_by_role("textbox", name="Message")
    box.fill(words)
    box.press("Enter")


def faults_of_chat(page: Page) -> list[str]:
    """What axe finds wrong with the chat as it stands, whatever the page around it is like."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        """rules => axe.run({include: ["appointment-chat"]}, {runOnly: rules}).then(({violations}) =>
          violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.flat().at(-1)}`)))""",
        RULES,
    )
    return found


@contextmanager
def thinking(assistant: Assistant) -> Iterator[None]:
    """A wish for an appointment that is sent in the block is answered after it, as on a busy day."""
    engine = database(assistant.stack)
    try:
        with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
            connection.execute(text("LOCK TABLE person IN ACCESS EXCLUSIVE MODE"))
            yield
    finally:
        engine.dispose()


def said(assistant: Assistant, words: str) -> list[str]:
    """Who has spoken, from the one message with these words on: `writer` or `assistant` for each text."""
    lines = assistant.rows.select(
        """
        SELECT speaker FROM chat_line JOIN (
            SELECT chat, number AS first FROM chat_line WHERE content ->> 'text' = :words
        ) AS asked USING (chat) WHERE number >= first AND content ? 'text' ORDER BY number
        """,
        words=words,
    )
    return [line["speaker"] for line in lines]
