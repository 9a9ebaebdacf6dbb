"""Steps that answer without arranging anything; most come back to the open question."""

from __future__ import annotations

from dataclasses import replace

from actions.context import Context, Outcome, Then
from actions.draft import Draft, Meaning, Question
from actions.facts import Facts
from actions.finding import released
from actions.replies import Listing, Part, Reply, Text, appointment, length, named_button, option, some


def stop(context: Context, draft: Draft) -> Outcome:
    """Drops all that was being arranged and gives up the times that are held."""
    waiting = draft.waiting
    while waiting is not None:
        released(context, waiting)
        waiting = waiting.waiting
    return drop(context, replace(draft, waiting=None))


def drop(context: Context, draft: Draft) -> Outcome:
    """Drops what is asked now and gives up the time that is held; what waits for it goes on."""
    if draft.waiting is not None:
        return Outcome(_idle(context, draft), (Reply("utter_left"),))
    reply = Reply("utter_stopped" if draft.open else "utter_nothing_to_stop")
    return Outcome(_idle(context, draft), (reply,))


def keep(context: Context, draft: Draft) -> Outcome:
    """Everything stays as it is."""
    draft = _idle(context, draft)
    booking = context.facts.booking
    if booking is None:
        return offer_help(context, draft)
    return Outcome(draft, (Reply("utter_stands", appointment(booking, context.facts)),))


def nobody(context: Context, draft: Draft) -> Outcome:
    """That nothing can be booked here yet."""
    reply = Reply("utter_nobody", {"human": context.human})
    return Outcome(_idle(context, draft), (reply,))


def later(_context: Context, draft: Draft) -> Outcome:
    """That one thing is done after the other."""
    return Outcome(draft, (Reply("utter_later"),), Then.COME_BACK)


def note(_context: Context, draft: Draft) -> Outcome:
    """Thanks for something that changes nothing now."""
    return Outcome(draft, (Reply("utter_noted"),), Then.COME_BACK)


def again(_context: Context, draft: Draft) -> Outcome:
    """The open question once more; of several times on offer, that one has to be named."""
    several = draft.asked is Question.OFFERS and len(draft.offers) > 1
    return Outcome(draft, (Reply("utter_which"),) if several else (), Then.COME_BACK)


def back(context: Context, draft: Draft) -> Outcome:
    """What was asked before, once more; help where nothing was."""
    return Outcome(draft, then=Then.COME_BACK) if draft.open else keep(context, draft)


def gone(context: Context, draft: Draft) -> Outcome:
    """A button that no longer counts; a second tap on "yes" finds the booking it made."""
    if not draft.open and context.facts.booking is not None:
        return keep(context, draft)
    return Outcome(draft, (Reply("utter_gone"),), Then.COME_BACK)


def rephrase(context: Context, draft: Draft) -> Outcome:
    """Asks for other words; the open question follows, or what can be said at all."""
    draft = replace(draft, misunderstood=draft.misunderstood + 1)
    if draft.open or context.facts.booking is not None:
        return Outcome(draft, (Reply("utter_rephrase"),), Then.COME_BACK)
    helped = offer_help(context, draft)
    return replace(helped, replies=(Reply("utter_rephrase"), *helped.replies))


def menu(context: Context, draft: Draft) -> Outcome:
    """What can be said here, with examples, and where a person can be reached; then the open question."""
    choice = option(draft, Meaning.STOP if draft.open else Meaning.SOONEST)
    reply = Reply("utter_menu", help_values(context), (named_button(choice),))
    return Outcome(replace(draft, misunderstood=0), (reply,), Then.COME_BACK)


def offer_help(context: Context, draft: Draft) -> Outcome:
    """What can be done here, for somebody who has not said what they want."""
    soonest = named_button(option(draft, Meaning.SOONEST))
    return Outcome(draft, (Reply("utter_how_can_i_help", help_values(context), (soonest,)),))


def help_values(context: Context) -> dict[str, Text]:
    """Who can be met, what for, and how to reach a human."""
    people = tuple(person.name for person in context.facts.catalogue.people)
    return {
        "person": people[0] if people else context.organisation,
        "people": some(people),
        "types": types_of(context.facts),
        "organisation": context.organisation,
        "human": context.human,
    }


def types_of(facts: Facts) -> Listing:
    """What can be booked, each with its lengths."""
    return Listing(
        tuple(
            Part(
                "type",
                {
                    "kind": kind.name,
                    "lengths": Listing(tuple(length(one, facts) for one in kind.durations), "or"),
                },
            )
            for kind in facts.catalogue.types
        )
    )


def _idle(context: Context, draft: Draft) -> Draft:
    return released(context, draft).finished(booked=draft.booked, former=draft.former)
