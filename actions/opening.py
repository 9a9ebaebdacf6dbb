"""The chat opened by the link of a mail: what the link proves, and the appointment that it is about."""

from __future__ import annotations

from dataclasses import replace

from actions.context import Context, Outcome
from actions.draft import Draft, Meaning, Question
from actions.facts import Facts, Opening
from actions.managing import PROVING
from actions.replies import Button, Part, Reply, appointment, option
from actions.turn import Message, Turn
from scheduler_core.errors import NotAllowed
from scheduler_core.identity import Identity

#: Intents that ask for more than to see the appointment.
_MORE = frozenset(
    {
        "cancel_appointment", "reschedule", "resend", "undo", "call_in_sick", "running_late", "block_time",
        "book", "ask_availability", "ask_why_not", "alternatives", "human", "stop", "restart", "pick",
        "export_data", "erase_data", "ask_why_these",
    }
)  # fmt: skip


def opened(identity: Identity, before: Draft, message: Message) -> tuple[Draft, Opening]:
    """The draft, which speaks of the link's appointment once the link has proven it.

    A link is what the channel passes on as one; in words, intents and entities there is none. What is being
    arranged goes on, but for a proof by code, which has become needless.
    """
    if not message.link:
        return before, Opening.NONE
    try:
        identity.prove_by_link(message.link, channel=message.channel, sender=message.sender)
    except NotAllowed:
        return before, Opening.REFUSED
    if _busy(before):
        return before, Opening.OPENED
    fresh = before.finished(booked=identity.booking_of(message.link))
    return replace(fresh, handed_over=before.handed_over), Opening.OPENED


def asks_for_it(before: Draft, turn: Turn, facts: Facts) -> bool:
    """Whether a message that came with a link wants to see the appointment and nothing else."""
    if facts.opening is Opening.NONE or _busy(before) or before.handed_over:
        return False
    return not (turn.says_something or turn.topic or turn.intent in _MORE)


def answer_to(context: Context, before: Draft) -> Outcome:
    """The link's appointment, with what can be done about it; or that there is none any more."""
    booking, facts = context.facts.booking, context.facts
    if facts.opening is Opening.REFUSED or booking is None:
        return Outcome(before, (Reply("utter_link_refused"),))
    draft = replace(before, id=before.id or context.turn.id)
    of = str(booking.uid)
    buttons = (
        Button(Part("button_move_it"), option(draft, Meaning.MOVE_IT, of=of)),
        Button(Part("button_cancel_it"), option(draft, Meaning.CANCEL_IT, of=of)),
    )
    return Outcome(draft, (Reply("utter_link_opened", appointment(booking, facts), buttons),))


def refusal(facts: Facts) -> tuple[Reply, ...]:
    """What is said before the answer to a message whose link proved nothing."""
    return (Reply("utter_link_refused"),) if facts.opening is Opening.REFUSED else ()


def _busy(draft: Draft) -> bool:
    return draft.open and draft.asked not in PROVING | {Question.RESUME, Question.HERE}
