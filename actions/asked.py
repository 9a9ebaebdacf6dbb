"""What a message asks for by its intent or its words alone, whatever else it says. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.acts import YES_OR_NO, Act
from actions.asking import errand_in, names_appointment, names_existing, names_new, names_something
from actions.draft import Draft, Errand, Question
from actions.facts import Facts
from actions.heretoo import wants_here, wants_none_here
from actions.inviting import arranges_new, guests_to_go
from actions.managing import (
    NEED_PROOF,
    PROVING,
    answers_proving,
    counts_once,
    errand_of,
    may_wait,
    needs_proof,
    replans,
)
from actions.timing import names_it
from actions.topics import ALONE, Topic
from actions.turn import Turn
from actions.yesno import agrees, begins_with_no, has_all, is_content, refuses
from nlu.wishes import TimeWish
from scheduler_core.model import Booking

#: Intents that a remark about a booking may be taken for.
_REMARKS = frozenset({"inform", "choose", "chitchat", "greet", "nlu_fallback"})
_CALLS_OFF = frozenset({"cancel_appointment", "undo"})
_YES_FIRST = re.compile(r"\W*(?:yes|yeah|yep|yup|ok|okay|sure)\b", re.IGNORECASE)
_DO_NOT = re.compile(r"n['’]t\b|\bnot\b|\bnever\b", re.IGNORECASE)
_DO_NOT_BOOK = re.compile(
    r"\b(?:don['’]?t|do not|dont) (?:please )?book (?:it|this|that|me|anything)\b", re.IGNORECASE
)
#: Intents that answer no question whether to tell it here.
_OTHER_MATTERS = NEED_PROOF | {"book", "undo", "ask_availability", "ask_why_not", "alternatives", "restart"}
_SETTLES = frozenset({"stop", "cancel_appointment", "reschedule", "undo", "resend", "pick"})
#: What an errand is that needs no proof, as it is about the booking that is spoken of.
_HERE = {
    Errand.CANCEL: Act.CANCEL,
    Errand.ILL: Act.CANCEL,
    Errand.LIST: Act.LIST,
    Errand.COPY: Act.RESEND,
    Errand.DELIVERY: Act.RESEND,
}


def asked_for(draft: Draft, turn: Turn, facts: Facts) -> Act | None:
    """What the message asks for by its intent or words alone; None where its details have to be looked at."""
    if draft.handed_over:
        return Act.QUIET
    if (act := _by_words(draft, turn, facts)) is not None:
        return act
    if beside_the_point(draft, turn, facts):
        return Act.ABOUT
    details = turn.says_something and turn.choice is None and not turn.option
    if not details and (act := _in_short(draft, turn)) is not None:
        return act
    if answers_proving(draft, turn):
        return Act.ERRAND
    answer = None if draft.open else _to_nothing(turn, facts, details=details)
    return answer or _about_bookings(draft, turn, facts)


def _by_words(draft: Draft, turn: Turn, facts: Facts) -> Act | None:
    """What is asked for whatever else the message says: a person, and what no intent stands for."""
    if wants_a_person(turn) or (draft.asked is Question.REACH and turn.email):
        return Act.HUMAN
    if (act := _about_here(draft, turn) or _about_what_is_arranged(draft, turn)) is not None:
        return act
    if guests_to_go(draft, turn, facts) is not None:
        return Act.UNINVITE
    if turn.intent == "undo" and draft.done is not None and not draft.open:
        return Act.TAKE_BACK
    if errand_in(turn.text) is not None and not answers_proving(draft, turn):
        return _about_bookings(draft, turn, facts)
    return None


def _about_here(draft: Draft, turn: Turn) -> Act | None:
    """Whether to tell reminders and changes in this chat, where the words say that."""
    if wants_none_here(turn.text):
        return Act.NOT_HERE
    return Act.AGREE if draft.asked is Question.HERE and wants_here(turn.text) else None


def wants_a_person(turn: Turn) -> bool:
    """Whether a member of staff is asked for; the way to the place ("how do I get to you?") is not."""
    return turn.intent == "human" and turn.topic is not Topic.WHERE


def _about_what_is_arranged(draft: Draft, turn: Turn) -> Act | None:
    """Its link; or what corrects an errand: other times for a plan, or that the new appointment is meant."""
    if turn.topic is Topic.LINK and arranges_new(draft) and not names_existing(turn.text):
        return Act.ABOUT
    if draft.asked is Question.PLAN and replans(draft, turn):
        return Act.REPLAN
    not_that = draft.waiting is not None and draft.asked in PROVING and names_new(turn.text)
    return Act.NOT_THAT if not_that else None


def _in_short(draft: Draft, turn: Turn) -> Act | None:
    """What a message without details ends: what is being arranged, or only what the writer has to say."""
    ends = turn.intent == "stop" or (draft.open and _DO_NOT_BOOK.search(turn.text) is not None)
    if draft.asked is Question.HERE and ends:
        return Act.REFUSE
    if draft.asked is Question.PLAN and (ends or turn.intent in _CALLS_OFF):
        return _to_plan(turn)
    if ends:
        return Act.FINE if _about_a_booking(draft) else Act.STOP
    if not draft.open:
        return None
    if turn.intent in _CALLS_OFF:
        return _calling_off(draft, turn)
    return _nothing_more(draft, turn) if has_all(turn) else None


def _about_a_booking(draft: Draft) -> bool:
    """Whether what is being arranged is a change of a booking: to drop it lets the booking stand."""
    return draft.moving is not None or draft.asked is Question.CANCEL


def _to_plan(turn: Turn) -> Act | None:
    """What "stop" or "yes, cancel them" says to a plan for somebody's own day."""
    if turn.intent == "cancel_appointment" and names_existing(turn.text):
        return None
    agreed = _YES_FIRST.match(turn.text) and not refuses(turn)
    return Act.AGREE if agreed and turn.intent == "cancel_appointment" else Act.REFUSE


def _calling_off(draft: Draft, turn: Turn) -> Act | None:
    """What "cancel it" or "keep it" says to an open question: "yes, cancel it" is a yes to exactly that.

    "My appointment" is one that is booked, whatever new one is being arranged.
    """
    if not _about_a_booking(draft):
        return _dropping(draft, turn)
    if draft.moving is not None and not names_something(turn.text):
        return Act.FINE
    if turn.intent == "undo" or (refuses(turn) and not _instead(turn)):
        return Act.FINE
    agreed = draft.asked is Question.CANCEL and agrees(turn, Question.CANCEL)
    return Act.AGREE if agreed else Act.CANCEL


def _dropping(draft: Draft, turn: Turn) -> Act | None:
    """What "cancel" says where a new appointment is arranged, or an errand is on its way."""
    if turn.intent == "undo" or (refuses(turn) and not _instead(turn)):
        return Act.STOP
    if draft.asked is Question.WISH and not draft.wished and names_appointment(turn.text):
        return None
    if draft.asked not in PROVING | {Question.REACH}:
        return None if names_existing(turn.text) else Act.STOP
    if draft.errand in {Errand.CANCEL, Errand.ILL} and names_something(turn.text):
        return Act.WHICH
    return None if names_appointment(turn.text) else Act.STOP


def _instead(turn: Turn) -> bool:
    """Whether what is wanted is to call off what is booked: "no, cancel my appointment"."""
    return begins_with_no(turn) and names_existing(turn.text) and not _DO_NOT.search(turn.text)


def _nothing_more(draft: Draft, turn: Turn) -> Act:
    """What "that's all" says to an open question; after a name or a summary it only ends the sentence."""
    if draft.asked in YES_OR_NO - {Question.BOOK}:
        return Act.REFUSE
    if draft.asked in {Question.BOOK, Question.CONTACT} and not begins_with_no(turn):
        return Act.WHICH
    return Act.FINE if _about_a_booking(draft) else Act.STOP


def set_aside(draft: Draft, turn: Turn, facts: Facts) -> Draft:
    """The draft without the question whether to tell it here, where the message is about something else."""
    if draft.asked is not Question.HERE or turn.option or beside_the_point(draft, turn, facts):
        return draft
    if wants_here(turn.text) or wants_none_here(turn.text):
        return draft
    other = turn.intent in _OTHER_MATTERS or errand_in(turn.text) is not None
    says_more = replace(turn, choice=None).says_something
    return replace(draft, asked=Question.NOTHING, id="") if other or says_more else draft


def beside_the_point(draft: Draft, turn: Turn, facts: Facts) -> bool:
    """Whether the message asks about something and says nothing that has to be taken up."""
    if turn.topic in ALONE:
        return not turn.option
    if turn.topic is None or turn.intent in _SETTLES or wants_a_person(turn):
        return False
    bare = replace(
        turn, people=(), anyone=False, type="", channel="", choice=None, when=replace(turn.when, move=None)
    )
    if bare.says_something:
        return False
    if turn.topic is Topic.UNHAPPY:
        return not turn.says_something
    return turn.intent != "list_appointments" or (draft.open and facts.booking is None)


def _to_nothing(turn: Turn, facts: Facts, *, details: bool) -> Act | None:
    """What a yes or no says where nothing was asked: a yes leaves a booking alone, whatever it mentions."""
    if facts.booking is not None and _leaves_alone(turn, facts.booking, facts):
        return Act.FINE
    if details or turn.intent not in {"affirm", "deny"}:
        return None
    return Act.TELL if turn.intent == "affirm" else Act.FINE


def _leaves_alone(turn: Turn, booking: Booking, facts: Facts) -> bool:
    """Whether it is content with a booking ("1 pm is fine") or only says again when that is."""
    if turn.intent == "affirm":
        return True
    says_more = replace(turn, when=TimeWish(), choice=None).says_something
    again = not says_more and names_it(turn.when, booking.slot, facts)
    return turn.intent in _REMARKS and (again or is_content(turn))


def _about_bookings(draft: Draft, turn: Turn, facts: Facts) -> Act | None:
    """What is asked for that concerns a booking that was made."""
    if turn.intent == "undo":
        return None if draft.former else Act.CANCEL if facts.booking else Act.FINE
    errand = errand_of(draft, turn, facts)
    if errand is None:
        return None
    if errand is Errand.PREFER and counts_once(draft, turn, facts):
        return None
    return _errand(draft, turn, errand) if needs_proof(errand, turn, facts) else _HERE.get(errand)


def _errand(draft: Draft, turn: Turn, errand: Errand) -> Act | None:
    """An errand begins at once, and what is arranged waits; to move that is only a change of it."""
    moves_it = draft.moving is not None or not names_existing(turn.text)
    if errand is Errand.MOVE and moves_it and draft.open and draft.asked not in PROVING | {Question.PLAN}:
        return None
    return Act.ERRAND if may_wait(draft) else Act.LATER


def moves_existing(draft: Draft, turn: Turn, facts: Facts) -> bool:
    """Whether the booking that is spoken of is to be moved while a new one is being arranged."""
    wanted = turn.intent == "reschedule" and names_existing(turn.text)
    return wanted and facts.booking is not None and arranges_new(draft)
