"""The actions of a conversation: they carry the draft between Rasa and the scheduler."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import asides, desk, draft, handover
from actions.acts import Act
from actions.base import Result, SafeAction
from actions.context import Context, Outcome
from actions.draft import Draft
from actions.facts import Facts
from actions.opening import answer_to, asks_for_it, opened, refusal
from actions.questions import with_options
from actions.remarking import remarked
from actions.replies import Reply
from actions.services import Services, zone_of
from actions.smalltalk import SELF_CONTAINED, SMALL_TALK, matters
from actions.steps import Step, next_step
from actions.timing import meant
from actions.turn import Message, Turn, message_from, turn_from
from actions.understanding import understood
from actions.whom import whom
from nlu.timephrases import wish_from

FIELD = "draft"


class Converse(SafeAction):
    """One turn about appointments."""

    def name(self) -> str:
        """`action_converse`."""
        return "action_converse"

    def work(self, tracker: Tracker) -> Result:
        """Understands the message and does what follows from it."""
        return converse(self._services, tracker)


class SmallTalk(SafeAction):
    """A kind word, then back to the point; what a message says besides is not lost."""

    def name(self) -> str:
        """`action_small_talk`."""
        return "action_small_talk"

    def work(self, tracker: Tracker) -> Result:
        """Answers and puts the open question again."""
        before, message, facts = _looked_up(self._services, tracker)
        turn = _turn(message, facts)
        context = self._services.context(message, turn, facts)
        if asks_for_it(before, turn, facts):
            return _result(answer_to(context, before))
        if message.intent not in SMALL_TALK or before.handed_over or matters(before, turn):
            return converse(self._services, tracker)
        kind = Reply(f"utter_{message.intent}", asides.help_values(context))
        return _result(_small_talk(context, before, message, kind))


class NothingFits(Converse):
    """What Rasa falls back to when no rule fits."""

    def name(self) -> str:
        """`action_default_fallback`."""
        return "action_default_fallback"


class Restart(SafeAction):
    """Begins anew; only who the writer is, is kept."""

    def name(self) -> str:
        """`action_restart`."""
        return "action_restart"

    def work(self, tracker: Tracker) -> Result:
        """Gives up what is held and asks for a new wish."""
        before, message, facts = _looked_up(self._services, tracker)
        context = self._services.context(message, Turn(id=message.id), facts)
        handover.release(context)
        dropped = replace(asides.stop(context, before).draft, handed_over=False)
        outcome = desk.serve(context, next_step(dropped, Act.START, facts), replace(dropped, id=message.id))
        return _result(replace(outcome, replies=(Reply("utter_restarted"), *outcome.replies)))


def converse(services: Services, tracker: Tracker) -> Result:
    """One turn: the message understood, the steps it leads to carried out, the new draft kept."""
    before, message, facts = _looked_up(services, tracker)
    turn = _turn(message, facts)
    if asks_for_it(before, turn, facts):
        return _result(answer_to(services.context(message, turn, facts), before))
    heard = understood(before, turn, facts)
    after = heard.draft if heard.act is Act.NOTHING else replace(heard.draft, misunderstood=0)
    facts = _in_zone_of(facts, after, message)
    context = services.context(message, turn, facts)
    outcome = desk.serve(context, next_step(after, heard.act, facts), after)
    remarks = tuple(remarked(remark, after, facts) for remark in heard.remarks)
    return _result(replace(outcome, replies=(*refusal(facts), *remarks, *outcome.replies)))


def _looked_up(services: Services, tracker: Tracker) -> tuple[Draft, Message, Facts]:
    message = message_from(
        tracker.latest_message,
        sender=tracker.sender_id,
        channel=tracker.get_latest_input_channel() or "",
        events=tracker.events,
    )
    before = draft.from_json(tracker.get_slot(FIELD) or {})
    before, opening = opened(services.identity, before, message)
    facts = services.facts(before, message, services.now())
    return before, message, replace(facts, opening=opening)


def _turn(message: Message, facts: Facts) -> Turn:
    when = wish_from(message.text, message.entities, now=facts.now, zone=facts.zone)
    turn = turn_from(message, whom(message, facts.catalogue), when)
    return replace(turn, when=meant(when, facts)) if turn.why else turn


def _in_zone_of(facts: Facts, after: Draft, message: Message) -> Facts:
    """The facts for a reader who may just have said where they are."""
    zone = zone_of(after, message)
    return replace(facts, zone=zone or facts.zone, zone_assumed=not zone)


def _small_talk(context: Context, before: Draft, message: Message, kind: Reply) -> Outcome:
    if message.intent == "out_of_scope":
        if next_step(before, Act.NOTHING, context.facts) is Step.MENU:
            return desk.serve(context, Step.MENU, before)
        before = replace(before, misunderstood=before.misunderstood + 1)
    if before.open:
        outcome = desk.resume(context, before)
    elif message.intent in SELF_CONTAINED:
        outcome = Outcome(before)
    else:
        outcome = asides.offer_help(context, replace(before, id=before.id or message.id))
    return replace(outcome, replies=(kind, *outcome.replies))


def _result(outcome: Outcome) -> Result:
    kept: dict[str, Any] = draft.to_json(with_options(outcome.draft, outcome.replies))
    return Result(outcome.replies, (SlotSet(FIELD, kept),))
