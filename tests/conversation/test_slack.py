"""Bookings on Slack, from the workspace to the database: by buttons, in words, and whatever is repeated."""

from __future__ import annotations

import random
from typing import Any

import httpx
import pytest

from tests.dialogue import wall
from tests.rasa.slack_server import (
    ANN,
    BEN,
    GENERAL,
    TEAM,
    Posted,
    direct,
    mention,
    person,
    request,
    tapped,
    written,
)
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

LONDON = "Europe/London"


def send(assistant: Assistant, body: dict[str, Any]) -> None:
    content, headers = request(body, assistant.clock.now())
    url = f"{assistant.stack.urls['rasa']}/webhooks/slack/webhook"
    httpx.post(url, content=content, headers=headers, timeout=30).raise_for_status()


def shown(assistant: Assistant, user: str, words: str) -> Posted:
    """The message to somebody with these words, once it is there."""
    slack = assistant.slack

    def found() -> list[Posted]:
        return [one for one in slack.posted if one.channel == direct(user) and words in one.said]

    slack.wait(lambda: bool(found()))
    return found()[-1]


def test_a_booking_by_buttons_on_slack_comes_once_however_often_slack_says_so(assistant: Assistant) -> None:
    wish = written("Consultation with Ben Okafor on 11 November in the afternoon", "Ev-b-1")
    send(assistant, wish)
    offers = shown(assistant, ANN, "1. ")
    first = tapped(offers, offers.titles[0])
    send(assistant, first)
    question = shown(assistant, ANN, "Shall I book this")
    yes = tapped(question, "Yes")
    repeated = [wish, first, yes] * 4
    random.Random(5).shuffle(repeated)  # noqa: S311  (no secret)
    for body in repeated:
        send(assistant, body)
    answer = shown(assistant, ANN, "nvitation")

    (row,) = assistant.rows.of_conversation(f"{TEAM}:{ANN}")
    assert (row.status, row.people, row.attendee, row.attendee_zone) == (
        "CONFIRMED",
        ["ben-okafor"],
        ("Ann Lee", "ann.lee@example.org"),
        LONDON,
    )
    assert "ann.lee@example.org" in question.said
    assert "ann.lee@example.org" in answer.said
    assert f"✓ {offers.titles[0]}" in [one.text for one in assistant.slack.updated]


def test_a_booking_in_words_on_slack_begun_in_front_of_others(assistant: Assistant) -> None:
    assistant.slack.users[BEN] = person(BEN, "Bea Hill", "bea@example.org", "America/New_York")
    send(assistant, mention("Consultation with Ben Okafor on 12 November at 10:30", "Ev-w-1", user=BEN))
    question = shown(assistant, BEN, "Shall I book this")
    said = "my mail is <mailto:bea.hill@example.org|bea.hill@example.org>"
    send(assistant, written(said, "Ev-w-2", user=BEN))
    shown(assistant, BEN, "bea.hill@example.org")
    send(assistant, written("yes", "Ev-w-3", user=BEN))
    shown(assistant, BEN, "nvitation")

    (row,) = assistant.rows.of_conversation(f"{TEAM}:{BEN}")
    assert row.agreed == (
        "CONFIRMED",
        ["ben-okafor"],
        "consultation",
        wall("America/New_York", "2026-11-12 10:30"),
        30,
    )
    assert row.attendee == ("Bea Hill", "bea.hill@example.org")
    assert "bea@example.org" in question.said
    in_public = [one.said for one in assistant.slack.posted if one.channel == GENERAL]
    assert not any("Consultation" in text or "Bea" in text for text in in_public)
