"""Errands of those who have proven who they are: once found, an appointment is as one that was made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions import booking as bookings_here
from actions import guests, here, hostdays, hosts, mails, remembering, securing
from actions.choosing import instants_of, lies_in
from actions.context import Context, Outcome, Then
from actions.draft import Draft, Errand, Meaning, Question
from actions.facts import Facts, Opening
from actions.managing import BY_HOSTS_ALONE, OF_ADDRESSES, OF_HOSTS, OF_READERS, meant
from actions.moving import move_of
from actions.replies import (
    Button,
    Lines,
    Part,
    Reply,
    Text,
    appointment,
    moment,
    numbered,
    option,
    who,
)
from nlu.wishes import TimeWish
from scheduler_core.identity import Proof
from scheduler_core.model import Booking

_MOST_BUTTONS = 5


def run(context: Context, draft: Draft) -> Outcome:
    """Asks for what is missing of the proof, then does the errand."""
    if draft.errand is Errand.HERE and (told := here.at_once(context, draft)) is not None:
        return told
    proof = context.facts.proof
    shown = draft.errand is Errand.LIST and context.facts.opening is Opening.OPENED  # what the link proves
    if proof is None or (proof.address is None and draft.errand in OF_ADDRESSES and not shown):
        found = securing.secured(context, draft)
        if isinstance(found, Outcome):
            return found
        proof = found
    facts = replace(context.facts, proof=proof)
    context = replace(context, facts=facts)
    if draft.errand is Errand.HERE and proof.address is not None:
        return replace(here.tell(context, draft, proof.address), facts=facts)
    outcome = _proven(context, draft, proof)
    return replace(outcome, facts=outcome.facts or facts)


def tell_booking(context: Context, draft: Draft) -> Outcome:
    """The booking that is spoken of."""
    booking = context.facts.booking
    if booking is None:
        return Outcome(draft, (Reply("utter_unknown_booking"),), Then.COME_BACK)
    reply = Reply("utter_your_appointment", appointment(booking, context.facts))
    return Outcome(draft, (reply,), Then.COME_BACK)


def _proven(context: Context, draft: Draft, proof: Proof) -> Outcome:
    if draft.errand in OF_HOSTS and proof.host is not None:
        return hosts.plan(context, draft, proof.host)
    if draft.errand in OF_READERS and proof.host is not None:
        return hostdays.tell(context, draft, proof.host)
    if draft.errand is Errand.PREFER:
        return remembering.remember(context, draft, proof)
    if draft.errand is Errand.DATA:
        return mails.send_data_link(context, draft, proof.actor)
    if draft.errand in BY_HOSTS_ALONE:
        reply = Reply("utter_no_host", {"human": context.human})
        return Outcome(draft.finished(booked=draft.booked), (reply,))
    return _of_attendee(context, draft, proof)


def _of_attendee(context: Context, draft: Draft, proof: Proof) -> Outcome:
    reachable = tuple(context.scheduler.bookings_of(proof.actor))
    if not reachable:
        values: dict[str, Text] = {"email": proof.address or draft.writer.email, "human": context.human}
        return Outcome(draft.finished(booked=draft.booked), (Reply("utter_no_appointments", values),))
    if draft.errand in {Errand.LIST, Errand.NEXT}:
        return _listed(context, draft, _referred(context, draft, reachable) or reachable)
    candidates = _candidates(context, draft, reachable)
    unknown = _reference(context, draft) and not _referred(context, draft, reachable)
    if len(candidates) > 1 or unknown:
        return _which(context, draft, candidates)
    facts = replace(context.facts, booking=candidates[0], owner=proof.actor)
    outcome = _begin(replace(context, facts=facts), draft, candidates[0])
    return replace(outcome, facts=facts)


def _candidates(context: Context, draft: Draft, reachable: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """Those that may be meant: by a tap, a number, a time or a person; where nothing tells, all."""
    turn = context.turn
    asked = draft.asked is Question.APPOINTMENT
    if asked and turn.option:
        return tuple(one for one in reachable if one.uid in draft.listed) or reachable
    if asked and turn.choice is not None:
        listed = tuple(booking for booking in reachable if booking.uid in draft.listed)
        return _by_choice(listed, turn.choice) or reachable
    if referred := _referred(context, draft, reachable):
        return referred
    named = {handle for person in turn.people for handle in person.handles[:1]}
    with_them = tuple(one for one in reachable if named and named & set(one.slot.people)) or reachable
    when = turn.when if asked else draft.when
    return with_them if draft.errand is Errand.MOVE and not asked else meant(with_them, when, context.facts)


def _reference(context: Context, draft: Draft) -> str:
    return context.turn.reference or draft.reference


def _referred(context: Context, draft: Draft, reachable: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """The one with the reference that was said, of those that are proven."""
    return tuple(one for one in reachable if one.reference == _reference(context, draft))


def _by_choice(listed: tuple[Booking, ...], choice: int | str) -> tuple[Booking, ...]:
    places = {"last": -1, "later": -1, "earlier": 0}
    place = choice - 1 if isinstance(choice, int) else places.get(choice)
    return (listed[place],) if place is not None and place < len(listed) else ()


def _listed(context: Context, draft: Draft, reachable: tuple[Booking, ...]) -> Outcome:
    items = tuple(_line(booking, context.facts) for booking in reachable)
    # No second row of numbers beside the times that are offered when it goes on.
    lines = numbered(items) if draft.waiting is None else Lines(items)
    reply = Reply("utter_your_appointments", {"lines": lines, "number": str(len(reachable))})
    return Outcome(draft.finished(booked=draft.booked), (reply,))


def _which(context: Context, draft: Draft, candidates: tuple[Booking, ...]) -> Outcome:
    """Asks which of several; each with a button."""
    facts = context.facts
    listed = tuple(one.uid for one in candidates)
    draft = replace(draft, asked=Question.APPOINTMENT, listed=listed, reference="")
    buttons = tuple(
        Button(_line(one, facts), option(draft, Meaning.APPOINTMENT, str(one.uid)))
        for one in candidates[:_MOST_BUTTONS]
    )
    lines = numbered([_line(booking, facts) for booking in candidates])
    return Outcome(draft, (Reply("utter_ask_appointment", {"lines": lines}, buttons),))


def _line(booking: Booking, facts: Facts) -> Part:
    """The appointment in one line."""
    values = {
        "when": moment(booking.slot, facts),
        "kind": booking.kind.name,
        "who": who(booking.slot.people, facts),
    }
    return Part("appointment", values)


def _begin(context: Context, draft: Draft, booking: Booking) -> Outcome:
    """The errand with the appointment it is about."""
    wish = replace(draft, booked=booking.uid, errand=None, listed=(), asked=Question.NOTHING)
    return _WITH_BOOKING[draft.errand or Errand.LIST](context, wish)


def _move(context: Context, draft: Draft) -> Outcome:
    """Looks for another time; a day that is only the appointment's own is no wish."""
    booking = context.facts.booking
    if booking is None:
        return tell_booking(context, draft)
    said = draft.when
    own = said.says_when and lies_in(booking.time, instants_of(said, context.facts, (booking.slot,)))
    when = TimeWish() if own and not said.exact else said
    return Outcome(move_of(replace(draft, when=when), booking), then=Then.GO_ON)


_WITH_BOOKING: dict[Errand, Callable[[Context, Draft], Outcome]] = {
    Errand.LIST: tell_booking,
    Errand.MOVE: _move,
    Errand.CANCEL: bookings_here.ask_cancel,
    Errand.ILL: bookings_here.ask_cancel,
    Errand.DELIVERY: mails.tell_delivery,
    Errand.COPY: mails.send_copy,
    Errand.INVITE: guests.invite,
    Errand.UNINVITE: guests.uninvite,
}
