"""Errands for which people have to prove who they are: which one a message brings, how it begins. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from actions.choosing import instants_of, lies_in
from actions.draft import Draft, Errand, Question
from actions.facts import Facts
from actions.preferring import says_usual
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
OF_HOSTS = frozenset({Errand.BLOCK, Errand.ILL, Errand.LATE})
#: Errands about all that is under an address; for them the link of a mail, which proves one appointment, is
#: not enough.
OF_ADDRESSES = OF_HOSTS | {Errand.LIST, Errand.DATA, Errand.PREFER}
PROVING = frozenset({Question.ADDRESS, Question.CODE, Question.APPOINTMENT})
_STATE = re.compile(r"^\W*(?:did|has|have|was|is|where|when|do|does|why)\b|\?\s*$", re.IGNORECASE)
_COPY = re.compile(r"\b(?:again|re-?send|once more|another|copy|new)\b", re.IGNORECASE)
_ALL = re.compile(r"\ball\b|\bappointments\b|\bother\b", re.IGNORECASE)


def errand_of(turn: Turn) -> Errand | None:
    """The errand that a message brings, if any."""
    if says_usual(turn.text):
        return Errand.PREFER
    if turn.intent == "resend":
        return Errand.COPY if wants_copy(turn.text) else Errand.DELIVERY
    return _BY_INTENT.get(turn.intent)


def wants_copy(text: str) -> bool:
    """Whether a mail is to be sent again; else it is asked what became of it."""
    return bool(_COPY.search(text)) or not _STATE.search(text)


def needs_proof(errand: Errand, turn: Turn, facts: Facts) -> bool:
    """Whether the errand is about more than the booking that is spoken of anyway."""
    if facts.booking is None or errand in {Errand.BLOCK, Errand.LATE, Errand.DATA, Errand.PREFER}:
        return True
    if turn.reference and turn.reference != facts.booking.reference:
        return True
    if errand is Errand.ILL:
        return facts.proof is not None and facts.proof.host is not None
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


def begun(draft: Draft, turn: Turn, errand: Errand) -> Draft:
    """The draft of the errand; what was arranged before is done or dropped."""
    fresh = draft.finished(booked=draft.booked, former=draft.former)
    when = replace(turn.when, readings=(), unclear="", move=None)
    return replace(
        fresh,
        id=turn.id,
        errand=errand,
        when=when,
        minutes=turn.minutes,
        readings=turn.when.readings,
        unclear=turn.when.unclear,
        note=turn.note,
        reference=turn.reference,
        preferred=turn.preferred,
        writer=replace(
            draft.writer,
            email=turn.email or draft.writer.email,
            zone=turn.preferred.zone or draft.writer.zone,
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
    wish = instants_of(when, facts, tuple(booking.slot for booking in bookings))
    return tuple(booking for booking in bookings if lies_in(booking.time, wish)) or bookings


def whole_day(day: date) -> TimeWish:
    """The wish for one day."""
    return TimeWish(parts=(Part(days=(Days(day, day + timedelta(days=1)),)),))
