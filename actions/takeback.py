"""Taking back what was done last with guests or somebody's own days: by doing the opposite."""

from __future__ import annotations

from dataclasses import replace

from actions import errands, guests
from actions.context import Context, Outcome
from actions.draft import Draft, Errand, Plan
from actions.replies import Reply

_OPPOSITE = {Errand.BLOCK: Errand.BACK, Errand.ILL: Errand.BACK, Errand.BACK: Errand.BLOCK}


def take_back(context: Context, draft: Draft) -> Outcome:
    """Undoes it: guests at once, what concerns somebody's own days with a plan and one yes."""
    done, booking = draft.done, context.facts.booking
    if done is None:
        return Outcome(draft, (Reply("utter_nothing_to_stop"),))
    if done.errand in _OPPOSITE:
        opposite = _OPPOSITE[done.errand]
        plan = Plan(f"{draft.id}/{opposite.value}", times=done.times)
        fresh = draft.finished(booked=draft.booked)
        return errands.run(context, replace(fresh, id=context.turn.id, errand=opposite, plan=plan))
    if booking is None:
        return Outcome(draft.finished(booked=None), (Reply("utter_unknown_booking"),))
    undo = guests.taken_off if done.errand is Errand.INVITE else guests.invited
    return undo(context, draft, booking, done.guests)
