""" "Anything later that day?" stays on the day, and says so where it moves on."""

from __future__ import annotations

import pytest

from actions.draft import from_json
from actions.services import Services
from scheduler_core import zones
from tests.actions.hearing import hear
from tests.actions.talk import Talk


def days_on_offer(talk: Talk) -> set[int]:
    draft = from_json(talk.fields["draft"])
    return {zones.local_date(slot.time.start, "Europe/London").day for slot in draft.offers}


def test_later_that_day_is_that_day(services: Services) -> None:
    talk = Talk()
    hear(talk, services, "Consultation with Ben on Tuesday morning", "book")

    answers = hear(talk, services, "anything later that day?", "alternatives")

    assert (answers, days_on_offer(talk)) == (["utter_offers"], {1})


@pytest.mark.parametrize(
    ("asked", "told", "days"),
    [
        ("anything later that day?", "utter_nothing_later_that_day", {2}),
        ("anything earlier that day?", "utter_nothing_earlier_that_day", {30}),
    ],
)
def test_where_the_day_has_nothing_more_that_is_said(
    services: Services, asked: str, told: str, days: set[int]
) -> None:
    talk = Talk(timezone="Europe/London")
    before = "later" if "later" in asked else "earlier"
    edge = "17:00" if before == "later" else "9:00"
    hear(talk, services, f"Is Ben free on Tuesday at {edge}?", "ask_availability")

    answers = hear(talk, services, asked, "alternatives")

    assert (answers, days_on_offer(talk)) == ([told, "utter_offers"], days)
    assert "Which one" in talk.text


def test_another_day_named_afterwards_is_a_whole_day_again(services: Services) -> None:
    talk = Talk(timezone="Europe/London")
    hear(talk, services, "Consultation with Ben on Tuesday afternoon", "book")
    hear(talk, services, "anything later that day?", "alternatives")

    hear(talk, services, "rather on Thursday", "inform")

    draft = from_json(talk.fields["draft"])
    assert (draft.when.not_before, days_on_offer(talk)) == (None, {26})
    assert min(slot.time.start.hour for slot in draft.offers) == 9
