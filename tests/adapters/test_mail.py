from __future__ import annotations

import copy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from itertools import takewhile

import pytest
from icalendar import Calendar, Event

from scheduler_core.errors import PermanentFailure
from scheduler_core.links import guest
from scheduler_core.mail.compose import Circumstances
from scheduler_core.mail.rendering import BUILT_IN
from scheduler_core.model import Attendee, Booking, Channel, Meeting, Status
from scheduler_core.outbox import Topic
from tests.adapters.samples import ANN, COMPOSER, EVA, LINKS, NOW, PRIYA, UID, a_booking, a_message, read

NOTICES = {
    Topic.MAIL_DESK_CODE,
    Topic.MAIL_ONE_TIME_CODE,
    Topic.MAIL_RUNNING_LATE,
    Topic.MAIL_TICKET,
    Topic.MAIL_YOUR_DATA,
}
EVERY_MAIL = [topic for topic in Topic if topic.value.startswith("mail_") and topic not in NOTICES]


def compose(
    topic: Topic = Topic.MAIL_CONFIRMED, recipient: str = "attendee", booking: Booking | None = None
) -> EmailMessage:
    booking = booking or a_booking()
    return read(COMPOSER.compose(a_message(topic, recipient, booking.version), booking))


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def calendar_of(mail: EmailMessage) -> Calendar:
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_content())


def event_of(mail: EmailMessage) -> Event:
    (event,) = calendar_of(mail).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_confirmation_tells_the_attendee_everything() -> None:
    mail = compose(booking=a_booking(note="About the results.\nPlease bring them."))
    manage = LINKS.manage(UID, "attendee")

    assert mail["Subject"] == "Confirmed: Consultation with Dr. Eva Meyer, Tuesday, December 1, 2026, 4:30 AM"
    assert (
        text_of(mail)
        == f"""\
Hello Ann Lee,

your appointment is booked.

When       Tuesday, December 1, 2026, 4:30 – 5:00 AM
           America/New_York, UTC−5
           10:30 – 11:00 AM for Dr. Eva Meyer (Europe/Berlin)
What       Consultation, 30 minutes
With       Dr. Eva Meyer
Where      Video call (Jitsi)
           https://meet.example.org/appointment-abc
Note       About the results.
           Please bring them.
Reference  K7QF2M

Reschedule: {manage}/reschedule
Cancel:     {manage}
Calendar:   https://book.example.org/schedule
Chat:       {LINKS.chat(UID, "attendee")}

You did not book this? Then somebody gave your address by mistake: please cancel by the link above.

--\x20
Example Practice
"""
    )


def test_confirmation_tells_the_person_who_booked() -> None:
    mail = compose(recipient="person:eva-meyer")
    manage = LINKS.manage(UID, "person:eva-meyer")

    assert mail["Subject"] == "Confirmed: Consultation with Ann Lee, Tuesday 1 December 2026, 10:30"
    assert (
        text_of(mail)
        == f"""\
Hello Dr. Eva Meyer,

Ann Lee (ann.lee@example.com) has booked an appointment with you.

When       Tuesday 1 December 2026, 10:30–11:00
           Europe/Berlin, UTC+1
           04:30–05:00 for Ann Lee (America/New_York)
What       Consultation, 30 minutes
With       Ann Lee
           ann.lee@example.com
Where      Video call (Jitsi)
           https://meet.example.org/appointment-abc
Reference  K7QF2M

Reschedule: {manage}/reschedule
Cancel:     {manage}
Calendar:   https://book.example.org/schedule

--\x20
Example Practice
"""
    )


def test_only_the_attendee_is_sent_the_link_into_the_chat() -> None:
    booking = a_booking(guests=("bob@example.com",))
    readers = ("attendee", "person:eva-meyer", guest(UID, "bob@example.com"))
    mails = {reader: compose(recipient=reader, booking=booking) for reader in readers}

    link = LINKS.chat(UID, "attendee")
    assert {reader: mail.as_string().count("#chat") for reader, mail in mails.items()} == {
        "attendee": 2,
        "person:eva-meyer": 0,
        readers[2]: 0,
    }
    assert f"Chat:       {link}\n" in text_of(mails["attendee"])
    assert re.search(rf'href="{re.escape(link)}"[^>]*>Continue in the chat</a>', html_of(mails["attendee"]))


def test_cancellation_offers_no_link_to_what_is_gone() -> None:
    text = text_of(compose(Topic.MAIL_CANCELLED, booking=a_booking().cancelled()))

    assert "It does not take place" in text
    assert "meet.example.org" not in text
    assert "/b/" not in text
    assert "Book another time: https://book.example.org" in text


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


def test_move_names_the_earlier_time_in_the_readers_zone() -> None:
    booking = a_booking()
    moved = booking.rescheduled(booking.time.grown(after=booking.time.length))
    texts = [
        " ".join(text_of(compose(Topic.MAIL_RESCHEDULED, reader, moved)).split())
        for reader in ("attendee", "person:eva-meyer")
    ]

    assert "It replaces the earlier one, Tuesday, December 1, 2026, 4:30 AM." in texts[0]
    assert "It replaces the earlier one, Tuesday 1 December 2026, 10:30." in texts[1]
    assert "Tuesday, December 1, 2026, 4:30 AM</span>" in html_of(
        compose(Topic.MAIL_RESCHEDULED, "attendee", moved)
    )


def test_booking_by_a_stranger_asks_whether_it_was_them() -> None:
    suspicious = read(COMPOSER.compose(a_message(), a_booking(), Circumstances(was_this_you=True)))
    usual = compose()

    for mail in (suspicious, usual):
        assert LINKS.manage(UID, "attendee") in text_of(mail)
    assert "Was this you?" in text_of(suspicious)
    assert "<b>Was this you?</b>" in html_of(suspicious)
    assert "Was this you?" not in text_of(usual) + html_of(usual)


def test_every_mail_can_be_sorted_by_filters() -> None:
    assert {compose(topic)["List-Id"] for topic in EVERY_MAIL if topic is not Topic.MAIL_UNINVITED} == {
        "<appointments.example.org>"
    }


def test_invitation_comes_from_the_other_side() -> None:
    to_attendee, to_person = event_of(compose()), event_of(compose(recipient="person:eva-meyer"))

    assert to_attendee["ORGANIZER"] == "mailto:eva.meyer@example.org"
    assert to_attendee["ATTENDEE"] == "mailto:ann.lee@example.com"
    assert to_attendee["SUMMARY"] == "Consultation with Dr. Eva Meyer"
    assert to_person["ORGANIZER"] == "mailto:appointments@example.org"
    assert to_person["ATTENDEE"] == ["mailto:ann.lee@example.com", "mailto:eva.meyer@example.org"]
    assert to_person["SUMMARY"] == "Consultation with Ann Lee"
    assert to_attendee["UID"] == to_person["UID"] == str(UID)


def test_invitations_replayed_into_a_calendar_end_empty() -> None:
    booking = a_booking()
    moved = booking.rescheduled(booking.time.grown(after=booking.time.length))
    mails = [
        compose(),
        compose(Topic.MAIL_RESCHEDULED, booking=moved),
        compose(Topic.MAIL_CANCELLED, booking=moved.cancelled()),
    ]

    calendar: dict[str, int] = {}
    for mail in mails:
        event = event_of(mail)
        assert event.sequence > calendar.get(event.uid, -1)
        calendar[event.uid] = event.sequence
        if calendar_of(mail)["METHOD"] == "CANCEL":
            del calendar[event.uid]

    assert calendar == {}


@pytest.mark.parametrize(
    ("changes", "to_attendee", "to_person"),
    [
        (
            {"channel": Channel.IN_PERSON, "meeting": None},
            "Where      4 Linden Street, Berlin\n",
            "Where      4 Linden Street, Berlin\n",
        ),
        (
            {"channel": Channel.PHONE, "meeting": None, "phone": "+49 30 1234567"},
            "Where      By phone: Dr. Eva Meyer calls you at +49 30 1234567\n",
            "Where      By phone: you call Ann Lee at +49 30 1234567\n",
        ),
        (
            {"meeting": None},
            "Where      Video call (Jitsi)\n           The link follows in a mail of its own.\n",
            "Where      Video call (Jitsi)\n           The link follows in a mail of its own.\n",
        ),
        (
            {"meeting": Meeting(Channel.JITSI, "https://meet.jit.si/appointment-abc", "appointment-abc")},
            "           Dr. Eva Meyer opens the room; you can wait at its door.\n",
            "           To open the room, one of you has to sign in there once; the guest waits until",
        ),
        (
            {
                "channel": Channel.ZOOM,
                "meeting": Meeting(Channel.ZOOM, "https://zoom.example.com/j/8?pwd=p", "8"),
            },
            "Where      Video call (Zoom)\n           https://zoom.example.com/j/8?pwd=p\nReference",
            "           You are its host: open it signed in to Zoom as yourself.\n",
        ),
    ],
)
def test_place_is_told_as_each_side_needs_it(
    changes: dict[str, object], to_attendee: str, to_person: str
) -> None:
    booking = a_booking(**changes)

    assert to_attendee in text_of(compose(booking=booking))
    assert to_person in text_of(compose(recipient="person:eva-meyer", booking=booking))


def test_group_names_everybody_else() -> None:
    group = a_booking(people=(EVA, PRIYA))

    assert "With       Dr. Eva Meyer and Priya Nair\n" in text_of(compose(booking=group))
    assert "With       Ann Lee and Dr. Eva Meyer\n" in text_of(
        compose(recipient="person:priya-nair", booking=group)
    )
    assert "10:30–11:00 for Dr. Eva Meyer (Europe/Berlin)\n" in text_of(
        compose(recipient="person:priya-nair", booking=group)
    )


def test_other_day_of_the_other_side_is_named() -> None:
    evening = a_booking(
        attendee=Attendee("Ann Lee", "ann.lee@example.com", "Pacific/Auckland"),
        time=a_booking().time.grown(after=a_booking().time.length),
    )
    late = evening.rescheduled(
        type(evening.time)(datetime(2026, 12, 1, 16, tzinfo=UTC), datetime(2026, 12, 1, 17, tzinfo=UTC))
    )

    text = text_of(compose(Topic.MAIL_RESCHEDULED, booking=late))

    assert "When       Wednesday 2 December 2026, 05:00–06:00\n" in text
    assert "Tuesday 1 December 2026, 17:00–18:00 for Dr. Eva Meyer (Europe/Berlin)\n" in text


@pytest.mark.parametrize("topic", EVERY_MAIL)
@pytest.mark.parametrize("recipient", ["attendee", "person:eva-meyer"])
def test_html_says_what_the_text_says_and_loads_nothing(topic: Topic, recipient: str) -> None:
    status = Status.CANCELLED if topic is Topic.MAIL_CANCELLED else Status.CONFIRMED
    mail = compose(topic, recipient, a_booking(status=status))
    page = _Page()
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
        page = _Page()
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


@pytest.mark.parametrize("recipient", ["person:priya-nair", "somebody", ""])
def test_stranger_to_the_booking_gets_no_mail(recipient: str) -> None:
    with pytest.raises(PermanentFailure):
        compose(recipient=recipient)


def test_hold_has_nobody_to_write_to() -> None:
    with pytest.raises(PermanentFailure):
        compose(booking=a_booking(attendee=None))


def _subject(lines: list[str]) -> str:
    """What a reader sees who knows RFC 2047; Python's newer parser forgives too much."""
    start = next(number for number, line in enumerate(lines) if line.startswith("Subject: "))
    folded = [lines[start].removeprefix("Subject: ")]
    folded += takewhile(lambda line: line.startswith(" "), lines[start + 1 :])
    return str(make_header(decode_header("\n".join(folded))))


class _Page(HTMLParser):
    """The words, links and tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links.extend(value or "" for name, value in attrs if name in {"href", "src"})

    def handle_data(self, data: str) -> None:
        self.words += data


def _tags(mail: EmailMessage) -> list[str]:
    page = _Page()
    page.feed(html_of(mail))
    return page.tags


def _recipient_of(mail: EmailMessage) -> str:
    return "attendee" if mail["To"].addresses[0].domain == "example.com" else "person:eva-meyer"
