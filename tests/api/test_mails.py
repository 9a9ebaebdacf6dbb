from __future__ import annotations

import email
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import pytest

from scheduler_core import worker_bootstrap
from scheduler_core.bootstrap import Core
from scheduler_core.model import Booking
from scheduler_core.settings import Smtp
from tests.api.html_page import HtmlPage
from tests.api.practice import PUBLIC_URL, Practice, at
from webchat.api.app import create_app


@dataclass(frozen=True)
class Written:
    """A booking, and the names of the mails that the worker wrote about it."""

    booking: Booking
    to_attendee: str
    to_person: str


@pytest.fixture
async def written(practice: Practice, mail_folder: Path) -> Written:
    booking = practice.book(at(1, 9, 30))
    await worker_bootstrap.build_worker(practice.core).drain()
    names = {parsed(mail_folder / name)["To"].addresses[0].username: name for name in listed(mail_folder)}
    return Written(booking, names.pop("ann.lee"), names.pop("eva.meyer"))


def listed(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.eml")]


def parsed(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def put(folder: Path, *names: str, content: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(content, encoding="utf-8")


async def test_mails_are_listed_with_subject_and_recipient(
    client: httpx.AsyncClient, written: Written
) -> None:
    page = HtmlPage(await client.get("/mails"))

    assert page.status == 200
    assert "to Ann Lee <ann.lee@example.com> 24 Nov, 09:00 UTC" in page.text
    assert 'to "Dr. Eva Meyer" <eva.meyer@example.org> 24 Nov, 09:00 UTC' in page.text
    assert {link for link in page.links if ".eml" in link} == {
        f"/mails/{written.to_attendee}",
        f"/mails/{written.to_person}",
    }


async def test_list_without_mails_says_so(client: httpx.AsyncClient) -> None:
    page = HtmlPage(await client.get("/mails"))

    assert (page.status, "Nothing has been written yet." in page.text) == (200, True)


async def test_newest_mail_comes_first_and_other_files_are_left_out(
    client: httpx.AsyncClient, written: Written, mail_folder: Path
) -> None:
    others = ("20270101T000000Z-b.eml", "20270102T000000Z-a.eml", ".hidden.eml", "<b>.eml", "x.part")
    put(mail_folder, *others, content=parsed(mail_folder / written.to_attendee).as_string())

    page = HtmlPage(await client.get("/mails"))

    assert [link for link in page.links if "/mails/" in link][:2] == [
        "/mails/20270102T000000Z-a.eml",
        "/mails/20270101T000000Z-b.eml",
    ]
    assert len([link for link in page.links if "/mails/" in link]) == 4


async def test_mail_is_shown_with_its_parts(client: httpx.AsyncClient, written: Written) -> None:
    answer = await client.get(f"/mails/{written.to_attendee}")

    page = HtmlPage(answer)
    assert page.status == 200
    assert "To Ann Lee <ann.lee@example.com>" in page.text
    assert "METHOD REQUEST" in page.text
    assert "SUMMARY Consultation with Dr. Eva Meyer" in page.text
    assert f"UID {written.booking.uid}" in page.text
    assert "SEQUENCE 0" in page.text
    assert "your appointment is booked" in page.text
    assert '<iframe class="letter" sandbox="allow-popups allow-popups-to-escape-sandbox"' in answer.text
    assert f"/mails/{written.to_attendee}/raw" in page.links


async def test_html_part_can_run_and_load_nothing(client: httpx.AsyncClient, written: Written) -> None:
    answer = await client.get(f"/mails/{written.to_attendee}/html")

    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "; sandbox" in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_blank">' in answer.text
    assert "It&#39;s about &lt;b&gt;my&lt;/b&gt; tax return." in answer.text


async def test_mail_can_be_had_as_it_travels(
    client: httpx.AsyncClient, written: Written, mail_folder: Path
) -> None:
    answer = await client.get(f"/mails/{written.to_attendee}/raw")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content == (mail_folder / written.to_attendee).read_bytes()


async def test_invitation_can_be_opened_in_a_calendar(client: httpx.AsyncClient, written: Written) -> None:
    answer = await client.get(f"/mails/{written.to_attendee}/invite.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert "METHOD:REQUEST\r\n" in answer.text


@pytest.mark.parametrize(
    "name", ["gone.eml", "..%2f..%2fsecret.eml", "%2e%2e", ".hidden.eml", "secret", "%00.eml", "x" * 300]
)
@pytest.mark.parametrize("part", ["", "/html", "/raw", "/invite.ics"])
async def test_file_that_is_no_mail_is_not_found(
    client: httpx.AsyncClient, mail_folder: Path, name: str, part: str
) -> None:
    put(mail_folder, "../secret.eml", ".hidden.eml", "secret", content="To: a secret\n\n")

    answer = await client.get(f"/mails/{name}{part}")

    assert answer.status_code == 404


async def test_mail_without_invitation_has_none_to_open(client: httpx.AsyncClient, mail_folder: Path) -> None:
    headers = "From: a@example.org\nTo: b@example.org\nSubject: Plain\nDate: Tue, 24 Nov 2026 10:00:00 +0100"
    put(mail_folder, "plain.eml", content=f"{headers}\n\nHello.\n")

    page = HtmlPage(await client.get("/mails/plain.eml"))
    answer = await client.get("/mails/plain.eml/invite.ics")

    assert page.status == 200
    assert "Date 24 November 2026, 09:00:00 UTC As plain text Hello." in page.text
    assert answer.status_code == 404


async def test_every_link_of_every_mail_only_shows(
    client: httpx.AsyncClient, written: Written, practice: Practice, mail_folder: Path
) -> None:
    links = set()
    for name in (written.to_attendee, written.to_person):
        message = parsed(mail_folder / name)
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            assert part is not None
            words = part.get_content().replace('"', " ").replace("<", " ").replace(">", " ").split()
            links |= {word for word in words if word.startswith(PUBLIC_URL)}

    answers = [await client.request(method, link) for link in sorted(links) for method in ("GET", "HEAD")]

    assert len(links) >= 4  # two readers, each with the booking's page and that of other times
    assert {answer.status_code for answer in answers} == {200}
    assert practice.find(written.booking) == written.booking


@pytest.mark.parametrize(
    "changed",
    [{"smtp": Smtp("127.0.0.1", 25, "none")}, {"public_url": "https://book.example.org"}],
    ids=["mail server", "public"],
)
async def test_mails_are_absent_where_others_than_this_machine_might_read_them(
    core: Core, build: Path, changed: dict[str, Any]
) -> None:
    app = create_app(replace(core, settings=replace(core.settings, **changed)), build=build)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL) as client:
        answer = await client.get("/mails")
        page = HtmlPage(await client.get("/"))

    assert answer.status_code == 404
    assert "/mails" not in page.links
