"""The chat's line to the server: away and back, in mid-turn, in two tabs; everything arrives, and once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat_window import OpenWindow, open_chat, said, thinking, write
from tests.stack import Assistant

pytestmark = pytest.mark.browser


def _lines(chat: Locator) -> list[str]:
    """What stands in the log, a line each, without what stands below the messages."""
    texts: list[str] = chat.get_by_role("log").locator("ol > li .bubble > div").all_inner_texts()
    return texts


def _go_offline(page: Page, chat: Locator) -> None:
    page.context.set_offline(True)
    expect(chat.get_by_text("No connection", exact=True)).to_be_visible()


def _expect_calm(chat: Locator) -> None:
    """Everything was delivered and answered."""
    expect(chat.get_by_text("Online", exact=True)).to_be_visible()
    expect(chat.get_by_text("Delivered")).to_be_visible()
    expect(chat.get_by_text("Waiting for connection")).to_have_count(0)


def test_what_is_written_without_a_line_is_sent_once(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window()
    window.page.goto(assistant.api)
    chat = open_chat(window.page)
    _go_offline(window.page, chat)
    expect(chat.get_by_role("button", name="Try now")).to_be_visible()

    write(chat, "What does a consultation cost, offline?")
    write(chat, "Where is the practice, offline?")
    expect(chat.get_by_text("Waiting for connection")).to_have_count(2)
    window.page.context.set_offline(False)

    _expect_calm(chat)
    own = [line for line in _lines(chat) if "offline" in line]
    assert own == ["What does a consultation cost, offline?", "Where is the practice, offline?"]
    spoken = said(assistant, own[0])
    assert spoken.count("writer") == 2
    assert (spoken[1], spoken[-1]) == ("assistant", "assistant")
    assert len(_lines(chat)) == 1 + len(spoken)
    assert [fault for fault in window.faults if "net::ERR_" not in fault] == []


@pytest.mark.parametrize("returns", ["before", "after"])
def test_an_answer_is_read_once_by_who_lost_the_line_in_mid_turn(
    returns: str, assistant: Assistant, open_window: OpenWindow
) -> None:
    window = open_window()
    window.page.goto(assistant.api)
    chat = open_chat(window.page)
    wish = f"Consultation with Ben next week, back {returns} the answer"

    with thinking(assistant):
        write(chat, wish)
        expect(chat.get_by_role("status").last).to_have_text("Assistant is typing")
        _go_offline(window.page, chat)
        if returns == "before":
            window.page.context.set_offline(False)
            expect(chat.get_by_text("Online", exact=True)).to_be_visible()
    if returns == "after":
        _await_answer(assistant, window.page, wish)
        window.page.context.set_offline(False)

    expect(chat.get_by_role("list", name="Free times").get_by_role("button")).to_have_count(3)
    _expect_calm(chat)
    assert said(assistant, wish) == ["writer", "assistant"]
    assert len(_lines(chat)) == 3
    chat.get_by_role("list", name="Free times").get_by_role("button").first.click()
    expect(chat.get_by_role("log")).to_contain_text("name and your e-mail address")
    assert [fault for fault in window.faults if "net::ERR_" not in fault] == []


def _await_answer(assistant: Assistant, page: Page, words: str) -> None:
    """Wait until the server has on record what it answers."""
    for _ in range(100):
        if "assistant" in said(assistant, words):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"no answer to: {words}")


def test_two_tabs_show_one_conversation(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window()
    first, second = window.page, window.page.context.new_page()
    wish = "Consultation with Ben next week, from the first tab"
    for page in (first, second):
        page.goto(assistant.api)
    one = open_chat(first)
    write(one, wish)
    expect(one.get_by_role("list", name="Free times").get_by_role("button")).to_have_count(3)
    other = open_chat(second)
    expect(other.get_by_role("list", name="Free times").get_by_role("button")).to_have_count(3)

    other.get_by_role("list", name="Free times").get_by_role("button").last.click()
    for chat in (one, other):
        expect(chat.get_by_role("log")).to_contain_text("name and your e-mail address")
        expect(chat.get_by_role("list", name="Free times").get_by_role("button").first).to_be_disabled()
    write(one, "Ann Lee, tabs@example.com")

    for chat in (one, other):
        expect(chat.get_by_role("button", name="yes")).to_be_enabled()
    assert _lines(one) == _lines(other)
    spoken = said(assistant, wish)
    assert spoken == ["writer", "assistant"] * 3
    assert len(_lines(one)) == 1 + len(spoken)
    assert window.faults == []
