"""Whether reminders and changes are told in this chat, too: asked once, kept, taken back."""

from __future__ import annotations

import logging
from dataclasses import replace

from actions.context import Context, Outcome, Then
from actions.draft import Draft, Meaning, Question
from actions.facts import Facts
from actions.heretoo import wants_none_here
from actions.questions import Asked
from actions.replies import Button, Listing, Part, Reply, option
from scheduler_core.chat_messages import CHANNELS
from scheduler_core.errors import SchedulerError

log = logging.getLogger(__name__)


def asked_once(context: Context, booked: Outcome) -> Outcome:
    """What came of a booking, and the question where this chat has not heard it for the address.

    Whether that can be looked up changes nothing about the booking.
    """
    draft, message = booked.draft, context.message
    if draft.waiting is not None:
        return booked
    try:
        asks = context.consents.asks(draft.writer.email, channel=message.channel, sender=message.sender)
    except SchedulerError as error:
        log.warning("it was not asked whether to tell it here: %s, message %s", error.code, message.id)
        return booked
    if not asks:
        return booked
    draft, question = ask(replace(draft, id=message.id), context.facts)
    return replace(booked, draft=draft, replies=(*booked.replies, question))


def ask(draft: Draft, _facts: Facts) -> Asked:
    """Whether to tell it here, besides the mail."""
    of = f"{draft.booked}"
    buttons = (
        Button(Part("button_here"), option(draft, Meaning.YES, of=of)),
        Button(Part("button_not_here"), option(draft, Meaning.NO, of=of)),
    )
    return replace(draft, asked=Question.HERE), Reply("utter_ask_here", {}, buttons)


def agree(context: Context, draft: Draft) -> Outcome:
    """The yes to the question."""
    return _answered(context, draft, wanted=True)


def refuse(context: Context, draft: Draft) -> Outcome:
    """The no to the question; by words of its own it counts for all that is told here."""
    if not wants_none_here(context.turn.text):
        return _answered(context, draft, wanted=False)
    message = context.message
    context.consents.stop(channel=message.channel, sender=message.sender)
    reply = Reply("utter_not_told_here")
    if draft.asked is Question.HERE:
        return Outcome(_over(draft), (reply,))
    return Outcome(draft, (reply,), Then.COME_BACK)


def at_once(context: Context, draft: Draft) -> Outcome | None:
    """What is wanted, done without a proof: for what was booked here; None where nothing shows an address."""
    message, facts = context.message, context.facts
    if message.channel not in CHANNELS:
        return Outcome(_over(draft), (Reply("utter_here_elsewhere"),))
    booking = facts.booking
    booked_here = booking is not None and booking.actor == context.actor
    own = booking.attendee.email if booked_here and booking is not None and booking.attendee else ""
    proven = facts.proof.address if facts.proof is not None else None
    return _told(context, draft, *filter(None, (own, proven)))


def tell(context: Context, draft: Draft, address: str) -> Outcome:
    """What is wanted, done for the address that was proven."""
    return _told(context, draft, address) or Outcome(_over(draft))


def _told(context: Context, draft: Draft, *addresses: str) -> Outcome | None:
    message = context.message
    wanted = context.consents.want(*addresses, channel=message.channel, sender=message.sender)
    reply = Reply("utter_told_here", {"emails": Listing(wanted)})
    return Outcome(_over(draft), (reply,)) if wanted else None


def _answered(context: Context, draft: Draft, *, wanted: bool) -> Outcome:
    message, email = context.message, draft.writer.email
    context.consents.answer(email, wanted=wanted, channel=message.channel, sender=message.sender)
    yes = Reply("utter_told_here", {"emails": Listing((email,))})
    return Outcome(_over(draft), (yes if wanted else Reply("utter_not_told_here"),))


def _over(draft: Draft) -> Draft:
    return draft.finished(booked=draft.booked, former=draft.former)
