from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler_core import announcements
from scheduler_core.links import guest
from scheduler_core.model import Channel
from scheduler_core.outbox import Message, Topic
from tests.unit.calendars import NOW
from tests.unit.test_model import BOOKED


def messages(*told: tuple[Topic, str]) -> list[Message]:
    return [Message(topic, BOOKED.uid, BOOKED.version, recipient, NOW) for topic, recipient in told]


def test_online_booking_calls_for_a_meeting_and_a_mail_to_everybody() -> None:
    assert announcements.of_confirmed(BOOKED, NOW) == messages(
        (Topic.MEETING_CREATE, ""),
        (Topic.MAIL_CONFIRMED, "attendee"),
        (Topic.MAIL_CONFIRMED, "person:eva"),
        (Topic.MAIL_CONFIRMED, "person:ben"),
    )


def test_new_time_moves_the_meeting() -> None:
    assert announcements.of_rescheduled(BOOKED, NOW) == messages(
        (Topic.MEETING_MOVE, ""),
        (Topic.MAIL_RESCHEDULED, "attendee"),
        (Topic.MAIL_RESCHEDULED, "person:eva"),
        (Topic.MAIL_RESCHEDULED, "person:ben"),
    )


def test_cancellation_takes_the_meeting_away() -> None:
    assert announcements.of_cancelled(BOOKED, NOW) == messages(
        (Topic.MEETING_DELETE, ""),
        (Topic.MAIL_CANCELLED, "attendee"),
        (Topic.MAIL_CANCELLED, "person:eva"),
        (Topic.MAIL_CANCELLED, "person:ben"),
    )


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.IN_PERSON])
def test_booking_that_is_not_online_has_no_meeting(channel: Channel) -> None:
    told = announcements.of_confirmed(replace(BOOKED, channel=channel), NOW)

    assert {message.topic for message in told} == {Topic.MAIL_CONFIRMED}


BOB, CYD = "bob@example.com", "cyd@example.org"
WITH_BOB = replace(BOOKED, guests=(BOB,))


def test_guests_hear_of_everything_after_all_others() -> None:
    for announce in (announcements.of_confirmed, announcements.of_rescheduled, announcements.of_cancelled):
        (*_, last) = announce(WITH_BOB, NOW)

        assert last.recipient == guest(BOOKED.uid, BOB)


def test_change_of_guests_tells_whom_it_concerns() -> None:
    after = WITH_BOB.with_guests((CYD,))

    told = announcements.of_guests(WITH_BOB, after, [], NOW)

    assert {message.version for message in told} == {after.version}
    assert [(message.topic, message.recipient) for message in told] == [
        (Topic.MAIL_GUESTS, "attendee"),
        (Topic.MAIL_GUESTS, "person:eva"),
        (Topic.MAIL_GUESTS, "person:ben"),
        (Topic.MAIL_CONFIRMED, guest(BOOKED.uid, CYD)),
        (Topic.MAIL_UNINVITED, guest(BOOKED.uid, BOB)),
    ]


def test_what_waits_to_be_told_goes_on_under_the_new_version() -> None:
    waiting = [
        *messages((Topic.MEETING_CREATE, ""), (Topic.MAIL_CONFIRMED, "attendee")),
        *messages((Topic.MAIL_LINK, "person:eva"), (Topic.MAIL_CONFIRMED, guest(BOOKED.uid, BOB))),
    ]

    told = announcements.of_guests(WITH_BOB, WITH_BOB.with_guests(()), waiting, NOW)

    assert [(message.topic, message.recipient, message.version) for message in told] == [
        (Topic.MEETING_CREATE, "", 3),
        (Topic.MAIL_CONFIRMED, "attendee", 3),
        (Topic.MAIL_LINK, "person:eva", 3),
        (Topic.MAIL_GUESTS, "person:eva", 3),
        (Topic.MAIL_GUESTS, "person:ben", 3),
    ]
