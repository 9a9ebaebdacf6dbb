"""Steps that book, move and call off; each on a yes to exactly the question that stands in the draft."""

from __future__ import annotations

from dataclasses import replace

from actions import questions
from actions.catalogue import channel_of
from actions.context import Context, Outcome, Then
from actions.draft import Confirmation, Draft, Hold
from actions.finding import asked, hold, near, released
from actions.here import asked_once
from actions.replies import Reply, appointment, booking_card, moment, who
from scheduler_core.errors import Conflict, HoldExpired, SlotUnavailable, UnknownBooking
from scheduler_core.model import Attendee, Booking, Channel, Details


def ask_book(context: Context, draft: Draft) -> Outcome:
    """Asks for the yes; only a time that is held can be booked."""
    if draft.hold is None:
        return hold(context, draft)
    return asked(questions.ask_book(draft, draft.hold, context.facts))


def book(context: Context, draft: Draft) -> Outcome:
    """Books what is held; the answer comes from the stored row."""
    confirmation, kept = draft.confirmation, draft.hold
    if confirmation is None or kept is None or confirmation.uid != kept.uid:
        return Outcome(draft, then=Then.COME_BACK)
    writer = draft.writer
    attendee = Attendee(writer.name, writer.email, context.facts.zone, context.facts.locale)
    details = _details(context, draft, kept)
    try:
        booking = context.scheduler.confirm(
            kept.uid, attendee, details=details, key=confirmation.key, actor=context.actor
        )
    except (HoldExpired, SlotUnavailable, UnknownBooking):
        return _lost(context, draft, kept)
    return asked_once(context, _done("utter_booked", context, draft, booking))


def ask_move(context: Context, draft: Draft) -> Outcome:
    """Asks for the yes to another time; until then the old one stays the writer's."""
    if draft.hold is None or context.facts.booking is None:
        return _no_booking(context, draft)
    return asked(questions.ask_move(draft, draft.hold, context.facts.booking, context.facts))


def move(context: Context, draft: Draft) -> Outcome:
    """Moves the booking to the time that is held for it."""
    confirmation, kept = draft.confirmation, draft.hold
    if confirmation is None or kept is None:
        return Outcome(draft, then=Then.COME_BACK)
    try:
        booking = _rescheduled(context, draft, confirmation, kept)
    except SlotUnavailable:
        return _lost(context, draft, kept)
    except Conflict as conflict:
        return _overtaken(context, draft, conflict)
    outcome = _done("utter_moved", context, draft, booking)
    before = context.facts.booking.slot if context.facts.booking else None
    return replace(outcome, draft=draft.finished(booked=booking.uid, former=before))


def ask_cancel(context: Context, draft: Draft) -> Outcome:
    """Asks for the yes to calling the booking off."""
    if context.facts.booking is None:
        return _no_booking(context, draft)
    return asked(questions.ask_cancel(draft, context.facts.booking, context.facts))


def cancel(context: Context, draft: Draft) -> Outcome:
    """Calls the booking off; its time is free again at once."""
    confirmation = draft.confirmation
    if confirmation is None:
        return Outcome(draft, then=Then.COME_BACK)
    try:
        booking = _cancelled(context, confirmation)
    except Conflict as conflict:
        return _overtaken(context, draft, conflict)
    outcome = _done("utter_cancelled", context, draft, booking)
    return replace(outcome, draft=draft.finished(booked=None, former=booking.slot))


def _rescheduled(context: Context, draft: Draft, confirmation: Confirmation, kept: Hold) -> Booking:
    return context.scheduler.reschedule(
        confirmation.uid,
        kept.slot.time.start,
        version=confirmation.version,
        key=confirmation.key,
        actor=context.changing(draft),
        length=kept.slot.time.length,
    )


def _cancelled(context: Context, confirmation: Confirmation) -> Booking:
    return context.scheduler.cancel(
        confirmation.uid,
        version=confirmation.version,
        key=confirmation.key,
        actor=context.facts.owner or context.actor,
    )


def _details(context: Context, draft: Draft, kept: Hold) -> Details:
    channel = channel_of(draft, context.facts.catalogue.type(kept.slot.kind), context.facts.usual.channel)
    phone = draft.writer.phone if channel is Channel.PHONE else ""
    return Details(channel=channel, phone=phone, note=draft.note, guests=draft.guests)


def _done(response: str, context: Context, draft: Draft, booking: Booking) -> Outcome:
    """What the stored row says, and a card for pages that show one."""
    values, card = appointment(booking, context.facts), booking_card(booking, context.facts)
    return Outcome(draft.finished(booked=booking.uid), (Reply(response, values, card=card),))


def _lost(context: Context, draft: Draft, kept: Hold) -> Outcome:
    """The time was held too long ago, and somebody else has taken it since."""
    values = {"when": moment(kept.slot, context.facts), "who": who(kept.slot.people, context.facts)}
    return near(context, replace(draft, hold=None), kept.slot, Reply("utter_hold_lost", values))


def _overtaken(context: Context, draft: Draft, conflict: Conflict) -> Outcome:
    """The booking was changed from elsewhere, so what was asked no longer holds."""
    draft = released(context, draft)
    return Outcome(draft.finished(booked=draft.booked), (Reply(f"utter_{conflict.code}"),))


def _no_booking(context: Context, draft: Draft) -> Outcome:
    draft = released(context, draft)
    return Outcome(draft.finished(booked=None), (Reply("utter_unknown_booking"),))
