"""What the links in a mail do, seen from the page, the rows and the other mailbox."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.dialogue import book, form_fields, manage_link, received, wall
from tests.rows import Row
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    """Something that keeps cookies."""
    with httpx.Client(follow_redirects=True, timeout=20) as client:
        yield client


def _booked(assistant: Assistant, time: str) -> tuple[Row, str]:
    """A booking on a day of its own, and the link in the attendee's mail."""
    row = book(
        assistant, assistant.chat(zone=LONDON), f"Consultation with Ben on Wednesday 25 November at {time}"
    )
    return row, manage_link(received(assistant, row).attendee)


def test_looking_at_the_links_changes_nothing(assistant: Assistant, browser: httpx.Client) -> None:
    row, link = _booked(assistant, "10:00")

    pages = [browser.get(address) for address in (link, f"{link}/reschedule", link)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Wednesday 25 November 2026" in pages[0].text
    assert row.reference in pages[0].text
    assert assistant.rows.by_uid(row.uid) == row


def test_cancelling_by_the_link_mails_both_sides_and_frees_the_time(
    assistant: Assistant, browser: httpx.Client
) -> None:
    row, link = _booked(assistant, "11:00")
    first = received(assistant, row)

    page = browser.post(f"{link}/cancel", data=form_fields(browser.get(link).text))

    after = assistant.rows.by_uid(row.uid)
    mails = received(assistant, after, method="CANCEL")
    assert page.status_code == 200
    assert "cancelled" in page.text.lower()
    assert (after.status, after.sequence) == ("CANCELLED", 1)
    calls = [(mail.method, mail.sequence, mail.status, mail.uid) for mail in mails.invitations]
    assert calls == [("CANCEL", 1, "CANCELLED", first.invitations[0].uid)] * 2
    assert assistant.rows.at("ben-okafor", row.starts) == []


def test_cancelling_twice_changes_nothing_more(assistant: Assistant, browser: httpx.Client) -> None:
    row, link = _booked(assistant, "12:00")
    fields = form_fields(browser.get(link).text)

    browser.post(f"{link}/cancel", data=fields)
    again = browser.post(f"{link}/cancel", data=fields)

    after = assistant.rows.by_uid(row.uid)
    assert again.status_code in {200, 409}
    assert "cancelled" in again.text.lower()
    assert (after.status, after.sequence) == ("CANCELLED", 1)


def test_the_page_reschedules_and_both_sides_hear_of_it(assistant: Assistant, browser: httpx.Client) -> None:
    row, link = _booked(assistant, "13:00")
    first = received(assistant, row)
    form = browser.get(f"{link}/reschedule?from=2026-11-26").text

    start = wall(LONDON, "2026-11-26 16:30")
    value = next(text for text in _radio_values(form) if start.isoformat()[:16] in text)
    page = browser.post(f"{link}/reschedule", data={**form_fields(form), "start": value})

    after = assistant.rows.by_uid(row.uid)
    mails = received(assistant, after)
    assert page.status_code == 200
    assert "Thursday 26 November 2026" in page.text
    assert (after.status, after.starts, after.sequence, after.minutes) == ("CONFIRMED", start, 1, 30)
    calls = [(mail.method, mail.sequence, mail.start, mail.uid) for mail in mails.invitations]
    assert calls == [("REQUEST", 1, start, first.invitations[0].uid)] * 2
    assert assistant.rows.at("ben-okafor", row.starts) == []


def _radio_values(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('name="start" value="')[1:]]


def test_the_person_s_link_works_too(assistant: Assistant, browser: httpx.Client) -> None:
    row, link = _booked(assistant, "14:00")
    (to_ben,) = received(assistant, row).people
    own = manage_link(to_ben)

    browser.post(f"{own}/cancel", data=form_fields(browser.get(own).text))

    assert own != link
    assert assistant.rows.by_uid(row.uid).status == "CANCELLED"


def test_a_link_with_one_letter_changed_shows_nothing(assistant: Assistant, browser: httpx.Client) -> None:
    _row, link = _booked(assistant, "15:00")
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")

    answers = [
        browser.get(forged),
        browser.post(f"{forged}/cancel", data={"proof": "x", "key": "x", "version": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("Ann" not in answer.text for answer in answers)


def test_a_form_without_its_page_cancels_nothing(assistant: Assistant, browser: httpx.Client) -> None:
    row, link = _booked(assistant, "16:00")
    fields = form_fields(browser.get(link).text)
    browser.cookies.clear()

    answer = browser.post(f"{link}/cancel", data=fields)

    assert answer.status_code == 403
    assert assistant.rows.by_uid(row.uid) == row


def test_mails_are_whole_and_plain(assistant: Assistant) -> None:
    row, link = _booked(assistant, "17:00")

    mails = received(assistant, row)

    for mail in mails.all:
        assert mail.message["Message-ID"]
        assert mail.message["Date"]
        assert len(mail.message["To"].addresses) == 1
        assert str(mail.message["From"].addresses[0].addr_spec) == "appointments@example.org"
        assert "http" in mail.html
        assert "{{" not in mail.text + mail.html
        assert mail.recipients == (mail.to,)
    assert link in mails.attendee.html
    assert "ann@example.com" not in mails.attendee.subject
