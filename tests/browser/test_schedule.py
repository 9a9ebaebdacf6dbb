"""Booking on the schedule page, by keyboard and against somebody else; what a chat keeps is shown there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.dialogue import I_AM_ANN, local, offered, open_starts
from tests.stack import Assistant

pytestmark = pytest.mark.browser

LONDON = "Europe/London"
AXE = Path(__file__).parents[2] / "webchat" / "ui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
LIVE_MS = 5000  #: a second on a machine at rest, but tests run beside others
OpenWindow = Callable[..., Window]


def faults_for_readers(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "rules => axe.run({runOnly: rules}).then(({violations}) => violations.map(({id}) => id))", RULES
    )
    return found


def open_week(assistant: Assistant, page: Page, day: str) -> None:
    page.goto(f"{assistant.api}/schedule?person=ben-okafor&type=consultation&week={day}")
    expect(page.get_by_text(re.compile("free starts this week"))).to_be_visible()


def test_a_start_is_booked_by_keyboard_and_cannot_be_had_by_another(
    assistant: Assistant, open_window: OpenWindow
) -> None:
    start = open_starts(assistant, "consultation", "ben-okafor", "2026-10-30", LONDON)[-1]
    name = f"{local([start], LONDON)[0]:%H:%M}, Friday 30 October"
    first, second = open_window(width=1280), open_window(zone="Asia/Kolkata", width=360)
    page, other = first.page, second.page
    open_week(assistant, page, "2026-10-30")
    open_week(assistant, other, "2026-10-30")
    lost = other.get_by_role("button", name=f"{local([start], 'Asia/Kolkata')[0]:%H:%M}, Friday 30 October")
    expect(lost).to_be_visible()
    found = [faults_for_readers(page), faults_for_readers(other)]

    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your details")).to_be_focused()
    expect(page.get_by_role("timer")).to_contain_text("Kept for you")
    expect(lost).to_have_count(0)
    page.get_by_role("button", name="Review").press("Enter")
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    expect(page.get_by_text("Please write your name.")).to_be_visible()
    found.append(faults_for_readers(page))
    page.keyboard.type("Ann Lee")
    page.keyboard.press("Tab")
    page.keyboard.type("keyboard@example.com")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Is this right?")).to_be_focused()
    found.append(faults_for_readers(page))
    page.get_by_role("button", name="Book it").press("Enter")

    expect(page.get_by_role("heading", name="Booked")).to_be_focused()
    found.append(faults_for_readers(page))
    first.picture("schedule-booked")
    assert [row.attendee_email for row in assistant.rows.at("ben-okafor", start)] == ["keyboard@example.com"]
    assert found == [[]] * 5
    assert first.faults + second.faults == []


def test_who_comes_second_is_told_and_offered_what_is_free(
    assistant: Assistant, open_window: OpenWindow
) -> None:
    start = open_starts(assistant, "consultation", "ben-okafor", "2026-10-28", LONDON)[0]
    name = f"{local([start], LONDON)[0]:%H:%M}, Wednesday 28 October"
    first, second = open_window(), open_window()
    second.page.route("**/api/changes", lambda route: route.abort())  # it does not hear of the first
    for window in (first, second):
        open_week(assistant, window.page, "2026-10-28")
        expect(window.page.get_by_role("button", name=name)).to_be_visible()

    first.page.get_by_role("button", name=name).click()
    expect(first.page.get_by_role("heading", name="Your details")).to_be_visible()
    second.page.get_by_role("button", name=name).click()

    told = second.page.get_by_role("alert")
    expect(told).to_contain_text("That time has just been taken. These are free and near it:")
    expect(told.get_by_role("button").first).to_be_visible()
    expect(second.page.get_by_role("button", name=name)).to_have_count(0)
    first.page.get_by_role("button", name="Choose another time").click()
    expect(first.page.get_by_role("button", name=name)).to_be_visible()
    assert first.faults == []


def test_a_chat_and_two_pages_far_apart_see_each_other_take_times(
    assistant: Assistant, open_window: OpenWindow
) -> None:
    early, late = (
        start
        for start in open_starts(assistant, "consultation", "ben-okafor", "2026-10-27", LONDON)
        if f"{local([start], LONDON)[0]:%H:%M}" in {"11:30", "17:00"}
    )
    east, west = "Pacific/Apia", "America/New_York"  # a day ahead, and still in summer time
    windows = open_window(zone=east, width=360), open_window(zone=west, width=1280)
    there, here = (window.page for window in windows)
    for page in (there, here):
        open_week(assistant, page, "2026-10-27")
        expect(page.get_by_text("Live", exact=True)).to_be_visible()
    far = there.get_by_role("button", name=f"06:00, Wednesday 28 October, {east} time, UTC+13")
    near = here.get_by_role("button", name=f"07:30, Tuesday 27 October, {west} time, UTC−4")
    expect(far).to_be_visible()
    expect(near).to_be_visible()
    kept = here.get_by_role("region", name="Calendar of Ben Okafor").get_by_text("Busy")
    expect(kept).not_to_have_count(0)
    before = kept.count()

    chat = assistant.chat(zone=LONDON)
    chat.say(f"Consultation with Ben on Tuesday 27 October at {local([early], LONDON)[0]:%H:%M}. {I_AM_ANN}")
    expect(near).to_have_count(0, timeout=LIVE_MS)
    expect(kept).to_have_count(before + 1, timeout=LIVE_MS)
    far.click()
    expect(there.get_by_role("heading", name="Your details")).to_be_visible()
    expect(here.get_by_role("button", name="13:00, Tuesday 27 October")).to_have_count(0, timeout=LIVE_MS)
    expect(kept).to_have_count(before + 2, timeout=LIVE_MS)
    refused = assistant.chat(zone=LONDON).say("Consultation with Ben on Tuesday 27 October at 17:00")

    assert "taken" in refused.text.lower()
    assert late not in offered(refused, LONDON)
    assert [window.faults for window in windows] == [[], []]
