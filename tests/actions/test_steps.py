from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from actions.acts import Act
from actions.catalogue import Catalogue
from actions.draft import Confirmation, Draft, Hold, Question
from actions.steps import Step, lacking, next_step
from nlu.wishes import Days, Part, TimeWish
from scheduler_core.model import Channel
from tests.actions.samples import AFTERNOON, ANN, BEN, FACTS, NOW, PRACTICE, chosen, slot

WHEN = TimeWish(parts=(Part(clocks=(600,)),))
CONFIRMATION = Confirmation(UUID(int=7), 0, "m1/7")
ASKED = chosen(writer=ANN, asked=Question.BOOK, confirmation=CONFIRMATION)
LATER = AFTERNOON[2]


@pytest.mark.parametrize(
    ("draft", "step"),
    [
        (Draft(), Step.ASK_WISH),
        (Draft(people=(("ben-okafor",),)), Step.SEARCH),
        (Draft(kind="intro"), Step.SEARCH),
        (Draft(minutes=30), Step.SEARCH),
        (Draft(when=WHEN), Step.SEARCH),
        (Draft(anyone=True), Step.SEARCH),
        (Draft(when=WHEN, readings=(WHEN, WHEN)), Step.ASK_READING),
        (Draft(when=WHEN, doubtful=("ben-okafor",)), Step.ASK_PERSON),
        (chosen(hold=None), Step.HOLD),
        (chosen(chosen=LATER), Step.HOLD),
        (chosen(hold=Hold(UUID(int=7), AFTERNOON[0], NOW - timedelta(seconds=1))), Step.HOLD),
        (chosen(), Step.ASK_CONTACT),
        (chosen(writer=replace(ANN, email="")), Step.ASK_CONTACT),
        (chosen(writer=ANN), Step.ASK_BOOK),
        (chosen(writer=ANN, channel=Channel.PHONE), Step.ASK_CONTACT),
        (chosen(writer=replace(ANN, phone="+49 30 1234"), channel=Channel.PHONE), Step.ASK_BOOK),
        (chosen(moving=UUID(int=9)), Step.ASK_MOVE),
    ],
)
def test_what_is_missing_comes_next(draft: Draft, step: Step) -> None:
    assert next_step(draft, Act.TELL, FACTS) is step


@pytest.mark.parametrize(
    ("act", "draft", "step"),
    [
        (Act.AGREE, ASKED, Step.BOOK),
        (Act.AGREE, replace(ASKED, asked=Question.MOVE), Step.MOVE),
        (Act.AGREE, replace(ASKED, asked=Question.CANCEL), Step.CANCEL),
        (Act.REFUSE, ASKED, Step.ASK_CHANGE),
        (Act.REFUSE, replace(ASKED, asked=Question.MOVE), Step.KEEP),
        (Act.REFUSE, replace(ASKED, asked=Question.CANCEL), Step.KEEP),
        (Act.ASK, Draft(), Step.LOOK),
        (Act.ASK, Draft(when=WHEN), Step.LOOK),
        (Act.CANCEL, Draft(), Step.ASK_CANCEL),
        (Act.LIST, ASKED, Step.LIST),
        (Act.RESEND, ASKED, Step.RESEND),
        (Act.ERRAND, Draft(), Step.ERRAND),
        (Act.STOP, ASKED, Step.STOP),
        (Act.FINE, Draft(), Step.KEEP),
        (Act.GONE, ASKED, Step.GONE),
        (Act.NOTHING, ASKED, Step.REPHRASE),
        (Act.NOTHING, replace(ASKED, misunderstood=1), Step.MENU),
        (Act.START, Draft(), Step.ASK_WISH),
    ],
)
def test_what_was_asked_for_comes_next(act: Act, draft: Draft, step: Step) -> None:
    assert next_step(draft, act, FACTS) is step


@pytest.mark.parametrize("question", list(Question))
@pytest.mark.parametrize("confirmation", [None, CONFIRMATION])
def test_nothing_is_booked_without_a_recorded_question(
    question: Question, confirmation: Confirmation | None
) -> None:
    draft = replace(ASKED, asked=question, confirmation=confirmation)

    step = next_step(draft, Act.AGREE, FACTS)

    changes = {Question.BOOK: Step.BOOK, Question.MOVE: Step.MOVE, Question.CANCEL: Step.CANCEL}
    allowed = {changes[question]} if confirmation and question in changes else set()
    assert step in allowed or step not in changes.values()


def test_a_practice_of_one_never_asks_for_whom() -> None:
    alone = Catalogue((BEN,), PRACTICE.types[:1], frozenset({("ben-okafor", "intro")}))

    assert next_step(Draft(), Act.TELL, replace(FACTS, catalogue=alone)) is Step.SEARCH


@pytest.mark.parametrize("act", [Act.TELL, Act.ASK])
def test_where_nobody_offers_anything_nothing_is_asked(act: Act) -> None:
    empty = Catalogue((), (), frozenset())

    assert next_step(Draft(doubtful=("ben-okafor",)), act, replace(FACTS, catalogue=empty)) is Step.NOBODY


def test_only_what_is_missing_is_asked() -> None:
    by_phone = chosen(slot("12-01 12:00"), channel=Channel.PHONE)

    assert lacking(by_phone, FACTS) == ("name", "email", "phone")
    assert lacking(replace(by_phone, writer=replace(ANN, email="")), FACTS) == ("email", "phone")
    assert lacking(replace(by_phone, channel=None), FACTS) == ("name", "email")


def test_days_alone_are_a_wish() -> None:
    days = TimeWish(parts=(Part(days=(Days(NOW.date(), NOW.date() + timedelta(days=1)),)),))

    assert Draft(when=days).wished
