"""The form of the mails: headers, threads, parts and what is not to be got into them."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import takewhile

import pytest

from scheduler_core.mail.rendering import BUILT_IN
from scheduler_core.model import Status
from scheduler_core.outbox import Topic
from tests.adapters.mails import EVERY_MAIL, Page, compose, event_of, html_of, text_of
from tests.adapters.samples import ANN, COMPOSER, EVA, LINKS, NOW, UID, a_booking, a_message, read


def test_headers_name_one_sender_one_reader_and_no_machine_to_answer() -> None:
    to_attendee, to_person = compose(), compose(recipient="person:eva-meyer")

    assert to_attendee["From"] == "Example Practice <appointments@example.org>"
    assert to_attendee["To"] == "Ann Lee <ann.lee@example.com>"
    assert to_attendee["Reply-To"] == '"Dr. Eva Meyer" <eva.meyer@example.org>'
    assert to_person["To"] == '"Dr. Eva Meyer" <eva.meyer@example.org>'
    assert to_person["Reply-To"] == "Ann Lee <ann.lee@example.com>"
    assert to_attendee["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(to_attendee["Date"]) == NOW


def test_message_ids_are_stable_and_hang_under_the_confirmation() -> None:
    confirmed = compose()
    moved = compose(Topic.MAIL_RESCHEDULED, booking=a_booking(version=3, sequence=1))
    moved_again = compose(Topic.MAIL_RESCHEDULED, booking=a_booking(version=4, sequence=2))

    assert compose()["Message-ID"] == confirmed["Message-ID"]
    assert confirmed["In-Reply-To"] is None
    for later in (moved, moved_again):
        assert later["In-Reply-To"] == later["References"] == confirmed["Message-ID"]
    identities = {
        mail["Message-ID"] for mail in (confirmed, moved, moved_again, compose(recipient="person:eva-meyer"))
    }
    assert len(identities) == 4


def test_mails_about_a_booking_hang_together_after_a_move_to_another_address() -> None:
    elsewhere = replace(COMPOSER, links=replace(LINKS, public_url="https://termine.example.com"))
    cancelled = a_booking(status=Status.CANCELLED)

    confirmed = compose()
    later = read(elsewhere.compose(a_message(Topic.MAIL_CANCELLED), cancelled))

    assert later["In-Reply-To"] == confirmed["Message-ID"]
    assert event_of(later)["UID"] == event_of(confirmed)["UID"] == str(UID)


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("appointments@example.org", "example.org"),
        ("termine@bücher.example.org", "xn--bcher-kva.example.org"),
    ],
)
def test_message_id_is_of_the_domain_the_mail_comes_from(sender: str, domain: str) -> None:
    mail = read(replace(COMPOSER, sender=sender).compose(a_message(), a_booking()))

    assert re.findall(r"^<[0-9a-f]{32}@(.+)>$", mail["Message-ID"]) == [domain]


@pytest.mark.parametrize("length", [1, 8, 22, 64, 120])
def test_headers_in_other_letters_are_folded_as_every_program_reads_them(length: int) -> None:
    name = ("Доктор Александра Константинопольская-Преображенская " * 3)[:length].strip()
    eva = replace(EVA, name=f"Jörg {name}")
    wire = replace(COMPOSER, organisation=name).compose(a_message(), a_booking(people=(eva,))).content

    lines = wire.decode("ascii").partition("\r\n\r\n")[0].split("\r\n")
    words = re.findall(r"=\?.+?\?[bq]\?.*?\?=", "\n".join(lines))
    assert max(len(word) for word in words) <= 75
    assert max(len(line) for line in lines if "=?" in line) <= 76
    assert f"Confirmed: Consultation with {eva.name}, Tuesday" in _subject(lines)


@pytest.mark.parametrize("length", [*range(1, 30, 3), 120])
@pytest.mark.parametrize("letter", ["x", "ü"])
def test_subject_begins_beside_its_name(letter: str, length: int) -> None:
    booking = a_booking(people=(replace(EVA, name=letter * length),))
    wire = COMPOSER.compose(a_message(), booking).content

    assert re.search(rb"^Subject: [^ \r]", wire, re.MULTILINE)


def test_invitation_stands_where_mail_programs_look_for_it() -> None:
    mail = compose()
    mixed = list(mail.iter_parts())
    alternatives = list(mixed[0].iter_parts())

    assert mail.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in alternatives] == ["text/plain", "text/html", "text/calendar"]
    assert alternatives[2].get_param("method") == "REQUEST"
    assert alternatives[2].get_content_charset() == "utf-8"
    assert (mixed[1].get_content_type(), mixed[1].get_filename()) == ("application/ics", "invite.ics")
    assert mixed[1].get_content() == alternatives[2].get_content().replace("\n", "\r\n").encode()


def test_every_mail_can_be_sorted_by_filters() -> None:
    assert {compose(topic)["List-Id"] for topic in EVERY_MAIL if topic is not Topic.MAIL_UNINVITED} == {
        "<appointments.example.org>"
    }


@pytest.mark.parametrize("topic", EVERY_MAIL)
@pytest.mark.parametrize("recipient", ["attendee", "person:eva-meyer"])
def test_html_says_what_the_text_says_and_loads_nothing(topic: Topic, recipient: str) -> None:
    status = Status.CANCELLED if topic is Topic.MAIL_CANCELLED else Status.CONFIRMED
    mail = compose(topic, recipient, a_booking(status=status))
    page = Page()
    page.feed(html_of(mail))

    assert {"script", "img", "link", "iframe", "object", "form"}.isdisjoint(page.tags)
    assert "K7QF2M" in page.words
    assert "Consultation, 30 minutes" in page.words
    assert set(page.links) <= set(text_of(mail).split())
    assert "url(" not in html_of(mail)


def test_every_template_folder_is_complete_and_used() -> None:
    folders = {
        folder.name: sorted({file.name for file in folder.iterdir()} - {"text.txt"})
        for folder in BUILT_IN.iterdir()
        if folder.is_dir()
    }

    assert folders == {
        topic.value.removeprefix("mail_"): ["body.html", "body.txt", "subject.txt"]
        for topic in Topic
        if topic.value.startswith("mail_") or topic is Topic.REMINDER
    }


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=https://evil.example.com/x.png>',
        "{{ 7*7 }}{% raw %}",
        "Ann, evil@example.com",
        'Ann" <evil@example.com>',
        "Ann\r\nBcc: evil@example.com",
        "=?utf-8?q?Ann=0D=0ABcc:_evil@example.com?=",
        "</td></tr></table>",
    ],
)
def test_evil_names_and_notes_stay_words(evil: str) -> None:
    attendee = copy.copy(ANN)
    object.__setattr__(attendee, "name", evil)  # past the check at the door
    booking = a_booking(note=evil, attendee=attendee)
    mails = [compose(booking=booking), compose(recipient="person:eva-meyer", booking=booking)]

    for mail in mails:
        page = Page()
        page.feed(html_of(mail))
        assert page.tags == _tags(compose(recipient=_recipient_of(mail), booking=a_booking(note="a")))
        assert len(mail["To"].addresses) == 1
        assert {address.addr_spec for address in mail["To"].addresses} <= {
            "ann.lee@example.com",
            "eva.meyer@example.org",
        }
        assert mail["Bcc"] is None
        assert mail.keys() == compose(recipient=_recipient_of(mail)).keys()
        assert " ".join(evil.split()) in " ".join(text_of(mail).split())
        assert event_of(mail)["UID"] == str(UID)


def _subject(lines: list[str]) -> str:
    """What a reader sees who knows RFC 2047; Python's newer parser forgives too much."""
    start = next(number for number, line in enumerate(lines) if line.startswith("Subject: "))
    folded = [lines[start].removeprefix("Subject: ")]
    folded += takewhile(lambda line: line.startswith(" "), lines[start + 1 :])
    return str(make_header(decode_header("\n".join(folded))))


def _tags(mail: EmailMessage) -> list[str]:
    page = Page()
    page.feed(html_of(mail))
    return page.tags


def _recipient_of(mail: EmailMessage) -> str:
    return "attendee" if mail["To"].addresses[0].domain == "example.com" else "person:eva-meyer"
