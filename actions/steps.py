"""`next_step`: what to do about a draft and the latest message. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from actions.acts import Act
from actions.catalogue import channel_of, kind_of
from actions.draft import Draft, Question
from actions.facts import Facts
from scheduler_core.model import Channel

MISUNDERSTOOD_BEFORE_MENU = 2


class Step(StrEnum):
    """One thing to do. Those that ask something end the turn; after the others comes the next step."""

    NOBODY = "nobody"  #: there is nobody who can be booked
    ASK_WISH = "ask_wish"
    ASK_PERSON = "ask_person"
    ASK_READING = "ask_reading"
    SEARCH = "search"  #: look for times; one exact time that is free is taken at once
    LOOK = "look"  #: look for times and only tell
    EXPLAIN = "explain"  #: why a time cannot be had
    HOLD = "hold"  #: keep the chosen time
    ASK_CONTACT = "ask_contact"
    ASK_BOOK = "ask_book"
    BOOK = "book"
    ASK_CHANGE = "ask_change"
    ASK_RESUME = "ask_resume"  #: whether to go on with what was open
    ASK_MOVE = "ask_move"
    MOVE = "move"
    ASK_CANCEL = "ask_cancel"
    CANCEL = "cancel"
    KEEP = "keep"  #: a booking stays as it is
    LIST = "list"
    RESEND = "resend"
    ERRAND = "errand"  #: prove who writes, find the appointment, do it
    ASK_ADDRESS = "ask_address"
    ASK_CODE = "ask_code"
    CARRY_OUT = "carry_out"  #: what a person plans with their own day
    DROP = "drop"  #: such a plan
    LATER = "later"
    HUMAN = "human"
    ASK_REACH = "ask_reach"
    QUIET = "quiet"
    INVITE = "invite"
    UNINVITE = "uninvite"
    ASK_HERE = "ask_here"  #: whether to tell reminders and changes in this chat, too
    TELL_HERE = "tell_here"
    NOT_HERE = "not_here"
    TAKE_BACK = "take_back"  #: what was done last with guests or the writer's own days
    NOTE = "note"  #: something was told that changes nothing now
    AGAIN = "again"  #: the open question once more
    STOP = "stop"
    GONE = "gone"
    BACK = "back"  #: what was asked before, once more
    ABOUT = "about"  #: a question beside the point is answered
    REPHRASE = "rephrase"
    MENU = "menu"


_BY_ACT = {
    Act.STOP: Step.STOP,
    Act.GONE: Step.GONE,
    Act.LIST: Step.LIST,
    Act.RESEND: Step.RESEND,
    Act.ERRAND: Step.ERRAND,
    Act.LATER: Step.LATER,
    Act.HUMAN: Step.HUMAN,
    Act.QUIET: Step.QUIET,
    Act.INVITE: Step.INVITE,
    Act.UNINVITE: Step.UNINVITE,
    Act.TAKE_BACK: Step.TAKE_BACK,
    Act.NOT_HERE: Step.NOT_HERE,
    Act.CANCEL: Step.ASK_CANCEL,
    Act.NOTE: Step.NOTE,
    Act.WHICH: Step.AGAIN,
    Act.FINE: Step.KEEP,
    Act.BACK: Step.BACK,
    Act.ABOUT: Step.ABOUT,
}
_AGREED = {
    Question.BOOK: Step.BOOK,
    Question.MOVE: Step.MOVE,
    Question.CANCEL: Step.CANCEL,
    Question.PLAN: Step.CARRY_OUT,
    Question.HERE: Step.TELL_HERE,
}
_REFUSED = {
    Question.BOOK: Step.ASK_CHANGE,
    Question.MOVE: Step.KEEP,
    Question.CANCEL: Step.KEEP,
    Question.PLAN: Step.DROP,
    Question.HERE: Step.NOT_HERE,
}


def next_step(draft: Draft, act: Act, facts: Facts) -> Step:
    """What to do next. Nothing is booked, moved or called off but on a yes to exactly that question."""
    if act in _BY_ACT:
        return _BY_ACT[act]
    if act is Act.AGREE and _recorded(draft):
        return _AGREED.get(draft.asked, Step.GONE)
    if act is Act.REFUSE:
        return _REFUSED.get(draft.asked, Step.ASK_CHANGE)
    if act is Act.NOTHING:
        return Step.MENU if draft.misunderstood + 1 >= MISUNDERSTOOD_BEFORE_MENU else Step.REPHRASE
    if act is Act.TELL and not draft.open and not draft.wished and facts.booking is not None:
        return Step.NOTE
    return _missing(draft, act, facts)


def _recorded(draft: Draft) -> bool:
    """Whether it was kept what the open question asks a yes for."""
    if draft.asked is Question.HERE:
        return True
    return draft.plan is not None if draft.asked is Question.PLAN else draft.confirmation is not None


def _missing(draft: Draft, act: Act, facts: Facts) -> Step:
    """The first thing that is missing on the way to a booking."""
    if draft.readings:
        return Step.ASK_READING
    if draft.doubtful and facts.catalogue.offers:
        return Step.ASK_PERSON
    if draft.chosen is None:
        return _without_time(draft, act, facts)
    if not held(draft, facts.now):
        return Step.HOLD
    return _on_hold(draft, facts)


def _without_time(draft: Draft, act: Act, facts: Facts) -> Step:
    if not facts.catalogue.offers:
        return Step.NOBODY
    if act in {Act.ASK, Act.WHY}:
        return Step.LOOK if act is Act.ASK else Step.EXPLAIN
    return Step.SEARCH if draft.wished or len(facts.catalogue.people) == 1 else Step.ASK_WISH


def _on_hold(draft: Draft, facts: Facts) -> Step:
    if draft.moving:
        return Step.ASK_MOVE
    return Step.ASK_CONTACT if lacking(draft, facts) else Step.ASK_BOOK


def held(draft: Draft, now: datetime) -> bool:
    """Whether the time that was chosen is kept for the writer."""
    return draft.hold is not None and draft.hold.slot == draft.chosen and draft.hold.expires > now


def lacking(draft: Draft, facts: Facts) -> tuple[str, ...]:
    """What has still to be asked of the writer: of `name`, `email` and `phone`, in this order."""
    kind = kind_of(draft, facts.catalogue)
    by_phone = kind is not None and channel_of(draft, kind, facts.usual.channel) is Channel.PHONE
    wanted = {
        "name": draft.writer.name,
        "email": draft.writer.email,
        "phone": draft.writer.phone or not by_phone,
    }
    return tuple(field for field, value in wanted.items() if not value)
