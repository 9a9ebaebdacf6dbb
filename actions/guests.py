"""Steps that invite guests to a booking, or take them off; at once, as either can be undone by the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.asking import guests_meant
from actions.context import Context, Outcome, Then
from actions.draft import Done, Draft, Errand
from actions.replies import Listing, Reply, Text
from scheduler_core.model import Booking


def invite(context: Context, draft: Draft) -> Outcome:
    """Invites the guests of the draft to the booking that is spoken of."""
    booking = context.facts.booking
    if booking is None or not draft.guests:
        return _nobody(draft)
    return invited(context, draft, booking, draft.guests)


def uninvite(context: Context, draft: Draft) -> Outcome:
    """Takes those guests off the booking that is spoken of; where none is meant, says who is invited."""
    booking = context.facts.booking
    if booking is None:
        return _nobody(draft)
    known = {guest.casefold() for guest in draft.guests}
    named = tuple(guest for guest in booking.guests if guest.casefold() in known)
    gone = named or guests_meant(context.turn.text, booking.guests)
    return taken_off(context, draft, booking, gone) if gone else _no_such_guest(draft, booking)


def invited(context: Context, draft: Draft, booking: Booking, guests: tuple[str, ...]) -> Outcome:
    """The booking with these guests besides."""
    changed = _changed(context, draft, booking, context.scheduler.invite, guests)
    new = tuple(guest for guest in changed.guests if guest not in booking.guests)
    reply = Reply("utter_invited", {"guests": _listing(changed)})
    return _done(context, draft, changed, reply, Done(Errand.INVITE, guests=new))


def taken_off(context: Context, draft: Draft, booking: Booking, guests: tuple[str, ...]) -> Outcome:
    """The booking without these guests."""
    changed = _changed(context, draft, booking, context.scheduler.uninvite, guests)
    values: dict[str, Text] = {"guests": Listing(guests), "reference": booking.reference}
    return _done(
        context, draft, changed, Reply("utter_uninvited", values), Done(Errand.UNINVITE, guests=guests)
    )


def _changed(
    context: Context, draft: Draft, booking: Booking, change: Callable[..., Booking], guests: tuple[str, ...]
) -> Booking:
    return change(
        booking.uid,
        guests,
        version=booking.version,
        key=f"{draft.id}/{context.turn.id}/guests",
        actor=context.facts.owner or context.actor,
    )


def _done(context: Context, draft: Draft, booking: Booking, reply: Reply, done: Done) -> Outcome:
    """What is being asked about the booking is asked again; else it can be taken back."""
    facts = replace(context.facts, booking=booking)
    if draft.open:
        return Outcome(replace(draft, guests=()), (reply,), Then.COME_BACK, facts)
    return Outcome(replace(draft.finished(booked=booking.uid), done=done), (reply,), facts=facts)


def _no_such_guest(draft: Draft, booking: Booking) -> Outcome:
    name = "utter_whom_off" if booking.guests else "utter_no_guests"
    left = draft if draft.open else draft.finished(booked=booking.uid)
    return Outcome(left, (Reply(name, {"guests": _listing(booking)}),), Then.COME_BACK)


def _nobody(draft: Draft) -> Outcome:
    return Outcome(draft.finished(booked=None), (Reply("utter_unknown_booking"),))


def _listing(booking: Booking) -> Listing:
    return Listing(booking.guests)
