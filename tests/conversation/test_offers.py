"""Choosing from what is offered, and asking for something else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import httpx
import pytest

from tests.chat import Conversation
from tests.dialogue import I_AM_ANN, booked, held, local, missing, offered, open_starts, rows_of, wall
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

BERLIN, LONDON, KOLKATA = "Europe/Berlin", "Europe/London", "Asia/Kolkata"


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        ("the second one", "05", "10:30"),
        ("2", "06", "10:30"),
        ("10:30 works", "09", "10:30"),
        ("half past ten please", "10", "10:30"),
        ("the last one", "11", "11:00"),
        ("number 3", "12", "11:00"),
        ("the first", "13", "10:00"),
        ("either is fine", "16", "10:00"),
        ("11 works for me", "17", "11:00"),
        ("the one at 11", "18", "11:00"),
        ("I'll take the third", "19", "11:00"),
        ("11", "25", "11:00"),
    ],
)
def test_an_offer_is_chosen_in_many_words(assistant: Assistant, words: str, day: str, expected: str) -> None:
    chat = assistant.chat(zone=KOLKATA)

    offers = chat.say(f"consultation with Priya on {day} November between 10:00 and 11:30")
    contact = chat.say(words)

    times = [f"{start:%H:%M}" for start in local(offered(offers, KOLKATA), KOLKATA)]
    assert times == ["10:00", "10:30", "11:00"]
    assert held(assistant, chat) == [wall(KOLKATA, f"2026-11-{day} {expected}")]
    assert missing(contact.text.lower(), "name", "mail") == []


def test_the_later_of_two_is_chosen(assistant: Assistant) -> None:
    chat = assistant.chat(zone=KOLKATA)

    chat.say("consultation with Priya on 20 November at 10:00 or 14:00")
    starts = offered(chat.last, KOLKATA)
    chat.say("the later one")

    expected = [wall(KOLKATA, "2026-11-20 10:00"), wall(KOLKATA, "2026-11-20 14:00")]
    assert starts == expected
    assert held(assistant, chat) == expected[1:]


def test_a_tapped_offer_and_a_yes_book_it(assistant: Assistant) -> None:
    chat = assistant.chat(zone=KOLKATA)

    chat.say(f"consultation with Priya on 23 November between 10:00 and 11:30. {I_AM_ANN}")
    question = chat.pick("10:30")
    chat.pick("yes")

    assert "10:30" in question.text
    assert booked(assistant, chat).starts == wall(KOLKATA, "2026-11-23 10:30")


def _offers_of(chat: Conversation, zone: str) -> list[datetime]:
    return offered(chat.last, zone)


def _first_offers(assistant: Assistant, wish: str) -> tuple[Conversation, list[datetime]]:
    chat = assistant.chat(zone=BERLIN)
    chat.say(wish)
    return chat, _offers_of(chat, BERLIN)


def test_more_goes_on_where_the_list_ended(assistant: Assistant) -> None:
    chat, before = _first_offers(assistant, "consultation with Dr. Meyer on Monday 2 November")

    chat.say("more")

    after = _offers_of(chat, BERLIN)
    assert not set(after) & set(before)
    assert len(after) == 3


def test_something_later_lies_behind_what_was_offered(assistant: Assistant) -> None:
    chat, before = _first_offers(assistant, "consultation with Dr. Meyer on 2 November in the morning")

    chat.say("anything later?")

    assert min(_offers_of(chat, BERLIN)) > max(before)


def test_something_earlier_lies_before_what_was_offered(assistant: Assistant) -> None:
    chat, before = _first_offers(assistant, "consultation with Dr. Meyer on 2 November in the afternoon")

    chat.say("anything earlier?")

    assert max(_offers_of(chat, BERLIN)) < min(before)


def test_another_day_is_another_day(assistant: Assistant) -> None:
    chat, before = _first_offers(assistant, "consultation with Dr. Meyer on Tuesday 3 November")

    chat.say("another day please")

    days = {start.date() for start in local(_offers_of(chat, BERLIN), BERLIN)}
    assert not days & {start.date() for start in local(before, BERLIN)}


def test_a_weekday_is_ruled_out(assistant: Assistant) -> None:
    chat, _before = _first_offers(assistant, "consultation with Dr. Meyer in the week of 2 November")

    chat.say("not Monday")

    days = {start.date() for start in local(_offers_of(chat, BERLIN), BERLIN)}
    assert days
    assert days <= {date(2026, 11, day) for day in (3, 4, 5, 6)}


def test_next_week_instead_moves_the_wish(assistant: Assistant) -> None:
    chat, before = _first_offers(assistant, "consultation with Dr. Meyer this week")

    chat.say("next week instead")

    assert {start.isocalendar().week for start in local(before, BERLIN)} == {43}
    assert {start.isocalendar().week for start in local(_offers_of(chat, BERLIN), BERLIN)} == {44}


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("only after 3", 15, 17), ("mornings", 9, 12), ("in the afternoon please", 12, 17)],
)
def test_hours_narrow_the_wish_and_keep_the_days(
    assistant: Assistant, words: str, first: int, last: int
) -> None:
    chat, before = _first_offers(assistant, "consultation with Dr. Meyer on 4 or 5 November")

    chat.say(words)

    starts = local(_offers_of(chat, BERLIN), BERLIN)
    assert {start.date() for start in local(before, BERLIN)} <= {date(2026, 11, 4), date(2026, 11, 5)}
    assert {start.date() for start in starts} <= {date(2026, 11, 4), date(2026, 11, 5)}
    assert all(first <= start.hour < last for start in starts)


def test_a_weekday_lies_in_the_week_that_is_discussed(assistant: Assistant) -> None:
    chat, _before = _first_offers(assistant, "consultation with Dr. Meyer next week")

    chat.say("Wednesday?")

    assert {start.date() for start in local(_offers_of(chat, BERLIN), BERLIN)} == {date(2026, 10, 28)}


def test_a_day_without_any_free_time_is_said_before_what_is_near(assistant: Assistant) -> None:
    chat, _before = _first_offers(assistant, "consultation with Dr. Meyer in the week of 9 November")

    reply = chat.say("Sunday")

    assert "Dr. Eva Meyer does not work then" in reply.text
    assert date(2026, 11, 15) not in {start.date() for start in local(_offers_of(chat, BERLIN), BERLIN)}


def test_anything_is_nobody(assistant: Assistant) -> None:
    chat, starts = _first_offers(assistant, "do you have anything tomorrow?")

    assert {start.date() for start in local(starts, BERLIN)} == {date(2026, 10, 21)}
    assert rows_of(assistant, chat) == []


def test_windows_and_an_exclusion_in_one_message(assistant: Assistant) -> None:
    chat = assistant.chat(zone=BERLIN)

    chat.say("With Dr. Meyer next week, Tuesday or Thursday between 2 and 5, but not 3")

    starts = local(_offers_of(chat, BERLIN), BERLIN)
    assert {start.date() for start in starts} <= {date(2026, 10, 27), date(2026, 10, 29)}
    assert {f"{start:%H:%M}" for start in starts} <= {"14:00", "14:30", "16:00", "16:30"}


def test_as_soon_as_possible_is_the_earliest(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    chat.say("a consultation with Ben as soon as possible")

    days = ("2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23", "2026-10-26")
    free = [
        start for day in days for start in open_starts(assistant, "consultation", "ben-okafor", day, LONDON)
    ]
    assert _offers_of(chat, LONDON) == free[:3]


def test_whoever_is_free_first_looks_at_everybody(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    chat.say("an intro with whoever is free first")

    everybody = [person["handle"] for person in httpx.get(f"{assistant.api}/api/people").json()]
    days = ("2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23")
    free = sorted(
        {
            start
            for day in days
            for who in everybody
            for start in open_starts(assistant, "intro", who, day, LONDON)
        }
    )
    assert _offers_of(chat, LONDON)[0] == free[0]
    assert len(everybody) == 4


def test_an_hour_later_moves_the_chosen_time(assistant: Assistant) -> None:
    chat = assistant.chat(zone=KOLKATA)
    chat.say(f"consultation with Priya on 24 November at 10:00. {I_AM_ANN}")

    question = chat.say("an hour later")
    chat.say("yes")

    assert missing(question.text, "Tuesday 24 November 2026", "11:00") == []
    assert booked(assistant, chat).starts == wall(KOLKATA, "2026-11-24 11:00")
    assert held(assistant, chat) == []


def test_the_same_time_next_week_moves_the_chosen_time(assistant: Assistant) -> None:
    chat = assistant.chat(zone=KOLKATA)
    chat.say(f"consultation with Priya on 24 November at 12:00. {I_AM_ANN}")

    chat.say("same time next week?")
    chat.say("yes")

    assert booked(assistant, chat).starts == wall(KOLKATA, "2026-12-01 12:00")


def test_a_question_about_a_time_books_nothing_and_a_booking_can_follow(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    answer = chat.say("Is Ben free on Friday 20 November at 10?")
    nothing = rows_of(assistant, chat)
    chat.say("great, book that for me")
    chat.say("Ann Lee, ann@example.com")
    chat.say("yes")

    assert missing(answer.text, "Ben Okafor", "Friday 20 November 2026", "10:00") == []
    assert nothing == []
    assert booked(assistant, chat).starts == wall(LONDON, "2026-11-20 10:00")


def test_a_question_about_a_week_is_answered_without_a_hold(assistant: Assistant) -> None:
    chat = assistant.chat(zone=BERLIN)

    chat.say("When does Ana have time this week?")

    starts = _offers_of(chat, BERLIN)
    sunday = wall(BERLIN, "2026-10-26 00:00")
    assert all(assistant.clock.now() < start < sunday for start in starts)
    assert rows_of(assistant, chat) == []


def test_offers_are_at_most_three_and_spread(assistant: Assistant) -> None:
    _chat, starts = _first_offers(assistant, "consultation with Dr. Meyer in the week of 9 November")

    assert len(starts) == 3
    assert len({start.date() for start in starts}) > 1
    assert max(starts) - min(starts) > timedelta(days=1)
