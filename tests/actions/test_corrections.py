"""Each question, with each correction: exactly that changes, the rest stays, and the way on is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from actions.draft import Draft, Question
from actions.services import Services
from scheduler_core.db.store import Store
from scheduler_core.model import Channel
from tests.actions.hearing import hear
from tests.actions.test_digressions import CASES, begin, draft_of


@dataclass(frozen=True)
class Correction:
    """What is said, what it means by the name of what changes, and its new value."""

    text: str
    changes: str
    value: Any


CORRECTIONS = (
    Correction("with Ana instead", "people", (("ana-souza",),)),
    Correction("rather on Friday", "day", "2026-11-27"),
    Correction("at 3 pm", "clock", (15 * 60,)),
    Correction("make it 45 minutes", "minutes", 45),
    Correction("just an intro please", "kind", "intro"),
    Correction("by phone please", "channel", Channel.PHONE),
    Correction("my name is Anna Leigh", "name", "Anna Leigh"),
    Correction("my mail is lee@example.com", "email", "lee@example.com"),
    Correction("my number is +44 20 7946 0958", "phone", "+44 20 7946 0958"),
    Correction("it's about my knee", "note", "my knee"),
    Correction("also invite bob@example.org", "guests", ("bob@example.org",)),
    Correction("I'm in Tokyo", "zone", "Asia/Tokyo"),
)
#: Questions at which something new is arranged.
ARRANGING = (
    "wish",
    "person",
    "reading",
    "offers",
    "is free",
    "nearest",
    "contact",
    "phone",
    "book",
    "change",
)
#: What a question itself asks for is an answer there, and may settle more than itself.
ANSWERS = {
    "person": {"people"},
    "reading": {"day"},
}


def known(draft: Draft) -> dict[str, Any]:
    """What a draft says of the appointment, by the names of what people correct."""
    days = [span.first.isoformat() for part in draft.when.parts for span in part.days]
    clocks = tuple(minute for part in draft.when.parts for minute in part.clocks)
    hours = tuple(hours for part in draft.when.parts for hours in part.hours)
    return {
        "people": draft.people,
        "day": days[0] if days else "",
        "clock": clocks or hours,
        "minutes": draft.minutes,
        "kind": draft.kind,
        "channel": draft.channel,
        "name": draft.writer.name,
        "email": draft.writer.email,
        "phone": draft.writer.phone,
        "note": draft.note,
        "guests": draft.guests,
        "zone": draft.writer.zone or draft.zone,
    }


@pytest.mark.parametrize("name", ARRANGING)
def test_a_correction_changes_exactly_what_it_says(services: Services, store: Store, name: str) -> None:
    wrong: dict[str, object] = {}

    for place, correction in enumerate(CORRECTIONS):
        talk = begin(services, store, CASES[name].before, sender=f"{name}-{place}")
        before = known(draft_of(talk))
        answers = hear(talk, services, correction.text, "inform")
        after = known(draft_of(talk))
        expected = before | {correction.changes: correction.value}
        changed = {field: after[field] for field in after if after[field] != expected[field]}
        if changed or draft_of(talk).asked is Question.NOTHING:
            wrong[correction.text] = (changed, answers)
        hear(talk, services, "start over", "restart")

    assert wrong == {}
