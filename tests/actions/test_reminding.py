from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions import reminding
from actions.facts import Facts
from actions.replies import Lines, Listing, Part
from scheduler_core.model import AppointmentType, Booking
from scheduler_core.personal_data import Preference, Reminders
from scheduler_core.timerange import TimeRange
from tests.actions.samples import CONSULTATION, EXAMINATION, FACTS, INTRO, PRACTICE
from tests.actions.test_answers import BOOKING

HOUR = timedelta(hours=1)
REMINDED = replace(CONSULTATION, reminders=(24 * HOUR, HOUR))


def booked(starts_in: timedelta, kind: AppointmentType = REMINDED) -> Booking:
    time = TimeRange.starting(FACTS.now + starts_in, HOUR / 2)
    return replace(BOOKING, kind=kind, time=time)


@pytest.mark.parametrize(
    ("starts_in", "leads"),
    [(25 * HOUR, ("24 hours", "1 hour")), (24 * HOUR, ("1 hour",)), (2 * HOUR, ("1 hour",))],
)
def test_those_reminders_are_named_that_are_to_come(starts_in: timedelta, leads: tuple[str, ...]) -> None:
    assert reminding.answer(FACTS, None, booked(starts_in)) == (
        "utter_about_reminders",
        {"leads": Listing(leads), "by": Part("reminded")},
    )


def test_appointment_that_is_too_near_has_none_to_come() -> None:
    assert reminding.answer(FACTS, None, booked(HOUR)) == ("utter_about_reminders_over", {})


def test_type_without_reminders_is_said_to_have_none() -> None:
    expected = ("utter_about_reminders_none", {"kind": "Consultation"})

    assert reminding.answer(FACTS, CONSULTATION, None) == expected
    assert reminding.answer(FACTS, None, booked(25 * HOUR, CONSULTATION)) == expected


@pytest.mark.parametrize(
    ("wanted", "by"), [(Reminders.MAIL, "reminded_mail"), (Reminders.SMS, "reminded_sms")]
)
def test_way_is_the_one_that_was_asked_for(wanted: Reminders, by: str) -> None:
    facts = replace(FACTS, usual=Preference(reminders=wanted))

    assert reminding.answer(facts, REMINDED, None)[1]["by"] == Part(by)


def test_who_wants_none_is_told_so() -> None:
    facts = replace(FACTS, usual=Preference(reminders=Reminders.NONE))

    assert reminding.answer(facts, REMINDED, booked(25 * HOUR)) == ("utter_about_reminders_off", {})


def test_without_a_type_every_type_is_told() -> None:
    facts: Facts = replace(FACTS, catalogue=replace(PRACTICE, types=(INTRO, REMINDED, EXAMINATION)))

    assert reminding.answer(facts, None, None) == (
        "utter_about_reminders_each",
        {
            "lines": Lines(
                (
                    Part("kind_not_reminded", {"kind": "Intro"}),
                    Part(
                        "kind_reminded",
                        {"kind": "Consultation", "leads": Listing(("24 hours", "1 hour"))},
                    ),
                    Part("kind_not_reminded", {"kind": "Examination"}),
                )
            )
        },
    )
