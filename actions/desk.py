"""Carries out steps with the scheduler until the writer has to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions import (
    answers,
    asides,
    booking,
    errands,
    finding,
    guests,
    handover,
    here,
    hosts,
    mails,
    questions,
    securing,
    takeback,
)
from actions.acts import Act
from actions.context import Context, Outcome, Then
from actions.draft import Draft, Question
from actions.facts import Facts
from actions.replies import Reply
from actions.resuming import ask_resume
from actions.returning import is_over, returned
from actions.searching import Match
from actions.steps import Step, next_step

_MOST_STEPS = 6
_TELLS_TIMES = frozenset({Question.OFFERS, Question.CONTACT, Question.BOOK, Question.MOVE})

Perform = Callable[[Context, Draft], Outcome]


def serve(context: Context, step: Step, draft: Draft) -> Outcome:
    """Carries out the step and those that follow from it.

    Raises:
        SchedulerError: the scheduler refused or failed in a way that no question can mend.

    """
    outcome = _PERFORM[step](context, draft)
    replies = outcome.replies
    for _ in range(_MOST_STEPS):
        context = replace(context, facts=outcome.facts or context.facts)
        following = _following(context, outcome)
        if following is None:
            break
        outcome = following
        replies += outcome.replies
    return _with_zone(context, replace(outcome, replies=replies))


def _following(context: Context, outcome: Outcome) -> Outcome | None:
    """What comes of the step after this one; None where the writer is to answer."""
    if outcome.then is Then.GO_ON:
        return _PERFORM[next_step(outcome.draft, Act.TELL, context.facts)](context, outcome.draft)
    if is_over(outcome.draft):
        return _back(context, outcome.draft)
    return resume(context, outcome.draft) if outcome.then is Then.COME_BACK else None


def _back(context: Context, draft: Draft) -> Outcome:
    """What waited for the errand, with its question put once more."""
    waiting, facts = returned(context, draft)
    outcome = resume(replace(context, facts=facts), waiting)
    return replace(outcome, replies=(Reply("utter_back"), *outcome.replies), facts=outcome.facts or facts)


def resume(context: Context, draft: Draft) -> Outcome:
    """The open question once more; nothing where none is open."""
    if not draft.open:
        return Outcome(draft)
    if draft.asked is Question.OFFERS:
        return finding.offers(context, draft, draft.offers, Match.FITS)
    step = _AGAIN.get(draft.asked) or next_step(draft, Act.TELL, context.facts)
    return _PERFORM[step](context, draft)


def _with_zone(context: Context, outcome: Outcome) -> Outcome:
    """Once, that the zone of the times is only assumed."""
    draft = outcome.draft
    if not context.facts.zone_assumed or draft.zone_told or draft.asked not in _TELLS_TIMES:
        return outcome
    assumed = Reply("utter_zone_assumed", {"zone": context.facts.zone})
    *before, question = outcome.replies
    return replace(outcome, draft=replace(draft, zone_told=True), replies=(*before, assumed, question))


_AGAIN = {
    Question.WISH: Step.ASK_WISH,
    Question.CHANGE: Step.ASK_CHANGE,
    Question.RESUME: Step.ASK_RESUME,
    Question.CANCEL: Step.ASK_CANCEL,
    Question.ADDRESS: Step.ASK_ADDRESS,
    Question.CODE: Step.ASK_CODE,
    Question.REACH: Step.ASK_REACH,
    Question.APPOINTMENT: Step.ERRAND,
    Question.PLAN: Step.ERRAND,
    Question.HERE: Step.ASK_HERE,
}


def _ask(question: Callable[[Draft, Facts], questions.Asked]) -> Perform:
    return lambda context, draft: finding.asked(question(draft, context.facts))


_PERFORM: dict[Step, Perform] = {
    Step.NOBODY: asides.nobody,
    Step.ASK_WISH: _ask(questions.ask_wish),
    Step.ASK_PERSON: _ask(questions.ask_person),
    Step.ASK_READING: _ask(questions.ask_reading),
    Step.ASK_CONTACT: _ask(questions.ask_contact),
    Step.ASK_CHANGE: finding.change,
    Step.ASK_RESUME: _ask(ask_resume),
    Step.SEARCH: finding.search_and_take,
    Step.LOOK: finding.look,
    Step.EXPLAIN: finding.explain,
    Step.HOLD: finding.hold,
    Step.ASK_BOOK: booking.ask_book,
    Step.BOOK: booking.book,
    Step.ASK_MOVE: booking.ask_move,
    Step.MOVE: booking.move,
    Step.ASK_CANCEL: booking.ask_cancel,
    Step.CANCEL: booking.cancel,
    Step.KEEP: asides.keep,
    Step.LIST: errands.tell_booking,
    Step.RESEND: mails.about_mail,
    Step.ERRAND: errands.run,
    Step.ASK_ADDRESS: _ask(securing.ask_address),
    Step.ASK_CODE: _ask(securing.ask_code),
    Step.CARRY_OUT: hosts.carry_out,
    Step.DROP: hosts.drop,
    Step.LATER: asides.later,
    Step.HUMAN: handover.ask_person,
    Step.ASK_REACH: handover.ask_reach,
    Step.QUIET: handover.quiet,
    Step.INVITE: guests.invite,
    Step.UNINVITE: guests.uninvite,
    Step.ASK_HERE: _ask(here.ask),
    Step.TELL_HERE: here.agree,
    Step.NOT_HERE: here.refuse,
    Step.TAKE_BACK: takeback.take_back,
    Step.NOTE: asides.note,
    Step.AGAIN: asides.again,
    Step.STOP: asides.drop,
    Step.GONE: asides.gone,
    Step.BACK: asides.back,
    Step.ABOUT: answers.about,
    Step.REPHRASE: asides.rephrase,
    Step.MENU: asides.menu,
}
