from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from scheduler_core.errors import PermanentFailure, TemporaryFailure
from scheduler_core.outbox import Message, Topic, next_try

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FAR = NOW + timedelta(days=30)
MESSAGE = Message(
    Topic.MAIL_CONFIRMED, UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7"), 2, "person:eva-meyer", NOW
)


def test_key_names_booking_version_topic_and_recipient() -> None:
    assert MESSAGE.key == "7c9e6679-7425-40de-944b-e07fc1f90ae7:2:mail_confirmed:person:eva-meyer"
    assert dataclasses.replace(MESSAGE, due=FAR).key == MESSAGE.key


@pytest.mark.parametrize(
    ("topic", "tries", "seconds"),
    [
        (Topic.MAIL_CONFIRMED, 1, 60),
        (Topic.MAIL_CONFIRMED, 2, 300),
        (Topic.MAIL_CANCELLED, 3, 900),
        (Topic.MAIL_CONFIRMED, 4, 1800),
        (Topic.MAIL_CONFIRMED, 5, 3600),
        (Topic.MAIL_CONFIRMED, 27, 3600),
        (Topic.MEETING_CREATE, 1, 10),
        (Topic.MEETING_MOVE, 2, 30),
        (Topic.MEETING_DELETE, 9, 3600),
    ],
)
def test_temporary_failure_is_tried_again_ever_later(topic: Topic, tries: int, seconds: int) -> None:
    again = next_try(topic, tries, TemporaryFailure(), now=NOW, deadline=FAR)

    assert again == NOW + timedelta(seconds=seconds)


def test_mail_is_given_up_after_about_a_day() -> None:
    now, tries = NOW, 0
    while True:
        tries += 1
        again = next_try(Topic.MAIL_CONFIRMED, tries, TemporaryFailure(), now=now, deadline=FAR)
        if again is None:
            break
        now = again

    # 1 + 5 + 15 + 30 minutes, then 23 hours
    assert (tries, now - NOW) == (28, timedelta(hours=23, minutes=51))


def test_permanent_failure_is_final() -> None:
    assert next_try(Topic.MAIL_CONFIRMED, 1, PermanentFailure(), now=NOW, deadline=FAR) is None


def test_last_try_falls_on_the_start_of_the_appointment() -> None:
    start = NOW + timedelta(seconds=20)

    assert next_try(Topic.MAIL_CONFIRMED, 1, TemporaryFailure(), now=NOW, deadline=start) == start
    assert next_try(Topic.MAIL_CONFIRMED, 2, TemporaryFailure(), now=start, deadline=start) is None


def test_service_that_names_a_time_is_obeyed_if_it_is_later() -> None:
    later = next_try(Topic.MEETING_CREATE, 1, TemporaryFailure(retry_after=120), now=NOW, deadline=FAR)
    sooner = next_try(Topic.MEETING_CREATE, 1, TemporaryFailure(retry_after=1), now=NOW, deadline=FAR)

    assert (later, sooner) == (NOW + timedelta(seconds=120), NOW + timedelta(seconds=10))
