"""Going on with what a session left open: what of it still counts, and what a message does about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from actions.asked import beside_the_point, wants_a_person
from actions.draft import Draft, Errand, Meaning, Question, Writer
from actions.facts import Facts
from actions.heretoo import wants_none_here
from actions.managing import OF_HOSTS, PROVING, answers_proving, errand_of
from actions.questions import Asked
from actions.replies import Part, Reply, appointment, named_button, option, who
from actions.turn import Turn
from scheduler_core import wording
from scheduler_core.model import Slot

#: Questions that are put again as they were; before the others the times are looked up anew.
PUT_AGAIN = PROVING | {Question.CHANGE, Question.CANCEL, Question.REACH, Question.PLAN}
_UNTOLD = PROVING | {Question.REACH}  #: whoever answers these knows what goes on
_GOES_ON = re.compile(r"\b(?:go(?:ing)? on|go ahead|resume|carry on|continue|proceed)\b", re.IGNORECASE)
_AFRESH = re.compile(
    r"\bafresh\b|\bfrom scratch\b|\bstart(?:ing)? (?:over|again|anew|new)\b|"
    r"\b(?:new|another|different) (?:one|appointment|booking)\b",
    re.IGNORECASE,
)


class Way(StrEnum):
    """What a message does about what was left open."""

    NONE = "none"  #: nothing was, or it does not matter
    OFFER = "offer"  #: it says nothing, so it is asked whether to go on
    ON = "on"  #: it goes on, and the open question is put anew
    ANSWER = "answer"  #: it answers the question that was open
    ASIDE = "aside"  #: it is about appointments that exist, for which what was open waits
    ANEW = "anew"  #: it is a wish of its own
    AFRESH = "afresh"  #: it wants to begin anew
    DROP = "drop"


def taken_up(before: Draft, earlier: Draft, *, now: datetime, is_recent: bool) -> Draft:
    """The draft of a session that begins, with what the one before has left."""
    same = replace(earlier, writer=_merged(before.writer, earlier.writer), begins=True)
    if is_recent and earlier.handed_over:
        return same
    if is_recent and _is_unfinished(earlier, now):
        return replace(same, asked=Question.RESUME, paused=_open_question(earlier))
    writer = _merged(before.writer, earlier.writer.in_another_session())
    return anew(replace(same, writer=writer))


def anew(before: Draft) -> Draft:
    """The draft without what was being arranged; a time that is held is given up for the next one."""
    left = before.finished(booked=before.booked, former=before.former)
    holds = (one.hold for one in _with_waiting(before) if one.hold and not one.moving)
    return replace(left, hold=next(holds, None), done=before.done, waiting=None, begins=before.begins)


def answered(before: Draft) -> Draft:
    """The draft with the question open that was open before."""
    return replace(before, asked=before.paused, paused=Question.NOTHING)


def by_words(before: Draft) -> Draft:
    """The draft with the question open that was open before, for words that are no yes to it."""
    return replace(answered(before), plan=None)


def looking_again(before: Draft) -> Draft:
    """The draft for which the times are looked up anew."""
    return replace(before, asked=Question.WISH, paused=Question.NOTHING, offers=())


def still_there(before: Draft, facts: Facts) -> Draft:
    """The draft if all that it is about is still there; else without what was being arranged."""
    if before.asked is not Question.RESUME:
        return before
    gone = facts.booking is None and concerns_booking(before)
    known = all(_is_known(one, facts) for one in _with_waiting(before))
    return anew(before) if gone or not known else before


def concerns_booking(before: Draft) -> bool:
    """Whether a booking is to be changed, which stands if that is dropped."""
    return before.moving is not None or before.paused is Question.CANCEL


def is_told(before: Draft) -> bool:
    """Whether it has to be said that it goes on; afterwards that is plain."""
    return before.begins and before.paused not in _UNTOLD


def way_of(before: Draft, turn: Turn, facts: Facts) -> Way:
    """What the message does about what was left open; a yes only puts the open question anew."""
    if before.asked is not Question.RESUME or wants_a_person(turn):
        return Way.NONE
    if turn.option:
        return _tapped(before, turn)
    if beside_the_point(before, turn, facts):
        return Way.NONE
    at_once = _at_once(before, turn, facts)
    return at_once or _with_details(before, turn) or _without_details(before, turn)


def ask_resume(draft: Draft, facts: Facts) -> Asked:
    """Whether to go on, with what was open in one sentence."""
    buttons = tuple(named_button(option(draft, one)) for one in (Meaning.RESUME, Meaning.AFRESH))
    reply = Reply("utter_ask_resume", {"open": _open(draft, facts)}, buttons)
    return replace(draft, asked=Question.RESUME), reply


def _tapped(before: Draft, turn: Turn) -> Way:
    """What a button does: one of the question that was open answers it, but a yes has to be given anew."""
    meaning = next((known.meaning for known in before.options if known.id == turn.option), None)
    ways = {
        None: Way.NONE,
        Meaning.RESUME: Way.ON,
        Meaning.YES: Way.ON,
        Meaning.NO: Way.ON,
        Meaning.AFRESH: Way.AFRESH,
        Meaning.STOP: Way.DROP,
    }
    return ways.get(meaning, Way.ANSWER)


def _at_once(before: Draft, turn: Turn, facts: Facts) -> Way | None:
    """What counts whatever else is said: an end, an answer that only one question can have, other matters."""
    if wants_none_here(turn.text):
        return Way.NONE
    if turn.intent == "stop":
        return Way.DROP
    as_before = answered(before)
    if answers_proving(as_before, turn) or (as_before.asked is Question.REACH and turn.email):
        return Way.ANSWER
    if turn.intent == "undo" or errand_of(as_before, turn, facts) is not None:
        return _about_bookings(before, turn)
    return None


def _about_bookings(before: Draft, turn: Turn) -> Way:
    if before.paused is Question.CANCEL and turn.intent == "cancel_appointment":
        return Way.ON
    return Way.ANSWER if before.moving and turn.intent == "reschedule" else Way.ASIDE


def _with_details(before: Draft, turn: Turn) -> Way | None:
    """A wish of its own, or details of the one that was open."""
    if not turn.says_something:
        return None
    named = bool(turn.people or turn.type or turn.anyone)
    whole = named and (turn.when.says_when or turn.intent == "book")
    if whole or (turn.intent == "book" and turn.when.says_when) or _AFRESH.search(turn.text):
        return Way.ANEW
    return Way.ANSWER if before.paused not in PUT_AGAIN or before.paused is Question.CHANGE else Way.ANEW


def _without_details(before: Draft, turn: Turn) -> Way:
    if _AFRESH.search(turn.text):
        return Way.AFRESH
    if turn.intent == "affirm" or _GOES_ON.search(turn.text):
        return Way.ON
    if before.paused is Question.CONTACT and turn.intent in {"nlu_fallback", "inform"}:
        return Way.ANSWER  # a name that stands alone is none of the details
    if before.begins:
        return Way.OFFER
    return {"deny": Way.DROP, "book": Way.ON}.get(turn.intent, Way.NONE)


def _merged(known: Writer, earlier: Writer) -> Writer:
    """All that is known of the writer, the later word first."""
    fields = ("name", "email", "phone", "zone", "usual_zone")
    return Writer(**{one: getattr(known, one) or getattr(earlier, one) for one in fields})


def _is_unfinished(earlier: Draft, now: datetime) -> bool:
    """Whether something was being arranged that can still be had."""
    is_past = earlier.chosen is not None and earlier.chosen.time.start <= now
    says_nothing = _open_question(earlier) is Question.WISH and not earlier.wished
    return earlier.open and not is_past and not says_nothing


def _open_question(earlier: Draft) -> Question:
    return earlier.paused if earlier.asked is Question.RESUME else earlier.asked


def _with_waiting(before: Draft) -> Iterator[Draft]:
    """The draft, what waits for it, and so on."""
    one: Draft | None = before
    while one is not None:
        yield one
        one = one.waiting


def _is_known(before: Draft, facts: Facts) -> bool:
    """Whether the people and types that it names can still be booked."""
    people = {person.handle for person in facts.catalogue.people}
    kinds = {kind.handle for kind in facts.catalogue.types}
    slots = tuple(_slots(before))
    named = {handle for group in before.people for handle in group} | set(before.doubtful)
    named |= {handle for slot in slots for handle in slot.people}
    return named <= people and {slot.kind for slot in slots} | ({before.kind} - {""}) <= kinds


def _slots(before: Draft) -> Iterator[Slot]:
    yield from before.offers
    yield from (slot for slot in (before.chosen, before.hold and before.hold.slot) if slot)


def _open(draft: Draft, facts: Facts) -> Part:
    """What was open, in words that follow "last time"."""
    booking = facts.booking
    if booking is not None and concerns_booking(draft):
        values = appointment(booking, facts)
        return Part("open_move", values) if draft.moving else Part("open_cancel", values)
    if draft.paused is Question.REACH:
        return Part("open_reach")
    if draft.errand is not None:
        return _open_errand(draft.errand)
    if draft.chosen is not None:
        when = wording.moment(draft.chosen.time.start, facts.zone, facts.locale)
        return Part("open_book", {"who": who(draft.chosen.people, facts), "when": when})
    alone = draft.people[0] if len(draft.people) == 1 else ()
    return Part("open_search", {"with": Part("with", {"who": who(alone, facts)}) if alone else ""})


def _open_errand(errand: Errand) -> Part:
    if errand in OF_HOSTS:
        return Part("open_host")
    return Part("open_data") if errand is Errand.DATA else Part("open_errand")
