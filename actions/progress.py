"""How far conversations come with a new appointment, as counts that tell nobody's name. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from actions.draft import Draft, Question
from scheduler_core.conversations import Steps

_OF_BOOKING = frozenset(
    {
        Question.WISH,
        Question.PERSON,
        Question.READING,
        Question.OFFERS,
        Question.CONTACT,
        Question.BOOK,
        Question.CHANGE,
    }
)


def counted(draft: Draft) -> Draft:
    """The draft with the question at which it counts, where it is about a new appointment."""
    of_errand = draft.errand is not None or draft.moving is not None or draft.waiting is not None
    if of_errand or draft.asked not in _OF_BOOKING:
        return draft
    offered = draft.was_offered or bool(draft.offers) or draft.chosen is not None
    return replace(draft, counted=draft.asked, was_offered=offered)


def progress(before: Draft, after: Draft) -> Steps:
    """What came about in a turn: begun, offered a time, booked, and one question left for another.

    Who gives up, in words or by silence, stays counted at the question asked last.
    """
    old, new = before.waiting or before, after.waiting or after
    steps: Counter[tuple[str, str]] = Counter()
    if new.counted is not Question.NOTHING and old.counted is Question.NOTHING:
        steps["started", ""] += 1
    if new.was_offered and not old.was_offered:
        steps["offered", ""] += 1
    booked = new.booked is not None and new.booked != old.booked
    if old.counted is not Question.NOTHING and booked:
        steps["confirmed", ""] += 1
    if old.counted is not Question.NOTHING and (booked or new.counted is not Question.NOTHING):
        steps["asked", old.counted.value] -= 1
    if new.counted is not Question.NOTHING:
        steps["asked", new.counted.value] += 1
    return {step: count for step, count in steps.items() if count}
