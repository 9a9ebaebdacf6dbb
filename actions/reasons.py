"""Why just these times are on offer: one true sentence."""

from __future__ import annotations

from actions.catalogue import kind_of
from actions.context import Context
from actions.draft import Draft, Question
from actions.facts import Facts
from actions.replies import Part, Reply, Text, who
from actions.searching import AT_MOST, Match, search
from scheduler_core import wording
from scheduler_core.model import AppointmentType, Order
from scheduler_core.ranking import Usual


def these_times(context: Context, draft: Draft) -> Reply:
    """By what the times on offer were chosen; in general, where none are."""
    facts = context.facts
    kind = kind_of(draft, facts.catalogue)
    if draft.asked is not Question.OFFERS or not draft.offers or kind is None:
        return Reply("utter_ask_why_these")
    if search(context.scheduler, draft, facts).match in {Match.NEAR, Match.NONE}:
        return Reply("utter_these_are_nearest")
    if len(draft.offers) < AT_MOST:
        return Reply("utter_these_are_all")
    if draft.when.order is not Order.SPREAD:
        return Reply(f"utter_these_are_{draft.when.order.value}")
    return _ranked(context, draft, kind)


def _ranked(context: Context, draft: Draft, kind: AppointmentType) -> Reply:
    """The habit that some of the times meet: the writer's own, else that of most people, else none."""
    facts = context.facts
    taste = context.scheduler.taste(kind=kind.handle, zone=facts.zone, taker=facts.taker)
    met = max(taste.usual.score(slot, facts.zone) for slot in draft.offers)
    if taste.usual.has_time and met > 1:
        return Reply("utter_these_are_usual", {"usual": _times(taste.usual, facts)})
    if met == 1 and not taste.usual.has_time:
        return Reply("utter_these_are_usual_people", {"who": who(taste.usual.people, facts)})
    zone_of = {person.handle: person.zone for person in facts.catalogue.people}
    if any(taste.crowd.score(slot, zone_of[slot.people[0]]) for slot in draft.offers):
        return Reply("utter_these_are_popular", {"kind": kind.name})
    return Reply("utter_these_are_spread")


def _times(usual: Usual, facts: Facts) -> Text:
    """What somebody usually takes: `Tuesday mornings`, `mornings`, `Tuesdays`."""
    part = Part(f"usual_{usual.part.value}") if usual.part else None
    if usual.weekday is None:
        return part or ""
    day = wording.weekday(usual.weekday, facts.locale)
    return Part("usual_day_part", {"day": day, "part": part}) if part else Part("usual_day", {"day": day})
