from __future__ import annotations

from actions.conversation import Converse
from actions.services import Services
from tests.actions.talk import Talk, date_entity

TUESDAY, WEDNESDAY = {"from": "2026-12-01", "to": "2026-12-02"}, {"from": "2026-12-02", "to": "2026-12-03"}


def test_a_date_and_a_weekday_that_contradict_each_other_are_told_and_asked_about(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "Consultation on Wednesday 1 December at 11:00"
    day = date_entity(text, "Wednesday 1 December", "2026-12-01", "2026-12-02")
    day["additional_info"]["readings"] = [TUESDAY, WEDNESDAY]

    asked = talk.say(converse, text, "book", day)
    words = talk.text
    talk.tap(converse, "Wednesday 2 December")

    assert asked == ["utter_ask_reading_clash"]
    assert words == (
        "“Wednesday 1 December” does not add up: that date is Tuesday 1 December 2026. "
        "Which day do you have in mind?\n1. Tuesday 1 December 2026\n2. Wednesday 2 December 2026"
    )
    assert "Wednesday 2 December 2026, 11:00" in talk.text


def test_two_weeks_that_one_phrase_can_mean_contradict_nothing(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "Consultation next Friday at 11:00"
    day = date_entity(text, "next Friday", "2026-11-27", "2026-11-28")
    day["additional_info"]["readings"] = [
        {"from": "2026-11-27", "to": "2026-11-28"},
        {"from": "2026-12-04", "to": "2026-12-05"},
    ]

    assert talk.say(converse, text, "book", day) == ["utter_ask_reading"]


def test_a_date_that_does_not_exist_is_told_and_asked_about(services: Services) -> None:
    talk, converse = Talk(), Converse(services)
    text = "Consultation on 31 November at 11:00"
    day = date_entity(text, "31 November", "2026-11-30", "2026-12-01")
    day["additional_info"] |= {
        "readings": [{"from": "2026-11-30", "to": "2026-12-01"}, TUESDAY],
        "missing": True,
    }

    asked = talk.say(converse, text, "book", day)
    words = talk.text
    talk.tap(converse, "Monday 30 November")

    assert asked == ["utter_ask_reading_missing"]
    assert words == (
        "There is no such date as “31 November”. Which day do you have in mind?\n"
        "1. Monday 30 November 2026\n2. Tuesday 1 December 2026"
    )
    assert "Monday 30 November 2026, 11:00" in talk.text
