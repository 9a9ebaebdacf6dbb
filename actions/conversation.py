"""The actions of a conversation: they carry the draft between Rasa and the scheduler."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions import asides, desk, draft, handover
from actions.acts import Act
from actions.base import Result, SafeAction
from actions.context import Context, Outcome
from actions.draft import Draft, Question
from actions.facts import Facts
from actions.introducing import introduced
from actions.keeping import continued, keep
from actions.opening import answer_to, asks_for_it, opened, refusal
from actions.progress import counted
from actions.questions import with_options
from actions.reasons import these_times
from actions.remarking import remarked
from actions.replies import Reply
from actions.resuming import (
    PUT_AGAIN,
    Way,
    anew,
    answered,
    by_words,
    concerns_booking,
    is_told,
    looking_again,
    still_there,
    way_of,
)
from actions.services import Services, zone_of
from actions.smalltalk import SELF_CONTAINED, SMALL_TALK, matters
from actions.steps import Step, next_step
from actions.timing import meant
from actions.turn import Message, Turn, message_from, turn_from
from actions.understanding import understood
from actions.whom import what_for, whom
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
        services = self._services
        scene = _looked_up(services, tracker)
        before, message, facts = scene.before, scene.message, scene.facts
        turn = _turn(message, facts)
        context = services.context(message, turn, facts)
        if asks_for_it(before, turn, facts):
            return _result(services, scene, answer_to(context, before))
        if message.intent not in SMALL_TALK or before.handed_over or matters(before, turn):
            return _conversed(services, scene)
        kind = _kind_word(context, before)
        return _result(services, scene, _small_talk(context, before, message, kind))


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
        scene = _looked_up(self._services, tracker)
        context = self._services.context(scene.message, Turn(id=scene.message.id), scene.facts)
        handover.release(context)
        return _result(self._services, scene, _afresh(context, scene.before))


@dataclass(frozen=True)
class Scene:
    """What there is before a message is understood."""

    before: Draft
    message: Message
    facts: Facts


def converse(services: Services, tracker: Tracker) -> Result:
    """One turn: the message understood, the steps it leads to carried out, the new draft kept."""
    return _conversed(services, _looked_up(services, tracker))


def _conversed(services: Services, scene: Scene) -> Result:
    before, message, facts = scene.before, scene.message, scene.facts
    turn = _turn(message, facts)
    context = services.context(message, turn, facts)
    if asks_for_it(before, turn, facts):
        return _result(services, scene, answer_to(context, before))
    way = way_of(before, turn, facts)
    go_on = _GOING_ON.get(way)
    outcome = go_on(context, before) if go_on else _answered(services, scene, turn, way)
    told = (Reply("utter_going_on"),) if way in {Way.ON, Way.ANSWER} and is_told(before) else ()
    return _result(services, scene, replace(outcome, replies=(*refusal(facts), *told, *outcome.replies)))


def _answered(services: Services, scene: Scene, turn: Turn, way: Way) -> Outcome:
    """What comes of the message as an answer to what is open, or as a matter of its own."""
    before = _BEFORE[way](scene.before) if way in _BEFORE else scene.before
    heard = understood(before, turn, scene.facts)
    after = heard.draft if heard.act is Act.NOTHING else replace(heard.draft, misunderstood=0)
    facts = _in_zone_of(scene.facts, after, scene.message)
    context = services.context(scene.message, turn, facts)
    step = next_step(after, heard.act, facts)
    if way is Way.ANSWER and step in _SHOW_OFFERS and after.asked is Question.OFFERS:
        step = Step.SEARCH  # some of those from before may be gone
    outcome = desk.serve(context, step, after)
    remarks = tuple(remarked(remark, after, facts) for remark in heard.remarks)
    return replace(outcome, replies=(*remarks, *outcome.replies))


def _gone_on(context: Context, before: Draft) -> Outcome:
    """The question that was open, put anew; the times are looked up before."""
    if before.paused in PUT_AGAIN:
        return desk.resume(context, answered(before))
    draft = looking_again(before)
    return desk.serve(context, next_step(draft, Act.TELL, context.facts), draft)


def _offered(context: Context, before: Draft) -> Outcome:
    return desk.serve(context, Step.ASK_RESUME, before)


def _dropped(context: Context, before: Draft) -> Outcome:
    return desk.serve(context, Step.KEEP if concerns_booking(before) else Step.STOP, before)


def _afresh(context: Context, before: Draft) -> Outcome:
    """Gives up what is held and asks for a new wish."""
    dropped = replace(asides.stop(context, before).draft, handed_over=False, id=context.message.id)
    outcome = desk.serve(context, next_step(dropped, Act.START, context.facts), dropped)
    return replace(outcome, replies=(Reply("utter_restarted"), *outcome.replies))


_GOING_ON = {Way.ON: _gone_on, Way.OFFER: _offered, Way.DROP: _dropped, Way.AFRESH: _afresh}
_BEFORE = {Way.ANSWER: by_words, Way.ASIDE: by_words, Way.ANEW: anew}
_SHOW_OFFERS = frozenset({Step.NOTE, Step.AGAIN})


def _looked_up(services: Services, tracker: Tracker) -> Scene:
    message = message_from(
        tracker.latest_message,
        sender=tracker.sender_id,
        channel=tracker.get_latest_input_channel() or "",
        events=tracker.events,
    )
    now, field = services.now(), tracker.get_slot(FIELD)
    before = Draft(begins=True) if field is None else draft.from_json(field)
    before = continued(services.conversations, before, message, now)
    before = introduced(before, message)
    before, opening = opened(services.identity, before, message)
    facts = replace(services.facts(before, message, now), opening=opening)
    return Scene(still_there(before, facts), message, facts)


def _turn(message: Message, facts: Facts) -> Turn:
    when = wish_from(message.text, message.entities, now=facts.now, zone=facts.zone)
    turn = turn_from(message, whom(message, facts.catalogue), when)
    turn = replace(turn, type=turn.type or what_for(message, facts.catalogue))
    return replace(turn, when=meant(when, facts)) if turn.why else turn


def _in_zone_of(facts: Facts, after: Draft, message: Message) -> Facts:
    """The facts for a reader who may just have said where they are."""
    zone = zone_of(after, message, facts.usual)
    return replace(facts, zone=zone or facts.zone, zone_assumed=not zone)


def _kind_word(context: Context, before: Draft) -> Reply:
    intent = context.message.intent
    if intent == "ask_why_these":
        return these_times(context, before)
    return Reply(f"utter_{intent}", asides.help_values(context))


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


def _result(services: Services, scene: Scene, outcome: Outcome) -> Result:
    after = counted(replace(with_options(outcome.draft, outcome.replies), begins=False))
    keep(services.conversations, scene.before, after, scene.message, scene.facts.now)
    return Result(outcome.replies, (SlotSet(FIELD, draft.to_json(after)),))
