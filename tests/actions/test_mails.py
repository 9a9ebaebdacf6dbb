"""What became of the link to an appointment online, as it is stored."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from actions.conversation import Converse
from actions.services import Services
from scheduler_core.db import meetings
from scheduler_core.db.store import Store
from scheduler_core.model import Channel, Details, Meeting
from tests.actions.proving import ANN, EMAIL, OPERATOR, prove
from tests.actions.samples import NOW, slot
from tests.actions.talk import Talk

GIVEN_UP = "UPDATE outbox SET failed_at = now() WHERE topic = 'meeting_create'"


def told(services: Services, store: Store, channel: Channel, words: str, *, link: str = "") -> str:
    """What Ann hears of the mails about an appointment that was made elsewhere."""
    time, details = slot("12-01 10:00", person="ben-okafor"), Details(channel=channel, phone="+493012345")
    booking = services.scheduler.book(time, ANN, details=details, key="online", actor=OPERATOR)
    with store.transaction() as connection:
        if link == "given up":
            connection.execute(text(GIVEN_UP))
        elif link:
            meetings.keep_meeting(connection, booking, Meeting(channel, link, "room"), NOW)
    talk, converse = Talk(), Converse(services)
    talk.say(converse, words, "inform", EMAIL)
    assert prove(talk, converse, store) == ["utter_delivery"]
    assert talk.say(converse, words, "inform") == ["utter_delivery"]
    return talk.text


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("", "the link is still being made"),
        ("given up", "the link could not be made"),
        ("https://meet.example.org/room", "the link is https://meet.example.org/room"),
    ],
)
def test_the_link_is_told_as_it_is_stored(services: Services, store: Store, link: str, sentence: str) -> None:
    assert sentence in told(services, store, Channel.JITSI, "is the link coming?", link=link)


def test_there_is_no_link_to_a_call(services: Services, store: Store) -> None:
    assert "there is no link" in told(services, store, Channel.PHONE, "where is the link?")


def test_of_a_link_that_nobody_needs_nothing_is_said(services: Services, store: Store) -> None:
    assert "link" not in told(services, store, Channel.PHONE, "what became of my confirmation?")
