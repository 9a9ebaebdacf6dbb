"""The other pages in a real browser: schedule, manage page, first page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.dialogue import book, local, manage_link, open_starts, received, wall
from tests.stack import Assistant

pytestmark = pytest.mark.browser

LONDON = "Europe/London"
OpenWindow = Callable[..., Window]


def test_the_schedule_shows_a_new_booking_without_a_reload(
    assistant: Assistant, open_window: OpenWindow
) -> None:
    start = open_starts(assistant, "consultation", "ben-okafor", "2026-10-29", LONDON)[-1]
    time = f"{local([start], LONDON)[0]:%H:%M}"
    window = open_window()
    page = window.page
    page.goto(f"{assistant.api}/schedule")
    page.get_by_role("combobox", name="With").select_option("Ben Okafor")
    page.get_by_role("combobox", name="Appointment").select_option("Consultation")
    page.get_by_role("button", name="Next week").click()
    free = page.get_by_role("button", name=f"{time}, Thursday 29 October")
    expect(free).to_be_visible()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    busy = page.get_by_role("region", name="Calendar of Ben Okafor").get_by_text("Busy")
    expect(busy).not_to_have_count(0)
    before = busy.count()
    window.picture("schedule-before")

    book(assistant, assistant.chat(zone=LONDON), f"Consultation with Ben on 29 October at {time}")

    expect(free).to_have_count(0, timeout=5000)
    expect(busy).to_have_count(before + 1)
    window.picture("schedule-after")
    assert window.faults == []


def test_the_manage_page_cancels(assistant: Assistant, open_window: OpenWindow) -> None:
    row = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Friday 27 November at 11:00")
    window = open_window()
    page = window.page

    page.goto(manage_link(received(assistant, row).attendee))
    expect(page.get_by_text("Friday 27 November 2026, 11:00–11:30")).to_be_visible()
    window.picture("manage-page")
    page.get_by_text("Cancel the appointment").click()
    page.get_by_role("button", name="Yes, cancel it").click()

    expect(page.get_by_role("status")).to_contain_text("The appointment is cancelled")
    assert assistant.rows.by_uid(row.uid).status == "CANCELLED"
    assert window.faults == []


def test_the_manage_page_moves(assistant: Assistant, open_window: OpenWindow) -> None:
    row = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Friday 27 November at 12:00")
    window = open_window()
    page = window.page

    page.goto(manage_link(received(assistant, row).attendee))
    page.get_by_role("link", name="Choose another time").click()
    window.picture("reschedule-page")
    page.goto(f"{page.url}?from=2026-11-27")
    page.get_by_role("group", name="Friday 27 November 2026").get_by_label("15:00").check()
    page.get_by_role("button", name="Move the appointment").click()

    expect(page.get_by_text("Friday 27 November 2026, 15:00–15:30")).to_be_visible()
    assert assistant.rows.by_uid(row.uid).starts == wall(LONDON, "2026-11-27 15:00")
    assert window.faults == []


def test_a_link_of_the_mail_cancels_in_the_chat(assistant: Assistant, open_window: OpenWindow) -> None:
    row = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Friday 27 November at 13:00")
    letter, window = open_window(), open_window()
    letter.page.set_content(received(assistant, row).attendee.html)
    link = letter.page.get_by_role("link", name="Continue in the chat").get_attribute("href")
    page = window.page

    page.goto(str(link))
    chat = page.get_by_role("dialog")
    expect(chat.get_by_role("button", name="Cancel it")).to_be_visible()
    expect(chat.get_by_role("log")).to_contain_text(row.reference)
    assert page.url == f"{assistant.api}/"
    window.picture("chat-from-a-mail")
    box = chat.get_by_role("textbox", name="Message")
    box.fill("cancel it")
    box.press("Enter")
    expect(chat.get_by_role("button", name="Yes, cancel it")).to_be_visible()
    assert assistant.rows.by_uid(row.uid).status == "CONFIRMED"
    box.fill("yes")
    box.press("Enter")

    expect(chat.get_by_role("article", name="Appointment cancelled")).to_be_visible()
    assert assistant.rows.by_uid(row.uid).status == "CANCELLED"
    assert window.faults == []


def test_a_sentence_of_the_first_page_starts_a_chat(assistant: Assistant, open_window: OpenWindow) -> None:
    window = open_window()
    page = window.page

    page.goto(assistant.api)
    window.picture("first-page")
    page.locator("[data-ask]").nth(1).click()
    box = page.get_by_role("dialog").get_by_role("textbox", name="Message")
    expect(box).not_to_be_empty()
    box.press("Enter")

    expect(page.get_by_role("dialog").get_by_role("button", name="2026").first).to_be_visible()
    assert window.faults == []
