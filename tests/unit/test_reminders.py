from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler_core import announcements, reminders
from scheduler_core.model import Booking
from scheduler_core.outbox import WEBHOOK_TOPICS, Message, Topic
from scheduler_core.timerange import TimeRange
from tests.unit.calendars import DAY, HOUR, MINUTE, NOW
from tests.unit.test_model import BOOKED

START = NOW + 3 * DAY


def reminded(*leads: timedelta, start: datetime = START) -> Booking:
    """A booking of a type with these reminders."""
    kind = replace(BOOKED.kind, reminders=leads)
    return replace(BOOKED, kind=kind, time=TimeRange.starting(start, 30 * MINUTE))


def dues(messages: Sequence[Message]) -> list[datetime]:
    return [message.due for message in messages if message.topic is Topic.REMINDER]


def test_attendee_alone_is_reminded_the_longest_lead_first() -> None:
    booking = replace(reminded(HOUR, DAY), guests=("bob@example.com",))

    assert reminders.of(booking, NOW) == [
        Message(Topic.REMINDER, booking.uid, booking.version, "attendee", START - DAY, lead=DAY),
        Message(Topic.REMINDER, booking.uid, booking.version, "attendee", START - HOUR, lead=HOUR),
    ]


@pytest.mark.parametrize(
    ("booked_before", "expected"),
    [
        (DAY + MINUTE, [START - DAY, START - HOUR]),
        (DAY, [START - HOUR]),  # at that very moment they hear of it anyway
        (HOUR, []),
        (-MINUTE, []),
    ],
)
def test_nobody_is_reminded_at_a_time_before_the_booking_was_made(
    booked_before: timedelta, expected: list[datetime]
) -> None:
    assert dues(announcements.of_confirmed(reminded(DAY, HOUR), START - booked_before)) == expected


def test_new_time_has_new_reminders_and_a_cancellation_none() -> None:
    booking = reminded(DAY, HOUR)
    moved = booking.rescheduled(TimeRange.starting(START + DAY, 30 * MINUTE))

    assert dues(announcements.of_rescheduled(moved, NOW)) == [START, START + DAY - HOUR]
    assert dues(announcements.of_cancelled(moved.cancelled(), NOW)) == []
    assert announcements.outdated(reminders.of(booking, NOW)[0], moved)


def test_reminders_of_one_version_are_different_messages() -> None:
    day, hour = reminders.of(reminded(DAY, HOUR), NOW)

    assert (day.key[-5:], hour.key[-3:]) == (":1440", ":60")


def test_new_guests_leave_the_reminders_where_they_are() -> None:
    before = reminded(DAY, HOUR)
    after = before.with_guests(("bob@example.com",))
    late = replace(reminders.of(before, NOW)[0], due=START - 20 * HOUR)  # it was put off

    told = announcements.of_guests(before, after, [late, *reminders.of(before, NOW)[1:]], START - 23 * HOUR)

    assert dues(told) == [START - 23 * HOUR, START - HOUR]
    assert {message.version for message in told} == {after.version}


@pytest.mark.parametrize(
    ("leads", "lead", "late"),
    [
        ((DAY, HOUR), DAY, 6 * HOUR),
        ((DAY, HOUR), HOUR, 15 * MINUTE),
        ((DAY, 20 * HOUR), DAY, 4 * HOUR),  # then the next one tells it
        ((5 * MINUTE,), 5 * MINUTE, timedelta(seconds=75)),
        ((HOUR,), DAY, 6 * HOUR),  # the type had it when that was booked
    ],
)
def test_reminder_may_be_late_by_a_quarter_of_its_lead(
    leads: tuple[timedelta, ...], lead: timedelta, late: timedelta
) -> None:
    assert reminders.useful_until(reminded(*leads), lead) == START - lead + late


@pytest.mark.parametrize(
    ("leads", "sensible"),
    [
        ((), True),
        ((DAY, HOUR), True),
        ((30 * DAY, 5 * MINUTE), True),
        ((HOUR, HOUR), False),
        ((4 * MINUTE,), False),
        ((31 * DAY,), False),
        ((timedelta(minutes=5, seconds=1),), False),
        (tuple(hours * HOUR for hours in range(1, 6)), True),
        (tuple(hours * HOUR for hours in range(1, 7)), False),
    ],
)
def test_reminders_of_a_type_are_few_and_different(leads: tuple[timedelta, ...], *, sensible: bool) -> None:
    assert reminders.are_sensible(leads) is sensible


@pytest.mark.parametrize("topic", sorted(WEBHOOK_TOPICS))
def test_others_are_told_of_every_step_however_late(topic: Topic) -> None:
    call = Message(topic, BOOKED.uid, BOOKED.version - 1, "webhook:1", NOW)

    assert not announcements.outdated(call, BOOKED)
    assert announcements.useful_until(call, BOOKED) == datetime.max.replace(tzinfo=UTC)
