"""Changing the booking that this conversation made: the draft begins from what is booked. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.draft import Draft, Question
from actions.facts import Facts
from actions.managing import whole_day
from actions.turn import Turn
from nlu.wishes import TimeWish
from scheduler_core import zones
from scheduler_core.model import Booking, Slot

_MAY_CHANGE = frozenset({"inform", "alternatives", "deny"})


def about_to_move(draft: Draft, turn: Turn, facts: Facts) -> Draft:
    """The draft of moving the booking, or of taking back what was done last, where that is asked for."""
    booking = facts.booking
    if turn.intent == "undo" and draft.former:
        return _undoing(draft, draft.former, booking)
    busy = draft.open and draft.asked is not Question.CANCEL
    if booking is None or busy or not _changes(turn, booking):
        return draft
    moved = move_of(replace(draft, asked=Question.NOTHING, confirmation=None), booking)
    moved = replace(moved, when=_its_day(booking, facts)) if _only_hours(turn.when) else moved
    same_start = turn.minutes is not None and not turn.when.says_when
    return replace(moved, chosen=booking.slot) if same_start else moved


def _changes(turn: Turn, booking: Booking) -> bool:
    """Whether it says when or how long that booking should be instead; somebody else is a new wish."""
    if turn.intent == "reschedule":
        return True
    others = {handle for named in turn.people for handle in named.handles[:1]} - set(booking.slot.people)
    new = bool(others or turn.anyone or turn.type)
    return turn.intent in _MAY_CHANGE and not new and (turn.when.says_when or turn.minutes is not None)


def _only_hours(when: TimeWish) -> bool:
    """Whether it says at what time and not on which day: "move it to 11:00" leaves the day."""
    relative = when.move or when.instants or when.readings
    return bool(when.parts) and not relative and not any(part.dated for part in when.parts)


def _its_day(booking: Booking, facts: Facts) -> TimeWish:
    return whole_day(zones.local_date(booking.time.start, facts.zone))


def move_of(draft: Draft, booking: Booking) -> Draft:
    """The draft of moving a booking: its people, type, length and channel are kept."""
    return replace(_wishing(draft, booking.slot), moving=booking.uid, channel=booking.channel)


def _undoing(draft: Draft, former: Slot, booking: Booking | None) -> Draft:
    """The draft of having the former time back: by moving the booking, or by booking it anew."""
    back = move_of(draft, booking) if booking else draft
    return replace(_wishing(back, former), chosen=former, former=None)


def _wishing(draft: Draft, slot: Slot) -> Draft:
    minutes = round(slot.time.length.total_seconds() / 60)
    return replace(draft, kind=slot.kind, minutes=minutes, people=(slot.people,))
