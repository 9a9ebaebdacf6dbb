"""Proof of who writes: a code is mailed to their address, and typed here. No field keeps a proof."""

from __future__ import annotations

from dataclasses import replace

from actions.context import Context, Outcome
from actions.draft import Draft, Meaning, Question
from actions.facts import Facts
from actions.questions import Asked
from actions.replies import Reply, named_button, option
from scheduler_core import wording
from scheduler_core.errors import TooOften
from scheduler_core.identity import CODE_LIFE, Proof, Refusal


def ask_address(draft: Draft, _facts: Facts) -> Asked:
    """For which address the appointment was made."""
    return replace(draft, asked=Question.ADDRESS), Reply("utter_ask_address")


def ask_code(draft: Draft, _facts: Facts) -> Asked:
    """The code that was mailed."""
    buttons = (named_button(option(draft, Meaning.NEW_CODE)), named_button(option(draft, Meaning.STOP)))
    return replace(draft, asked=Question.CODE), Reply("utter_ask_code", {}, buttons)


def secured(context: Context, draft: Draft) -> Proof | Outcome:
    """What the message proves, or what has to be done before it can."""
    turn = context.turn
    if draft.asked is Question.CODE and turn.code:
        return _tried(context, draft)
    typed = "" if turn.email in draft.guests else turn.email  # a guest's address is not the writer's
    address = typed or draft.writer.email
    if not address:
        draft, question = ask_address(draft, context.facts)
        return Outcome(draft, (question,))
    return _sent(context, draft, address)


def _sent(context: Context, draft: Draft, address: str) -> Outcome:
    """A code is on its way; whether the address is known here is not told."""
    message, facts = context.message, context.facts
    try:
        context.identity.ask_code(address, channel=message.channel, sender=message.sender)
    except TooOften as often:
        again = wording.clock_time(often.details["again"], facts.zone, facts.locale)
        left = draft if draft.open else draft.finished(booked=draft.booked)
        return Outcome(left, (Reply("utter_code_too_often", {"again": again, "human": context.human}),))
    draft = replace(draft, writer=replace(draft.writer, email=address))
    draft, question = ask_code(draft, facts)
    minutes = str(round(CODE_LIFE.total_seconds() / 60))
    values = {"email": address, "minutes": minutes}
    return Outcome(draft, (replace(question, response="utter_code_sent", values=values),))


def _tried(context: Context, draft: Draft) -> Proof | Outcome:
    message = context.message
    found = context.identity.prove(context.turn.code, channel=message.channel, sender=message.sender)
    if not isinstance(found, Refusal):
        return found
    draft, question = ask_code(draft, context.facts)
    values = {"tries": str(found.tries_left)}
    return Outcome(draft, (replace(question, response=f"utter_code_{found.reason.value}", values=values),))
