"""Coming back to what waited for an errand: its draft, and the facts that it relies on."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from actions.context import Context
from actions.draft import Draft
from actions.facts import Facts
from scheduler_core.errors import UnknownBooking
from scheduler_core.model import Actor, Booking, Status
from scheduler_core.scheduler import Scheduler


def is_over(draft: Draft) -> bool:
    """Whether the errand in between is done and something waits for its end."""
    return draft.waiting is not None and not draft.open and not draft.handed_over


def returned(context: Context, draft: Draft) -> tuple[Draft, Facts]:
    """What waited, with what is known of the writer by now, and the facts about its own booking."""
    waiting = draft.waiting or draft
    back = replace(waiting, writer=draft.writer, zone_told=draft.zone_told)
    facts = context.facts
    actors = (context.actor, facts.proof.actor) if facts.proof else (context.actor,)
    booking, owner = spoken_of(context.scheduler, back.booked, actors, facts.now)
    return back, replace(facts, booking=booking, owner=owner, zone=back.zone or facts.zone)


def spoken_of(
    scheduler: Scheduler, booked: UUID | None, actors: Iterable[Actor], now: datetime
) -> tuple[Booking | None, Actor | None]:
    """The booking while it can still be changed, and as whom: the first of the actors whose it is."""
    if booked is None:
        return None, None
    for owner in actors:
        with suppress(UnknownBooking):
            booking = scheduler.find(booked, actor=owner)
            open_still = booking.status is Status.CONFIRMED and booking.time.start > now
            return (booking, owner) if open_still else (None, None)
    return None, None
