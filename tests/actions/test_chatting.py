"""What chats of web pages are told of news, in the words of the domain."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.chatting import words
from actions.services import Services
from scheduler_core.model import Actor, ActorKind, Attendee, Booking, Slot
from scheduler_core.timerange import TimeRange
from scheduler_core.transcripts import News
from tests.actions.talk import DOMAIN


@pytest.fixture
def booking(services: Services) -> Booking:
    time = TimeRange.starting(datetime(2026, 12, 1, 10, tzinfo=UTC), timedelta(minutes=30))
    return services.scheduler.book(
        Slot(time, ("ben-okafor",), "consultation"),
        Attendee("Ann Lee", "ann@example.org", "Asia/Kolkata", "en"),
        key="booked",
        actor=Actor(ActorKind.CONVERSATION, "web:" + "A" * 22),
    )


@pytest.mark.parametrize("news", News)
def test_news_name_the_appointment_in_the_attendee_s_time(news: News, booking: Booking) -> None:
    text = words(news, booking, DOMAIN)["text"]

    assert "Consultation with Ben Okafor" in text
    assert "Tuesday 1 December 2026, 15:30–16:00 (Asia/Kolkata)" in text
