"""Whose clock counts, and what a date means."""

from __future__ import annotations

import pytest

from tests.clockwork import START
from tests.dialogue import I_AM_ANN, book, booked, held, local, missing, offered, received, rows_of, wall
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

BERLIN, LONDON, KOLKATA, NEW_YORK, TOKYO = (
    "Europe/Berlin",
    "Europe/London",
    "Asia/Kolkata",
    "America/New_York",
    "Asia/Tokyo",
)


def test_a_zone_said_with_a_time_rules_that_wish(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say(f"Consultation with Priya on Tuesday 10 November at 4 pm Tokyo time. {I_AM_ANN}")
    chat.say("yes")

    assert missing(question.text, "Tuesday 10 November 2026", "16:00", TOKYO) == []
    assert booked(assistant, chat).starts == wall(TOKYO, "2026-11-10 16:00")


def test_where_the_writer_is_changes_all_times(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    before = chat.say(f"Consultation with Priya on Monday 9 November at 10:00. {I_AM_ANN}")

    after = chat.say("I'm in Tokyo")

    start = wall(LONDON, "2026-11-09 10:00")
    assert missing(before.text, "10:00", LONDON) == []
    assert missing(after.text, "19:00", TOKYO) == []
    assert held(assistant, chat) == [start]


def test_an_old_zone_name_of_the_browser_is_understood(assistant: Assistant) -> None:
    chat = assistant.chat(zone="Asia/Calcutta")

    row = book(assistant, chat, "Consultation with Priya on Monday 9 November at 12:00")

    assert (row.starts, row.attendee_zone) == (wall(KOLKATA, "2026-11-09 12:00"), KOLKATA)
    assert KOLKATA in received(assistant, row).attendee.text


@pytest.mark.parametrize(
    ("zone", "day"), [("Mars/Olympus", "10"), (None, "11"), ("", "12"), ("../../etc", "13")]
)
def test_without_a_known_zone_the_organisation_s_is_used_and_said(
    assistant: Assistant, zone: str | None, day: str
) -> None:
    chat = assistant.chat(zone=zone)

    question = chat.say(f"Consultation with Dr. Meyer on {day} November at 10:00. {I_AM_ANN}")
    chat.say("yes")

    row = booked(assistant, chat)
    assert BERLIN in question.text
    assert (row.starts, row.attendee_zone) == (wall(BERLIN, f"2026-11-{day} 10:00"), BERLIN)


@pytest.mark.parametrize(
    ("zone", "wish", "start"),
    [
        (BERLIN, "Monday 16 November at 9:00", "2026-11-16T08:00Z"),
        (NEW_YORK, "Wednesday 28 October at 9:00", "2026-10-28T13:00Z"),
        (NEW_YORK, "Monday 16 November at 9:00", "2026-11-16T14:00Z"),
    ],
)
def test_the_offset_is_that_of_the_day_meant(assistant: Assistant, zone: str, wish: str, start: str) -> None:
    chat = assistant.chat(zone=zone)

    chat.say(f"Intro with Dr. Meyer on {wish}")

    assert [instant.isoformat() for instant in held(assistant, chat)] == [start.replace("Z", ":00+00:00")]


def test_the_clocks_go_forward_between_now_and_then(assistant: Assistant) -> None:
    with assistant.clock.at(wall(BERLIN, "2027-03-23 09:00")):
        chat = assistant.chat(zone=BERLIN)
        row = book(assistant, chat, "Intro with Dr. Meyer on Monday 29 March at 10:00")
        mail = received(assistant, row).attendee

    assert row.starts.isoformat() == "2027-03-29T08:00:00+00:00"
    assert "Monday 29 March 2027, 10:00–10:15" in mail.text


def test_next_friday_is_asked_once_with_both_dates(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say("Consultation with Ben next Friday morning")
    chat.pick("30 October")
    starts = local(offered(chat.last, LONDON), LONDON)

    assert any("23 October" in title for title in question.titles)
    assert any("30 October" in title for title in question.titles)
    assert {f"{start:%d %b}" for start in starts} == {"30 Oct"}
    assert all(start.hour < 12 for start in starts)


def test_the_reading_can_be_typed(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say("Consultation with Ben next Friday")

    chat.say("the later one")

    assert {f"{start:%d %b}" for start in local(offered(chat.last, LONDON), LONDON)} == {"30 Oct"}


def test_friday_is_the_nearest_to_come(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    chat.say("Consultation with Ben on Friday")

    assert {f"{start:%d %b}" for start in local(offered(chat.last, LONDON), LONDON)} == {"23 Oct"}


def test_a_date_in_numbers_that_can_be_two_days_is_asked(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say("Consultation with Ben on 11/12")
    chat.pick("11 December")

    assert any("12 November" in title for title in question.titles)
    assert {f"{start:%d %b}" for start in local(offered(chat.last, LONDON), LONDON)} == {"11 Dec"}


def test_three_o_clock_is_the_one_in_working_hours(assistant: Assistant) -> None:
    chat = assistant.chat(zone=BERLIN)

    chat.say("Consultation with Dr. Meyer on Tuesday 17 November at 3")

    assert held(assistant, chat) == [wall(BERLIN, "2026-11-17 15:00")]


def test_the_other_side_s_time_is_named_where_it_differs(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    question = chat.say(f"Consultation with Priya on Tuesday 10 November at 9:00. {I_AM_ANN}")

    assert missing(question.text, "09:00", LONDON, "14:30", KOLKATA) == []
    assert rows_of(assistant, chat)[0].starts == wall(KOLKATA, "2026-11-10 14:30")


def test_tomorrow_is_the_writer_s_tomorrow(assistant: Assistant) -> None:
    with assistant.clock.at(wall(BERLIN, "2026-11-16 23:30")):
        chat = assistant.chat(zone="Pacific/Auckland")
        chat.say("Intro with Priya tomorrow at 20:00")
        starts = held(assistant, chat)

    assert starts == [wall("Pacific/Auckland", "2026-11-18 20:00")]
    assert assistant.clock.now() == START
