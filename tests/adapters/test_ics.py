from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from scheduler_core.ics import Invitation, Party
from scheduler_core.model import Status
from tests.adapters.samples import NOW, UID, a_booking


def an_invitation(**changes: object) -> Invitation:
    values: dict[str, object] = {
        "booking": a_booking(),
        "organizer": Party("Dr. Eva Meyer", "eva.meyer@example.org"),
        "sent_by": "appointments@example.org",
        "attendees": (Party("Ann Lee", "ann.lee@example.com"),),
        "summary": "Consultation with Dr. Eva Meyer",
        "description": "Video call\nReference K7QF2M",
        "location": "https://meet.example.org/appointment-abc",
        "url": "https://book.example.org/b/abc",
    }
    return Invitation(**{**values, **changes})  # type: ignore[arg-type]  # fields by name


def event_of(text: str) -> Event:
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    assert event.errors == []
    return event


def test_invitation_is_read_back_as_it_was_meant() -> None:
    text = an_invitation().text()
    event = event_of(text)

    assert Calendar.from_ical(text)["METHOD"] == "REQUEST"
    assert event["UID"] == str(UID)
    assert event["SEQUENCE"] == 0
    assert event.decoded("DTSTAMP") == NOW
    assert event.decoded("DTSTART") == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Consultation with Dr. Eva Meyer"
    assert event["DESCRIPTION"] == "Video call\nReference K7QF2M"
    assert event["LOCATION"] == "https://meet.example.org/appointment-abc"
    assert event["URL"] == "https://book.example.org/b/abc"
    assert event["ORGANIZER"] == "mailto:eva.meyer@example.org"
    assert dict(event["ORGANIZER"].params) == {
        "CN": "Dr. Eva Meyer",
        "SENT-BY": "mailto:appointments@example.org",
    }
    assert event["ATTENDEE"] == "mailto:ann.lee@example.com"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Ann Lee",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }


def test_invitation_reminds_a_quarter_of_an_hour_before() -> None:
    (alarm,) = event_of(an_invitation().text()).walk("VALARM")

    assert alarm["ACTION"] == "DISPLAY"
    assert alarm.decoded("TRIGGER") == -timedelta(minutes=15)
    assert alarm["DESCRIPTION"] == "Consultation with Dr. Eva Meyer"


def test_cancellation_keeps_the_uid_and_raises_the_sequence() -> None:
    text = an_invitation(booking=a_booking().cancelled()).text()
    event = event_of(text)

    assert Calendar.from_ical(text)["METHOD"] == "CANCEL"
    assert event["UID"] == str(UID)
    assert (event["SEQUENCE"], event["STATUS"]) == (1, "CANCELLED")
    assert event.walk("VALARM") == []


def test_lines_are_folded_at_75_octets_and_end_in_crlf() -> None:
    text = an_invitation(summary="ü" * 200).text()

    assert text.replace("\r\n", "").count("\n") == 0
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert event_of(text)["SUMMARY"] == "ü" * 200


@pytest.mark.parametrize(
    "evil",
    [
        "a\r\nATTENDEE:mailto:evil@example.com",
        "a\nEND:VEVENT\nBEGIN:VEVENT",
        'a";X="b',
        "a;b,c:d\\n",
        "END:VCALENDAR",
        "^n^'",
        "a\\",
        "\u2028ATTENDEE:mailto:evil@example.com",
    ],
)
def test_texts_and_names_cannot_add_lines(evil: str) -> None:
    party = Party(evil, "ann.lee@example.com")
    text = an_invitation(
        organizer=Party(evil, "eva.meyer@example.org"),
        attendees=(party,),
        summary=evil,
        description=evil,
        location=evil,
    ).text()
    harmless = an_invitation().text()
    event = event_of(text)

    assert sorted(event) == sorted(event_of(harmless))
    assert event["ATTENDEE"] == "mailto:ann.lee@example.com"
    assert event["ORGANIZER"] == "mailto:eva.meyer@example.org"
    assert str(event["SUMMARY"]).replace("\r", "") == evil.replace("\r", "")
    assert len(Calendar.from_ical(text).walk()) == len(Calendar.from_ical(harmless).walk())


@given(st.text(), st.text(st.characters(codec="utf-8", exclude_characters="\\")), st.booleans())
def test_invitation_is_written_as_the_library_writes_it(words: str, name: str, agreed: bool) -> None:  # noqa: FBT001
    party = Party(f"N{name}e", "ann.lee@example.com", agreed=agreed)
    text = an_invitation(
        organizer=party, attendees=(party, party), summary=f"S{words}y", description=f"D{name}n"
    ).text()

    assert Calendar.from_ical(text).to_ical().decode() == text


def test_address_that_would_break_the_line_is_refused() -> None:
    evil = Party("Ann", "ann@example.com\r\nATTENDEE:mailto:evil@example.com")

    with pytest.raises(ValueError, match=r"newline|line|character"):
        an_invitation(attendees=(evil,)).text()


def test_booking_of_each_status_says_it() -> None:
    said = {
        status: event_of(an_invitation(booking=a_booking(status=status)).text())["STATUS"]
        for status in Status
    }

    assert said == {
        Status.TENTATIVE: "TENTATIVE",
        Status.CONFIRMED: "CONFIRMED",
        Status.CANCELLED: "CANCELLED",
    }
