"""Corrections where a booking is moved, called off or proven, or where a day of one's own is planned."""

from __future__ import annotations

import pytest

from actions.draft import Draft, Errand, Question
from actions.services import Services
from scheduler_core.db.store import Store
from tests.actions.hearing import hear
from tests.actions.proving import made
from tests.actions.test_digressions import BEN, CASES, begin, draft_of


def start(draft: Draft) -> str:
    """The time that is kept, in UTC; without one what is on offer begins with."""
    slot = draft.chosen or (draft.offers[0] if draft.offers else None)
    return f"{slot.time.start:%m-%d %H:%M}" if slot else ""


@pytest.mark.parametrize(
    ("name", "text", "intent", "asked", "starts"),
    [
        ("times to move to", "rather on Thursday", "inform", Question.OFFERS, "11-26 09:00"),
        ("times to move to", "at 3 pm", "inform", Question.MOVE, "11-27 14:00"),
        ("move", "rather on Thursday", "inform", Question.MOVE, "11-26 10:00"),
        ("move", "at 3 pm", "inform", Question.MOVE, "11-27 14:00"),
        ("move", "an hour later", "alternatives", Question.MOVE, "11-27 11:00"),
        ("cancel", "no, move it to Friday", "reschedule", Question.OFFERS, "11-27 09:00"),
        ("undo", "no, move it to Friday", "reschedule", Question.OFFERS, "11-27 09:00"),
    ],
)
def test_another_time_is_meant_for_the_same_booking(
    services: Services, store: Store, name: str, text: str, intent: str, asked: Question, starts: str
) -> None:
    talk = begin(services, store, CASES[name].before)
    booked = draft_of(talk).moving or draft_of(talk).booked

    hear(talk, services, text, intent)

    draft = draft_of(talk)
    assert (draft.asked, draft.moving, start(draft)) == (asked, booked, starts)


@pytest.mark.parametrize(
    ("name", "text", "intent", "expected"),
    [
        ("address", "no, cancel my appointment", "cancel_appointment", (Question.ADDRESS, Errand.CANCEL, "")),
        (
            "code",
            "no, my mail is lee@example.com",
            "inform",
            (Question.CODE, Errand.LIST, "lee@example.com"),
        ),
        (
            "code",
            "no, cancel my appointment instead",
            "cancel_appointment",
            (Question.CODE, Errand.CANCEL, "bea@example.com"),
        ),
    ],
)
def test_another_errand_or_address_takes_the_place_of_the_first(
    services: Services,
    store: Store,
    name: str,
    text: str,
    intent: str,
    expected: tuple[Question, Errand, str],
) -> None:
    made(services, "12-02 10:00", BEN)
    talk = begin(services, store, CASES[name].before)

    hear(talk, services, text, intent)

    draft = draft_of(talk)
    assert (draft.asked, draft.errand, draft.writer.email) == expected


@pytest.mark.parametrize(
    ("name", "text"), [("time blocked", "rather on Thursday"), ("illness", "no, on Thursday")]
)
def test_another_day_is_planned_instead(services: Services, store: Store, name: str, text: str) -> None:
    talk = begin(services, store, CASES[name].before)

    hear(talk, services, text, "inform")

    assert draft_of(talk).asked is Question.PLAN
    assert "Thursday 26 November 2026" in talk.said[-1].text


def test_hours_alone_are_those_of_the_day_that_is_planned(services: Services, store: Store) -> None:
    talk = begin(services, store, CASES["time blocked"].before)

    hear(talk, services, "only until noon", "inform")

    assert draft_of(talk).asked is Question.PLAN
    assert "Friday 27 November 2026" in talk.said[-1].text
    assert "12:00" in talk.said[-1].text


@pytest.mark.parametrize(
    ("name", "text", "intent", "asked", "starts"),
    [
        ("to be reached", "no, I'd rather book with Ben on Tuesday", "book", Question.OFFERS, "12-01 09:00"),
        ("resume", "with Ana instead", "inform", Question.OFFERS, "12-01 12:00"),
        ("resume", "at 3 pm", "inform", Question.BOOK, "12-01 14:00"),
    ],
)
def test_what_is_arranged_goes_on_as_corrected(
    services: Services, store: Store, name: str, text: str, intent: str, asked: Question, starts: str
) -> None:
    talk = begin(services, store, CASES[name].before)

    hear(talk, services, text, intent)

    draft = draft_of(talk)
    assert (draft.asked, start(draft)) == (asked, starts)
