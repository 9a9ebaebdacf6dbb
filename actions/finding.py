"""Steps that look for a time and keep it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from actions import questions
from actions.context import Context, Outcome, Then
from actions.draft import Draft, Hold, Question
from actions.replies import Button, Part, Reply, Text, length, moment, option, who
from actions.searching import Found, Match, nearest, search
from actions.timing import beyond_that_day, later_that_day
from actions.whatif import Change, smallest_change
from nlu.windows import is_over
from nlu.wishes import MoveKind
from scheduler_core import wording
from scheduler_core.errors import SlotUnavailable, UnknownBooking
from scheduler_core.model import Reason, Slot

_REASONS_OF_DAYS = frozenset(Reason) - {Reason.OFF_GRID}


def search_and_take(context: Context, draft: Draft) -> Outcome:
    """Offers times that fit; the one exact time that was wanted is taken at once."""
    found = search(context.scheduler, draft, context.facts)
    if found.match is not Match.EXACT:
        return _found(context, draft, found)
    slot = found.slots[0]
    return Outcome(replace(draft, chosen=slot, people=(slot.people,), offers=()), then=Then.GO_ON)


def look(context: Context, draft: Draft) -> Outcome:
    """Tells which times are free and takes none."""
    found = search(context.scheduler, draft, context.facts)
    if found.match is not Match.EXACT:
        return _found(context, draft, found)
    return asked(questions.tell_free(draft, found.slots[0], context.facts))


def explain(context: Context, draft: Draft) -> Outcome:
    """Why a time cannot be had; where nothing stands against it, that it can."""
    found = search(context.scheduler, draft, context.facts)
    if found.match is Match.EXACT:
        draft, question = questions.tell_free(draft, found.slots[0], context.facts)
        return Outcome(draft, (replace(question, response="utter_free_after_all"),))
    outcome = _found(context, draft, found)
    if found.match is Match.FITS:
        return replace(outcome, replies=(Reply("utter_no_reason"), *outcome.replies))
    return outcome


def hold(context: Context, draft: Draft) -> Outcome:
    """Keeps the chosen time; the same request once more finds the same hold."""
    slot = draft.chosen
    if slot is None:
        return search_and_take(context, draft)
    expired = draft.hold is not None and draft.hold.slot == slot and draft.hold.expires <= context.facts.now
    draft = released(context, draft) if draft.moving else draft
    key, own = _hold_key(draft, slot), draft.own(context.facts.now)
    try:
        kept = context.scheduler.hold(slot, key=key, actor=context.changing(draft), instead_of=own)
    except SlotUnavailable as taken:
        return _unavailable(context, draft, slot, taken)
    new = Hold(kept.uid, slot, kept.hold_expires or context.facts.now)
    # What was asked before concerned another time.
    draft = replace(draft, hold=new, holds=draft.holds + 1, asked=Question.NOTHING, confirmation=None)
    return Outcome(draft, (Reply("utter_hold_renewed"),) if expired else (), Then.GO_ON)


def change(context: Context, draft: Draft) -> Outcome:
    """Asks what should be different; the time is given up, but not forgotten."""
    draft = replace(released(context, draft), doubtful=(), readings=())
    return asked(questions.ask_change(draft, context.facts))


def offers(context: Context, draft: Draft, slots: tuple[Slot, ...], match: Match) -> Outcome:
    """The times, to choose from; where there are none, what else could be changed."""
    if slots:
        return asked(questions.offer(draft, slots, match, context.facts))
    draft = replace(draft, offers=(), chosen=None, confirmation=None)
    draft, question = questions.ask_change(draft, context.facts)
    return Outcome(draft, (Reply("utter_nothing_free", {}, question.buttons),))


def released(context: Context, draft: Draft) -> Draft:
    """The draft with nothing held."""
    if draft.hold is not None:
        with suppress(UnknownBooking):  # it may have expired and been cleared away
            context.scheduler.release(draft.hold.uid, actor=context.changing(draft))
    return replace(draft, hold=None, confirmation=None)


def near(context: Context, draft: Draft, slot: Slot, remark: Reply) -> Outcome:
    """A remark on a time that cannot be had, and the nearest ones that can."""
    outcome = offers(context, draft, nearest(context.scheduler, draft, context.facts, slot), Match.NEAR)
    return replace(outcome, replies=(remark, *outcome.replies))


def asked(question: questions.Asked) -> Outcome:
    """A question as the outcome of a step."""
    draft, reply = question
    return Outcome(draft, (reply,))


def _found(context: Context, draft: Draft, found: Found) -> Outcome:
    kind = later_that_day(context.turn)
    if kind is not None and found.match not in {Match.EXACT, Match.FITS}:
        return _beyond_that_day(context, draft, kind)
    outcome = offers(context, draft, found.slots, found.match)
    if found.match in {Match.EXACT, Match.FITS}:
        return outcome
    remarks = [_why_not(context, draft, found)] if found.slots or found.reason else []
    change = smallest_change(context.scheduler, draft, context.facts)
    if change is not None:
        outcome, sentence = _with_change(context, outcome, change)
        remarks.append(sentence)
    return replace(outcome, replies=(*remarks, *outcome.replies))


def _beyond_that_day(context: Context, draft: Draft, kind: MoveKind) -> Outcome:
    """That there is nothing more that day, and what there is on others."""
    wider = replace(draft, when=beyond_that_day(draft.when))
    found = search(context.scheduler, wider, context.facts)
    outcome = offers(context, wider, found.slots, found.match)
    later = kind is MoveKind.LATER
    remark = Reply("utter_nothing_later_that_day" if later else "utter_nothing_earlier_that_day")
    return replace(outcome, replies=(remark, *outcome.replies))


def _why_not(context: Context, draft: Draft, found: Found) -> Reply:
    facts = context.facts
    if found.reason is None or found.wanted is None:
        over = is_over(draft.when, now=facts.now, zone=facts.zone)
        return Reply("utter_all_past" if over else "utter_nothing_then")
    reply = _because(context, found.reason, found.wanted)
    if not found.whole:
        return reply
    if found.reason not in _REASONS_OF_DAYS:
        return Reply("utter_nothing_then")
    values = {**reply.values, "day": wording.day(found.wanted.time.start, facts.zone, facts.locale)}
    return Reply(f"utter_day_{found.reason.value}", values)


def _with_change(context: Context, outcome: Outcome, change: Change) -> tuple[Outcome, Reply]:
    """The outcome with a button for the change, and the sentence that says what it would open."""
    facts = context.facts
    *before, question = outcome.replies
    values: dict[str, Text] = {
        "who": who(change.slot.people, facts),
        "length": length(change.slot.time.length, facts),
        "when": moment(change.slot, facts),
    }
    button = Button(
        Part(f"button_{change.meaning.value}_instead", values),
        option(outcome.draft, change.meaning, change.value, of=f"instead/{change.slot}"),
    )
    *starts, last = question.buttons
    question = replace(question, buttons=(*starts, button, last))
    sentence = Reply(f"utter_what_if_{change.meaning.value}", values)
    return replace(outcome, replies=(*before, question)), sentence


def _because(context: Context, reason: Reason, slot: Slot) -> Reply:
    """The one true reason; nobody hears by whom a time is taken."""
    facts = context.facts
    kind = facts.catalogue.type(slot.kind)
    values: dict[str, Text] = {
        "when": moment(slot, facts),
        "who": who(slot.people, facts),
        "kind": kind.name,
        "notice": length(kind.minimum_notice, facts),
        "days": str(kind.horizon.days),
        "interval": length(kind.interval, facts),
    }
    return Reply(f"utter_reason_{reason.value}", values)


def _hold_key(draft: Draft, slot: Slot) -> str:
    """The same for the same request only: a draft may hold one time after another."""
    minutes = round(slot.time.length.total_seconds() / 60)
    return f"{draft.id}/{draft.holds}/{slot.time.start:%Y%m%dT%H%M}/{minutes}/{'+'.join(slot.people)}"


def _unavailable(context: Context, draft: Draft, slot: Slot, taken: SlotUnavailable) -> Outcome:
    """The time has gone since it was offered, or the change does not fit."""
    reason = taken.details.get("reason") or Reason.TAKEN
    return near(context, released(context, draft), slot, _because(context, reason, slot))
