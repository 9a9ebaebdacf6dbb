"""What cannot be booked, and the one true reason that is given."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.dialogue import I_AM_ANN, book, held, local, missing, offered, rows_of, wall
from tests.stack import Assistant

pytestmark = pytest.mark.conversation

BERLIN, LONDON = "Europe/Berlin", "Europe/London"


def test_an_examination_is_in_person_and_with_dr_meyer(assistant: Assistant) -> None:
    chat = assistant.chat(zone=BERLIN)

    row = book(assistant, chat, "An examination on Thursday 5 November at 10:00")

    assert row.agreed == ("CONFIRMED", ["eva-meyer"], "examination", wall(BERLIN, "2026-11-05 10:00"), 60)
    assert row.channel == "in_person"


def test_an_examination_with_somebody_else_is_explained(assistant: Assistant) -> None:
    chat = assistant.chat(zone=BERLIN)

    reply = chat.say("An examination with Ben on Thursday 5 November at 14:00")

    assert missing(reply.text + " ".join(reply.titles), "Dr. Eva Meyer") == []
    assert rows_of(assistant, chat) == []


def test_an_examination_by_phone_is_explained(assistant: Assistant) -> None:
    chat = assistant.chat(zone=BERLIN)

    reply = chat.say(f"An examination by phone on Thursday 5 November at 14:00. {I_AM_ANN}")
    chat.say("yes")

    assert "person" in reply.text.lower()
    assert "phone" in reply.text.lower()
    assert [row.channel for row in rows_of(assistant, chat)] == ["in_person"]


def test_the_fourth_examination_of_a_day_is_refused(assistant: Assistant) -> None:
    for time in ("09:00", "10:30", "13:30"):
        book(assistant, assistant.chat(zone=BERLIN), f"Examination on Monday 9 November at {time}")
    chat = assistant.chat(zone=BERLIN)

    reply = chat.say(f"Examination on Monday 9 November at 15:30. {I_AM_ANN}")

    assert "full" in reply.text.lower()
    starts = local(offered(reply, BERLIN), BERLIN)
    assert all(f"{start:%d %b}" != "09 Nov" for start in starts)
    assert rows_of(assistant, chat) == []


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ("Consultation with Ben on Saturday 14 November at 12:00", "working hours"),
        ("Consultation with Ben on Monday 9 November at 7:00", "working hours"),
        ("Consultation with Dr. Meyer on Monday 9 November at 11:15 am", "working hours"),
        ("Consultation with Ben today at 11:00", "notice"),
        ("Consultation with Ben on 1 March 2027 at 11:00", "ahead"),
        ("Consultation with Ben yesterday at 11:00", "past"),
    ],
)
def test_the_reason_is_named_and_what_is_near_is_offered(
    assistant: Assistant, wish: str, reason: str
) -> None:
    chat = assistant.chat(zone=LONDON)

    reply = chat.say(f"{wish}. {I_AM_ANN}")

    assert reason in reply.text.lower()
    assert offered(reply, LONDON)
    assert rows_of(assistant, chat) == []


def test_a_time_that_somebody_else_has_is_taken_and_nobody_is_named(assistant: Assistant) -> None:
    other = assistant.chat(zone=LONDON)
    other.say("Consultation with Ben on Monday 9 November at 14:00. I'm Zoe Secret, zoe@example.com")
    other.say("yes")
    chat = assistant.chat(zone=LONDON)

    reply = chat.say(f"Consultation with Ben on Monday 9 November at 14:00. {I_AM_ANN}")

    starts = offered(reply, LONDON)
    wanted = wall(LONDON, "2026-11-09 14:00")
    assert "taken" in reply.text.lower()
    assert missing(reply.text, "Zoe", "zoe@example.com") == ["Zoe", "zoe@example.com"]
    assert wanted not in starts
    assert all(abs(start - wanted) <= timedelta(hours=2) for start in starts)


def test_a_day_off_is_named_as_the_reason(assistant: Assistant) -> None:
    off = assistant.rows.select(
        "SELECT p.name, p.zone, t.starts FROM time_off t JOIN person p ON p.number = t.person_number "
        "WHERE t.rrule IS NULL AND t.ends - t.starts >= interval '8 hours' AND t.starts > '2026-10-21' "
        "ORDER BY t.starts"
    )
    for day in off:
        chat = assistant.chat(zone=day["zone"])
        noon = day["starts"].replace(hour=11, minute=0, tzinfo=ZoneInfo(day["zone"]))

        reply = chat.say(f"Consultation with {day['name']} on {noon:%A %-d %B} at 11:00. {I_AM_ANN}")

        assert missing(reply.text.lower(), "off") == []
        assert all(start.date() != noon.date() for start in local(offered(reply, day["zone"]), day["zone"]))
    assert len(off) >= 1


def test_why_not_is_answered(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)
    chat.say("Consultation with Ben in the week of 9 November")

    reply = chat.say("Why not Saturday at 12?")

    assert "working hours" in reply.text.lower()


def test_an_unknown_person_leads_to_those_there_are(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    reply = chat.say("Consultation with Dr. Smith on Monday 9 November at 16:00")
    chat.pick("Ben")

    assert "Smith" in reply.text
    assert missing(" ".join(reply.titles), "Eva Meyer", "Ben Okafor", "Ana Souza", "Priya Nair") == []
    assert held(assistant, chat) == [wall(LONDON, "2026-11-09 16:00")]


def test_a_misspelled_person_is_understood(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    row = book(assistant, chat, "Intro with Ben Okaför on Monday 9 November at 17:00")

    assert row.people == ["ben-okafor"]


def test_a_length_that_is_not_offered_is_explained(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    reply = chat.say(f"A consultation of 50 minutes with Ben on Tuesday 24 November at 14:00. {I_AM_ANN}")
    chat.say("yes")

    assert missing(reply.text, "30 minutes", "45 minutes", "1 hour") == []
    assert [(row.status, row.minutes) for row in rows_of(assistant, chat)] == [("CONFIRMED", 60)]


def test_zoom_is_not_offered_and_what_is_offered_is_named(assistant: Assistant) -> None:
    chat = assistant.chat(zone=LONDON)

    reply = chat.say(f"30 minutes with Ben on Zoom on Monday 9 November at 12:00. {I_AM_ANN}")
    chat.say("yes")

    assert "Zoom" in reply.text
    assert rows_of(assistant, chat)[0].channel == "jitsi"
