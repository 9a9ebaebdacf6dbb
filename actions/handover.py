"""A person is wanted: they are told what was said, and the assistant keeps out of it until called back."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.context import Context, Outcome, Then
from actions.draft import Draft, Meaning, Question
from actions.finding import released
from actions.managing import stands_aside
from actions.replies import Button, Reply, Text, named_button, option
from scheduler_core import wording
from scheduler_core.errors import TooOften

_GO_ON = re.compile(
    r"\b(?:go on|resume|carry on|continue|come back|start over|never ?mind|cancel that)\b",
    re.IGNORECASE,
)


def ask_reach(context: Context, draft: Draft) -> Outcome:
    """Where a person can reach the writer."""
    reply = Reply("utter_ask_reach", {"organisation": context.organisation})
    return Outcome(replace(draft, asked=Question.REACH), (reply,))


def ask_person(context: Context, draft: Draft) -> Outcome:
    """Asks a person to take over; what was being arranged is kept but for the time."""
    email = context.turn.email or draft.writer.email
    if not email:
        left = released(context, draft)
        fresh = left.finished(booked=draft.booked, former=draft.former)
        return ask_reach(context, replace(fresh, id=draft.id, waiting=stands_aside(left)))
    message, facts = context.message, context.facts
    try:
        ticket = context.tickets.open(
            message.before,
            channel=message.channel,
            sender=message.sender,
            key=context.turn.id,
            contact=email,
        )
    except TooOften as often:
        again = wording.moment(often.details["again"], facts.zone, facts.locale)
        reply = Reply("utter_human_later", {"again": again, "human": context.human})
        return Outcome(draft, (reply,), Then.COME_BACK if draft.asked is not Question.REACH else Then.WAIT)
    asked = Question.NOTHING if draft.asked is Question.REACH else draft.asked
    writer = replace(draft.writer, email=email)
    draft = replace(draft, writer=writer, asked=asked, handed_over=True)
    values: dict[str, Text] = {
        "organisation": context.organisation,
        "reference": ticket.reference,
        "email": email,
    }
    return Outcome(draft, (Reply("utter_human", values, (_resume(draft),)),))


def quiet(context: Context, draft: Draft) -> Outcome:
    """That a person was asked; the assistant speaks again when it is told to, or when the time is over."""
    message = context.message
    paused = context.tickets.paused(channel=message.channel, sender=message.sender) is not None
    wanted = bool(_GO_ON.search(message.text)) or bool(context.turn.option)
    if paused and not wanted:
        return Outcome(draft, (Reply("utter_quiet", {}, (_resume(draft),)),))
    release(context)
    draft = replace(draft, handed_over=False)
    return Outcome(draft, (Reply("utter_resumed"),), Then.COME_BACK)


def release(context: Context) -> None:
    """Lets the assistant speak again."""
    context.tickets.release(channel=context.message.channel, sender=context.message.sender)


def _resume(draft: Draft) -> Button:
    return named_button(option(draft, Meaning.RESUME))
