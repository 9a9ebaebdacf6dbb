"""The chat in a real browser: on another site's page, by hand, by keyboard, over a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat_window import LONDON, OpenWindow, open_chat, write
from tests.dialogue import missing, received, wall
from tests.foreign_page import ForeignPage
from tests.rows import Row
from tests.stack import Assistant

pytestmark = pytest.mark.browser


def _row(assistant: Assistant, email: str) -> Row:
    (uid,) = assistant.rows.select("SELECT uid FROM booking WHERE attendee_email = :email", email=email)
    return assistant.rows.by_uid(uid["uid"])


def test_an_appointment_is_booked_from_another_site_s_page(
    assistant: Assistant, open_window: OpenWindow, foreign_page: ForeignPage
) -> None:
    window = open_window()
    window.page.goto(foreign_page.url)

    chat = open_chat(window.page)
    write(chat, "Consultation with Ben on 7 December between 10 and 11:30? Ann Lee, browser1@example.com")
    chat.get_by_role("button", name="10:30").click()
    chat.get_by_role("button", name="yes").click()
    card = chat.get_by_role("article", name="Appointment confirmed")
    expect(card).to_be_visible()

    row = _row(assistant, "browser1@example.com")
    assert row.agreed == (
        "CONFIRMED",
        ["ben-okafor"],
        "consultation",
        wall(LONDON, "2026-12-07 10:30"),
        30,
    )
    expect(card).to_contain_text("Monday 7 December 2026, 10:30–11:00")
    expect(card).to_contain_text(row.reference)
    assert _rows_of_text(card.get_by_text("10:30–11:00", exact=True)) == 1
    facts = ["Ben Okafor", "10:30", row.reference]
    beside = chat.get_by_role("log").get_by_text("browser1@example.com").last
    expect(beside).to_contain_text("nvitation")
    assert missing(beside.inner_text(), *facts) == facts
    expect(chat.get_by_role("heading", name="Book a tasting")).to_be_in_viewport()
    window.picture("chat-on-another-page")
    assert window.faults == []
    letter = open_window()
    letter.page.set_content(received(assistant, row).attendee.html)
    when = letter.page.get_by_text("Monday 7 December 2026, 10:30").last
    expect(when).to_be_visible()
    letter.picture("mail")
    letter.page.get_by_role("link", name="Cancel").first.click()
    expect(letter.page.get_by_role("main")).to_contain_text(row.reference)
    expect(letter.page.get_by_role("main")).to_contain_text("Monday 7 December 2026, 10:30–11:00")


def _rows_of_text(words: Locator) -> int:
    """On how many lines the words stand."""
    return int(words.evaluate("element => element.getClientRects().length"))


def test_a_site_that_is_not_allowed_gets_no_chat(
    open_window: OpenWindow, uninvited_page: ForeignPage
) -> None:
    window = open_window()
    window.page.goto(uninvited_page.url)

    window.page.get_by_role("button", name="Open chat").click()
    chat = window.page.get_by_role("dialog")
    expect(chat.get_by_text("No connection", exact=True)).to_be_visible()
    write(chat, "I need an appointment")

    expect(chat.get_by_text("Waiting for connection")).to_be_visible()
    assert any("CORS" in fault for fault in window.faults)


def test_an_appointment_is_booked_by_keyboard_alone(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window()
    page, keys = window.page, window.page.keyboard
    page.goto(assistant.api)
    page.get_by_role("button", name="Open chat").focus()

    keys.press("Enter")
    chat = page.get_by_role("dialog")
    expect(chat.get_by_role("textbox", name="Message")).to_be_focused()
    keys.type("Consultation with Ben on 8 December between 10 and 11:30? Ann Lee, browser2@example.com")
    keys.press("Enter")
    choice = chat.get_by_role("button", name="10:00")
    expect(choice).to_be_visible()
    _tab_to(page, choice)
    keys.press("Enter")
    agree = chat.get_by_role("button", name="yes")
    expect(agree).to_be_visible()
    _tab_to(page, agree)
    keys.press("Space")
    expect(chat.get_by_role("article", name="Appointment confirmed")).to_be_visible()
    keys.press("Escape")

    expect(chat).to_be_hidden()
    expect(page.get_by_role("button", name="Open chat")).to_be_focused()
    assert _row(assistant, "browser2@example.com").starts == wall(LONDON, "2026-12-08 10:00")
    assert window.faults == []


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; at most one round through the page."""
    for _ in range(60):
        if target.evaluate("element => element.getRootNode().activeElement === element"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {target}")


def test_a_reload_keeps_the_conversation(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window()
    window.page.goto(assistant.api)
    chat = open_chat(window.page)
    write(chat, "Intro with Ben on 9 December at 15:00")
    expect(chat.get_by_role("log")).to_contain_text("15:00", use_inner_text=True)
    expect(chat.get_by_text("Delivered")).to_be_visible()

    window.page.reload()
    chat = open_chat(window.page) if not window.page.get_by_role("dialog").is_visible() else chat
    expect(chat.get_by_role("log")).to_contain_text("Intro with Ben on 9 December at 15:00")
    write(chat, "Ann Lee, browser3@example.com")
    expect(chat.get_by_role("button", name="yes")).to_be_visible()
    chat.get_by_role("button", name="yes").click()

    expect(chat.get_by_role("article", name="Appointment confirmed")).to_be_visible()
    assert _row(assistant, "browser3@example.com").starts == wall(LONDON, "2026-12-09 15:00")
    assert window.faults == []


def test_a_time_is_tapped_after_a_restart_of_the_server(
    assistant: Assistant, open_window: OpenWindow
) -> None:
    window = open_window()
    window.page.goto(assistant.api)
    chat = open_chat(window.page)
    write(chat, "Consultation with Ben on 14 December between 10 and 11:30")
    expect(chat.get_by_role("button", name="10:30")).to_be_visible()
    window.page.goto("about:blank")

    assistant.stack.restart("rasa")
    window.page.goto(assistant.api)
    chat = open_chat(window.page)
    chat.get_by_role("button", name="10:30").click()
    expect(chat.get_by_role("log")).to_contain_text("your name and your e-mail address")
    write(chat, "Ann Lee, browser6@example.com")
    chat.get_by_role("button", name="Yes").click()

    expect(chat.get_by_role("article", name="Appointment confirmed")).to_be_visible()
    assert _row(assistant, "browser6@example.com").starts == wall(LONDON, "2026-12-14 10:30")
    assert window.faults == []


def test_times_are_those_of_the_browser_s_zone(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window(zone="Asia/Kolkata")
    window.page.goto(assistant.api)
    chat = open_chat(window.page)

    write(chat, "Consultation with Ben on 10 December at 20:00. Ann Lee, browser4@example.com")
    chat.get_by_role("button", name="yes").click()

    card = chat.get_by_role("article", name="Appointment confirmed")
    expect(card).to_contain_text("Thursday 10 December 2026, 20:00–20:30 (Asia/Kolkata)")
    assert _row(assistant, "browser4@example.com").attendee_zone == "Asia/Kolkata"
    assert window.faults == []


def test_a_telephone_s_screen_is_enough(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window(width=360, height=640)
    window.page.goto(assistant.api)
    chat = open_chat(window.page)

    write(chat, "Consultation with Ben on 11 December between 10 and 11:30? Ann Lee, browser5@example.com")
    chat.get_by_role("button", name="11:00").click()
    window.picture("chat-on-a-telephone")
    chat.get_by_role("button", name="yes").click()

    expect(chat.get_by_role("article", name="Appointment confirmed")).to_be_visible()
    width = window.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    assert window.faults == []


def test_what_is_seen_has_a_name(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window()
    window.page.goto(assistant.api)
    chat = open_chat(window.page)

    write(chat, "Consultation with Ben next week")
    expect(chat.get_by_role("button", name="2026").first).to_be_visible()

    nameless = window.page.evaluate(NAMELESS)
    assert nameless == []
    expect(chat).to_have_accessible_name("Example Practice")
    expect(chat.get_by_role("log")).to_have_accessible_name("Conversation")
    assert window.page.get_by_role("main").count() == 1
    assert window.page.get_by_role("heading", level=1).count() == 1
    assert window.page.locator("html").get_attribute("lang") == "en"


#: Everything that can be pressed or filled and has no words for those who cannot see it, in all shadow trees.
NAMELESS = """() => {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot);
      const kinds = "button, a[href], input:not([type=hidden]), textarea, select, iframe, img";
      if (!element.matches(kinds)) continue;
      const labels = [...(element.labels ?? [])].map((label) => label.textContent).join("");
      const name = element.getAttribute("aria-label") || labels || element.textContent.trim() || element.title
        || element.getAttribute("alt");
      if (!name) found.push(element.outerHTML.slice(0, 120));
    }
  };
  visit(document);
  return found;
}"""
