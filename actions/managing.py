"""Errands for which people have to prove who they are: which one a message brings, how it begins. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from actions.asking import (
    addresses_in,
    errand_in,
    is_back_after_all,
    names_existing,
    perhaps_back,
    takes_guests_off,
)
from actions.choosing import instants_of, lies_in
from actions.draft import Draft, Errand, Question
from actions.facts import Facts
from actions.turn import Turn
from nlu.wishes import Days, Part, TimeWish
from scheduler_core.model import Booking

_BY_INTENT = {
    "list_appointments": Errand.LIST,
    "reschedule": Errand.MOVE,
    "cancel_appointment": Errand.CANCEL,
    "block_time": Errand.BLOCK,
    "call_in_sick": Errand.ILL,
    "running_late": Errand.LATE,
    "export_data": Errand.DATA,
    "erase_data": Errand.DATA,
}
NEED_PROOF = frozenset({*_BY_INTENT, "resend"})
OF_HOSTS = frozenset({Errand.BLOCK, Errand.ILL, Errand.LATE, Errand.BACK})  #: with a plan and a yes
OF_READERS = frozenset({Errand.LIST, Errand.NEXT, Errand.FREE})  #: those that hosts ask about their own days
BY_HOSTS_ALONE = frozenset({Errand.BLOCK, Errand.LATE, Errand.BACK, Errand.FREE})
#: Errands about all that is under an address; for them the link of a mail, which proves one appointment, is
#: not enough.
OF_ADDRESSES = OF_HOSTS | OF_READERS | {Errand.DATA, Errand.PREFER, Errand.HERE}
PROVING = frozenset({Question.ADDRESS, Question.CODE, Question.APPOINTMENT})
_ABSENT = frozenset({"block_time", "call_in_sick", "running_late"})  #: intents of people of the calendar
_CHANGES_PLAN = frozenset({"inform", "alternatives", "deny", "choose", "reschedule", "book"})
_MOST_WAITING = 2  #: drafts, one within the other
_STATE = re.compile(r"^\W*(?:did|has|have|was|is|where|when|do|does|why)\b|\?\s*$", re.IGNORECASE)
_COPY = re.compile(r"\b(?:again|re-?send|once more|another|copy|new)\b", re.IGNORECASE)
_ALL = re.compile(r"\ball\b|\bappointments\b|\bother\b", re.IGNORECASE)


def errand_of(draft: Draft, turn: Turn, facts: Facts) -> Errand | None:
    """The errand that a message brings, if any: by its words, else by its intent."""
    told = errand_in(turn.text)
    if told in {Errand.PREFER, Errand.HERE}:
        return told
    if told is Errand.BACK or _is_back(draft, turn, facts):
        return Errand.BACK
    if turn.intent == "resend" or told is Errand.DELIVERY:
        return Errand.COPY if wants_copy(turn.text) else Errand.DELIVERY
    return told or _about_guests(draft, turn, facts) or _BY_INTENT.get(turn.intent)


def _is_back(draft: Draft, turn: Turn, facts: Facts) -> bool:
    """Whether one of the calendar says "I'm back on Friday"; others say it of when they can come."""
    if is_back_after_all(turn.text) and (not draft.open or draft.asked in PROVING):
        return True
    return perhaps_back(turn.text) and (turn.intent in _ABSENT or is_host(facts))


def is_host(facts: Facts) -> bool:
    """Whether one of the calendar writes, as far as that is known."""
    return facts.proof is not None and facts.proof.host is not None


def _about_guests(draft: Draft, turn: Turn, facts: Facts) -> Errand | None:
    """Guests of an appointment that has still to be found."""
    if draft.open or facts.booking is not None:
        return None
    if takes_guests_off(turn.text, ()):
        return Errand.UNINVITE
    return Errand.INVITE if turn.guests and names_existing(turn.text) else None


def stands_aside(draft: Draft) -> Draft | None:
    """What has to wait for an errand in between: all that is not an errand itself."""
    if not draft.open or draft.asked in PROVING | {Question.PLAN, Question.REACH, Question.HERE}:
        return draft.waiting
    return draft


def may_wait(draft: Draft) -> bool:
    """Whether what is being arranged can wait for one more errand."""
    waiting, number = stands_aside(draft), 0
    while waiting is not None:
        waiting, number = waiting.waiting, number + 1
    return number <= _MOST_WAITING


def wants_copy(text: str) -> bool:
    """Whether a mail is to be sent again; else it is asked what became of it."""
    asked = errand_in(text) is Errand.DELIVERY or _STATE.search(text)
    return bool(_COPY.search(text)) or not asked


def needs_proof(errand: Errand, turn: Turn, facts: Facts) -> bool:
    """Whether the errand is about more than the booking that is spoken of anyway."""
    of_all = {Errand.NEXT, Errand.DATA, Errand.PREFER, Errand.HERE}
    if facts.booking is None or errand in BY_HOSTS_ALONE | of_all:
        return True
    if turn.reference and turn.reference != facts.booking.reference:
        return True
    if errand is Errand.ILL:
        return is_host(facts)
    if errand is Errand.LIST:
        by_address = facts.proof is not None and facts.proof.address is not None
        return by_address or bool(_ALL.search(turn.text))
    return errand is Errand.CANCEL and _about_another(turn, facts.booking, facts)


def _about_another(turn: Turn, booking: Booking, facts: Facts) -> bool:
    """Whether it names a time that is not the booking's."""
    when = turn.when
    if when.move or when.readings or not when.says_when:
        return False
    return not lies_in(booking.time, instants_of(when, facts, (booking.slot,)))


def aside(draft: Draft, turn: Turn) -> Draft:
    """The draft for what is done in between with the booking that is spoken of, while the other one waits."""
    fresh = draft.finished(booked=draft.booked, former=draft.former)
    return replace(fresh, id=turn.id, waiting=stands_aside(draft))


def begun(draft: Draft, turn: Turn, errand: Errand) -> Draft:
    """The draft of the errand; what was being arranged waits for it."""
    fresh = aside(draft, turn)
    when = replace(turn.when, readings=(), unclear="", move=None)
    named = {Errand.INVITE: turn.guests, Errand.UNINVITE: addresses_in(turn.text)}
    guests, own = named.get(errand, ()), turn.email or draft.writer.email
    return replace(
        fresh,
        errand=errand,
        when=when,
        minutes=turn.minutes,
        readings=turn.when.readings,
        unclear=turn.when.unclear,
        note=turn.note,
        reference=turn.reference,
        guests=guests,
        preferred=turn.preferred,
        writer=replace(
            draft.writer,
            email=draft.writer.email if turn.email in guests else own,
            zone=turn.preferred.zone or draft.writer.zone,
        ),
    )


def replans(draft: Draft, turn: Turn) -> bool:
    """Whether other times, or another delay, are wanted than a plan has that was not agreed to."""
    if turn.intent not in _CHANGES_PLAN or draft.errand not in OF_HOSTS:
        return False
    return turn.minutes is not None if draft.errand is Errand.LATE else turn.when.says_when


def planned_anew(draft: Draft, turn: Turn) -> Draft:
    """The draft for the plan with what is said now."""
    when = _on_days_of(replace(turn.when, readings=(), unclear="", move=None), draft.when)
    return replace(draft, id=turn.id, when=when, minutes=turn.minutes or draft.minutes, plan=None)


def _on_days_of(said: TimeWish, before: TimeWish) -> TimeWish:
    """Hours that are said without a day are those of the day that was planned: "only until noon"."""
    if not said.parts or any(part.dated for part in said.parts):
        return said
    days = [part for part in before.parts if part.dated]
    return replace(
        said,
        parts=tuple(
            replace(part, days=day.days, weekdays=day.weekdays)
            for part in said.parts
            for day in days or [part]
        ),
    )


def counts_once(draft: Draft, turn: Turn, facts: Facts) -> bool:
    """Whether what somebody usually wants is only used for what they arrange, for want of a proof."""
    is_known = facts.proof is not None and facts.proof.address is not None
    return draft.open and draft.asked not in PROVING and turn.preferred.is_detail and not is_known


def answers_proving(draft: Draft, turn: Turn) -> bool:
    """Whether the message answers one of the questions on the way to an errand."""
    if draft.asked is Question.ADDRESS:
        return bool(turn.email)
    if draft.asked is Question.CODE:
        return bool(turn.code or turn.email) or turn.intent == "resend"
    details = turn.choice is not None or turn.people or turn.type or turn.when.says_when or turn.reference
    return draft.asked is Question.APPOINTMENT and bool(details)


def meant(bookings: tuple[Booking, ...], when: TimeWish, facts: Facts) -> tuple[Booking, ...]:
    """Those of the bookings that lie where the words say; all of them where the words fit none."""
    if not bookings or not when.says_when or when.readings:
        return bookings
    return _in(bookings, when, facts) or _in(bookings, _any_week(when), facts) or bookings


def _in(bookings: tuple[Booking, ...], when: TimeWish, facts: Facts) -> tuple[Booking, ...]:
    wish = instants_of(when, facts, tuple(booking.slot for booking in bookings))
    return tuple(booking for booking in bookings if lies_in(booking.time, wish))


def _any_week(when: TimeWish) -> TimeWish:
    """The days of the week that were named, whichever week they are in: "the one on Thursday"."""
    if not when.weekly:
        return when
    return replace(when, parts=tuple(map(_weekly, when.parts)))


def _weekly(part: Part) -> Part:
    named = tuple(days.first.weekday() for days in part.days)
    return replace(part, days=(), weekdays=part.weekdays or named)


def whole_day(day: date) -> TimeWish:
    """The wish for one day."""
    return TimeWish(parts=(Part(days=(Days(day, day + timedelta(days=1)),)),))
