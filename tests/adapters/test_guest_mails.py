"""What guests are told, and what of them is told to others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from icalendar import Calendar, Event

from scheduler_core.links import guest
from scheduler_core.model import Booking, Channel, Status
from scheduler_core.outbox import Topic
from tests.adapters.mails import calendar_of, event_of, html_of, text_of
from tests.adapters.samples import ANN, COMPOSER, PRIYA, UID, a_booking, a_message, read

BOB, CYD = "bob@example.com", "cyd@example.org"
TOLD = [
    Topic.MAIL_CONFIRMED,
    Topic.MAIL_RESCHEDULED,
    Topic.MAIL_CANCELLED,
    Topic.MAIL_LINK,
    Topic.MAIL_UNINVITED,
]
SECRETS = ("ann.lee@example.com", CYD, "+49 30 123", "About the results", "/b/", "#chat=")


def with_guests(**changes: object) -> Booking:
    return a_booking(**{"guests": (BOB, CYD), "note": "About the results", "phone": "+49 30 123", **changes})


def compose(booking: Booking, address: str = BOB, topic: Topic = Topic.MAIL_CONFIRMED):  # noqa: ANN201
    return read(COMPOSER.compose(a_message(topic, guest(UID, address), booking.version), booking))


def attendees(event: Event) -> dict[str, dict[str, str]]:
    found = event["ATTENDEE"]
    return {str(one): dict(one.params) for one in (found if isinstance(found, list) else [found])}


def test_guest_is_invited_by_name_and_told_whom_to_ask() -> None:
    mail = compose(with_guests(attendee=replace(ANN, locale="en")))

    assert mail["To"] == BOB
    assert mail["Reply-To"] == '"Dr. Eva Meyer" <eva.meyer@example.org>'
    assert mail["Subject"] == (
        "Invitation: Consultation with Dr. Eva Meyer and Ann Lee, Tuesday 1 December 2026, 04:30"
    )
    assert text_of(mail) == (
        "Hello,\n"
        "\n"
        "Ann Lee invites you to this appointment:\n"
        "\n"
        "When       Tuesday 1 December 2026, 04:30–05:00\n"
        "           America/New_York, UTC−5\n"
        "           10:30–11:00 for Dr. Eva Meyer (Europe/Berlin)\n"
        "What       Consultation, 30 minutes\n"
        "With       Dr. Eva Meyer and Ann Lee\n"
        "           eva.meyer@example.org\n"
        "Where      Video call (Jitsi)\n"
        "           https://meet.example.org/appointment-abc\n"
        "Reference  K7QF2M\n"
        "\n"
        "You cannot come, or have a question? Please answer this mail.\n"
        "\n"
        "You do not know Ann Lee? Then somebody gave your address by mistake: please tell us by an answer.\n"
        "\n"
        "-- \n"
        "Example Practice\n"
    )


@pytest.mark.parametrize("topic", TOLD)
@pytest.mark.parametrize("channel", [Channel.JITSI, Channel.PHONE, Channel.IN_PERSON])
def test_guest_learns_of_no_note_number_link_or_other_address(topic: Topic, channel: Channel) -> None:
    status = Status.CANCELLED if topic is Topic.MAIL_CANCELLED else Status.CONFIRMED
    uninvited = {"guests": (CYD,), "uninvited": (BOB,)} if topic is Topic.MAIL_UNINVITED else {}
    mail = compose(
        with_guests(channel=channel, status=status, people=(*a_booking().people, PRIYA), **uninvited),
        topic=topic,
    )
    headers = " ".join(str(value) for value in mail.values())
    everything = " ".join((headers, text_of(mail), html_of(mail), str(calendar_of(mail).to_ical(), "utf-8")))

    unfolded = everything.replace("\r\n ", "")
    assert [secret for secret in SECRETS if secret in unfolded] == []


def test_calendar_of_a_guest_knows_of_the_organizer_and_nobody_else() -> None:
    event = event_of(compose(with_guests()))

    assert event["ORGANIZER"] == "mailto:eva.meyer@example.org"
    assert attendees(event) == {
        f"mailto:{BOB}": {"CN": BOB, "ROLE": "OPT-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
    }
    assert "URL" not in event


@pytest.mark.parametrize("recipient", ["attendee", "person:eva-meyer"])
def test_those_who_meet_the_guests_see_who_comes(recipient: str) -> None:
    booking = with_guests()
    mail = read(COMPOSER.compose(a_message(Topic.MAIL_GUESTS, recipient, booking.version), booking))

    assert f"Guests     {BOB}\n           {CYD}\n" in text_of(mail)
    assert {f"mailto:{BOB}", f"mailto:{CYD}"} < set(attendees(event_of(mail)))


def test_guest_who_is_taken_off_loses_the_event_alone() -> None:
    booking = with_guests(guests=(CYD,), uninvited=(BOB,))
    gone, kept = compose(booking, topic=Topic.MAIL_UNINVITED), compose(booking, CYD, Topic.MAIL_RESCHEDULED)

    assert (calendar_of(gone)["METHOD"], event_of(gone)["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (calendar_of(kept)["METHOD"], event_of(kept)["STATUS"]) == ("REQUEST", "CONFIRMED")
    assert event_of(gone)["UID"] == event_of(kept)["UID"] == str(UID)


def test_guest_who_is_invited_again_gets_a_mail_of_its_own() -> None:
    first = compose(with_guests(version=1))
    again = compose(with_guests(version=3))
    moved = compose(with_guests(version=4), topic=Topic.MAIL_RESCHEDULED)

    assert len({first["Message-ID"], again["Message-ID"], moved["Message-ID"]}) == 3
    assert first["References"] == again["References"] == moved["References"]


def test_guests_replayed_mails_end_in_an_empty_calendar() -> None:
    booking = with_guests()
    moved = booking.rescheduled(booking.time.grown(after=booking.time.length))
    calendar: dict[str, int] = {}

    for one, topic in (
        (booking, Topic.MAIL_CONFIRMED),
        (moved, Topic.MAIL_RESCHEDULED),
        (moved.with_guests((CYD,)), Topic.MAIL_UNINVITED),
    ):
        mail = compose(one, topic=topic)
        event = event_of(mail)
        assert event["SEQUENCE"] >= calendar.get(event["UID"], 0)
        calendar[event["UID"]] = event["SEQUENCE"]
        if Calendar.from_ical(calendar_of(mail).to_ical())["METHOD"] == "CANCEL":
            del calendar[event["UID"]]

    assert calendar == {}


@pytest.mark.parametrize(
    ("recipient", "told"), [("attendee", True), ("person:eva-meyer", True), (guest(UID, BOB), False)]
)
def test_why_it_is_called_off_is_told_to_those_who_were_to_meet(recipient: str, told: bool) -> None:  # noqa: FBT001
    booking = a_booking(guests=(BOB,)).cancelled("The room is flooded.")

    mail = read(COMPOSER.compose(a_message(Topic.MAIL_CANCELLED, recipient), booking))

    assert ["The room is flooded." in text for text in (text_of(mail), html_of(mail))] == [told, told]
