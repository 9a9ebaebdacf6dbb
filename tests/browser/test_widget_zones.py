"""Hours in the chat for writers in other zones: what is read, kept and put into calendars is one instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, expect

from tests.browser.chat_window import LONDON, OpenWindow, open_chat, write
from tests.dialogue import received, wall
from tests.rows import Row
from tests.stack import Assistant

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Meeting:
    """What is asked for, the start on the writer's clock, and how the card puts it."""

    wish: str
    start: str
    shown: str


NEW_YORK = Meeting(  # one day after clocks went back there: the distance to London is the usual one again
    "2 November at 9:30", "2026-11-02 09:30", "Monday, November 2, 2026, 9:30 – 10:00 AM"
)
APIA = Meeting(  # Ben's Monday before noon, UTC+13
    "8 December at 00:30", "2026-12-08 00:30", "Tuesday 8 December 2026, 00:30–01:00"
)
SUMMER = Meeting("23 October at 15:00", "2026-10-23 15:00", "Friday 23 October 2026, 15:00–15:30")
WINTER = Meeting("27 October at 15:00", "2026-10-27 15:00", "Tuesday 27 October 2026, 15:00–15:30")


@pytest.mark.parametrize(
    ("zone", "locale", "meetings", "hours"),
    [
        ("America/New_York", "en-US", [NEW_YORK], [14]),
        ("Pacific/Apia", "en-GB", [APIA], [11]),
        (LONDON, "en-GB", [SUMMER, WINTER], [14, 15]),
    ],
    ids=["New York", "Apia", "London over its change of clocks"],
)
def test_card_calendar_file_mail_and_row_agree(
    zone: str,
    locale: str,
    meetings: list[Meeting],
    hours: list[int],
    assistant: Assistant,
    open_window: OpenWindow,
    tmp_path: Path,
) -> None:
    window = open_window(zone=zone, locale=locale)
    window.page.goto(assistant.api)
    chat = open_chat(window.page)
    email = f"zone.{zone.rpartition('/')[2].lower()}@example.com"
    expect(chat).to_contain_text(f"Your time zone: {zone}")

    for number, meeting in enumerate(meetings):
        write(chat, f"Consultation with Ben on {meeting.wish}. Ann Lee, {email}")
        chat.get_by_role("button", name="yes").nth(number).click()
        card = chat.get_by_role("article", name="Appointment confirmed").nth(number)

        expect(card).to_contain_text(f"{meeting.shown} ({zone})")
        row = _row(assistant, email, number)
        assert (row.starts, row.minutes) == (wall(zone, meeting.start), 30)
        assert row.attendee_zone == zone
        expected = (str(row.uid), row.starts, row.ends)
        assert _file_of(card, tmp_path / f"{number}.ics") == expected
        assert _google_times(card) == (row.starts, row.ends)
        mail = received(assistant, row).attendee
        assert mail.invitation
        assert (mail.invitation.uid, mail.invitation.start, mail.invitation.end) == expected
        assert meeting.shown in mail.text

    booked = [_row(assistant, email, number) for number in range(len(meetings))]
    assert [row.starts.astimezone(UTC).hour for row in booked] == hours
    assert window.faults == []


def _row(assistant: Assistant, email: str, number: int) -> Row:
    """The booking of the address that is so-and-so-many-th in time."""
    found = assistant.rows.select(
        "SELECT uid FROM booking WHERE attendee_email = :email ORDER BY starts", email=email
    )
    return assistant.rows.by_uid(found[number]["uid"])


def _file_of(card: Locator, kept: Path) -> tuple[str, datetime, datetime]:
    """Identity, start and end in the calendar file that the card gives out."""
    with card.page.expect_download() as download:
        card.get_by_role("button", name="File (.ics)").click()
    download.value.save_as(kept)
    (found,) = Calendar.from_ical(kept.read_text(encoding="utf-8")).walk("VEVENT")
    event: Any = found  # the library's union of all property types says nothing here
    return str(event["UID"]), event["DTSTART"].dt, event["DTEND"].dt


def _google_times(card: Locator) -> tuple[datetime, datetime]:
    """Start and end in the link to Google's calendar."""
    link = card.get_by_role("link", name="Google").get_attribute("href")
    (dates,) = parse_qs(urlsplit(str(link)).query)["dates"]
    start, end = (datetime.strptime(each, "%Y%m%dT%H%M%S%z") for each in dates.split("/"))
    return start, end
