"""The hosts' desk in a real browser: the way in, and a host's day by keyboard, mouse and on a phone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.desk_window import faults_of, go, sign_in, violations
from tests.dialogue import book, received, wall
from tests.stack import Assistant

pytestmark = pytest.mark.browser

BEN, LONDON = "ben.okafor@example.org", "Europe/London"
OpenWindow = Callable[..., Window]


def test_a_host_moves_a_booking_by_keyboard_and_takes_it_back(
    assistant: Assistant, open_window: OpenWindow
) -> None:
    row = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Friday 20 November at 10:00")
    window = open_window(width=1280)
    page = window.page
    sign_in(assistant, page, BEN)
    assert violations(page) == []

    go(page, "Bookings")
    page.get_by_role("searchbox").fill(row.reference)
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    assert violations(page) == []
    page.get_by_role("table").get_by_role("button", name="Ann Lee").press("Enter")
    sheet = page.get_by_role("dialog", name="Ann Lee")
    expect(sheet).to_contain_text("Friday 20 November")
    assert violations(page) == []
    sheet.get_by_role("button", name="Move…").press("Enter")
    move = page.get_by_role("dialog", name="Move Ann Lee")
    move.get_by_role("button", name="11:30, Friday 20 November").press("Space")
    assert violations(page) == []
    move.get_by_role("button", name="Move to Friday 20 November, 11:30").press("Enter")

    expect(page.get_by_role("status").filter(has_text="Moved to")).to_contain_text("Ann Lee is told by mail")
    expect(page.get_by_role("table")).to_contain_text("11:30–12:00")
    assert assistant.rows.by_uid(row.uid).starts == wall(LONDON, "2026-11-20 11:30")
    assert "11:30" in received(assistant, assistant.rows.by_uid(row.uid)).attendee.text
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("table")).to_contain_text("10:00–10:30")
    assert assistant.rows.by_uid(row.uid).starts == row.starts
    assert faults_of(window) == []


def test_a_host_keeps_hours_days_off_and_who_came(assistant: Assistant, open_window: OpenWindow) -> None:
    row = book(assistant, assistant.chat(zone=LONDON), "Consultation with Ben on Friday 13 November at 10:00")
    window = open_window(width=1280)
    page = window.page
    sign_in(assistant, page, BEN)

    go(page, "Availability")
    hours = page.get_by_role("form", name="Working hours")
    hours.get_by_role("button", name="Add hours on Sunday").press("Enter")
    hours.get_by_label("Sunday, until").fill("08:00")
    hours.get_by_role("button", name="Save hours").press("Enter")
    expect(hours.get_by_text("The end must come after the beginning.")).to_be_visible()
    assert violations(page) == []
    hours.get_by_label("Sunday, until").fill("11:00")
    hours.get_by_role("button", name="Save hours").press("Enter")
    expect(page.get_by_text("Working hours saved.")).to_be_visible()
    off = page.get_by_role("region", name="Time off")
    off.get_by_role("button", name="Add…").press("Enter")
    off.get_by_label("First day").fill("2026-11-13")
    off.get_by_label("Last day").fill("2026-11-13")
    off.get_by_role("button", name="Add time off").press("Enter")
    expect(off.get_by_role("alert")).to_contain_text("Ann Lee, Friday 13 November")
    assert violations(page) == []
    off.get_by_role("button", name="Understood").press("Enter")
    off.get_by_role("button", name="Remove Friday 13 November").press("Enter")
    expect(off.get_by_role("button", name="Remove Friday 13 November")).to_have_count(0)
    hours.get_by_role("button", name="Remove Sunday").press("Enter")
    hours.get_by_role("button", name="Save hours").press("Enter")
    expect(hours.get_by_role("button", name="Save hours")).to_be_disabled()
    for view, heading in (("Types", "Appointment types"), ("Analytics", "Analytics")):
        go(page, view)
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        assert violations(page) == []
    assert faults_of(window) == []
    _signs_who_came(assistant, open_window, row.reference)


def _signs_who_came(assistant: Assistant, open_window: OpenWindow, reference: str) -> None:
    """Weeks later Ben marks that nobody came, and takes the list away."""
    with assistant.clock.moved(timedelta(days=30)):
        page = open_window(width=1280).page
        sign_in(assistant, page, BEN)
        go(page, "Bookings")
        page.get_by_role("radio", name="Past").check()
        page.get_by_role("searchbox").fill(reference)
        expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
        page.get_by_role("table").get_by_role("button", name="Ann Lee").click()
        page.get_by_role("button", name="Mark as no-show").click()
        expect(page.get_by_role("button", name="Ann Lee did come")).to_be_visible()
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_role("table")).to_contain_text("No-show")
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
    (line,) = list(csv.DictReader(io.StringIO(text)))
    assert (line["Reference"], line["Name"], line["Nobody came"]) == (reference, "Ann Lee", "yes")
