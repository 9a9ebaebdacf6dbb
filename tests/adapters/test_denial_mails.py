"""Mails that ask whether it was you, and the one that tells of a no."""

from __future__ import annotations

import dataclasses

import pytest

from scheduler_core.deeds import Deed, Done
from scheduler_core.links import guest, person
from scheduler_core.mail.compose import Circumstances
from scheduler_core.model import ActorKind
from scheduler_core.outbox import Notice, Topic
from tests.adapters.mails import text_of
from tests.adapters.samples import ANN, COMPOSER, EVA, LINKS, NOW, UID, a_booking, a_message, read

BOB = "bob@example.com"
CANCELLED = a_booking(guests=(BOB,)).cancelled()
DONE = Done(Deed.CHANGED, UID, ANN.email, NOW, ActorKind.ATTENDEE, "web", CANCELLED)
NOTICE = Notice(Topic.MAIL_DENIED, UID, "desk:changed:3", NOW, NOW)


@pytest.mark.parametrize("reader", ["attendee", person(EVA.handle), guest(UID, BOB)])
def test_the_attendee_alone_is_asked_whether_it_was_them(reader: str) -> None:
    message = a_message(Topic.MAIL_CANCELLED, reader, CANCELLED.version)

    text = text_of(read(COMPOSER.compose(message, CANCELLED, Circumstances(done=DONE))))

    assert (LINKS.not_me(UID, "changed") in text) == (reader == "attendee")
    assert ("Was this not you?" in text) == (reader == "attendee")


@pytest.mark.parametrize(
    ("by", "channel", "words"),
    [
        (ActorKind.CONVERSATION, "web", "Cancelled in the chat on our pages, on Tuesday"),
        (ActorKind.CONVERSATION, "telegram", "Cancelled on Telegram, on Tuesday"),
        (ActorKind.ATTENDEE, "slack", "Cancelled on Slack, by somebody with a one-time code, on Tuesday"),
        (ActorKind.ATTENDEE, "", "Cancelled in our chat, by somebody with a one-time code, on Tuesday"),
        (ActorKind.LINK, "", "Cancelled by the link of one of our mails, on Tuesday"),
    ],
)
def test_mail_says_where_it_was_done_and_by_what(by: ActorKind, channel: str, words: str) -> None:
    done = dataclasses.replace(DONE, by=by, channel=channel)
    message = a_message(Topic.MAIL_CANCELLED, version=CANCELLED.version)

    text = text_of(read(COMPOSER.compose(message, CANCELLED, Circumstances(done=done))))

    assert words in text


def test_those_who_help_get_the_facts_and_answer_the_owner_of_the_address() -> None:
    composer = dataclasses.replace(COMPOSER, zone="Europe/Berlin", desk="help@example.org")

    mail = read(composer.denied(NOTICE, DONE))

    assert (mail["To"], mail["Reply-To"]) == ("help@example.org", ANN.email)
    assert (
        "Address    ann.lee@example.com\n"
        "What       Appointment cancelled\n"
        "Where      In the chat on our pages, by somebody with a one-time code\n"
        "When       Tuesday 24 November 2026, 10:00 (Europe/Berlin)\n"
        "Reference  K7QF2M\n"
    ) in text_of(mail)
    assert "/n/" not in text_of(mail)
