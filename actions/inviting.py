"""Guests who are not to come after all: to what is being arranged, or what is booked. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.asking import guests_cannot_come, guests_meant, takes_guests_off
from actions.draft import Draft, Question
from actions.facts import Facts
from actions.turn import Turn

_NOT_THEN = frozenset(
    {Question.ADDRESS, Question.CODE, Question.APPOINTMENT, Question.REACH, Question.PLAN}
)  #: questions whose answers are no guests


def guests_to_go(draft: Draft, turn: Turn, facts: Facts) -> tuple[str, ...] | None:
    """Those of the guests who are to be taken off; empty if none of them is meant, None if nobody is."""
    guests = guests_of(draft, facts)
    spoken_of = draft.open or facts.booking is not None
    if not spoken_of or draft.asked in _NOT_THEN:
        return None
    cannot = not turn.when.says_when and guests_cannot_come(turn.text, guests)
    return guests_meant(turn.text, guests) if cannot or takes_guests_off(turn.text, guests) else None


def guests_of(draft: Draft, facts: Facts) -> tuple[str, ...]:
    """Who is invited to what is being arranged, else to the booking that is spoken of."""
    return draft.guests if arranges_new(draft) or facts.booking is None else facts.booking.guests


def arranges_new(draft: Draft) -> bool:
    """Whether a new appointment is being arranged, not a change of one that is booked."""
    return draft.open and draft.moving is None and draft.asked not in _NOT_THEN | {Question.CANCEL}


def by_writer(draft: Draft, turn: Turn, facts: Facts) -> Turn:
    """The message without an address that is known to be a guest's."""
    guests = {guest.casefold() for guest in guests_of(draft, facts)}
    return replace(turn, email="") if turn.email.casefold() in guests else turn
