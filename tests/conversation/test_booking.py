"""From the first message to the stored row and the invitations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.chat import Conversation
from tests.dialogue import (
    ANN,
    I_AM_ANN,
    book,
    booked,
    local,
    missing,
    offered,
    only_row,
    open_starts,
    received,
    wall,
)
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

OFFICE = "appointments@example.org"
BERLIN, LONDON, KOLKATA, SAO_PAULO = "Europe/Berlin", "Europe/London", "Asia/Kolkata", "America/Sao_Paulo"


def test_a_full_sentence_with_a_window_takes_three_messages(assistant: Assistant) -> None:
    chat = assistant.chat(zone=BERLIN)

    offers = chat.say(f"30 minutes with Dr. Meyer next Tuesday afternoon? {I_AM_ANN}")
    starts = offered(offers, BERLIN)
    free = open_starts(assistant, "consultation", "eva-meyer", "2026-10-27", BERLIN)
    question = chat.say("the second one")
    answer = chat.say("yes")

    assert len(starts) in {2, 3}
    assert set(starts) <= set(free)
    assert all(12 <= start.hour < 18 for start in local(starts, BERLIN))
    assert BERLIN in offers.text
    clock = f"{local(starts[1:2], BERLIN)[0]:%H:%M}"
    facts = ("Tuesday 27 October 2026", clock, BERLIN, "30 minutes", "Dr. Eva Meyer", *ANN)
    assert missing(question.text, *facts) == []
    row = booked(assistant, chat)
    assert row.agreed == ("CONFIRMED", ["eva-meyer"], "consultation", starts[1], 30)
    assert row.attendee == ANN
    assert missing(answer.text, "Tuesday 27 October 2026", clock, BERLIN, row.reference) == []
    assert received(assistant, row).attendee.to == "ann@example.com"


def test_a_full_sentence_with_one_free_time_takes_two_messages(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say(f"Consultation with Ben Okafor on Wednesday 4 November at 10:30. {I_AM_ANN}")
    held = only_row(assistant, chat)
    answer = chat.say("yes")

    row = only_row(assistant, chat)
    start = wall(LONDON, "2026-11-04 10:30")
    facts = ("Wednesday 4 November 2026", "10:30", LONDON, "30 minutes", "Ben Okafor", *ANN)
    assert missing(question.text, *facts) == []
    assert held.agreed == ("TENTATIVE", ["ben-okafor"], "consultation", start, 30)
    assert held.hold_expires == assistant.clock.now() + timedelta(minutes=10)
    assert row.agreed == ("CONFIRMED", ["ben-okafor"], "consultation", start, 30)
    assert (row.attendee, row.attendee_zone, row.channel) == (ANN, LONDON, "jitsi")
    assert missing(answer.text, "Wednesday 4 November 2026", "10:30", LONDON, row.reference) == []


def test_the_confirmation_is_a_card_of_the_stored_row(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    row = book(assistant, chat, "Intro with Ben Okafor on Wednesday 4 November at 12:00")

    (card,) = chat.last.cards
    expected = {
        "type": "booking",
        "status": "CONFIRMED",
        "reference": row.reference,
        "start": "2026-11-04T12:00:00Z",
        "end": "2026-11-04T12:15:00Z",
        "zone": LONDON,
        "person": "Ben Okafor",
        "attendee": "Ann Lee",
    }
    assert {name: card[name] for name in expected} == expected


def test_both_sides_get_an_invitation_that_calendars_read(assistant: Assistant) -> None:
    chat = assistant.chat(zone=KOLKATA)

    row = book(assistant, chat, "30 minutes with Ben Okafor on Wednesday 4 November at 8 pm")

    mails = received(assistant, row)
    assert row.starts == wall(LONDON, "2026-11-04 14:30")
    assert len({invitation.uid for invitation in mails.invitations}) == 1
    for invitation in mails.invitations:
        assert (invitation.start, invitation.end) == (row.starts, row.ends)
        assert (invitation.method, invitation.sequence, invitation.status) == ("REQUEST", 0, "CONFIRMED")
        assert invitation.alarms == ("DISPLAY",)
    # Calendars ignore what claims to come from their own owner, so each side is invited by the other.
    ann, ben, office = (f"mailto:{name}" for name in ("ann@example.com", "ben.okafor@example.org", OFFICE))
    assert [mail.organizer for mail in mails.invitations] == [ben, office]
    assert [set(mail.attendees) for mail in mails.invitations] == [{ann}, {ann, ben}]
    (to_ben,) = mails.people
    assert (
        missing(mails.attendee.text, "Wednesday 4 November 2026, 20:00–20:30", KOLKATA, "14:30–15:00") == []
    )
    assert missing(to_ben.text, "Wednesday 4 November 2026, 14:30–15:00", LONDON, *ANN) == []
    assert all(row.reference in mail.text and row.reference in mail.html for mail in mails.all)


def test_a_greeting_with_a_plain_need_takes_five_messages(assistant: Assistant) -> None:
    chat = assistant.chat(zone=SAO_PAULO)

    first = chat.say("hi, I need an appointment")
    chat.say("with Ana, some morning next week")
    offered(chat.last, SAO_PAULO)
    contact = chat.say("the first one")
    question = chat.say("Carla Dias, carla@example.com")
    chat.say("yes please")

    row = booked(assistant, chat)
    assert missing(first.text.lower(), "who", "what", "when") == []
    assert missing(contact.text.lower(), "name", "mail") == []
    assert missing(question.text, "Ana Souza", "Carla Dias", "carla@example.com", SAO_PAULO) == []
    assert (row.people, row.attendee) == (["ana-souza"], ("Carla Dias", "carla@example.com"))
    assert len(chat.said) == 5


@pytest.mark.parametrize(
    ("yes", "day"),
    [
        ("sounds good", "5"),
        ("do it", "6"),
        ("yes, book it please", "9"),
        ("👍", "10"),
        ("ok", "11"),
        ("yep!", "12"),
    ],
)
def test_a_yes_in_many_words_books(assistant: Assistant, yes: str, day: str) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say(f"Intro with Ben on {day} November at 10:15, I am Bo Chen, bo@example.com")

    chat.say(yes)

    row = booked(assistant, chat)
    assert (row.starts, row.attendee) == (
        wall(LONDON, f"2026-11-{day:0>2} 10:15"),
        ("Bo Chen", "bo@example.com"),
    )


@pytest.mark.parametrize(
    ("introduction", "name", "day"),
    [
        ("I'm May Lindqvist, may@example.com", "May Lindqvist", "5"),
        ("Will Turner, will@example.com", "Will Turner", "6"),
        ("My name is April March, april@example.com", "April March", "9"),
        ("This is José Álvarez-Núñez, jose@example.com", "José Álvarez-Núñez", "10"),
        ("ann o'neil <ann.oneil@example.com>", "ann o'neil", "11"),
    ],
)
def test_names_that_are_words_stay_names(
    assistant: Assistant, introduction: str, name: str, day: str
) -> None:
    chat = assistant.chat(zone=LONDON)

    chat.say(f"Intro with Ben on {day} November at 11:15. {introduction}")
    chat.say("yes")

    row = booked(assistant, chat)
    assert row.attendee_name is not None
    assert (row.attendee_name.casefold(), row.starts) == (
        name.casefold(),
        wall(LONDON, f"2026-11-{day:0>2} 11:15"),
    )


def test_by_phone_the_number_is_asked_for_with_the_rest(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    contact = chat.say("Intro with Ben on Friday 6 November at 14:00, by phone please")
    chat.say("Ann Lee, ann@example.com")
    again = chat.last
    chat.say("+49 30 1234567")
    chat.say("yes")

    row = booked(assistant, chat)
    assert missing(contact.text.lower(), "name", "mail", "phone") == []
    assert "phone" in again.text.lower()
    assert (row.channel, row.phone.replace(" ", "")) == ("phone", "+49301234567")
    assert "+49 30 1234567" in received(assistant, row).people[0].text


def test_a_phone_number_in_the_first_message_is_not_asked_for_again(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say(
        f"Intro with Ben on Friday 6 November at 15:00 by phone, +44 20 7946 0958. {I_AM_ANN}"
    )
    chat.say("yes")

    row = booked(assistant, chat)
    assert "+44 20 7946 0958" in question.text
    assert (row.channel, row.phone.replace(" ", "")) == ("phone", "+442079460958")


def test_what_it_is_about_is_kept_as_the_note(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    row = book(assistant, chat, "30 minutes with Ben on Friday 6 November at 16:00, it's about my tax return")

    assert "tax return" in row.note
    assert "tax return" in received(assistant, row).people[0].text


def test_two_people_are_booked_together(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say(f"Consultation with Ben and Ana on Wednesday 11 November at 13:00. {I_AM_ANN}")
    chat.say("yes")

    row = booked(assistant, chat)
    start = wall(LONDON, "2026-11-11 13:00")
    assert missing(question.text, "Ben Okafor", "Ana Souza") == []
    assert row.agreed == ("CONFIRMED", ["ana-souza", "ben-okafor"], "consultation", start, 30)
    assert len(received(assistant, row).all) == 3


def test_of_two_people_the_one_who_is_free_is_booked(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say(f"Consultation with Ben or Ana on Wednesday 18 November at 10:00. {I_AM_ANN}")
    chat.say("yes")

    assert "Ben Okafor" in question.text
    assert booked(assistant, chat).people == ["ben-okafor"]


def test_a_guest_is_invited_and_sees_no_more_than_that(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    chat.say(f"Intro with Ben on Thursday 12 November at 16:00, it's about my knee. {I_AM_ANN}")
    question = chat.say("also invite bob@example.com")
    chat.say("yes")

    row = booked(assistant, chat)
    mail = assistant.mailbox.latest(lambda mail: mail.to == "bob@example.com")
    assert "bob@example.com" in question.text
    assert row.attendee == ANN
    assert missing(mail.text, "Thursday 12 November 2026", "knee", "/b/") == ["knee", "/b/"]


def test_an_american_reads_american_times(start_chat: Callable[..., Conversation]) -> None:
    chat = start_chat(zone="America/New_York", locale="en-US")

    question = chat.say(f"Intro with Ben on Thursday November 12 at 11:30 am. {I_AM_ANN}")

    assert missing(question.text, "Thursday, November 12, 2026", "11:30", "AM", "America/New_York") == []
    chat.say("never mind")
