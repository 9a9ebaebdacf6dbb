"""What a message says about when, put into the draft. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from actions.choosing import choose, instants_of, lies_in, picked
from actions.draft import Draft, Question
from actions.facts import Facts
from actions.turn import Turn
from nlu.following import follow
from nlu.wishes import Days, Hours, Move, MoveKind, Part, TimeWish
from scheduler_core import zones
from scheduler_core.model import Order, Slot

MORE = TimeWish(move=Move(MoveKind.MORE))  #: other times than those on offer
SAME = TimeWish(move=Move(MoveKind.SAME_TIME))

_SOONER_OR_LATER = frozenset({MoveKind.LATER, MoveKind.EARLIER})
_THAT_DAY = re.compile(r"\b(?:that|the|the same|same) day\b", re.IGNORECASE)


def timed(draft: Draft, turn: Turn, facts: Facts) -> Draft:
    """The draft with what the message says about when: one of the offers, or another wish."""
    slot = picked(draft, turn, facts)
    if slot is not None:
        return _chosen(draft, turn, slot)
    if draft.asked is Question.READING and draft.readings and turn.choice is not None:
        return _one_reading(draft, turn.choice, facts)
    if not turn.when.says_when or turn.choice is not None:
        return draft
    if turn.when.readings:
        return replace(draft.without_time(), readings=turn.when.readings, unclear=turn.when.unclear)
    if draft.chosen and (turn.when == SAME or names_it(turn.when, draft.chosen, facts)):
        return draft
    return _on_that_day(draft, turn, facts) or read(draft, turn.when, facts)


def later_that_day(turn: Turn) -> MoveKind | None:
    """Which way is meant by "anything later that day?"; None where it is no such question."""
    move = turn.when.move
    asks = move is not None and not turn.when.parts and _THAT_DAY.search(turn.text) is not None
    return move.kind if move and asks and move.kind in _SOONER_OR_LATER else None


def beyond_that_day(when: TimeWish) -> TimeWish:
    """The wish for that day, with the days behind it or before it as well."""
    whole = Days(date.min, date.max)
    return replace(when, parts=tuple(replace(part, days=(whole,)) for part in when.parts))


def _on_that_day(draft: Draft, turn: Turn, facts: Facts) -> Draft | None:
    """The draft for the rest of the day that is discussed, or for what of it comes before."""
    discussed, kind = sorted(_discussed(draft, facts)), later_that_day(turn)
    days = {zones.local_date(start, facts.zone) for start in discussed}
    if kind is None or len(days) != 1:
        return None
    parts = tuple(Part(days=(Days(day, day + timedelta(days=1)),)) for day in days)
    later = kind is MoveKind.LATER
    when = replace(
        draft.when,
        parts=parts,
        instants=(),
        not_before=discussed[-1] + timedelta(minutes=1) if later else facts.now,
        not_after=None if later else discussed[0],
        order=Order.EARLIEST if later else Order.LATEST,
    )
    return replace(draft.without_time(), when=when, readings=(), unclear="")


def _chosen(draft: Draft, turn: Turn, slot: Slot) -> Draft:
    """The draft with that time chosen: with whom it is on offer, or with those whom the message names."""
    named = {person.handles[0] for person in turn.people if person.handles}
    chosen = choose(draft, slot)
    others = named and not named <= set(slot.people) and not draft.moving
    return replace(chosen, people=draft.people) if others else chosen


def read(draft: Draft, said: TimeWish, facts: Facts) -> Draft:
    """The draft with a wish that was said; other times than one exact time are others of its day."""
    if said == MORE and draft.when.exact:
        when = _other_hours(draft.when, _discussed(draft, facts), facts)
    else:
        offered = _starts(draft) if said == MORE else _discussed(draft, facts)
        when = follow(draft.when, said, offered=offered, now=facts.now, zone=facts.zone)
    return replace(draft.without_time(), when=when, readings=(), unclear="")


def meant(when: TimeWish, facts: Facts) -> TimeWish:
    """What a question with a "not" is about: "why is Ben not free on Monday?" excludes nothing."""
    today = zones.local_date(facts.now, when.zone or facts.zone)
    asked = tuple(_coming(part, today) for part in when.excluded)
    return replace(when, parts=(*when.parts, *asked), excluded=())


def _coming(part: Part, today: date) -> Part:
    """The nearest of the weekdays that are named, where no days are."""
    if part.days or not part.weekdays:
        return part
    first = [today + timedelta(days=(weekday - today.weekday()) % 7) for weekday in part.weekdays]
    return replace(part, weekdays=(), days=tuple(Days(day, day + timedelta(days=1)) for day in first))


def _discussed(draft: Draft, facts: Facts) -> tuple[datetime, ...]:
    """The starts that "later" or "the same time next week" refer to."""
    if draft.chosen:
        return (draft.chosen.time.start,)
    if draft.offers:
        return _starts(draft)
    return (facts.booking.time.start,) if facts.booking and draft.moving else ()


def _starts(draft: Draft) -> tuple[datetime, ...]:
    return tuple(slot.time.start for slot in draft.offers)


def _other_hours(when: TimeWish, offered: tuple[datetime, ...], facts: Facts) -> TimeWish:
    """The days of an exact wish without its times."""
    walls = [zones.to_wall(start, when.zone or facts.zone) for start in offered]
    days = tuple(Days(wall.date(), wall.date() + timedelta(days=1)) for wall in walls)
    gone = tuple(
        Part(days=(day,), hours=(Hours(minute, minute + 1),))
        for day, wall in zip(days, walls, strict=True)
        for minute in (wall.hour * 60 + wall.minute,)
    )
    return replace(when, parts=(Part(days=days),), instants=(), excluded=(*when.excluded, *gone))


def _one_reading(draft: Draft, choice: int | str, facts: Facts) -> Draft:
    """The reading that is meant by its place in the question."""
    places: dict[int | str, int] = {"earlier": 0, "any": 0, "later": -1, "last": -1}
    place = choice - 1 if isinstance(choice, int) else places.get(choice, len(draft.readings))
    return read(draft, draft.readings[place], facts) if place < len(draft.readings) else draft


def names_it(when: TimeWish, slot: Slot, facts: Facts) -> bool:
    """Whether the words say that very time, not how another should differ from it."""
    if when.move or when.excluded or not (when.parts or when.instants):
        return False
    return lies_in(slot.time, instants_of(when, facts, (slot,)))
