"""The mails by which attendees hear that a person is away or late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from scheduler_core.absences import Alternative, Delay
from scheduler_core.links import ATTENDEE, guest, person
from scheduler_core.mail.compose import Circumstances
from scheduler_core.model import Booking, Person
from scheduler_core.outbox import Notice, Topic
from scheduler_core.timerange import TimeRange
from tests.adapters.mails import event_of, html_of, text_of
from tests.adapters.samples import ANN, COMPOSER, EVA, LINKS, NOW, PRIYA, UID, a_booking, a_message, read

CHOICE = f"{LINKS.manage(UID, ATTENDEE)}/instead"


def open_time(day: int, hour: int, *people: Person) -> Alternative:
    start = datetime(2026, 12, day, hour, tzinfo=UTC)
    return Alternative(TimeRange.starting(start, timedelta(minutes=30)), people or (EVA,))


def called_off(*alternatives: Alternative, booking: Booking | None = None) -> EmailMessage:
    message = a_message(Topic.MAIL_HOST_AWAY, version=3)
    return read(COMPOSER.compose(message, (booking or a_booking()).cancelled(), Circumstances(alternatives)))


def late(recipient: str = ATTENDEE, *, booking: Booking | None = None) -> EmailMessage:
    delay = Delay(UUID(int=7), EVA, booking or a_booking(), 15)
    notice = Notice(Topic.MAIL_RUNNING_LATE, delay.id, recipient, NOW, delay.start)
    return read(COMPOSER.running_late(notice, delay))


def test_who_is_called_off_gets_times_to_choose_from() -> None:
    mail = called_off(open_time(2, 8), open_time(2, 14, PRIYA))

    assert mail["Subject"] == (
        "Please choose another time: Consultation with Dr. Eva Meyer, Tuesday, December 1, 2026, 4:30 AM"
    )
    assert (
        text_of(mail)
        == f"""\
Hello Ann Lee,

we are sorry: this appointment cannot take place, as Dr. Eva Meyer cannot be there.

When       Tuesday, December 1, 2026, 4:30 – 5:00 AM
           America/New_York, UTC−5
           10:30 – 11:00 AM for Dr. Eva Meyer (Europe/Berlin)
What       Consultation, 30 minutes
With       Dr. Eva Meyer
Where      Video call (Jitsi)
Reference  K7QF2M

These times are free instead. Open the link of the one you would like; it asks once more before it books.

Wednesday, December 2, 2026, 3:00 – 3:30 AM
{CHOICE}?start=2026-12-02T08%3A00%3A00Z&with=eva-meyer

Wednesday, December 2, 2026, 9:00 – 9:30 AM, with Priya Nair
{CHOICE}?start=2026-12-02T14%3A00%3A00Z&with=priya-nair

All free times: {CHOICE}

--\x20
Example Practice
"""
    )


def test_calling_off_takes_the_appointment_out_of_the_calendar() -> None:
    mail = called_off(open_time(2, 8))
    event = event_of(mail)

    assert (event["UID"], event["STATUS"], event.sequence) == (str(UID), "CANCELLED", 1)
    assert mail["Reply-To"] == '"Dr. Eva Meyer" <eva.meyer@example.org>'


def test_who_is_called_off_without_a_free_time_is_shown_the_calendar() -> None:
    mail = called_off()

    assert f"Please choose another time: {CHOICE}\n" in text_of(mail)
    assert "free instead" not in text_of(mail) + html_of(mail)


def test_calling_off_never_says_which_of_several_cannot_be_there() -> None:
    mail = called_off(booking=a_booking(people=(EVA, PRIYA)))

    assert "cannot take place, as not everybody can be there." in text_of(mail)


def test_delay_names_the_new_start_in_the_zone_of_the_reader() -> None:
    mail = late()
    manage = LINKS.manage(UID, ATTENDEE)

    assert mail["Subject"] == (
        "15 minutes later: Consultation with Dr. Eva Meyer, Tuesday, December 1, 2026, 4:30 AM"
    )
    assert (
        text_of(mail)
        == f"""\
Hello Ann Lee,

Dr. Eva Meyer is running late. This appointment begins 15 minutes later than agreed, at 4:45 AM. \
We are sorry to keep you waiting; everything else stays as it is.

When       Tuesday, December 1, 2026, 4:30 – 5:00 AM
           America/New_York, UTC−5
           10:30 – 11:00 AM for Dr. Eva Meyer (Europe/Berlin)
What       Consultation, 30 minutes
With       Dr. Eva Meyer
Where      Video call (Jitsi)
           https://meet.example.org/appointment-abc
Reference  K7QF2M

Reschedule: {manage}/reschedule
Cancel:     {manage}
Calendar:   https://book.example.org/schedule
Chat:       {LINKS.chat(UID, ATTENDEE)}

--\x20
Example Practice
"""
    )
    assert "at 4:45 AM" in html_of(mail)
    assert mail["Reply-To"] == '"Dr. Eva Meyer" <eva.meyer@example.org>'
    assert [part.get_content_type() for part in mail.walk() if "calendar" in part.get_content_type()] == []


def test_colleague_hears_of_a_delay_too() -> None:
    mail = late(person("priya-nair"), booking=a_booking(people=(EVA, PRIYA)))

    assert mail["To"] == "Priya Nair <priya.nair@example.org>"
    assert "at 15:15" in text_of(mail)


def test_guest_hears_of_a_delay_without_a_way_to_change_anything() -> None:
    booking = a_booking(guests=("bob@example.com",), note="About my results.")

    mail = late(guest(UID, "bob@example.com"), booking=booking)

    assert mail["To"] == "bob@example.com"
    assert "begins 15 minutes later than agreed, at" in text_of(mail)
    assert not any(secret in text_of(mail) + html_of(mail) for secret in ("/b/", "ann.lee", "my results"))


def test_names_in_these_mails_do_not_become_html() -> None:
    eva = replace(EVA, name="Eva <b>Meyer</b>")
    pages = [
        html_of(
            called_off(open_time(2, 8, replace(PRIYA, name="<i>P</i>")), booking=a_booking(people=(eva,)))
        ),
        html_of(late(booking=a_booking(people=(eva,), attendee=replace(ANN, name="A <u>L</u>")))),
    ]

    assert not any(tag in page for page in pages for tag in ("<b>", "<i>", "<u>"))
