"""What an answer means, by the question that is open: `answers.txt` says it line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from actions.draft import Confirmation, Draft, Errand, Plan, Question, Writer
from actions.facts import Facts
from actions.steps import next_step
from actions.turn import Turn, message_from, turn_from
from actions.understanding import understood
from actions.whom import whom
from nlu.timephrases import wish_from
from nlu.wishes import Days, Hours, Part, TimeWish
from scheduler_core.model import Actor, ActorKind, Booking, Channel, Status
from tests.actions.hearing import found_in
from tests.actions.samples import AFTERNOON, ANN, BERLIN, CONSULTATION, EVA, FACTS, NOW, PRACTICE, chosen

TABLE = Path(__file__).with_name("answers.txt")
TUESDAY_AFTERNOON = TimeWish(
    parts=(Part(days=(Days(date(2026, 12, 1), date(2026, 12, 2)),), hours=(Hours(720, 1080),)),)
)
FRIDAY = TimeWish(parts=(Part(days=(Days(date(2026, 11, 27), date(2026, 11, 28)),)),))
BOOKING = Booking(
    uid=UUID(int=9),
    reference="ABC234",
    kind=CONSULTATION,
    people=(EVA,),
    time=AFTERNOON[0].time,
    status=Status.CONFIRMED,
    version=1,
    sequence=0,
    actor=Actor(ActorKind.CONVERSATION, "web:ann"),
    channel=Channel.JITSI,
)
CONFIRMATION = Confirmation(UUID(int=7), 0, "m1/7")
EMPTY = Draft(id="m1")
BOOKED = replace(EMPTY, booked=BOOKING.uid)
OFFERS = replace(EMPTY, people=(("eva-meyer",),), when=TUESDAY_AFTERNOON, asked=Question.OFFERS)
KNOWN = chosen(when=TUESDAY_AFTERNOON, writer=ANN)
#: The drafts by the names that the table gives them.
DRAFTS = {
    "nothing": EMPTY,
    "nothing, but an appointment is booked": BOOKED,
    "wish": replace(EMPTY, asked=Question.WISH),
    "person": replace(EMPTY, doubtful=("ben-okafor", "ana-souza"), asked=Question.PERSON),
    "reading": replace(
        EMPTY, unclear="next Friday", readings=(FRIDAY, TUESDAY_AFTERNOON), asked=Question.READING
    ),
    "offers": replace(OFFERS, offers=AFTERNOON),
    "the only offer": replace(OFFERS, offers=AFTERNOON[:1]),
    "contact": chosen(when=TUESDAY_AFTERNOON),
    "contact, the name is known": chosen(when=TUESDAY_AFTERNOON, writer=Writer(name="Ann Lee")),
    "book": replace(KNOWN, asked=Question.BOOK, confirmation=CONFIRMATION),
    "change": replace(KNOWN, asked=Question.CHANGE, hold=None),
    "move": replace(
        KNOWN, asked=Question.MOVE, confirmation=CONFIRMATION, moving=BOOKING.uid, booked=BOOKING.uid
    ),
    "cancel": replace(BOOKED, asked=Question.CANCEL, confirmation=CONFIRMATION),
    "offers, and another one is booked": replace(OFFERS, offers=AFTERNOON, booked=BOOKING.uid),
    "address, to list": replace(EMPTY, errand=Errand.LIST, asked=Question.ADDRESS),
    "address, to cancel": replace(EMPTY, errand=Errand.CANCEL, asked=Question.ADDRESS),
    "address, to cancel, while a new one waits": replace(
        EMPTY, errand=Errand.CANCEL, asked=Question.ADDRESS, waiting=replace(OFFERS, offers=AFTERNOON)
    ),
    "code, to cancel": replace(EMPTY, errand=Errand.CANCEL, asked=Question.CODE, writer=ANN),
    "code, to list": replace(EMPTY, errand=Errand.LIST, asked=Question.CODE, writer=ANN),
    "which appointment, to move": replace(
        EMPTY, errand=Errand.MOVE, asked=Question.APPOINTMENT, listed=(BOOKING.uid, UUID(int=10)), writer=ANN
    ),
    "where to be reached": replace(EMPTY, asked=Question.REACH),
    "plan": replace(
        EMPTY, errand=Errand.BLOCK, asked=Question.PLAN, plan=Plan("m1/block", times=(AFTERNOON[0].time,))
    ),
}


def _rows() -> Iterator[Any]:
    """Question, message, intent and outcome of every line."""
    question = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            question = line.strip("[]")
        elif line and not line.startswith("#"):
            text, intent, outcome = (cell.strip() for cell in line.split("|"))
            yield pytest.param(question, text, intent, outcome, id=f"{question}: {text}")


def _read(text: str, intent: str) -> Turn:
    """The message with all that is found in it."""
    state = {"text": text, "intent": {"name": intent}, "entities": found_in(text), "message_id": "m2"}
    message = message_from(state, sender="ann", channel="web")
    when = wish_from(text, message.entities, now=NOW, zone=BERLIN)
    return turn_from(message, whom(message, PRACTICE), when)


def _facts(draft: Draft) -> Facts:
    return replace(FACTS, booking=BOOKING if draft.booked else None)


@pytest.mark.parametrize(("question", "text", "intent", "outcome"), list(_rows()))
def test_an_answer_means_what_the_open_question_makes_of_it(
    question: str, text: str, intent: str, outcome: str
) -> None:
    before = DRAFTS[question]

    heard = understood(before, _read(text, intent), _facts(before))

    changed = [
        field.name
        for field in fields(Draft)
        if field.name != "confirmation" and getattr(heard.draft, field.name) != getattr(before, field.name)
    ]
    step = next_step(heard.draft, heard.act, _facts(before))
    assert " ".join([step.value, *changed]) == outcome
