"""Whether reminders and changes are told in the chat, too: asked once, and changed by words."""

from __future__ import annotations

import pytest

from actions.conversation import Converse
from actions.draft import Question, from_json
from actions.heretoo import wants_here, wants_none_here
from actions.services import Services
from scheduler_core.db.store import Store
from tests.actions.hearing import hear
from tests.actions.proving import made, mailed
from tests.actions.sessions import expire
from tests.actions.talk import Talk
from tests.service.practice import rows

BOOKING = "Consultation with Ben on {day} at 11:00. {who}"
ANN, BOB = "Ann Lee, ann@example.com", "Bob Ray, bob@example.com"


@pytest.fixture
def talk() -> Talk:
    return Talk(sender="telegram:77", channel="telegram")


def book(talk: Talk, services: Services, *, day: str = "Tuesday", who: str = ANN) -> list[str]:
    """The responses to the yes."""
    hear(talk, services, BOOKING.format(day=day, who=who), "book")
    return hear(talk, services, "yes", "affirm")


def wanted(store: Store) -> dict[str, bool | None]:
    """What the chat has said, by address."""
    return {row.address: row.wanted for row in rows(store, "SELECT address, wanted FROM chat_consent")}


@pytest.mark.parametrize(
    "text",
    [
        "stop messages here",
        "Stop the reminders here please",
        "no more reminders in this chat",
        "don't send me messages here",
        "please stop sending me updates on Telegram",
        "don't remind me here",
        "stop messaging me here",
        "only by mail please, not here",
    ],
)
def test_words_that_want_none_here(text: str) -> None:
    assert (wants_none_here(text), wants_here(text)) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "tell me here, too",
        "Tell me here too",
        "remind me here as well",
        "please remind me in this chat",
        "send me the reminders here",
        "I'd like to get messages here again",
        "notify me on Slack, too",
        "can you remind me here, too?",
        "reminders here too",
    ],
)
def test_words_that_want_it_here(text: str) -> None:
    assert (wants_none_here(text), wants_here(text)) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "is anybody here?",
        "can you tell me where it is?",
        "no reminders please",
        "remind me by mail",
        "do you send reminders here?",
        "I'm here on Tuesday",
        "stop",
        "I'd like to come here on Friday",
        "tell me who is here",
    ],
)
def test_words_about_something_else(text: str) -> None:
    assert (wants_none_here(text), wants_here(text)) == (False, False)


@pytest.mark.parametrize("channel", ["telegram", "slack"])
def test_asked_once_after_a_booking_for_each_address(services: Services, channel: str) -> None:
    talk = Talk(sender=f"{channel}:77", channel=channel)

    first = book(talk, services)
    hear(talk, services, "no", "deny")
    second = book(talk, services, day="Thursday")
    third = book(talk, services, day="Friday", who=BOB)

    assert first == ["utter_booked", "utter_ask_here"]
    assert (second, third) == (["utter_booked"], ["utter_booked", "utter_ask_here"])


@pytest.mark.parametrize("channel", ["web", "rest", "cmdline"])
def test_not_asked_where_nobody_can_be_told(services: Services, store: Store, channel: str) -> None:
    talk = Talk(channel=channel)

    assert book(talk, services) == ["utter_booked"]
    assert hear(talk, services, "tell me here, too", "out_of_scope") == ["utter_here_elsewhere"]
    assert wanted(store) == {}


@pytest.mark.parametrize(
    ("text", "intent", "response", "said"),
    [
        ("yes please", "affirm", "utter_told_here", True),
        ("tell me here, too", "chitchat", "utter_told_here", True),
        ("no", "deny", "utter_not_told_here", False),
        ("no thanks, that's all", "deny", "utter_not_told_here", False),
        ("never mind", "stop", "utter_not_told_here", False),
        ("stop messages here", "stop", "utter_not_told_here", False),
    ],
)
def test_answer_is_kept_and_ends_the_question(
    services: Services,
    store: Store,
    talk: Talk,
    text: str,
    intent: str,
    response: str,
    said: bool,  # noqa: FBT001
) -> None:
    book(talk, services)

    assert hear(talk, services, text, intent) == [response]
    assert wanted(store) == {"ann@example.com": said}
    assert from_json(talk.fields["draft"]).asked is Question.NOTHING


def test_button_answers_as_words_do(services: Services, store: Store, talk: Talk) -> None:
    book(talk, services)

    assert talk.tap(Converse(services), "Yes, here too") == ["utter_told_here"]
    assert wanted(store) == {"ann@example.com": True}


@pytest.mark.parametrize(
    ("text", "intent", "response"),
    [
        ("cancel it", "cancel_appointment", "utter_ask_cancel"),
        ("undo that", "undo", "utter_ask_cancel"),
        ("move it to Friday at 11:00", "reschedule", "utter_ask_move"),
        ("I need another appointment", "book", "utter_ask_wish"),
        ("did the confirmation go out?", "resend", "utter_delivery"),
    ],
)
def test_question_gives_way_to_what_is_said_instead(
    services: Services, store: Store, talk: Talk, text: str, intent: str, response: str
) -> None:
    book(talk, services)

    answers = hear(talk, services, text, intent)

    assert response in answers
    assert "utter_ask_here" not in answers
    assert wanted(store) == {"ann@example.com": None}


def test_another_session_does_not_go_on_with_the_question(services: Services, talk: Talk) -> None:
    book(talk, services)
    expire(talk)

    assert "utter_ask_resume" not in hear(talk, services, "hi", "greet")


def test_mind_is_changed_by_words(services: Services, store: Store, talk: Talk) -> None:
    book(talk, services)
    hear(talk, services, "yes", "affirm")

    stopped = hear(talk, services, "stop messages here", "stop")
    after = wanted(store)
    again = hear(talk, services, "tell me here, too", "chitchat")

    assert (stopped, after) == (["utter_not_told_here"], {"ann@example.com": False})
    assert (again, wanted(store)) == (["utter_told_here"], {"ann@example.com": True})


def test_words_in_between_leave_the_open_question_open(services: Services, talk: Talk) -> None:
    hear(talk, services, "Consultation with Ben on Tuesday afternoon", "book")

    answers = hear(talk, services, "no more messages here", "deny")

    assert answers == ["utter_not_told_here", "utter_offers"]


def test_code_ties_a_chat_without_bookings_to_the_address(
    services: Services, store: Store, talk: Talk
) -> None:
    made(services, "12-02 10:00")
    asked = hear(talk, services, "tell me here, too", "out_of_scope")
    sent = hear(talk, services, "ann@example.com", "inform")
    before = wanted(store)

    told = hear(talk, services, mailed(store)[-1], "inform")

    assert (asked, sent, before) == (["utter_ask_address"], ["utter_code_sent"], {})
    assert (told, wanted(store)) == (["utter_told_here"], {"ann@example.com": True})
    assert rows(store, "SELECT proven_at IS NOT NULL FROM chat_consent") == [(True,)]
