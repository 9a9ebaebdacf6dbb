"""The desk of an administrator: other people's calendars by mouse and keyboard, days off, feeds."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Window
from tests.browser.desk_window import faults_of, go, sign_in
from tests.dialogue import I_AM_ANN, book, wall
from tests.stack import ADMIN, Assistant

pytestmark = pytest.mark.browser

LONDON = "Europe/London"
OpenWindow = Callable[..., Window]


def drag(page: Page, block: Locator, hours: float, *, inset: float = 4) -> None:
    """Pull a block down by so many hours, held at so many pixels from its upper or, below 0, lower edge."""
    labels = [page.locator(".slot-hour", has_text=f"{hour}:00").bounding_box() for hour in (11, 12)]
    above, below = labels
    box = block.bounding_box()
    assert above
    assert below
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + inset % box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + hours * (below["y"] - above["y"]), steps=5)
    page.mouse.up()


def test_a_booking_is_pulled_to_its_time_and_length_and_called_off(
    assistant: Assistant, open_window: OpenWindow
) -> None:
    row = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Friday 20 November at 11:00")
    window = open_window(width=1280)
    page = window.page
    sign_in(assistant, page, ADMIN)
    page.get_by_role("combobox", name="Desk of").select_option("Ben Okafor")
    page.route("**/api/changes", lambda route: route.abort())  # what others take is not heard of
    page.goto(f"{assistant.api}/desk?person=ben-okafor&day=2026-11-20")
    calendar = page.get_by_role("region", name="Calendar")
    block = calendar.get_by_role("button", name="Ann Lee")
    said = page.get_by_role("status").filter(has_text="Moved to")

    drag(page, block, hours=1)
    expect(said).to_contain_text("Friday 20 November, 12:00–12:30")
    drag(page, block, hours=0.25, inset=-2)
    expect(said).to_contain_text("12:00–12:45")
    stored = assistant.rows.by_uid(row.uid)
    assert (stored.starts, stored.minutes) == (wall(LONDON, "2026-11-20 12:00"), 45)

    assistant.chat(zone=LONDON).say(f"Consultation with Ben on Friday 20 November at 15:00. {I_AM_ANN}")
    drag(page, block, hours=3)
    move = page.get_by_role("dialog", name="Move Ann Lee")
    expect(move.get_by_role("alert")).to_contain_text("That time is not free. The nearest that are:")
    near = move.get_by_role("alert").get_by_role("button").first
    time = str(near.text_content())
    near.press("Enter")
    move.get_by_role("button", name=f"Move to {time}").press("Enter")
    expect(said).to_contain_text(time)

    _calls_off(assistant, page, block)
    assert assistant.rows.by_uid(row.uid).status == "CANCELLED"
    assert [fault for fault in faults_of(window) if "api/changes" not in fault] == []


def _calls_off(assistant: Assistant, page: Page, block: Locator) -> None:
    """By keyboard, with a reason; a mail that was refused is sent again."""
    assistant.mailbox.unknown.add("ann@example.com")
    try:
        block.press("Enter")
        sheet = page.get_by_role("dialog", name="Ann Lee")
        sheet.get_by_role("button", name="Cancel…").press("Enter")
        sheet.get_by_role("textbox", name="Reason").fill("The room is flooded.")
        sheet.get_by_role("button", name="Cancel the booking").press("Enter")
        expect(page.get_by_role("status").filter(has_text="Cancelled.")).to_be_visible()
        again = sheet.get_by_role("button", name="Send again: Cancellation to ann@example.com")
        _reload_until(page, again)
        expect(sheet).to_contain_text("It was refused: the address may be wrong.")
    finally:
        assistant.mailbox.unknown.clear()
    again.press("Enter")
    mail = assistant.mailbox.latest(lambda one: one.to == "ann@example.com" and "flooded" in one.text)
    assert "The room is flooded." in mail.text


def _reload_until(page: Page, wanted: Locator) -> None:
    """This window hears of no changes, so it looks again."""
    for _ in range(20):
        page.reload()
        page.get_by_role("heading", name="Mails").wait_for()
        if wanted.count() > 0:
            return
        page.wait_for_timeout(250)
    expect(wanted).to_be_visible()


def test_days_off_of_a_country_and_the_secret_address(assistant: Assistant, open_window: OpenWindow) -> None:
    row = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Friday 20 November at 16:00")
    window = open_window(width=1280)
    page = window.page
    sign_in(assistant, page, ADMIN)
    page.goto(f"{assistant.api}/desk?view=availability&person=ben-okafor")

    holidays = page.get_by_role("region", name="Holidays")
    holidays.get_by_role("combobox", name="Country").select_option("United Kingdom")
    day = holidays.get_by_role("checkbox", name="Christmas Day")
    expect(day).to_be_checked()
    expect(holidays.get_by_role("combobox", name="Region")).to_be_enabled()
    day.press("Space")
    expect(day).not_to_be_checked()
    holidays.get_by_role("combobox", name="Country").select_option("None: open on holidays")
    expect(day).to_have_count(0)

    feed = page.get_by_role("region", name="In your own calendar")
    feed.get_by_role("button", name="Make an address").press("Enter")
    first = feed.get_by_role("textbox", name="Secret address").input_value()
    assert f"UID:{row.uid}" in httpx.get(first).text
    feed.get_by_role("button", name="New address, ending this one").press("Enter")
    expect(feed.get_by_role("textbox", name="Secret address")).not_to_have_value(first)
    assert httpx.get(first).status_code == 404
    go(page, "Types")
    expect(page.get_by_role("button", name="New type")).to_be_visible()
    assert faults_of(window) == []
