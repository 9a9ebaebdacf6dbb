"""Which of the times on offer somebody means. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.catalogue import groups_of, kind_of, length_of
from actions.draft import Draft, Question
from actions.facts import Facts
from actions.turn import Turn
from nlu.windows import booking_wish
from nlu.wishes import Part, TimeWish
from scheduler_core.model import Slot, Wish
from scheduler_core.timerange import TimeRange

_ASKS_FOR_MORE = frozenset({"alternatives", "ask_availability", "ask_why_not", "deny", "reschedule"})
_PICKS = frozenset({"choose", "affirm"})
_TAKES = frozenset({"affirm", "choose", "book"})


def picked(draft: Draft, turn: Turn, facts: Facts) -> Slot | None:
    """The offer that is meant, by its number, its place in the list, its day or its time; None if none is."""
    if not draft.offers or draft.asked in {Question.READING, Question.PERSON}:
        return None
    if turn.choice is not None:
        return _by_choice(draft, turn.choice)
    if turn.when.says_when:
        return _by_time(draft, turn, facts)
    if turn.people and draft.asked is Question.OFFERS:
        return _by_person(draft, turn)
    return _the_only_one(draft, turn)


def listed(draft: Draft, choice: int | str | None) -> bool:
    """Whether a choice can refer to something that was listed; a bare number may be a time of day instead."""
    lists = {
        Question.READING: len(draft.readings),
        Question.PERSON: len(draft.doubtful),
        Question.APPOINTMENT: len(draft.listed),
    }
    length = lists.get(draft.asked, len(draft.offers))
    return choice is not None and (choice <= length if isinstance(choice, int) else length > 0)


def choose(draft: Draft, slot: Slot) -> Draft:
    """The draft with that time chosen; its people are now the people wanted."""
    if slot == draft.chosen:
        return draft
    return replace(draft, chosen=slot, people=(slot.people,), anyone=False, confirmation=None)


def refitted(draft: Draft, facts: Facts) -> Draft:
    """The time that was chosen, with the type, length and people that are wanted now."""
    kind = kind_of(draft, facts.catalogue)
    if draft.chosen is None or kind is None:
        return draft
    groups = groups_of(draft, kind, facts.catalogue)
    people = draft.chosen.people if draft.chosen.people in groups or draft.moving else groups[0]
    time = TimeRange.starting(draft.chosen.time.start, length_of(draft, kind))
    return replace(draft, chosen=Slot(time, people, kind.handle))


def lies_in(start: TimeRange, wish: Wish) -> bool:
    """Whether a time fits the windows, the exact starts and the exclusions of a wish."""
    if any(start.overlaps(hole) for hole in wish.excluded):
        return False
    if wish.starts:
        return start.start in wish.starts
    return not wish.windows or any(window.holds(start.start) for window in wish.windows)


def instants_of(when: TimeWish, facts: Facts, slots: tuple[Slot, ...]) -> Wish:
    """What the words about time mean in UTC, as far as the last of these slots."""
    until = max(slot.time.end for slot in slots)
    return booking_wish(when, now=facts.now, zone=facts.zone, until=until)


def _by_choice(draft: Draft, choice: int | str) -> Slot | None:
    offers = draft.offers
    if isinstance(choice, int):
        return offers[choice - 1]
    found = {"last": offers[-1], "later": max(offers), "earlier": min(offers)}.get(choice)
    return offers[0] if choice == "any" and draft.chosen is None else found


def _by_time(draft: Draft, turn: Turn, facts: Facts) -> Slot | None:
    """The only offer that the words fit; "mornings" or "Fridays" pick only when said as a choice."""
    when = turn.when
    if turn.intent in _ASKS_FOR_MORE or when.move or when.excluded or when.readings or not when.parts:
        return None
    if any(map(_wide, when.parts)) and turn.intent not in _PICKS:
        return None
    wish = instants_of(when, facts, draft.offers)
    fitting = [slot for slot in draft.offers if lies_in(slot.time, wish) and _with_named(slot, turn)]
    return fitting[0] if len(fitting) == 1 else None


def _wide(part: Part) -> bool:
    """Whether it means several days or a stretch of hours: "mornings", "Fridays", "from Monday on"."""
    one_day = all(days.end - days.first == timedelta(days=1) for days in part.days)
    recurring = bool(part.weekdays) and not part.days
    return (bool(part.hours) and not part.clocks) or recurring or not one_day


def _by_person(draft: Draft, turn: Turn) -> Slot | None:
    """The only offer with the person named, where each offer is with somebody else."""
    if len({slot.people for slot in draft.offers}) != len(draft.offers) or turn.intent in _ASKS_FOR_MORE:
        return None
    fitting = [slot for slot in draft.offers if _with_named(slot, turn)]
    return fitting[0] if len(fitting) == 1 else None


def _with_named(slot: Slot, turn: Turn) -> bool:
    return all(named.handles[:1] and named.handles[0] in slot.people for named in turn.people)


def _the_only_one(draft: Draft, turn: Turn) -> Slot | None:
    only = len(draft.offers) == 1 and draft.asked is Question.OFFERS
    return draft.offers[0] if only and turn.intent in _TAKES and not turn.people else None
