"""What would open a time where nothing fits: the smallest change to the wish, found with few searches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from actions.catalogue import kind_of, length_of
from actions.draft import Draft, Meaning
from actions.facts import Facts
from actions.searching import looked_up
from scheduler_core.model import Slot
from scheduler_core.scheduler import Scheduler

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Change:
    """A change to a wish that opens this time; the option that makes it is `meaning` with `value`."""

    meaning: Meaning
    value: str
    slot: Slot


def smallest_change(scheduler: Scheduler, draft: Draft, facts: Facts) -> Change | None:
    """A shorter appointment, else somebody else, with all else as wished; None where neither helps."""
    if not draft.when.says_when:
        return None
    return _shorter(scheduler, draft, facts) or _somebody_else(scheduler, draft, facts)


def _shorter(scheduler: Scheduler, draft: Draft, facts: Facts) -> Change | None:
    kind = kind_of(draft, facts.catalogue)
    if kind is None:
        return None
    wanted = length_of(draft, kind)
    for length in sorted((one for one in kind.durations if one < wanted), reverse=True):
        minutes = length // _MINUTE
        slot = _first(scheduler, replace(draft, minutes=minutes), facts)
        if slot is not None:
            return Change(Meaning.SHORTER, str(minutes), slot)
    return None


def _somebody_else(scheduler: Scheduler, draft: Draft, facts: Facts) -> Change | None:
    """Of people wanted together, one of them alone; else anybody who offers the type."""
    kind = kind_of(draft, facts.catalogue)
    if kind is None or not draft.people or draft.moving:
        return None
    together = {handle for group in draft.people if len(group) > 1 for handle in group}
    alone = {handle for group in draft.people if len(group) == 1 for handle in group}
    offering = [person.handle for person in facts.catalogue.offering(kind) if person.handle not in alone]
    for wanted in ([one for one in offering if one in together], offering):
        people = tuple((handle,) for handle in wanted)
        slot = _first(scheduler, replace(draft, people=people, kind=kind.handle), facts) if people else None
        if slot is not None:
            return Change(Meaning.PERSON, slot.people[0], slot)
    return None


def _first(scheduler: Scheduler, draft: Draft, facts: Facts) -> Slot | None:
    search = looked_up(scheduler, draft, facts)
    return next(iter(search.slots(search.wish, 1)), None)
