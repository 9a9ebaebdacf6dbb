"""`understood`: the draft after one more message, and what the message asks for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from actions.acts import Act, act_of, beside_remarks
from actions.asked import asked_for, moves_existing, set_aside
from actions.changing import without_field
from actions.choosing import choose, listed, refitted
from actions.draft import Draft, Errand, Meaning, Option, Question
from actions.facts import Facts
from actions.goingback import gone_back, wants_back
from actions.inviting import arranges_new, by_writer, guests_to_go
from actions.managing import PROVING, answers_proving, aside, begun, errand_of, planned_anew
from actions.moving import about_to_move, move_of
from actions.telling import Remark, RemarkKind, told
from actions.timing import MORE, SAME, read, timed
from actions.turn import Turn
from actions.yesno import any_of_the_times
from nlu.wishes import TimeWish
from scheduler_core.model import Order

_WISHES = frozenset({"book", "ask_availability"})
_ACTS = {
    Meaning.YES: Act.AGREE,
    Meaning.NO: Act.REFUSE,
    Meaning.STOP: Act.STOP,
    Meaning.CANCEL_IT: Act.CANCEL,
}


@dataclass(frozen=True)
class Heard:
    """A message, understood."""

    draft: Draft
    act: Act
    remarks: tuple[Remark, ...] = ()


def understood(draft: Draft, turn: Turn, facts: Facts) -> Heard:
    """The draft after the message."""
    draft = set_aside(draft, turn, facts)
    draft = replace(draft, id=draft.id or turn.id)
    turn = any_of_the_times(turn) if draft.asked is Question.OFFERS else turn
    whole, turn = turn, turn if listed(draft, turn.choice) else replace(turn, choice=None)
    if wants_back(turn) and not draft.handed_over:
        return Heard(*gone_back(draft))
    act = asked_for(draft, turn, facts)
    if act is not None:
        return _asked(draft, turn, facts, act)
    turn = by_writer(draft, turn, facts)
    if draft.asked in PROVING | {Question.REACH} and not turn.option:
        return _meanwhile(draft, turn if draft.waiting is None else whole, facts)
    return _tapped(draft, turn, facts) if turn.option else _said(draft, turn, facts)


def _asked(draft: Draft, turn: Turn, facts: Facts, act: Act) -> Heard:
    """What is asked for by the intent or by words alone."""
    if act is Act.ERRAND and not answers_proving(draft, turn):
        errand = errand_of(draft, turn, facts)
        return Heard(begun(draft, turn, errand) if errand else draft, act)
    if act is Act.REPLAN:
        return Heard(planned_anew(draft, turn), Act.ERRAND)
    if act is Act.CANCEL and arranges_new(draft):
        return Heard(aside(draft, turn), act)
    if act is Act.UNINVITE and arranges_new(draft):
        return _without_guests(draft, turn, facts)
    if act is Act.NOT_THAT and draft.waiting is not None:
        return Heard(draft.waiting, Act.STOP if draft.errand is Errand.CANCEL else Act.WHICH)
    return Heard(draft, act)


def _without_guests(draft: Draft, turn: Turn, facts: Facts) -> Heard:
    """The draft without those guests; where none is meant, that is remarked."""
    gone = guests_to_go(draft, turn, facts) or ()
    left = tuple(guest for guest in draft.guests if guest not in gone)
    remarks = tuple(Remark(RemarkKind.GUEST_OFF, guest) for guest in gone)
    after = replace(draft, guests=left, confirmation=None if gone else draft.confirmation)
    act = beside_remarks(Act.NOTE, draft)
    return Heard(after, act, remarks or (Remark(RemarkKind.NO_SUCH_GUEST),))


def _meanwhile(draft: Draft, turn: Turn, facts: Facts) -> Heard:
    """What words do that answer no question for a proof: a wish for a new appointment ends the errand.

    So does what can only be meant for the appointment that waits: it goes on with that.
    """
    waiting = draft.waiting
    if waiting is not None and (turn.intent in _WISHES or turn.says_something):
        return understood(replace(waiting, writer=draft.writer), turn, facts)
    if turn.intent in _WISHES:
        return _said(replace(draft.finished(booked=draft.booked), id=draft.id), turn, facts)
    act = act_of(draft, draft, turn)
    return Heard(draft, act if act is Act.STOP else Act.NOTHING)


def _said(draft: Draft, turn: Turn, facts: Facts) -> Heard:
    """What words do."""
    emptied = without_field(draft, turn, facts)
    if emptied is not None:
        return Heard(emptied, Act.TELL)
    draft = aside(draft, turn) if moves_existing(draft, turn, facts) else draft
    before = about_to_move(draft, turn, facts)
    after, remarks = told(before, turn, facts)
    after = refitted(timed(after, turn, facts), facts)
    if facts.booking is not None and not arranges_new(draft) and after.guests:
        return Heard(after, Act.INVITE, tuple(one for one in remarks if one.kind is not RemarkKind.GUEST))
    same = after.chosen is not None and turn.when == SAME
    act = act_of(before, after, turn) if before == draft and not same else Act.TELL
    if act is Act.REFUSE and before.asked is Question.OFFERS:
        return Heard(read(after, MORE, facts), Act.TELL, remarks)
    return Heard(after, beside_remarks(act, before) if remarks else act, remarks)


def _tapped(draft: Draft, turn: Turn, facts: Facts) -> Heard:
    """What a button does."""
    option = next((known for known in draft.options if known.id == turn.option), None)
    if option is None:
        return Heard(draft, Act.GONE)
    if option.meaning is Meaning.APPOINTMENT:
        return Heard(replace(draft, listed=(UUID(option.value),)), Act.ERRAND)
    if option.meaning is Meaning.MOVE_IT and facts.booking is not None:
        return Heard(move_of(draft, facts.booking), Act.TELL)
    if option.meaning is Meaning.NEW_CODE:
        return Heard(draft, Act.ERRAND)
    if option.meaning in _ACTS:
        return Heard(draft, _ACTS[option.meaning])
    return Heard(refitted(_answered(draft, option, facts), facts), Act.TELL)


def _answered(draft: Draft, option: Option, facts: Facts) -> Draft:
    """The draft with the answer that a button gives."""
    after = draft
    match option.meaning:
        case Meaning.START:
            after = choose(draft, draft.offers[int(option.value)])
        case Meaning.PERSON:
            after = replace(draft, people=((option.value,),), anyone=False, doubtful=())
        case Meaning.READING:
            after = read(draft, draft.readings[int(option.value)], facts)
        case Meaning.SHORTER:
            after = replace(draft, minutes=int(option.value))
        case Meaning.OTHER_TIMES:
            after = read(draft, MORE, facts)
        case Meaning.SOONEST:
            after = replace(draft, anyone=True, when=TimeWish(order=Order.EARLIEST))
    return after
