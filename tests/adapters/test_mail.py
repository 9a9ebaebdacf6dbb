"""What the mails about a booking say, to whom, in words and as invitations."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from scheduler_core.errors import PermanentFailure
from scheduler_core.links import guest
from scheduler_core.mail.compose import Circumstances
from scheduler_core.model import Attendee, Channel, Meeting
from scheduler_core.outbox import Topic
from tests.adapters.mails import calendar_of, compose, event_of, html_of, text_of
from tests.adapters.samples import COMPOSER, EVA, LINKS, PRIYA, UID, a_booking, a_message, read


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


@pytest.mark.parametrize("recipient", ["person:priya-nair", "somebody", ""])
def test_stranger_to_the_booking_gets_no_mail(recipient: str) -> None:
    with pytest.raises(PermanentFailure):
        compose(recipient=recipient)


def test_hold_has_nobody_to_write_to() -> None:
    with pytest.raises(PermanentFailure):
        compose(booking=a_booking(attendee=None))
